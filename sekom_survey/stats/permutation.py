"""One seeded set of permutations and one matrix product for all items of a segmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Ints

Places = NDArray[np.signedinteger]

DRAWS = 9_999
SEED = 20_260
# Numbers held at once: orders of the members (100 MB), and columns of the tables that are made together (20 MB).
MOST_ORDERS, MOST_COLUMNS = 50_000_000, 64


@dataclass(frozen=True, eq=False)
class PermutedTables:
    """A table group x value as observed, shape (g, v), and under permutation, shape (draws, g, v)."""

    observed: NDArray[np.float64]
    permuted: NDArray[np.float64]


@lru_cache(maxsize=4)
def permutation_matrix(n: int, draws: int = DRAWS, seed: int = SEED) -> Places:
    """Give `draws` random orders of 0 ... n - 1, one a row; the same every time for the same seed.

    The array is cached and read-only.
    Source: Good (2005), Permutation, Parametric, and Bootstrap Tests of Hypotheses, 3rd ed., ch. 3.
    """
    order = _shuffled(np.random.default_rng(seed), n, draws)
    order.flags.writeable = False
    return order


def orders(n: int, draws: int = DRAWS, seed: int = SEED) -> Iterator[Places]:
    """Give the rows of `permutation_matrix` in pieces that fit in memory, however many members there are.

    Source: as `permutation_matrix`.
    """
    if n * draws <= MOST_ORDERS:
        yield permutation_matrix(n, draws, seed)
        return
    rng, piece = np.random.default_rng(seed), max(1, MOST_ORDERS // n)
    for start in range(0, draws, piece):
        yield _shuffled(rng, n, min(piece, draws - start))


def _shuffled(rng: np.random.Generator, n: int, draws: int) -> Places:
    order = np.tile(np.arange(n, dtype=_place_type(n)), (draws, 1))
    return rng.permuted(order, axis=1, out=order)


def _place_type(n: int) -> type[np.signedinteger]:
    return np.int16 if n <= np.iinfo(np.int16).max else np.int32


def restrict(permutations: Places, answered: NDArray[np.bool_]) -> Places:
    """Give the order of those who answered alone, shape (draws, answers): again uniformly random.

    The numbers are positions among those who answered. Source: the order that a uniformly random
    permutation gives a fixed subset is uniformly random (Knuth, The Art of Computer Programming 2, 3.4.2).
    """
    position = (answered.cumsum() - 1).astype(permutations.dtype)
    kept: Places = position[permutations[answered[permutations]]]
    return kept.reshape(len(permutations), int(answered.sum()))


def one_hot(codes: Ints, size: int) -> NDArray[np.float32]:
    """Give the indicator matrix of codes 0 ... size - 1, shape (n, size); source: arithmetic."""
    indicator: NDArray[np.float32] = (codes[:, None] == np.arange(size)).astype(np.float32)
    return indicator


def _tables(groups: Ints, size: int, values: NDArray[np.float32], order: Places) -> NDArray[np.float64]:
    """Cross the groups, in each order, with the columns of `values`; shape (orders, groups, columns).

    A group at a time, the last of them by what the others leave. Counts are small integers, which single precision holds
    exactly.
    """
    shuffled = groups.astype(np.min_scalar_type(size))[order]
    tables = np.empty((len(order), size, values.shape[1]))
    for group in range(size - 1):
        tables[:, group] = (shuffled == group).astype(np.float32) @ values
    tables[:, -1] = values.sum(axis=0) - tables[:, :-1].sum(axis=1)
    return tables


def permuted_tables(
    groups: Ints, items: Sequence[Ints], draws: int = DRAWS, seed: int = SEED
) -> Iterator[tuple[int, PermutedTables]]:
    """Cross every item with the groups, as observed and under one shared set of permutations; the item's number with each.

    `groups` has shape (n,) with codes 0, 1, ...; each item has shape (n,) with codes 0, 1, ... and -1 where
    the member did not answer. Members are permuted only among those who answered the item. Items answered
    by the same members share a matrix product, and come one after the other.
    Source: Westfall & Young (1993), Resampling-Based Multiple Testing, sec. 2.2, for the shared permutations.
    """
    size = int(groups.max()) + 1
    patterns: dict[bytes, list[int]] = {}
    for number, item in enumerate(items):
        patterns.setdefault((item >= 0).tobytes(), []).append(number)
    for numbers in patterns.values():
        answered = items[numbers[0]] >= 0
        inside = groups[answered]
        for some in _batches(numbers, items):
            blocks = [one_hot(items[i][answered], int(items[i].max()) + 1) for i in some]
            values = np.hstack(blocks)
            observed = _tables(inside, size, values, np.arange(len(inside))[None])[0]
            pieces = (restrict(piece, answered) for piece in orders(len(groups), draws, seed))
            permuted = np.vstack([_tables(inside, size, values, piece) for piece in pieces])
            edges = np.cumsum([block.shape[1] for block in blocks])[:-1]
            parts = zip(np.split(observed, edges, axis=1), np.split(permuted, edges, axis=2), strict=True)
            yield from ((i, PermutedTables(*part)) for i, part in zip(some, parts, strict=True))


def _batches(numbers: Sequence[int], items: Sequence[Ints]) -> Iterator[list[int]]:
    """Split items where their tables together would have more than `MOST_COLUMNS` columns."""
    some: list[int] = []
    columns = 0
    for number in numbers:
        width = int(items[number].max()) + 1
        if some and columns + width > MOST_COLUMNS:
            yield some
            some, columns = [], 0
        some, columns = [*some, number], columns + width
    yield some


def permutation_p(observed: float, permuted: ArrayLike) -> float:
    """Give the share of permutations at least as extreme, the observed one counted among them.

    Never 0. Larger is more extreme; ties within one part in a thousand million count as ties.
    Source: Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    values = np.asarray(permuted)
    hair = 1e-9 * max(1.0, abs(observed))
    return float((1 + (values >= observed - hair).sum()) / (1 + values.size))
