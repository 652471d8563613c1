"""Tests on ranks for scales and ratings: two groups, several groups, several ordered groups, blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.exact_tables import as_codes
from sekom_survey.stats.fixed_margins import Ints, States, walk
from sekom_survey.stats.outcome import Outcome, Tails
from sekom_survey.stats.permutation import DRAWS, SEED, permutation_p, permuted_tables
from sekom_survey.stats.table_statistics import jonckheere_statistic, kruskal_statistic, midranks, tabulate

Floats = NDArray[np.float64]
HAIR = 1e-9


def _doubled_ranks(table: Ints) -> Ints:
    """Midranks are whole or half numbers; doubled they are integers."""
    return np.rint(2 * midranks(table.sum(axis=0))).astype(np.int64)


def _rank_sums(table: Ints) -> States | None:
    ranks = _doubled_ranks(table)
    return walk(
        table.sum(axis=1).tolist(),
        table.sum(axis=0).tolist(),
        lambda column, used, way: way[:, :-1] * ranks[column],
        table.shape[0] - 1,
    )


def _permuted(table: Ints, statistic: Callable[[Floats], Floats], draws: int, seed: int) -> Floats:
    groups, values = as_codes(table)
    ((_, tables),) = permuted_tables(groups, [values], draws, seed)
    return statistic(tables.permuted)


def two_sided_tails(observed: float, mean: float, values: Floats, chances: Floats) -> tuple[float, float, float]:
    """Give P(T <= observed), P(T >= observed) and P(|T - mean| >= |observed - mean|).

    Source: Hothorn et al. (2006), The American Statistician 60:257-263.
    """
    hair = HAIR * max(1.0, abs(observed))
    lower = chances[values <= observed + hair].sum()
    upper = chances[values >= observed - hair].sum()
    both = chances[np.abs(values - mean) >= abs(observed - mean) - hair].sum()
    return float(min(lower, 1.0)), float(min(upper, 1.0)), float(min(both, 1.0))


def with_observed(observed: float, permuted: Floats) -> tuple[Floats, Floats]:
    """Make a distribution of the permutations with the observed arrangement as one of them.

    Source: Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    values = np.append(permuted, observed)
    return values, np.full(values.size, 1 / values.size)


def kruskal_wallis(samples: Sequence[ArrayLike], draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Test whether several groups differ in level; `samples` are the groups' answers.

    The statistic is H corrected for ties (nan with p = 1 when all answers are equal). Exact when the tables
    can be gone through (`fixed_margins.LIMIT`), else by seeded permutation.
    Source: Kruskal & Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    table = tabulate(samples)
    observed = float(kruskal_statistic(table))
    if table.shape[1] == 1:
        return Outcome(observed, 1.0, "exact")
    states = _rank_sums(table)
    if states is None:
        permuted = _permuted(table, kruskal_statistic, draws, seed)
        return Outcome(observed, permutation_p(observed, permuted), "permutation")
    sizes = table.sum(axis=1)
    total = int(_doubled_ranks(table) @ table.sum(axis=0))
    sums = np.column_stack([states.statistics, total - states.statistics.sum(axis=1)])
    spread = (sums**2 / sizes).sum(axis=1)
    limit = float(((table @ _doubled_ranks(table)) ** 2 / sizes).sum()) * (1 - HAIR)
    return Outcome(observed, float(min(states.probabilities[spread >= limit].sum(), 1.0)), "exact")


def mann_whitney(first: ArrayLike, second: ArrayLike, draws: int = DRAWS, seed: int = SEED) -> Tails:
    """Test whether two groups differ in level, ties and all; the statistic is U of the first.

    Two-sided by |U - mean|, not by doubling a tail. `upper` is the p for the first group being higher.
    Exact when the tables can be gone through (`fixed_margins.LIMIT`), else by seeded permutation.
    Source: Mann & Whitney (1947), Annals of Mathematical Statistics 18:50-60; Streitberg & Rohmel (1986),
    Statistical Software Newsletter 12:10-17.
    """
    table = tabulate([first, second])
    sizes = table.sum(axis=1)
    offset, mean = float(sizes[0] * (sizes[0] + 1)) / 2, float(sizes[0] * sizes[1] / 2)
    ranks = _doubled_ranks(table)
    observed = float(table[0] @ ranks) / 2 - offset
    states = _rank_sums(table)
    if states is None:
        permuted = _permuted(table, lambda tables: tables[:, 0] @ ranks / 2 - offset, draws, seed)
        return Tails(observed, *two_sided_tails(observed, mean, *with_observed(observed, permuted)), how="permutation")
    values = states.statistics[:, 0] / 2 - offset
    return Tails(observed, *two_sided_tails(observed, mean, values, states.probabilities), how="exact")


def _ordered_pairs(column: int, used: Ints, way: Ints) -> Ints:
    """Add twice the pairs in order that a value brings: those below it in earlier groups, ties as half."""
    earlier = 2 * used + way
    below = earlier.cumsum(axis=1) - earlier
    summed: Ints = (below * way).sum(axis=1, keepdims=True)
    return summed


def jonckheere_terpstra(samples: Sequence[ArrayLike], draws: int = DRAWS, seed: int = SEED) -> Tails:
    """Test for a trend over ordered groups; `upper` is the p for later groups being higher.

    Exact when the tables can be gone through (`fixed_margins.LIMIT`), else by seeded permutation.
    Source: Jonckheere (1954), Biometrika 41:133-145; Terpstra (1952), Indagationes Mathematicae 14:327-333.
    """
    table = tabulate(samples)
    observed = float(jonckheere_statistic(table))
    mean, _ = jonckheere_moments(samples)
    states = walk(table.sum(axis=1).tolist(), table.sum(axis=0).tolist(), _ordered_pairs, 1)
    if states is not None:
        tails = two_sided_tails(observed, mean, states.statistics[:, 0] / 2, states.probabilities)
        return Tails(observed, *tails, how="exact")
    values, chances = with_observed(observed, _permuted(table, jonckheere_statistic, draws, seed))
    return Tails(observed, *two_sided_tails(observed, mean, values, chances), how="permutation")


def jonckheere_moments(samples: Sequence[ArrayLike]) -> tuple[float, float]:
    """Give the mean and the standard deviation of J when there is no trend, corrected for ties.

    Source: Hollander & Wolfe (1999), Nonparametric Statistical Methods, 2nd ed., eq. 6.17-6.19.
    """
    table = tabulate(samples).astype(float)
    n, d = table.sum(axis=1), table.sum(axis=0)
    total = n.sum()

    def cubic(x: Floats) -> float:
        return float((x * (x - 1) * (2 * x + 5)).sum())

    def triple(x: Floats) -> float:
        return float((x * (x - 1) * (x - 2)).sum())

    def double(x: Floats) -> float:
        return float((x * (x - 1)).sum())

    whole = np.array([total])
    variance = (cubic(whole) - cubic(n) - cubic(d)) / 72
    variance += triple(n) * triple(d) / (36 * triple(whole))
    variance += double(n) * double(d) / (8 * double(whole))
    return float((total**2 - (n**2).sum()) / 4), sqrt(variance)
