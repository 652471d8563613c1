"""The published numbers that may stand beside a member's own answers: the same on every page, and safe also against two members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import COUNTED_KINDS
from sekom_survey.counted.segment import ALL, SIZE
from sekom_survey.found.findings import Findings
from sekom_survey.found.themes import theme_frame
from sekom_survey.members.together import pairs_learn_nothing
from sekom_survey.model import MULTI, Frame, Item, Survey
from sekom_survey.protected.atoms import BY, Bools, Register, Said, register_of, said_of
from sekom_survey.protected.ladder import NOBODY, REST, classes_of, is_told, total_is_safe, worlds_of
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.words import PublicFindings
from sekom_survey.protected.worlds import FEWEST, INSIDERS

Count = tuple[int, int]


@dataclass(frozen=True)
class Compared:
    """What is told of an item on the pages: (members, base) by option, of all municipalities and of size classes.

    `mean` and its base, where the item has one; everything is empty that is not published, or that tells of few others.
    """

    item: Item
    total: Mapping[str, Count]
    groups: Mapping[str, Mapping[str, Count]]
    mean: tuple[float, int] | None = None


@dataclass(frozen=True, eq=False)
class Published:
    """A public edition's tables with what they rest on, so that they can be tried: estimates, means, who answered by what."""

    frame: Frame
    survey: Survey
    estimates: pd.DataFrame
    means: pd.DataFrame
    response: tuple[str, ...]


def published_of(found: Findings, public: PublicFindings) -> Published:
    """The tables of the questions."""
    frame, _ = merge_classes(found.year.frame, found.year.survey)
    return Published(frame, found.year.survey, public.shown.estimates, public.shown.means, public.protection.response)


def published_themes(found: Findings, public: PublicFindings, merged: Frame) -> Published | None:
    """The tables of themes as questions; None when the public edition has none."""
    if found.themes is None or public.themes is None or public.themes.estimates.empty:
        return None
    frame, survey = theme_frame(found.year, found.themes.coded, found.themes.codebook)
    rows = public.themes.estimates
    return Published(
        replace(frame, members=merged.members), survey, rows, public.shown.means.head(0), public.protection.response
    )


def compared_of(published: Published, wanted: Sequence[Item]) -> dict[str, Compared]:
    """What the pages tell of some items, by id."""
    register = register_of(published.frame)
    asked = replace(published.survey, questionnaire=replace(published.survey.questionnaire, items=tuple(wanted)))
    said = said_of(published.frame, asked, COUNTED_KINDS, register)
    return {item.id: _compared(said[item.id], register, published) for item in wanted if item.id in said}


def _compared(said: Said, register: Register, published: Published) -> Compared:
    item, minimum = said.item, max(published.survey.minimum_base, FEWEST)
    rows = published.estimates[published.estimates["item"] == item.id]
    rows = rows[~rows["suppressed"].astype(bool)]
    if not total_stands(said, register, minimum) or not _pairs_safe(said, register, published, rows):
        return Compared(item, {}, {})
    groups = {} if item.sensitive else {
        name: _counts(rows, SIZE, name)
        for name, cells in register.groups(SIZE).items()
        if group_stands(said, cells[register.cell], minimum)
    }  # fmt: skip
    return Compared(
        item, _counts(rows, ALL, ALL), {name: told for name, told in groups.items() if told}, _mean(published, item)
    )


def _counts(rows: pd.DataFrame, by: str, segment: str) -> dict[str, Count]:
    mine = rows[(rows["segmentation"] == by) & (rows["segment"] == segment)]
    return {
        row.option: (int(row.count_), int(row.base)) for row in mine.rename(columns={"count": "count_"}).itertuples()
    }


def _mean(published: Published, item: Item) -> tuple[float, int] | None:
    means = published.means
    row = means[(means["item"] == item.id) & (means["statistic"] == "mean") & (means["segmentation"] == ALL)]
    row = row[~row["suppressed"].astype(bool)]
    return None if row.empty else (float(row["value"].iloc[0]), int(row["base"].iloc[0]))


def total_stands(said: Said, register: Register, minimum: int) -> bool:
    """Whether the total is safe by the public edition's rule, also of the others when one or two take their answers away."""
    everybody = np.ones(len(register.cell), bool)
    return all(total_is_safe(others, register, minimum) for others in _others(as_told(said), everybody))


def group_stands(said: Said, who: Bools, minimum: int) -> bool:
    """The same of a group: enough others that do not agree, by the public edition's own rule."""
    return all(is_told(others, who, minimum) for others in _others(as_told(said), who))


def as_told(said: Said) -> Said:
    """Answers that exclude each other as they are told of groups: those that are told together are one answer, the rest another."""
    classes = classes_of(said)
    if said.item.kind == MULTI or not classes:
        return said
    told = [said.of(*options) for options in classes.values()]
    rest = said.of(*said.inside) & ~np.logical_or.reduce(told)
    return replace(said, options=(*classes, REST), chosen=np.column_stack([*told, rest]))


def _others(said: Said, who: Bools) -> Iterator[Said]:
    """The answers without those of one or two members of a group; members that answered alike are tried once."""
    answering = np.flatnonzero(said.of(*said.inside) & who)
    alike: dict[bytes, list[int]] = {}
    for member in answering:
        alike.setdefault(said.chosen[member].tobytes(), []).append(int(member))
    some = [member for members in alike.values() for member in members[:INSIDERS]]
    yield said
    for known in range(1, INSIDERS + 1):
        for gone in combinations(some, known):
            chosen = said.chosen.copy()
            chosen[list(gone)] = False
            yield replace(said, chosen=chosen)


def _pairs_safe(said: Said, register: Register, published: Published, rows: pd.DataFrame) -> bool:
    """Whether any two members that lay their pages side by side, with the public edition beside them, learn of few others."""
    offered = classes_of(said)
    shown = {option: tuple(by for by in BY if _is_shown(rows, option, by)) for option in offered}
    worlds = worlds_of(said, register, shown, published.response)
    rest = [REST] if shown and said.item.kind != MULTI else []  # without rows the rest is all that answered
    return pairs_learn_nothing(worlds, [*shown, NOBODY, *rest])


def _is_shown(rows: pd.DataFrame, option: str, by: str) -> bool:
    return bool(((rows["option"] == option) & (rows["segmentation"] == by)).any())
