"""Every item of a segmentation tested at once: exact where that is quick, else by shared permutations.

Items and groups are codes of shape (members,): groups 0, 1, ...; items 0, 1, ... in the order of their
values, -1 where the member did not answer. Every result has one Outcome an item.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sekom_survey.stats.arrays import Floats, Ints, Outcome
from sekom_survey.stats.exact_tables import exact_rarity_p, jonckheere_statistic, kruskal_statistic, rarity
from sekom_survey.stats.permutation import DRAWS, SEED, PermutedTables, permutation_p, permuted_tables

Statistic = Callable[[Floats], Floats]


def cross(groups: Ints, item: Ints) -> NDArray[np.int64]:
    """Count groups x values among those who answered; source: arithmetic."""
    answered = item >= 0
    table = np.zeros((int(groups.max()) + 1, int(item.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(table, (groups[answered], item[answered]), 1)
    return table


def _in_order(
    groups: Ints, items: Sequence[Ints], draws: int, seed: int, tested: Callable[[PermutedTables], Outcome]
) -> list[Outcome]:
    """Test each item as soon as its tables are there, so that they need not all be held."""
    found = {number: tested(tables) for number, tables in permuted_tables(groups, items, draws, seed)}
    return [found[number] for number in range(len(items))]


def _by_permutation(tables: PermutedTables, statistic: Statistic) -> Outcome:
    observed = float(statistic(tables.observed))
    if np.isnan(observed):
        return Outcome(observed, 1.0, "permutation")
    return Outcome(observed, permutation_p(observed, statistic(tables.permuted)), "permutation")


def independence(groups: Ints, items: Sequence[Ints], draws: int = DRAWS, seed: int = SEED) -> list[Outcome]:
    """Test each nominal item by Freeman and Halton's test; the statistic is the sum of log cell!.

    Exact where `exact_rarity_p` can, else by shared permutations.
    Source: Freeman & Halton (1951), Biometrika 38:141-149.
    """
    tables = [cross(groups, item) for item in items]
    exact = [exact_rarity_p(table) for table in tables]
    left = [item for item, p in zip(items, exact, strict=True) if p is None]
    permuted = iter(_in_order(groups, left, draws, seed, partial(_by_permutation, statistic=rarity)))
    return [
        next(permuted) if p is None else Outcome(float(rarity(table)), p, "exact")
        for table, p in zip(tables, exact, strict=True)
    ]


def levels(groups: Ints, items: Sequence[Ints], draws: int = DRAWS, seed: int = SEED) -> list[Outcome]:
    """Test each scale item by the Kruskal-Wallis test on shared permutations; the statistic is H.

    Source: Kruskal & Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    return _in_order(groups, items, draws, seed, partial(_by_permutation, statistic=kruskal_statistic))


def trends(groups: Ints, items: Sequence[Ints], draws: int = DRAWS, seed: int = SEED) -> list[Outcome]:
    """Test each scale or yes/no item for a trend over ordered groups; the statistic is J - mean, p two-sided.

    Jonckheere-Terpstra on shared permutations; for a yes/no item that is the Cochran-Armitage idea with
    midrank scores.
    Source: Jonckheere (1954), Biometrika 41:133-145.
    """
    return _in_order(groups, items, draws, seed, _trend)


def _trend(tables: PermutedTables) -> Outcome:
    sizes = tables.observed.sum(axis=1)
    mean = float(sizes.sum() ** 2 - (sizes**2).sum()) / 4
    gap = float(jonckheere_statistic(tables.observed)) - mean
    permuted = np.abs(jonckheere_statistic(tables.permuted) - mean)
    return Outcome(gap, permutation_p(abs(gap), permuted), "permutation")
