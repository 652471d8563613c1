"""What differs between the questions of two years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sekom_survey.counted.columns import similarity
from sekom_survey.counted.form_changes import (
    KIND_NAMES,
    LOST,
    NEW,
    OPTIONS,
    REWORDED,
    SCALE_CHANGED,
    TYPE,
    FormChange,
    is_core,
)
from sekom_survey.model import SCALE, Item, Questionnaire
from sekom_survey.text.files import folded


def year_changes(before: Questionnaire, now: Questionnaire) -> list[FormChange]:
    """What differs between last year's questions and this year's, item by item; what a whole matrix shares is told once."""
    old, new = ({item.id: item for item in one.items} for one in (before, now))
    changes = [
        FormChange(NEW, item.id, f"{item.id}: ny fråga, ”{item.text}”.") for item in new.values() if item.id not in old
    ]
    changes += [
        FormChange(LOST, item.id, f"{item.id}: ställs inte längre, ”{item.text}”.", breaks=is_core(item))
        for item in old.values()
        if item.id not in new
    ]
    for name in (name for name in new if name in old):
        changes += _item_changes(old[name], new[name])
    return list({change.found: change for change in changes}.values())


def _item_changes(old: Item, new: Item) -> Iterator[FormChange]:
    core = is_core(new)
    if old.kind != new.kind:
        found = f"{new.id}: var {KIND_NAMES[old.kind]}, är {KIND_NAMES[new.kind]}."
        yield FormChange(TYPE, new.id, found, breaks=core)
        return
    for name, before, after in ((new.id, old.text, new.text), (new.group, old.group_text, new.group_text)):
        if folded(before) != folded(after):
            alike = round(100 * similarity(before, after))
            found = f"{name}: ”{before}” heter nu ”{after}” (likhet {alike} %)."
            todo = "" if new.trend else "Är det samma fråga: skriv trend = true, så jämförs svaren ändå."
            yield FormChange(REWORDED, name or new.id, found, todo, breaks=core and not new.trend)
    yield from _option_differences(old, new, core)
    if (old.low, old.high, old.top) != (new.low, new.high, new.top):
        said = [
            f"{item.low}–{item.high}" if item.low is not None else f"de {item.top} högsta räknas ihop"
            for item in (old, new)
        ]
        yield FormChange(SCALE_CHANGED, new.id, f"{new.id}: skalan var {said[0]}, är {said[1]}.", breaks=core)
    if old.max != new.max:
        said = [f"högst {item.max} val" if item.max else "fritt antal val" for item in (old, new)]
        yield FormChange(OPTIONS, new.id, f"{new.id}: var {said[0]}, är {said[1]}.", breaks=core)


def _option_differences(old: Item, new: Item, core: bool) -> Iterator[FormChange]:
    kind, name = SCALE_CHANGED if new.kind == SCALE else OPTIONS, new.group or new.id
    before, after = _labels(old), _labels(new)
    gone = [label for key, label in before.items() if key not in after]
    come = [label for key, label in after.items() if key not in before]
    parts = [f"{what} {_quoted(labels)}" for what, labels in (("nya", come), ("borttagna", gone)) if labels]
    if parts:
        yield FormChange(kind, name, f"{name}: alternativ ändrade – {'; '.join(parts)}.", breaks=core)
    elif list(before) != list(after) and new.kind == SCALE:
        yield FormChange(SCALE_CHANGED, name, f"{name}: skalans alternativ står i en annan ordning.", breaks=core)
    elif {o.label for o in old.inside} != {o.label for o in new.inside}:
        found = f"{name}: andra alternativ står utanför skalan (outside)."
        yield FormChange(SCALE_CHANGED, new.id, found, breaks=core)


def _labels(item: Item) -> Mapping[str, str]:
    return {folded(option.label): option.label for option in item.options}


def _quoted(labels: Sequence[str]) -> str:
    return ", ".join(f"”{label}”" for label in labels)
