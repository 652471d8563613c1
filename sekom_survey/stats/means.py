"""Means and totals of a finite population, from a simple or a stratified sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit


@dataclass(frozen=True)
class Stratum:
    """What a stratum contributes: members (or its weights' sum), answers, their mean and variance (n - 1)."""

    population: float
    base: int
    mean: float
    variance: float


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


def stratified_total(strata: Sequence[Stratum]) -> tuple[float, float]:
    """Give the total over all strata and its standard error.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., sec. 5.3-5.4.
    """
    parts = [total_estimate(s.base, s.population, s.mean, s.variance) for s in strata]
    return sum(total for total, _ in parts), sqrt(sum(error**2 for _, error in parts))


def stratified_mean(strata: Sequence[Stratum]) -> tuple[float, float]:
    """Give the mean over all members of all strata and its standard error.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 5.1 and 5.7.
    """
    population = sum(stratum.population for stratum in strata)
    total, error = stratified_total(strata)
    return total / population, error / population


def binary_variance(count: int, base: int) -> float:
    """Give the variance (n - 1) of a 0/1 item: n p (1 - p) / (n - 1).

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 3.5.
    """
    share = count / base
    return base * share * (1 - share) / (base - 1)
