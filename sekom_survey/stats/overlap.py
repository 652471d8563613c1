"""Change between two years when some members answered both times and others only once."""

from __future__ import annotations

from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.means import t_quantile


def overlap_variance(
    population: int, bases: tuple[int, int], common: int, variances: tuple[float, float], covariance: float
) -> float:
    """Give the variance of the difference between two years' means for the same members.

    `bases` answered each year, `common` both years; variances and covariance (N - 1) are over members.
    V = sum (1 - n_i/N) S_i2 / n_i - 2 (n_c/(n_1 n_2) - 1/N) S_12.
    Source: Tam (1984), The American Statistician 38:288-289; Qualite & Tille (2008), Survey Methodology
    34:173-181.
    """
    own = sum((1 - n / population) * s2 / n for n, s2 in zip(bases, variances, strict=True))
    return own - 2 * (common / (bases[0] * bases[1]) - 1 / population) * covariance


def change_interval(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Give the change in mean from the first year to the second, low and high, for the members of both years.

    `first` and `second` have shape (members,) in the same order, nan where there was no answer; members
    who joined or left stand apart and are not in them. Spread is estimated from each year's answers, the
    covariance from those who answered both; low and high are nan with fewer than two answers in a year.
    Student's t with the smaller base minus one.
    Source: as `overlap_variance`.
    """
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    here, there = ~np.isnan(x), ~np.isnan(y)
    change = float(y[there].mean() - x[here].mean())
    bases = (int(here.sum()), int(there.sum()))
    if min(bases) < 2:
        return change, nan, nan
    variances = (float(x[here].var(ddof=1)), float(y[there].var(ddof=1)))
    both = here & there
    variance = overlap_variance(x.size, bases, int(both.sum()), variances, _covariance(x[both], y[both]))
    half = t_quantile((1 + level) / 2, min(bases) - 1) * sqrt(max(variance, 0.0))
    return change, change - half, change + half


def _covariance(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    # With fewer than two members in common nothing is known of it, and 0 makes no year look steadier.
    return float(np.cov(x, y)[0, 1]) if x.size > 1 else 0.0
