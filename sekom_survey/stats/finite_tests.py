"""Tests for description: do these members differ? Not for asking whether a pattern could be chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sekom_survey.stats.difference import Group
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
