"""What may be told of those who answered both years, audited beside all that either year's edition tells of the question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.choices import choice_of
from sekom_survey.counted.count import ticks
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import Year
from sekom_survey.found.memory import Memory
from sekom_survey.model import Frame, Item
from sekom_survey.protected.atoms import BY, Register, register_of
from sekom_survey.protected.followed import counted_once
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.public import protected
from sekom_survey.protected.worlds import FEWEST, INSIDERS, Atom, Number, Worlds
from sekom_survey.stats.arrays import Floats, Ints

YES, NO, SILENT, NOBODY = DID = ("yes", "no", "silent", "nobody")
LOOKED_AT = (YES, NO, NOBODY)
Words = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Edition:
    """A year as its public edition has it: who answered, the register, the rows of estimates, by what the response is told."""

    frame: Frame
    register: Register
    estimates: pd.DataFrame
    response: tuple[str, ...]

    def did(self, item: Item, option: str, ids: list[str]) -> tuple[Ints, Words]:
        """The cell each of some members was in, -1 for none, and which of DID it did."""
        at = np.array([self.register.place.get(one, -1) for one in ids])
        said = ticks(self.frame.answers, item, ids, [choice_of(item, option)])[:, 0]
        silent = np.where(self.register.answered[at], SILENT, NOBODY)
        did = np.where(said == 1, YES, np.where(said == 0, NO, silent))
        return np.where(at < 0, -1, self.register.cell[at]), np.where(at < 0, NOBODY, did).astype(object)

    def told(self, item: Item, option: str) -> Iterator[tuple[Ints, tuple[str, ...], float]]:
        """The published numbers of a question: of which cells, doing what, how many."""
        rows, outside = self.estimates, {one.label for one in item.options if one.outside}
        for row in rows[(rows["item"] == item.id) & ~rows["suppressed"].astype(bool)].itertuples():
            if row.segmentation in (ALL, *BY) and row.option not in outside:
                cells = np.flatnonzero(self.register.groups(str(row.segmentation))[str(row.segment)])
                yield cells, (YES, NO), float(row.base)
                if row.option == option:
                    yield cells, (YES,), float(row.count)
        for by in (ALL, *self.response):
            for group in self.register.groups(by).values():
                yield (
                    np.flatnonzero(group),
                    (NOBODY,),
                    float((~self.register.answered & group[self.register.cell]).sum()),
                )


def edition_of(year: Year, shown: Year) -> Edition:
    """A year and what is published of it."""
    frame, _ = merge_classes(counted_once(year.frame, year.survey.questionnaire), year.survey)
    return Edition(
        frame, register_of(frame), shown.estimates, tuple(set(BY) & set(shown.base.response["segmentation"]))
    )


def edition_before(year: Year, items: Collection[str], memory: Memory) -> Edition:
    """Last year with what is published of some of its questions; what they follow upon is looked at too."""
    asked = year.survey.questionnaire
    kept = set(items)
    for item in reversed(asked.items):
        kept |= {item.asked_if.item} if item.asked_if and item.id in kept else set()
    survey = replace(
        year.survey, questionnaire=replace(asked, items=tuple(one for one in asked.items if one.id in kept))
    )
    frame, _ = merge_classes(counted_once(year.frame, asked), survey)
    rows, _, _, audit = protected(frame, survey, memory=memory)
    return Edition(frame, register_of(frame), rows, audit.response)


def nothing_follows(before: Edition, now: Edition, last: Item, item: Item, option: str, memory: Memory) -> bool:
    """Whether it may be told how many who answered both years gave an answer each year, and how many changed each way.

    The atoms are the cell a member was in last year and this, by what it did each year. Tried is what an outsider, any member
    and any two that compare, who know what they did both years, learn of all others in a cell: that one of four of them surely
    did a thing in a year or in both, or that none can have given an answer that the total leaves open.
    """
    ids = sorted(before.register.place.keys() | now.register.place.keys())
    (then, was), (here, does) = before.did(last, option, ids), now.did(item, option, ids)
    cells = sorted(set(zip(then.tolist(), here.tolist(), strict=True)))
    cell = np.array([cells.index(one) for one in zip(then.tolist(), here.tolist(), strict=True)])
    truth = _truth(cell, was, does, len(cells))
    known = [*_linked(np.bincount(cell)), *_both_years(truth, len(cells))]
    for year, (edition, asked) in enumerate(((before, last), (now, item))):
        known += _published(year, edition.told(asked, option), cells)
    worlds = Worlds(np.bincount(cell), known, truth)
    return bool(memory.of(lambda: _all_in_doubt(worlds, cells), known, truth, cells))


def _published(
    year: int, told: Iterable[tuple[Ints, tuple[str, ...], float]], cells: Sequence[tuple[int, int]]
) -> Iterator[Number]:
    """A year's numbers as sums of atoms, and nothing for those that were no members then."""
    for c, pair in enumerate(cells):
        if pair[year] < 0:
            yield from (Number({(_of(year, thing), c): 1.0}, 0, 0) for thing in (YES, NO, SILENT))
    for among, things, n in told:
        atoms = [(_of(year, thing), c) for c, pair in enumerate(cells) if pair[year] in among for thing in things]
        yield Number(dict.fromkeys(atoms, 1.0), n, n)


def _of(year: int, thing: str) -> str:
    return f"{('before', 'now')[year]} {thing}"


def _joint(was: str, does: str) -> str:
    return f"{was}, {does}"


def _truth(cell: Ints, was: Words, does: Words, cells: int) -> dict[Atom, int]:
    """How many of each cell did each pair of things, and each thing in each year."""
    of = {_joint(a, b): (was == a) & (does == b) for a, b in product(DID, DID)}
    of |= {_of(year, thing): (was, does)[year] == thing for year in (0, 1) for thing in DID}
    return {
        (name, c): int(n) for name, who in of.items() for c, n in enumerate(np.bincount(cell[who], minlength=cells))
    }


def _linked(members: Ints) -> Iterator[Number]:
    """Each member did a pair of things; what was done in a year is what was done in both, added up."""
    for c, n in enumerate(members):
        yield Number({(_joint(a, b), c): 1.0 for a, b in product(DID, DID)}, float(n), float(n))
    for c, year, thing in product(range(len(members)), (0, 1), DID):
        both = [(_joint(*((thing, other) if year == 0 else (other, thing))), c) for other in DID]
        yield Number(dict.fromkeys(both, 1.0) | {(_of(year, thing), c): -1.0}, 0, 0)


def _both_years(truth: dict[Atom, int], cells: int) -> Iterator[Number]:
    """Those who answered both years by what they answered: shown, but for which way they changed, on which a verdict rests."""
    for was, does in product((YES, NO), (YES, NO)):
        atoms = [(_joint(was, does), c) for c in range(cells)]
        n = float(sum(truth[atom] for atom in atoms))
        yield Number(dict.fromkeys(atoms, 1.0), n, n)


def _all_in_doubt(worlds: Worlds, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing follows of the others in any cell, whoever knows of itself."""
    for state, sign in product((_of(*one) for one in product((0, 1), DID)), (1, -1)):
        worlds.look_for(state, sign / worlds.members)
    pairs = _insiders(worlds)
    cell_of = np.array([cell for _, cell in worlds.atoms] + [-1])
    for c, members in enumerate(worlds.members):
        others = members - (cell_of[pairs] == c).sum(axis=1)
        for state, parts in _states(cells[c]).items():
            counted = np.array([[worlds.place[part, one] for part in parts] for one in range(len(cells))])
            mine = np.isin(pairs, counted[c]).sum(axis=1)
            least, most = np.zeros(len(pairs)), mine + np.maximum(others - FEWEST + 1, 0)
            if not _possible(worlds, pairs[others > 0], (state, c), least[others > 0], most[others > 0]):
                return False
            left = worlds.found[0][worlds.columns(state)].sum() - np.isin(pairs, counted).sum(axis=1)
            open_to = (others > 0) & (left > 0) & (len(parts) > 1)
            endless = np.full(len(pairs), np.inf)
            if not _possible(worlds, pairs[open_to], (state, c), mine[open_to] + 1.0, endless[open_to]):
                return False
    return True


def _states(cell: tuple[int, int]) -> dict[str, tuple[str, ...]]:
    """What something could follow of in a cell, with the pairs of things that it is made of: a year's in which it had members."""
    years = {_of(0, thing): tuple(_joint(thing, other) for other in DID) for thing in LOOKED_AT if cell[0] >= 0}
    years |= {_of(1, thing): tuple(_joint(other, thing) for other in DID) for thing in LOOKED_AT if cell[1] >= 0}
    return years | {_joint(was, does): (_joint(was, does),) for was, does in product((YES, NO), (YES, NO))}


def _insiders(worlds: Worlds) -> Ints:
    """Nobody, any member and any two, each as two atoms that they are of; -1 for none."""
    there = [place for (name, cell), place in worlds.place.items() if ", " in name and worlds.truth[name, cell]]
    pairs = combinations_with_replacement([-1, *there], INSIDERS)
    return np.array([(a, b) for a, b in pairs if a < 0 or a != b or worlds.found[0][a] > 1])


def _possible(worlds: Worlds, pairs: Ints, at: Atom, least: Floats, most: Floats) -> bool:
    """Whether there is a world for each of some pairs with an atom between its bounds."""
    place, seen = worlds.place[at], 0
    while True:
        for world in worlds.found[seen:]:
            left = ~(_holds(world, pairs) & (least <= world[place]) & (world[place] <= most))
            pairs, least, most = pairs[left], least[left], most[left]
        if not len(pairs):
            return True
        seen = len(worlds.found)
        low, high = np.zeros(len(worlds.atoms)), np.full(len(worlds.atoms), np.inf)
        np.add.at(low, pairs[0][pairs[0] >= 0], 1)
        low[place], high[place] = max(low[place], least[0]), most[0]
        if not worlds.crowd(low, high, np.bincount(pairs[pairs >= 0], minlength=len(low))):
            return False


def _holds(world: Floats, pairs: Ints) -> NDArray[np.bool_]:
    """Whether two such members can be in a world."""
    there = np.append(world, np.inf)
    return (there[pairs[:, 0]] >= 1 + (pairs[:, 0] == pairs[:, 1])) & (there[pairs[:, 1]] >= 1)
