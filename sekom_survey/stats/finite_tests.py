"""Tests for description: do these members differ? Not for asking whether a pattern could be chance."""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, ndtr

from sekom_survey.stats.difference import Group
from sekom_survey.stats.effect import chi_square_statistic
from sekom_survey.stats.intervals import sampling_distribution
from sekom_survey.stats.outcome import Outcome

Floats = NDArray[np.float64]


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


def finite_z_test(first: Group, second: Group) -> Outcome:
    """Test whether the shares of two groups, counted to their last member, are equal; z and two-sided p.

    Both groups need a population (ValueError otherwise).
    Source: Krishnamoorthy & Thomson (2002), The American Statistician 56:215-222, the Z test.
    """
    z = float(_z_values(first, second)[first.count, second.count])
    return Outcome(z, float(2 * ndtr(-abs(z))), "asymptotic")


def _likely_counts(group: Group, share: float) -> Floats:
    total = floor(_population(group) * share + 0.5)
    chances: Floats = sampling_distribution(group.base, _population(group))[total]
    return chances


def finite_estimated_test(first: Group, second: Group) -> Outcome:
    """Test the same by the exact distribution at the pooled share: z and P(|Z| >= |z|).

    Source: Krishnamoorthy & Thomson (2002), The American Statistician 56:215-222, the E test.
    """
    values = np.abs(_z_values(first, second))
    pooled = (first.count + second.count) / (first.base + second.base)
    chances = np.outer(_likely_counts(first, pooled), _likely_counts(second, pooled))
    observed = values[first.count, second.count]
    extreme = values >= observed * (1 - 1e-12)
    z = float(_z_values(first, second)[first.count, second.count])
    return Outcome(z, float(min(chances[extreme].sum(), 1.0)), "exact")


def rao_scott(table: ArrayLike, population: int) -> Outcome:
    """Test association in a table from a simple random sample of a finite population.

    `table` has shape (r, c), counts; Pearson's chi-square over its design effect, taken as an F.
    Source: Rao & Scott (1984), Annals of Statistics 12:46-60.
    """
    counts = np.asarray(table, dtype=float)
    base = float(counts.sum())
    degrees = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    design_effect = (1 - base / population) * base / (base - 1)
    statistic = chi_square_statistic(counts) / (degrees * design_effect)
    return Outcome(statistic, float(fdtrc(degrees, degrees * (base - 1), statistic)), "asymptotic")
