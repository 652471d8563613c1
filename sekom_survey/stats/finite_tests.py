"""Tests for description: do these members differ? Not for asking whether a pattern could be chance."""

from __future__ import annotations

from functools import cache
from math import floor

import numpy as np

from sekom_survey.stats.arrays import Floats, Outcome
from sekom_survey.stats.intervals import sampling_distribution
from sekom_survey.stats.proportions import Group

# Statistics equal on paper are equal.
TIE = 1e-12


def _population(group: Group) -> int:
    if group.population is None:
        raise ValueError("a finite-population test needs the populations of both groups")
    return group.population


def _inflation(group: Group) -> float:
    """The factor of p (1 - p) in the variance of the group's share."""
    population = _population(group)
    return (population - group.base) / (group.base * (population - 1)) if population > 1 else 0.0


def _z_values(first: Group, second: Group) -> Floats:
    """Give z for every possible pair of counts, shape (base 1 + 1, base 2 + 1)."""
    x = np.arange(first.base + 1.0)[:, None]
    y = np.arange(second.base + 1.0)[None, :]
    pooled = (x + y) / (first.base + second.base)
    gap = x / first.base - y / second.base
    variance = pooled * (1 - pooled) * (_inflation(first) + _inflation(second))
    limit = np.where(gap > 0, np.inf, np.where(gap < 0, -np.inf, 0.0))
    return np.divide(gap, np.sqrt(variance), out=limit, where=variance > 0)


def _likely_counts(group: Group, share: float) -> Floats:
    total = floor(_population(group) * share + 0.5)
    chances: Floats = sampling_distribution(group.base, _population(group))[total]
    return chances


def finite_estimated_test(first: Group, second: Group) -> Outcome:
    """Test the same by the exact distribution at the pooled share: z and P(|Z| >= |z|).

    Where all members of both groups have answered p is 0 or 1: they differ or they do not.

    Source: Krishnamoorthy & Thomson (2002), The American Statistician 56:215-222, the E test.
    """
    if _is_census(first, second):
        return Outcome(*_census(first, second), "exact")
    values = np.abs(_z_values(first, second))
    pooled = (first.count + second.count) / (first.base + second.base)
    chances = np.outer(_likely_counts(first, pooled), _likely_counts(second, pooled))
    observed = values[first.count, second.count]
    extreme = values >= observed * (1 - TIE)
    z = float(_z_values(first, second)[first.count, second.count])
    return Outcome(z, float(min(chances[extreme].sum(), 1.0)), "exact")


@cache
def finite_p_values(base1: int, population1: int, base2: int, population2: int) -> Floats:
    """Give the p of `finite_estimated_test` for every pair of counts, shape (base1 + 1, base2 + 1); read-only.

    Source: as `finite_estimated_test`.
    """
    first, second = Group(0, base1, population1), Group(0, base2, population2)
    if _is_census(first, second):
        return _read_only((_z_values(first, second) == 0).astype(float))
    values = np.abs(_z_values(first, second)) * (1 + TIE)
    order = np.argsort(-values, axis=None, kind="stable")
    ordered = values.ravel()[order]
    last = np.searchsorted(-ordered, -ordered * (1 - TIE) ** 2, side="right") - 1
    p: Floats = np.empty(values.size)
    totals = np.add.outer(np.arange(base1 + 1), np.arange(base2 + 1)).ravel()[order]
    for total in range(base1 + base2 + 1):
        share = total / (base1 + base2)
        chances = np.outer(_likely_counts(first, share), _likely_counts(second, share)).ravel()[order]
        mine = totals == total
        p[order[mine]] = np.minimum(chances.cumsum()[last[mine]], 1.0)
    return _read_only(p.reshape(values.shape))


def _is_census(first: Group, second: Group) -> bool:
    """Whether every member of both groups has answered: then there is nothing left to infer."""
    return all(group.base == group.population for group in (first, second))


def _census(first: Group, second: Group) -> tuple[float, float]:
    z = float(_z_values(first, second)[first.count, second.count])
    return z, float(z == 0)


def _read_only(values: Floats) -> Floats:
    values.flags.writeable = False
    return values
