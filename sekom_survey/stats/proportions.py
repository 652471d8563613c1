"""Intervals for a share, and for the difference between two groups' shares, by the binomial or the normal distribution."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

from scipy.special import betaincinv, ndtri

from sekom_survey.stats.arrays import Interval


def normal_quantile(level: float) -> float:
    """Give the two-sided quantile of the normal distribution, 1.96 for 95 %; computed by SciPy."""
    return float(ndtri((1 + level) / 2))


def _score_interval(share: float, size: float, level: float) -> Interval:
    """Solve |p - share| = z sqrt(p (1 - p) / size) for p."""
    if size == inf:
        return share, share
    z2 = normal_quantile(level) ** 2
    middle = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    low = 0.0 if share == 0 else middle - half
    high = 1.0 if share == 1 else middle + half
    return low, high


def wilson_interval(count: int, base: int, level: float = 0.95) -> Interval:
    """Give the score interval of a binomial share, 0-1.

    Source: Wilson (1927), Journal of the American Statistical Association 22:209-212.
    """
    return _score_interval(count / base, base, level)


def wilson_finite_interval(count: int, base: int, population: int, level: float = 0.95) -> Interval:
    """Give the score interval with finite-population correction, 0-1: n is replaced by n (N - 1) / (N - n).

    A census (base = population) gives the share itself twice.
    Source: Wilson (1927) with the variance of Cochran (1977), Sampling Techniques, 3rd ed., eq. 3.6.
    """
    size = base * (population - 1) / (population - base) if population > base else inf
    return _score_interval(count / base, size, level)


def clopper_pearson_interval(count: int, base: int, level: float = 0.95) -> Interval:
    """Give the exact binomial interval, 0-1; far too wide when half of the members have answered.

    Source: Clopper & Pearson (1934), Biometrika 26:404-413.
    """
    tail = (1 - level) / 2
    low = float(betaincinv(count, base - count + 1, tail)) if count > 0 else 0.0
    high = float(betaincinv(count + 1, base - count, 1 - tail)) if count < base else 1.0
    return low, high


@dataclass(frozen=True)
class Group:
    """`count` of the `base` said yes; with `population` the group's members are described, not a pattern tested."""

    count: int
    base: int
    population: int | None = None

    @property
    def share(self) -> float:
        """The share that said yes, 0-1."""
        return self.count / self.base


def _share_interval(group: Group, level: float) -> Interval:
    if group.population is None:
        return wilson_interval(group.count, group.base, level)
    return wilson_finite_interval(group.count, group.base, group.population, level)


def newcombe_interval(first: Group, second: Group, level: float = 0.95) -> Interval:
    """Give the interval of first share - second share, -1 to 1, from the two score intervals.

    Without populations it speaks of a pattern; with them, of these members, by the corrected score interval.
    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    low1, high1 = _share_interval(first, level)
    low2, high2 = _share_interval(second, level)
    gap = first.share - second.share
    below = sqrt((first.share - low1) ** 2 + (high2 - second.share) ** 2)
    above = sqrt((high1 - first.share) ** 2 + (second.share - low2) ** 2)
    return gap - below, gap + above
