"""Tests on ranks and trends: two groups, several ordered groups, a yes/no item over ordered groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Floats, Ints, Tails
from sekom_survey.stats.exact_tables import as_codes, midranks, tabulate
from sekom_survey.stats.fixed_margins import (
    LIMIT,
    States,
    filling_probabilities,
    fillings,
    number_of_fillings,
    walk,
)
from sekom_survey.stats.permutation import DRAWS, SEED, permuted_tables

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


def _scores(scores: ArrayLike | None, size: int) -> NDArray[np.float64]:
    return np.arange(1.0, size + 1) if scores is None else np.asarray(scores, dtype=float)


def cochran_armitage_exact(
    counts: ArrayLike, bases: ArrayLike, scores: ArrayLike | None = None, draws: int = DRAWS, seed: int = SEED
) -> Tails:
    """Test a trend in shares given the number of yes in all; the statistic is the scores of those who said yes.

    `upper` is the p for rising shares. Every way to spread the yes over the groups is counted when there are at most
    `fixed_margins.LIMIT` of them; else `draws` ways drawn with a seed, as chance would spread them.
    Source: Agresti (2002), Categorical Data Analysis, 2nd ed., sec. 3.5.
    """
    yes, size = np.asarray(counts, dtype=np.int64), np.asarray(bases, dtype=np.int64)
    x, total = _scores(scores, len(size)), int(yes.sum())
    observed, mean = float(yes @ x), float(total * (size @ x) / size.sum())
    if number_of_fillings(total, size.tolist()) > LIMIT:
        drawn = np.random.default_rng(seed).multivariate_hypergeometric(size, total, draws)
        return Tails(observed, *two_sided_tails(observed, mean, *with_observed(observed, drawn @ x)), how="permutation")
    ways = fillings(total, tuple(size.tolist()))
    chances = filling_probabilities(np.broadcast_to(size, ways.shape), ways)
    return Tails(observed, *two_sided_tails(observed, mean, ways @ x, chances), how="exact")
