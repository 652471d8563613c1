"""What one role of a member has answered, in words for its own page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.counted.choices import choices_of
from sekom_survey.model import ANSWERED, NPS, RATING, Frame, Item
from sekom_survey.text.swedish import lower_first, number

Given = Mapping[str, Sequence[tuple[str, float]]]
"""Item -> the options chosen, each with its value."""


@dataclass(frozen=True)
class OwnAnswer:
    """An answer in words; on a scale also which step of how many it is, 0 of 0 outside it, and whether it counts as high."""

    words: str
    step: int = 0
    steps: int = 0
    high: bool = False


def given_by_role(frame: Frame) -> dict[tuple[str, str], Given]:
    """Everything that each role of a member has answered: (member, role) -> its answers."""
    found: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    rows = frame.by_role.table[frame.by_role.table["state"] == ANSWERED]
    for row in rows[["member_id", "role", "item", "option", "value"]].itertuples(index=False):
        found[str(row.member_id), str(row.role)][str(row.item)].append((str(row.option), float(row.value)))
    return dict(found)


def said(item: Item, given: Given) -> OwnAnswer | None:
    """The answer to one item; None when there is none."""
    answers = given.get(item.id, ())
    if not answers:
        return None
    option, value = answers[0]
    if item.kind in (RATING, NPS):
        return OwnAnswer(f"{number(value, 0 if value == int(value) else 1)} av {item.high or 10}")
    labels = [one.label for one in item.inside]
    if option in labels:
        return _on_scale(item, labels, labels.index(option))
    return OwnAnswer(lower_first(option)) if option else None


def _on_scale(item: Item, labels: Sequence[str], place: int) -> OwnAnswer:
    high = labels[place] in choices_of(item)[0].options
    return OwnAnswer(lower_first(labels[place]), place + 1, len(labels), high)
