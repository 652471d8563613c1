"""Tests of change among the same members: yes/no answers and scales."""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.outcome import Tails
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
