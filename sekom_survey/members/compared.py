"""The published numbers that may stand beside a member's own answers: the same on every page, and safe also against two members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.choices import COUNTED_KINDS
from sekom_survey.counted.segment import ALL, SIZE
from sekom_survey.found.findings import Findings
from sekom_survey.found.themes import theme_frame
from sekom_survey.model import MULTI, Frame, Item, Survey
from sekom_survey.protected.atoms import BY, REST, Register, Said, as_told, classes_of, register_of, said_of
from sekom_survey.protected.ladder import NOBODY, is_told, total_is_safe, worlds_of
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.words import PublicFindings
from sekom_survey.protected.worlds import FEWEST, INSIDERS, Worlds, few_at_a_time
from sekom_survey.stats.arrays import Bools, Floats


def pairs_learn_nothing(worlds: Worlds, states: Iterable[str]) -> bool:
    """Whether for each state no two members, wherever they are, learn of fewer than five others by their own answers.

    The worlds are those that give the same published numbers. Of the others no four are surely in the state, and in a cell with
    fewer than five others nobody is surely in it, nor, where the total leaves it open, surely out of it. Members of a cell who
    answered alike are alike, so that a pair is a pair of cells and answers.
    """
    return all(
        _others_in_doubt(worlds, state, inside, outside)
        for state in states
        for inside, outside in _pairs(worlds.members, worlds.found[0][worlds.columns(state)])
    )


def _pairs(members: NDArray[np.int64], true: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Every pair as how many of each cell are in the state, and how many are not."""
    cells = len(members)
    kinds = [(cell, is_in) for cell in range(cells) for is_in in (True, False)]
    for pair in combinations_with_replacement(kinds, 2):
        counts = np.zeros((2, cells))
        for cell, is_in in pair:
            counts[0 if is_in else 1, cell] += 1
        if np.all(counts[0] <= true) and np.all(counts[1] <= members - true):
            yield counts[0], counts[1]


def _others_in_doubt(worlds: Worlds, state: str, inside: Floats, outside: Floats) -> bool:
    members, columns = worlds.members.astype(float), worlds.columns(state)
    others = members - inside - outside
    left = _not_met(worlds, columns, inside, members - outside, few_at_a_time(tuple(others.astype(int).tolist())))
    boxes = [(inside, members - outside - few) for few in left]
    if worlds.found[0][columns].sum() > inside.sum():
        alone = np.flatnonzero((inside + outside > 1) & (others > 0) & (others < FEWEST))
        boxes += [(inside + np.eye(len(members))[cell], members - outside) for cell in alone]
    return not boxes or worlds.possible(state, (np.array([b[0] for b in boxes]), np.array([b[1] for b in boxes])))


def _not_met(worlds: Worlds, columns: NDArray[np.int64], low: Floats, high: Floats, few: Floats) -> Floats:
    """The ways to take a few others that no world found so far leaves out of the state."""
    here = np.array([world[columns] for world in worlds.found])
    fits = here[np.all((here >= low) & (here <= high), axis=1)]
    room = np.minimum(high - fits, FEWEST - 1)
    for one in room[np.argsort(-room.sum(axis=1), kind="stable")]:
        few = few[np.any(few > one, axis=1)]
        if not len(few):
            break
    return few


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
