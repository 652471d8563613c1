"""Statistics of a table group x value, for one table or a whole stack of permuted ones at once.

`tables` always has shape (..., groups, values); groups and values in their order; results have shape (...).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.fixed_margins import log_factorials

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
