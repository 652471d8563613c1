"""One seeded set of permutations and one matrix product for all items of a segmentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Codes = NDArray[np.int64]

DRAWS = 9_999
SEED = 20_260


@dataclass(frozen=True, eq=False)
class PermutedTables:
    """A table group x value as observed, shape (g, v), and under permutation, shape (draws, g, v)."""

    observed: NDArray[np.float64]
    permuted: NDArray[np.float64]


@lru_cache(maxsize=8)
def permutation_matrix(n: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int16]:
    """Give `draws` random orders of 0 ... n - 1, one a row; the same every time for the same seed.

    The array is cached and read-only.
    Source: Good (2005), Permutation, Parametric, and Bootstrap Tests of Hypotheses, 3rd ed., ch. 3.
    """
    order = np.tile(np.arange(n, dtype=np.int16), (draws, 1))
    np.random.default_rng(seed).permuted(order, axis=1, out=order)
    order.flags.writeable = False
    return order


def restrict(permutations: NDArray[np.int16], answered: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Give the order of those who answered alone, shape (draws, answers): again uniformly random.

    The numbers are positions among those who answered. Source: the order that a uniformly random
    permutation gives a fixed subset is uniformly random (Knuth, The Art of Computer Programming 2, 3.4.2).
    """
    position = (answered.cumsum() - 1).astype(np.int16)
    kept: NDArray[np.int16] = position[permutations[answered[permutations]]]
    return kept.reshape(len(permutations), int(answered.sum()))


def one_hot(codes: Codes, size: int) -> NDArray[np.float32]:
    """Give the indicator matrix of codes 0 ... size - 1, shape (n, size); source: arithmetic."""
    indicator: NDArray[np.float32] = (codes[:, None] == np.arange(size)).astype(np.float32)
    return indicator


def _tables(groups: Codes, size: int, values: NDArray[np.float32], orders: NDArray[np.int16]) -> NDArray[np.float64]:
    """Cross the groups, in each order, with the columns of `values`; shape (orders, groups, columns).

    A group at a time, the last of them by what the others leave. Counts are small integers, which single precision holds
    exactly.
    """
    shuffled = groups.astype(np.min_scalar_type(size))[orders]
    tables = np.empty((len(orders), size, values.shape[1]))
    for group in range(size - 1):
        tables[:, group] = (shuffled == group).astype(np.float32) @ values
    tables[:, -1] = values.sum(axis=0) - tables[:, :-1].sum(axis=1)
    return tables


def permuted_tables(
    groups: Codes, items: Sequence[Codes], draws: int = DRAWS, seed: int = SEED
) -> list[PermutedTables]:
    """Cross every item with the groups, as observed and under one shared set of permutations.

    `groups` has shape (n,) with codes 0, 1, ...; each item has shape (n,) with codes 0, 1, ... and -1 where
    the member did not answer. Members are permuted only among those who answered the item. Items answered
    by the same members share one matrix product.
    Source: Westfall & Young (1993), Resampling-Based Multiple Testing, sec. 2.2, for the shared permutations.
    """
    permutations = permutation_matrix(len(groups), draws, seed)
    size = int(groups.max()) + 1
    patterns: dict[bytes, list[int]] = {}
    for number, item in enumerate(items):
        patterns.setdefault((item >= 0).tobytes(), []).append(number)
    found: dict[int, PermutedTables] = {}
    for numbers in patterns.values():
        answered = items[numbers[0]] >= 0
        blocks = [one_hot(items[i][answered], int(items[i].max()) + 1) for i in numbers]
        orders = np.vstack([np.arange(answered.sum(), dtype=np.int16), restrict(permutations, answered)])
        tables = _tables(groups[answered], size, np.hstack(blocks), orders)
        edges = np.cumsum([block.shape[1] for block in blocks])[:-1]
        for number, part in zip(numbers, np.split(tables, edges, axis=2), strict=True):
            found[number] = PermutedTables(part[0], part[1:])
    return [found[number] for number in range(len(items))]


def permutation_p(observed: float, permuted: ArrayLike) -> float:
    """Give the share of permutations at least as extreme, the observed one counted among them.

    Never 0. Larger is more extreme; ties within one part in a thousand million count as ties.
    Source: Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    values = np.asarray(permuted)
    hair = 1e-9 * max(1.0, abs(observed))
    return float((1 + (values >= observed - hair).sum()) / (1 + values.size))
