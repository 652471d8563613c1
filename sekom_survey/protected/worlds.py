"""Other ways in which the members may have answered that would give the same published numbers."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, coo_array, csr_array, eye_array

from sekom_survey.stats.arrays import Floats, Ints

STDOUT = 1


@contextmanager
def silent() -> Iterator[None]:
    """Have what is printed to standard output meanwhile, also below Python, go nowhere.

    The solver of SciPy prints lines of its own ("HighsMipSolverData ...") whatever it is told of being quiet.
    Source: the file descriptors of POSIX, which Windows' runtime has too.
    """
    try:
        heard = os.dup(STDOUT)
    except OSError:  # a program without a terminal has nowhere to print
        yield
        return
    _flush()
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), STDOUT)
    try:
        yield
    finally:
        _flush()  # into nowhere: what C has not written yet would come out later
        os.dup2(heard, STDOUT)
        os.close(heard)


def _flush() -> None:
    with suppress(OSError, AttributeError):
        (ctypes.CDLL("ucrtbase") if sys.platform == "win32" else ctypes.CDLL(None)).fflush(None)


Boxes = tuple[Floats, Floats]
Atom = tuple[str, int]
"""A state, such as an answer, and a cell of the register; its value is how many members of the cell are in the state."""
WHOLE = 1e-6
NEARLY = 0.1
"""A world that holds nine tenths of what one could hold is worth keeping."""
FEWEST = 5
"""Sums over fewer members than this are what must not be told."""
INSIDERS = 2
"""So many members may compare what they know."""
WIDTH = 3
"""The least number of members between the bounds of a hidden row of a group, if its total allows it."""


@dataclass(frozen=True)
class Number:
    """Something that is known: what `atoms` add up to, by their weights, lies between `low` and `high`."""

    atoms: Mapping[Atom, float]
    low: float
    high: float


@dataclass(eq=False)
class Worlds:
    """All worlds that agree with what is known of one question.

    `members`: how many there are in each cell; `known`: the numbers; `truth`: the true value of every atom, which is one of the
    worlds. Worlds that have been found are kept, since one often answers many questions.
    """

    members: Ints
    known: Sequence[Number]
    truth: Mapping[Atom, int]
    found: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.atoms = tuple(self.truth)
        self.place = {atom: number for number, atom in enumerate(self.atoms)}
        self.matrix = self._matrix()
        self.low = np.array([number.low for number in self.known], dtype=float)
        self.high = np.array([number.high for number in self.known], dtype=float)
        self.found.append(np.array([self.truth[atom] for atom in self.atoms], dtype=float))
        self.broken = bool(np.any(self._gap(self.found[0]) > WHOLE))

    def _matrix(self) -> csr_array:
        entries = [
            (row, self.place[atom], weight)
            for row, number in enumerate(self.known)
            for atom, weight in number.atoms.items()
        ]
        rows, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array(coo_array((weights, (rows, columns)), shape=(len(self.known), len(self.atoms)), dtype=float))

    def _gap(self, world: Floats) -> Floats:
        told = self.matrix @ world
        return np.maximum(self.low - told, told - self.high)

    def columns(self, state: str) -> Ints:
        """Where a state stands, by cell."""
        return np.array([self.place[state, cell] for cell in range(len(self.members))])

    def met(self, state: str, boxes: Boxes) -> NDArray[np.bool_]:
        """Which boxes, floors and ceilings by cell, a world that is found already has the members in a state within."""
        floors, ceilings = boxes
        here = np.array([world[self.columns(state)] for world in self.found])[:, None, :]
        return np.all((here >= floors) & (here <= ceilings), axis=2).any(axis=0)

    def possible(self, state: str, boxes: Boxes) -> bool:
        """Whether for each box there is a world with the members in a state within it."""
        cells = len(self.members)
        for weights in (None, 1 / self.members, -1 / self.members):
            if weights is not None:
                self.look_for(state, weights)
            left = ~self.met(state, boxes)
            boxes = boxes[0][left], boxes[1][left]
            if not left.any():
                return True
        while len(boxes[0]):
            low, high = np.zeros(len(self.atoms)), np.full(len(self.atoms), np.inf)
            low[self.columns(state)], high[self.columns(state)] = boxes[0][0], boxes[1][0]
            if not self.reach(low, high):
                return False
            left = ~self.met(state, boxes)
            boxes = boxes[0][left].reshape(-1, cells), boxes[1][left].reshape(-1, cells)
        return True

    def most(self, state: str) -> int:
        """How wide the bounds of a hidden row have to be: WIDTH, or all that gave the answer when they are fewer."""
        return min(WIDTH, int(self.found[0][self.columns(state)].sum()))

    def width(self, state: str, cells: Iterable[int]) -> int:
        """The distance between the bounds of how many members of some cells are in a state."""
        weights = {(state, int(cell)): 1.0 for cell in cells}
        return round(self.extreme(weights, least=False) - self.extreme(weights, least=True))

    def is_rare(self, state: str, insiders: int = INSIDERS) -> bool:
        """Whether a group is told to have so few in a state that they know of each other that nobody else in it is.

        `cannot_be_told` finds this too, but here it is seen at once, without a search for worlds that are not there.
        """
        total = self.found[0][self.columns(state)].sum()
        few = (n for n in self.known if 0 < n.low == n.high <= insiders and n.low < total)
        return any(
            all(name == state for name, _ in number.atoms)
            and sum(self.members[cell] for _, cell in number.atoms) > number.low
            for number in few
        )

    def look_for(self, state: str, weights: Floats) -> None:
        """Find a world in which the members in a state, counted by cell with `weights`, are as few as can be."""
        cost = np.zeros(len(self.atoms))
        cost[self.columns(state)] = weights
        self._solve(cost, np.zeros(len(cost)), np.full(len(cost), np.inf))

    def extreme(self, weights: Mapping[Atom, float], least: bool) -> float:
        """The least or the most that a sum of atoms can be; whole numbers."""
        cost = np.zeros(len(self.atoms))
        for atom, weight in weights.items():
            cost[self.place[atom]] = weight if least else -weight
        world = self._solve(cost, np.zeros(len(cost)), np.full(len(cost), np.inf))
        if world is None:
            raise ValueError("the published numbers contradict each other")
        return float(cost @ world) * (1 if least else -1)

    def reach(self, low: Floats, high: Floats) -> bool:
        """Whether there is a world with every atom within bounds; it is kept."""
        return bool(np.all(low <= high)) and self._solve(np.zeros(len(low)), low, high) is not None

    def crowd(self, low: Floats, high: Floats, wanted: Ints) -> bool:
        """Whether there is a world with every atom within bounds; the one kept has, by weight, as many wanted as the truth has.

        An atom counts to as many as may compare, so that one world answers for many of those that are looked for.
        """
        at = np.flatnonzero(wanted)
        counted, own = (
            coo_array((np.ones(len(at)), (np.arange(len(at)), at)), shape=(len(at), len(low))),
            eye_array(len(at)),
        )
        told = (
            block_array([[self.matrix, None], [counted, -own]], format="csr"),
            np.append(self.low, np.zeros(len(at))),
            np.append(self.high, np.full(len(at), np.inf)),
        )
        bounds = np.append(low, np.zeros(len(at))), np.append(high, np.minimum(self.found[0][at], INSIDERS))
        return (
            self._keep(_cheapest(np.append(np.zeros(len(low)), -wanted[at]), bounds, told, len(low), NEARLY))
            is not None
        )

    def _solve(self, cost: Floats, low: Floats, high: Floats) -> Floats | None:
        """The cheapest world within bounds, in whole members; None when there is none."""
        return self._keep(_cheapest(cost, (low, high), (self.matrix, self.low, self.high), len(low)))

    def _keep(self, world: Floats | None) -> Floats | None:
        self.found += [] if world is None else [world]
        return world


def _cheapest(
    cost: Floats, bounds: tuple[Floats, Floats], told: tuple[csr_array, Floats, Floats], whole: int, gap: float = 0.0
) -> Floats | None:
    """The first `whole` numbers, all whole, of the cheapest that agree with what is told; None when there are none.

    Where linear programming finds none there are none, and what it finds in whole numbers is as good as any. Else what is found
    may cost as much more as `gap` says.
    """
    from scipy.optimize import milp  # a tenth of a second to load

    result = milp(cost, bounds=bounds, constraints=[told], options={"presolve": False})
    if result.x is not None and np.abs(result.x - np.round(result.x))[:whole].max() > WHOLE:
        integer = (np.arange(len(cost)) < whole).astype(int)
        with silent():
            result = milp(cost, integrality=integer, bounds=bounds, constraints=[told], options={"mip_rel_gap": gap})
    return None if result.x is None else np.round(result.x[:whole])


@cache
def few_at_a_time(members: tuple[int, ...], few: int = FEWEST - 1) -> Floats:
    """Every way to take `few` members, as how many are taken of each cell; all of them when there are no more."""
    taken = [
        np.bincount(cells, minlength=len(members))
        for cells in combinations_with_replacement(range(len(members)), min(few, sum(members)))
    ]
    return np.array([one for one in taken if np.all(one <= members)], dtype=float)


def cannot_be_told(worlds: Worlds, state: str, insiders: int = INSIDERS) -> bool:
    """Whether nothing follows of who is in a state, for any sum over fewer than five members.

    No such sum is surely above nought, and no member is surely out of the state, unless nobody at all is in it; nor when one
    or two that are in it themselves compare. In a cell so small that fewer than five are left when they do, nothing follows of
    the others, whatever the two have answered.
    """
    members, at = worlds.members.astype(float), worlds.columns(state)
    true = worlds.found[0][at]
    if true.sum() == 0:
        return True
    few = few_at_a_time(tuple(worlds.members.tolist()))
    theirs = _one_more(members, true, insiders)
    inside = list(_inside(members, true, insiders))
    boxes = (
        np.vstack([theirs, np.zeros_like(few), *(low for low, _ in inside)]),
        np.vstack([np.tile(members, (len(theirs), 1)), members - few, *(high for _, high in inside)]),
    )
    return worlds.possible(state, boxes)


def _one_more(members: Floats, true: Floats, insiders: int) -> Floats:
    """Floors: in each cell one more in the state than those that are in it themselves and know it, wherever these are."""
    cells = np.eye(len(members))
    floors = [cells]
    for known in range(1, min(insiders, int(true.sum()) - 1) + 1):
        own = few_at_a_time(tuple(members.astype(int).tolist()), known)
        floors.append((own[np.all(own <= true, axis=1)][:, None, :] + cells).reshape(-1, len(members)))
    whole = np.vstack(floors)
    return np.array(whole[np.all(whole <= members, axis=1)])


def _inside(members: Floats, true: Floats, insiders: int) -> Iterable[tuple[Floats, Floats]]:
    """What must be possible for the others of a small cell when some of its own members tell each other what they answered."""
    total = true.sum()
    for cell, whole in enumerate(members):
        for known in range(1, insiders + 1):
            if not 1 <= whole - known < FEWEST:
                continue
            for inside in range(known + 1):
                if inside <= true[cell] and known - inside <= whole - true[cell]:
                    yield from _others(members, cell, inside, known, total > inside)


def _others(members: Floats, cell: int, inside: int, known: int, open_to_all: bool) -> Iterable[tuple[Floats, Floats]]:
    """None of the others in the state; and, where the total leaves it open, one of them."""
    low, high = np.zeros(len(members)), members.copy()
    low[cell], high[cell] = inside, inside
    yield low, high
    if open_to_all:
        low, high = low.copy(), members.copy()
        low[cell], high[cell] = inside + 1, members[cell] - (known - inside)
        yield low, high
