"""Small made-up frames: members, answers and a questionnaire, without files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from sekom_survey.counted.segment import segment_table
from sekom_survey.model import (
    MULTI,
    NPS,
    RATING,
    SCALE,
    SINGLE,
    Comparisons,
    Frame,
    Item,
    Member,
    Option,
    Questionnaire,
    SizeClasses,
    Survey,
)
from sekom_survey.model.codes import answers_in

CLASSES = SizeClasses((15_000, 50_000), ("Små", "Medelstora", "Stora"), (10_000, 15_000, 50_000))
SCALE_LABELS = ("Inget", "Litet", "Ganska stort", "Mycket stort")


def scale(name: str, group: str | None = None, **more: object) -> Item:
    """A four-step scale with "Vet inte" outside; the two highest count together."""
    options = (*(Option(label, float(i)) for i, label in enumerate(SCALE_LABELS, 1)), Option("Vet inte", outside=True))
    return Item(
        name,
        SCALE,
        name.capitalize(),
        (),
        options,
        group=group,
        group_text="Hur stort?" if group else "",
        top=2,
        **more,
    )


def single(name: str, *labels: str, **more: object) -> Item:
    """A choice of one option."""
    return Item(name, SINGLE, name.capitalize(), (), tuple(Option(label) for label in labels), **more)


def multi(name: str, *labels: str) -> Item:
    """A choice of several options."""
    return Item(name, MULTI, name.capitalize(), (), tuple(Option(label) for label in labels))


def rating(name: str) -> Item:
    """A number from 1 to 10."""
    return Item(name, RATING, name.capitalize(), (), low=1, high=10)


def nps(name: str) -> Item:
    """A number from 0 to 10."""
    return Item(name, NPS, name.capitalize(), (), low=0, high=10)


def survey(*items: Item, minimum: int = 5, comparisons: Comparisons | None = None) -> Survey:
    """A survey with these items."""
    return Survey(
        year=2026, title="Provenkäten 2026", association="", opened=date(2026, 1, 19), closed=date(2026, 2, 13),
        frame_date=date(2026, 1, 1), synthetic=True, minimum_base=minimum, size_classes=CLASSES, region_overrides=(),
        questionnaire=Questionnaire(items), comparisons=comparisons or Comparisons(),
    )  # fmt: skip


def member(number: int, population: int | None = 9_000, landsdel: str = "Svealand", **more: object) -> Member:
    """A municipality that is a member."""
    return Member(f"m{number:03d}", f"Kommun {number}", "municipality", "member", population=population, landsdel=landsdel,
                  skr_group="Landsbygdskommun", joined=date(2001, 1, 1), **more)  # fmt: skip


def sized(*sizes: int) -> list[Member]:
    """So many small, medium and large members, in that order."""
    populations = [p for p, n in zip((9_000, 30_000, 80_000), sizes, strict=True) for _ in range(n)]
    return [member(i, population) for i, population in enumerate(populations)]


def answers_of(item: Item, said: Mapping[str, object]) -> Iterable[dict[str, object]]:
    """Long rows for one item: an option, several in a tuple, or a number, by member."""
    scores = {option.label: option.score for option in item.options}
    for who, answer in said.items():
        for part in answer if isinstance(answer, tuple) else (answer,):
            number = isinstance(part, int | float)
            value = float(part) if number else (scores.get(str(part)) or np.nan)
            yield {
                "member_id": who,
                "item": item.id,
                "state": "answered",
                "option": "" if number else part,
                "value": value,
                "text": "",
            }


def frame(
    members: Sequence[Member],
    items: Sequence[Item],
    said: Mapping[str, Mapping[str, object]],
    roles: Mapping[str, str] | None = None,
) -> Frame:
    """A frame: `said` maps item -> member -> answer; `roles` the role each member's answers come from."""
    by_id = {item.id: item for item in items}
    columns = ["member_id", "item", "state", "option", "value", "text"]
    answers = pd.DataFrame(
        [row for name, given in said.items() for row in answers_of(by_id[name], given)], columns=columns
    )
    table = segment_table(members, CLASSES)
    table["answered"] = table["member_id"].isin(answers["member_id"])
    by_role = answers.assign(role=[(roles or {}).get(who, "official") for who in answers["member_id"]])
    return Frame(table, answers_in(answers), answers_in(by_role), pd.DataFrame(), pd.DataFrame())


def yes_no(
    members: Sequence[Member],
    yes: Sequence[int],
    answered: Sequence[int],
    sizes: Sequence[int],
    labels: tuple[str, str] = ("Mycket stort", "Litet"),
) -> dict[str, str]:
    """Answers by class: of each class's members the first `answered` answer, the first `yes` of them with the first label."""
    said, start = {}, 0
    for k, n, size in zip(yes, answered, sizes, strict=True):
        for i in range(n):
            said[members[start + i].member_id] = labels[0] if i < k else labels[1]
        start += size
    return said
