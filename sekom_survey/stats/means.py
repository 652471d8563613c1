"""Means, totals and quartiles of a finite population, from a simple or a stratified sample."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

QUARTILES = (0.25, 0.5, 0.75)
STEPS = (1, 2, 5, 10)


def quartiles(values: ArrayLike) -> NDArray[np.float64]:
    """Give the lower quartile, the median and the upper quartile, interpolated linearly.

    `values` has shape (n,), n > 0. Source: Hyndman & Fan (1996), The American Statistician 50:361-365, definition 7.
    """
    return np.quantile(np.asarray(values, dtype=float), QUARTILES)


def round_width(least: float) -> float:
    """Give the first of ..., 0.5, 1, 2, 5, 10, 20 ... that is at least `least`, a number above nought; source: arithmetic."""
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def rounding_step(three: Sequence[float], whole: bool) -> float:
    """Give the step that quartiles are rounded to: a quarter of the distance between the outer ones, or more, of one round width.

    It follows from the quartiles alone, so that it tells nothing of the lowest and the highest answer. `whole`: answers are
    whole numbers, and the step is at least 1. Source: arithmetic.
    """
    lower, middle, upper = three
    least = max(upper - lower, abs(middle) / 10) / 4
    step = round_width(least) if least > 0 else 1.0
    return max(step, 1.0) if whole else step


def skewness(values: ArrayLike) -> float:
    """Give Fisher's measure of skewness, the third central moment over the cube of the standard deviation; 0 for equal values.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 2.37.
    """
    numbers = np.asarray(values, dtype=float)
    apart = numbers - numbers.mean()
    spread = float(np.mean(apart**2))
    return float(np.mean(apart**3) / spread**1.5) if spread > 0 else 0.0


def total_is_normal(values: ArrayLike) -> bool:
    """Whether a total of so many answers, so skew, may be given a normal interval: n > 25 G1².

    Source: Cochran (1977), Sampling Techniques, 3rd ed., sec. 2.15: a nominal 95 % then errs at most 6 % of the time.
    """
    return np.size(values) > 25 * skewness(values) ** 2


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
