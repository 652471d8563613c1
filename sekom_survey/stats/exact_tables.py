"""Statistics of a table group x value, for one or a whole stack of permuted ones, and their exact distribution.

`tables` always has shape (..., groups, values); groups and values in their order; results have shape (...). The tests are of no
association given the table's margins: Fisher, and Freeman and Halton's r x c.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Floats, Ints, Outcome, Tails
from sekom_survey.stats.fixed_margins import (
    Increment,
    States,
    filling_probabilities,
    fillings,
    log_factorials,
    number_of_fillings,
    walk,
)
from sekom_survey.stats.permutation import DRAWS, SEED, permutation_p, permuted_tables

Tables = NDArray[np.float64] | NDArray[np.int64]


def tabulate(samples: Sequence[ArrayLike]) -> NDArray[np.int64]:
    """Count every distinct value in every sample: shape (samples, values), values ascending.

    Source: arithmetic.
    """
    arrays = [np.asarray(sample, dtype=float) for sample in samples]
    values = np.unique(np.concatenate(arrays))
    return np.array([(array[:, None] == values).sum(axis=0) for array in arrays], dtype=np.int64)


def midranks(sizes: ArrayLike) -> Floats:
    """Give the mean rank of each value when `sizes` answers share it, values ascending.

    Source: Kruskal & Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    counts = np.asarray(sizes, dtype=float)
    ranks: Floats = counts.cumsum() - (counts - 1) / 2
    return ranks


def kruskal_statistic(tables: Tables) -> Floats:
    """Give the Kruskal-Wallis H corrected for ties; nan when every answer is the same.

    Source: Kruskal & Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    counts = np.asarray(tables, dtype=float)
    sizes = counts.sum(axis=-2)
    total = sizes.sum(axis=-1)
    ranks = sizes.cumsum(axis=-1) - (sizes - 1) / 2
    groups = counts.sum(axis=-1)
    sums = (counts * ranks[..., None, :]).sum(axis=-1)
    spread = np.divide(sums**2, groups, out=np.zeros_like(sums), where=groups > 0).sum(axis=-1)
    raw = 12 / np.maximum(total * (total + 1), 1) * spread - 3 * (total + 1)
    ties = 1 - (sizes**3 - sizes).sum(axis=-1) / np.maximum(total**3 - total, 1)
    ties = np.where(total > 1, ties, 0.0)
    corrected: Floats = np.divide(raw, ties, out=np.full_like(raw, np.nan), where=ties > 0)
    return corrected


def jonckheere_statistic(tables: Tables) -> Floats:
    """Give Jonckheere's J: pairs from two groups that are in order, a tie counting one half.

    Source: Jonckheere (1954), Biometrika 41:133-145; ties as in Hollander & Wolfe (1999), sec. 6.2.
    """
    counts = np.asarray(tables, dtype=float)
    earlier = counts.cumsum(axis=-2) - counts
    below = earlier.cumsum(axis=-1) - earlier / 2
    ordered: Floats = (counts * below).sum(axis=(-2, -1))
    return ordered


def rarity(tables: Tables) -> Floats:
    """Give minus the log probability of the table given its margins, but for a constant: sum of log cell!.

    Source: Freeman & Halton (1951), Biometrika 38:141-149.
    """
    counts = np.asarray(tables).astype(np.int64)
    logs = log_factorials(int(counts.max(initial=0)))
    summed: Floats = logs[counts].sum(axis=(-2, -1))
    return summed


# Log factorials are rounded to this many parts, so that tables of equal probability merge exactly.
PARTS = 1e9
# Tables count as equally probable within one part in ten million, as in R.
TIE = 1e-7

# Steps of (state, way to fill a column) that the last two columns may need in all: about a second.
JOIN_LIMIT = 10_000_000


def as_codes(table: ArrayLike) -> tuple[Ints, Ints]:
    """Write a table out as one row code and one column code an answer; source: arithmetic."""
    counts = np.asarray(table, dtype=np.int64)
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def _stripped(table: ArrayLike) -> Ints:
    """Drop empty rows and columns, put the fewer classes in the rows and the largest columns last."""
    counts = np.asarray(table, dtype=np.int64)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    ordered: Ints = counts[:, np.argsort(counts.sum(axis=0), kind="stable")]
    return ordered


def _log_increment(largest: int) -> Increment:
    parts = np.rint(log_factorials(largest) * PARTS).astype(np.int64)
    return lambda column, used, way: parts[way].sum(axis=1, keepdims=True)


def _endings(left: Ints, column: int, logs: Floats) -> tuple[Floats, Floats]:
    """Give, for every way to fill the last two columns, what it sums, ascending, and P(that much or more)."""
    ways = fillings(column, tuple(left.tolist()))
    summed = (logs[ways] + logs[left - ways]).sum(axis=1)
    order = np.argsort(summed)
    chances = filling_probabilities(np.broadcast_to(left, ways.shape), ways)[order]
    return summed[order], np.append(chances[::-1].cumsum()[::-1], 0.0)


def _tail(start: States, rows: Ints, column: int, observed: float) -> float | None:
    """Sum the chances of all tables at least as rare as the one observed, None when there are too many."""
    used, group = np.unique(start.used, axis=0, return_inverse=True)
    if len(used) * number_of_fillings(column, rows.tolist()) > JOIN_LIMIT:
        return None
    logs = log_factorials(int(rows.sum()))
    total = 0.0
    for number, state in enumerate(used):
        members = group.ravel() == number
        summed, tail = _endings(rows - state, column, logs)
        missing = observed - start.statistics[members, 0] / PARTS
        total += float(start.probabilities[members] @ tail[np.searchsorted(summed, missing)])
    return total


def exact_rarity_p(table: ArrayLike) -> float | None:
    """Give the probability of a table as improbable as this one or more, None when there are too many.

    Every table with the same margins is counted: the first columns with equal probabilities merged, the
    last two by a sorted list of endings for each state. The limit: no column may need more than
    `fixed_margins.LIMIT` steps and the endings not more than `JOIN_LIMIT`.
    Source: Freeman & Halton (1951), Biometrika 38:141-149; Mehta & Patel (1983), JASA 78:427-434.
    """
    counts = _stripped(table)
    if min(counts.shape) < 2:
        return 1.0
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    start = walk(rows.tolist(), columns[:-2].tolist(), _log_increment(int(counts.sum())), 1)
    tail = None if start is None else _tail(start, rows, int(columns[-2]), float(rarity(counts)) - TIE)
    return None if tail is None else min(tail, 1.0)


def fisher_freeman_halton(table: ArrayLike, draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Test whether rows and columns of an r x c table are independent, given its margins.

    `table` has shape (r, c), counts. Exact within the limits of `exact_rarity_p`; beyond them by `draws`
    seeded permutations. The statistic is the table's sum of log cell!, larger is rarer.
    Source: Freeman & Halton (1951), Biometrika 38:141-149.
    """
    counts = np.asarray(table, dtype=np.int64)
    observed = float(rarity(counts))
    exact = exact_rarity_p(counts)
    if exact is not None:
        return Outcome(observed, exact, "exact")
    rows, columns = as_codes(counts)
    ((_, tables),) = permuted_tables(rows, [columns], draws, seed)
    return Outcome(observed, permutation_p(observed, rarity(tables.permuted)), "permutation")


def fisher_exact(table: ArrayLike) -> Tails:
    """Test a 2 x 2 table; `upper` is the one-sided p for an odds ratio above 1, the statistic the first cell.

    Two-sided: the tables no more probable than the one observed.
    Source: Fisher (1935), Journal of the Royal Statistical Society 98:39-82.
    """
    counts = np.asarray(table, dtype=np.int64)
    a, c = counts[:, 0].tolist()
    rows = counts.sum(axis=1)
    ways = fillings(a + c, tuple(rows.tolist()))
    chances = filling_probabilities(np.broadcast_to(rows, ways.shape), ways)
    observed = chances[ways[:, 0] == a][0]
    return Tails(
        statistic=float(a),
        lower=float(chances[ways[:, 0] <= a].sum()),
        upper=float(chances[ways[:, 0] >= a].sum()),
        two_sided=float(min(1.0, chances[chances <= observed * (1 + TIE)].sum())),
        how="exact",
    )
