"""Every table with given margins, by going through its columns and merging what cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from scipy.special import gammaln

from sekom_survey.stats.arrays import Floats, Ints

# Steps of (state, way to fill a column) that one column may need: a tenth of a second and 50 MB.
LIMIT = 400_000

# increment(column, used, way) -> what the column adds: `used` and `way` have shape (m, rows), result (m, s).
Increment = Callable[[int, Ints, Ints], Ints]


@dataclass(frozen=True, eq=False)
class States:
    """What is left after some columns: used (m, rows), statistics (m, s) and probabilities (m,)."""

    used: Ints
    statistics: Ints
    probabilities: Floats


@cache
def log_factorials(largest: int) -> Floats:
    """Give log k! for k = 0 ... largest; source: the gamma function of SciPy."""
    return np.asarray(gammaln(np.arange(largest + 1) + 1.0), dtype=float)


def number_of_fillings(total: int, room: Sequence[int]) -> float:
    """Give how many rows `fillings` would have, without making them; source: generating functions."""
    ways = np.ones(1)
    for space in room:
        summed = np.concatenate([[0.0], np.cumsum(np.pad(ways, (0, space)))])
        reach = np.arange(len(ways) + space)
        ways = (summed[reach + 1] - summed[np.maximum(reach - space, 0)])[: total + 1]
    return float(ways[total]) if total < len(ways) else 0.0


@lru_cache(maxsize=64)
def fillings(total: int, room: tuple[int, ...]) -> Ints:
    """Give every way to split `total` over cells with the given room, shape (ways, cells); source: arithmetic."""
    ways = np.zeros((1, 0), dtype=np.int64)
    for cell, space in enumerate(room):
        later = sum(room[cell + 1 :])
        rest = total - ways.sum(axis=1)
        fewest = np.maximum(rest - later, 0)
        choices = np.maximum(np.minimum(rest, space) - fewest + 1, 0)
        parent = np.repeat(np.arange(len(ways)), choices)
        first = np.repeat(choices.cumsum() - choices, choices)
        value = fewest[parent] + np.arange(len(parent)) - first
        ways = np.column_stack([ways[parent], value])
    ways.flags.writeable = False
    return ways


def filling_probabilities(left: Ints, ways: Ints) -> Floats:
    """Give the multivariate hypergeometric probability of each way, both of shape (..., cells).

    Source: Johnson, Kotz & Balakrishnan (1997), Discrete Multivariate Distributions, ch. 39.
    """
    remaining, drawn = left.sum(axis=-1), ways.sum(axis=-1)
    logs = log_factorials(int(remaining.max(initial=0)))
    cells = (logs[left] - logs[ways] - logs[left - ways]).sum(axis=-1)
    chances: Floats = np.exp(cells - (logs[remaining] - logs[drawn] - logs[remaining - drawn]))
    return chances


def _codes(columns: Ints) -> Ints:
    """Number the rows so that equal rows have equal numbers."""
    codes = np.zeros(len(columns), dtype=np.int64)
    for column in columns.T:
        shifted = column - column.min()
        codes = codes * (int(shifted.max()) + 1) + shifted
    return codes


def _merge(used: Ints, statistics: Ints, probabilities: Floats) -> States:
    codes = _codes(np.hstack([used, statistics]))
    _, first, group = np.unique(codes, return_index=True, return_inverse=True)
    summed = np.bincount(group, weights=probabilities).astype(float)
    return States(used[first], statistics[first], summed)


def _pairs(left: Ints, total: int) -> tuple[Ints, Ints] | None:
    """Give, for each state and each way that fits in it, the state's number and the way."""
    if (left.sum(axis=1) == total).all():
        return np.arange(len(left)), left
    room = tuple(left.max(axis=0).tolist())
    if len(left) * number_of_fillings(total, room) > LIMIT:
        return None
    ways = fillings(total, room)
    state, way = np.nonzero((ways[None] <= left[:, None]).all(axis=2))
    return state, ways[way]


def walk(rows: Sequence[int], columns: Sequence[int], increment: Increment, width: int) -> States | None:
    """Go through the columns of every table with the given margins and sum a statistic of `width` numbers.

    `columns` may stop short of the rows' total. Statistics are integers, so that equal ones merge exactly.
    Gives None when a column would need more than `LIMIT` steps.
    Source: the network idea of Mehta & Patel (1983), Journal of the American Statistical Association
    78:427-434, without its bounds.
    """
    size = np.asarray(rows, dtype=np.int64)
    states = States(np.zeros((1, len(size)), np.int64), np.zeros((1, width), np.int64), np.ones(1))
    for column, total in enumerate(columns):
        left = size - states.used
        pairs = _pairs(left, total)
        if pairs is None:
            return None
        state, way = pairs
        used = states.used[state]
        chance = states.probabilities[state] * filling_probabilities(left[state], way)
        states = _merge(used + way, states.statistics[state] + increment(column, used, way), chance)
    return states
