"""Pages laid side by side: whether anything of the others follows when any two members tell each other what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from sekom_survey.protected.worlds import FEWEST, Worlds, few_at_a_time

Floats = NDArray[np.float64]


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
