"""Tests of change among the same members, and change between two years when only some answered both times."""

from __future__ import annotations

from math import comb, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Tails
from sekom_survey.stats.means import t_quantile
from sekom_survey.stats.permutation import DRAWS, SEED
from sekom_survey.stats.rank_tests import two_sided_tails, with_observed

# Differences are rounded to this many decimals, so that those equal on paper are equal.
DECIMALS = 9
# Steps that the exact distribution of signed ranks may take: a tenth of a second, some 450 members who have moved.
LIMIT = 100_000_000


def _half_binomial(lost: int, gained: int) -> tuple[float, float]:
    """Give P(X <= the smaller) and P(X = the smaller) for X binomial with chance one half."""
    changed, smaller = lost + gained, min(lost, gained)
    whole = 2**changed
    return sum(comb(changed, k) for k in range(smaller + 1)) / whole, comb(changed, smaller) / whole


def mcnemar_exact(lost: int, gained: int) -> float:
    """Give the two-sided exact p when `lost` went from yes to no and `gained` from no to yes.

    Source: McNemar (1947), Psychometrika 12:153-157; exact binomial as in Fagerland, Lydersen & Laake
    (2013), BMC Medical Research Methodology 13:91.
    """
    return min(1.0, 2 * _half_binomial(lost, gained)[0])


def mcnemar_mid_p(lost: int, gained: int) -> float:
    """Give the two-sided mid-p: less timid than the exact one, and seldom above its level.

    Source: Fagerland, Lydersen & Laake (2013), BMC Medical Research Methodology 13:91.
    """
    tail, point = _half_binomial(lost, gained)
    # With as many lost as gained the two tails share their middle and the mid-p is 1.
    return 1.0 if lost == gained else 2 * tail - point


def _differences(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    change: NDArray[np.float64] = np.round(np.asarray(second, dtype=float) - np.asarray(first, dtype=float), DECIMALS)
    return change


def _subset_sums(parts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the probability of each sum when every part is taken with chance one half."""
    chances = np.zeros(int(parts.sum()) + 1)
    chances[0] = 1.0
    for part in parts:
        taken = np.zeros_like(chances)
        taken[part:] = chances[: len(chances) - part]
        chances = (chances + taken) / 2
    return chances


def _signed_ranks(change: NDArray[np.float64], ranks: NDArray[np.float64]) -> Tails:
    doubled = np.rint(2 * ranks).astype(np.int64)
    observed, mean = float(ranks[change > 0].sum()), float(ranks.sum()) / 2
    if len(doubled) * int(doubled.sum()) > LIMIT:
        return Tails(observed, *two_sided_tails(observed, mean, *_drawn_signs(observed, doubled)), how="permutation")
    chances = _subset_sums(doubled)
    return Tails(observed, *two_sided_tails(observed, mean, np.arange(len(chances)) / 2, chances), how="exact")


def _drawn_signs(observed: float, doubled: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Make a distribution of rank sums whose signs are drawn: of those with one rank a binomial number have risen."""
    distinct, members = np.unique(doubled, return_counts=True)
    risen = np.random.default_rng(SEED).binomial(members, 0.5, (DRAWS, len(members)))
    return with_observed(observed, risen @ distinct / 2)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, ties sharing their mean; as scipy.stats.rankdata, which takes half a second to load."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[places]


def signed_rank(first: ArrayLike, second: ArrayLike) -> Tails:
    """Test whether the same members have moved on a scale, ties and all; zeros dropped.

    The statistic V is the rank sum of those who rose; `upper` is the p for a rise. Exact within `LIMIT`, else by signs
    drawn with a seed.
    Source: Wilcoxon (1945), Biometrics Bulletin 1:80-83; ties by Streitberg & Rohmel (1986), Statistical
    Software Newsletter 12:10-17.
    """
    change = _differences(first, second)
    change = change[change != 0]
    return _signed_ranks(change, _ranks(np.abs(change)))


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
