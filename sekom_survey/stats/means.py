"""Means and totals of a finite population, from a simple or a stratified sample."""

from __future__ import annotations

from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit


def t_quantile(probability: float, degrees: float) -> float:
    """Give the quantile of Student's t; source: Student (1908), computed by SciPy."""
    return float(stdtrit(degrees, probability))


def mean_standard_error(base: int, population: float, variance: float) -> float:
    """Give the standard error of a mean of `base` of the population's members: sqrt((1 - n/N) s2 / n).

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 2.20.
    """
    return sqrt((1 - base / population) * variance / base)


def mean_interval(values: ArrayLike, population: int, level: float = 0.95) -> tuple[float, float, float]:
    """Give the mean and its interval with finite-population correction and Student's t.

    `values` has shape (n,); the result is (mean, low, high) in their unit. A census has no uncertainty:
    low = mean = high. A single answer of several members has no estimable spread: low and high are nan.
    Raises ValueError when there are no values or more values than members.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., sec. 2.8 and eq. 2.20.
    """
    answers = np.asarray(values, dtype=float)
    base = answers.size
    if not 0 < base <= population:
        raise ValueError(f"need 1 to {population} values, got {base}")
    mean = float(answers.mean())
    if base == population:
        return mean, mean, mean
    if base == 1:
        return mean, nan, nan
    error = mean_standard_error(base, population, float(answers.var(ddof=1)))
    half = t_quantile((1 + level) / 2, base - 1) * error
    return mean, mean - half, mean + half


def total_estimate(base: int, population: float, mean: float, variance: float) -> tuple[float, float]:
    """Give the total over all members and its standard error: N times the mean's.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 2.21.
    """
    return population * mean, population * mean_standard_error(base, population, variance)
