"""What a comparison of two groups' shares could have found."""

from __future__ import annotations

from functools import cache
from math import nan

import numpy as np
from scipy.special import ndtr, xlog1py, xlogy

from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.exact_tables import TIE
from sekom_survey.stats.finite_tests import finite_p_values
from sekom_survey.stats.fixed_margins import log_factorials
from sekom_survey.stats.intervals import sampling_distribution
from sekom_survey.stats.proportions import Group, normal_quantile

STEP = 0.005
# Tables that are gone through; two groups of 500. Beyond that the normal approximation is within one step.
LIMIT = 250_000


def fisher_p_values(base1: int, base2: int) -> Floats:
    """Give the two-sided Fisher p of every pair of counts, shape (base1 + 1, base2 + 1).

    Source: Fisher (1935), Journal of the Royal Statistical Society 98:39-82; ties as in R.
    """
    logs1, logs2 = _log_choose(base1), _log_choose(base2)
    p = np.empty((base1 + 1, base2 + 1))
    for said in range(base1 + base2 + 1):  # all tables in which that many have said yes
        x = np.arange(max(0, said - base2), min(said, base1) + 1)
        logs = logs1[x] + logs2[said - x]
        chances = np.exp(logs - logs.max())
        rising = np.sort(chances)
        summed = np.concatenate([[0.0], rising.cumsum()])
        p[x, said - x] = summed[np.searchsorted(rising, chances * (1 + TIE), side="right")] / summed[-1]
    return p


def _log_choose(base: int) -> Floats:
    logs = log_factorials(base)
    ways: Floats = logs[base] - logs - logs[::-1]
    return ways


def _binomial(base: int, shares: Floats) -> Floats:
    """Give P(k of the base) for each share, shape (shares, base + 1)."""
    k = np.arange(base + 1)
    chances: Floats = np.exp(_log_choose(base) + xlogy(k, shares[:, None]) + xlog1py(base - k, -shares[:, None]))
    return chances


@cache
def smallest_detectable(base1: int, base2: int, share1: float, power: float = 0.8, alpha: float = 0.05) -> float | None:
    """Give the smallest upward difference from `share1` that Fisher's test finds with the given power.

    In steps of half a point, 0-1; None when no difference up to 100 % would be found. By enumeration, as
    `fisher_power`, of at most `LIMIT` tables; for larger groups by the normal approximation with correction for
    continuity. Source: Casagrande, Pike & Smith (1978), Applied Statistics 27:176-180; Fleiss, Tytun & Ury (1980),
    Biometrics 36:343-346.
    """
    steps = np.arange(1, round((1 - share1) / STEP) + 1) * STEP
    if not steps.size:
        return None
    shares = np.minimum(share1 + steps, 1.0)
    if base1 * base2 > LIMIT:
        powers = _corrected_power(base1, base2, share1, shares, alpha)
    else:
        reach = _binomial(base1, np.array([share1])) @ (fisher_p_values(base1, base2) <= alpha)
        powers = _binomial(base2, shares) @ reach[0]
    enough = np.flatnonzero(powers >= power)
    return round(float(steps[enough[0]]), 3) if enough.size else None


def _corrected_power(base1: int, base2: int, share1: float, shares: Floats, alpha: float) -> Floats:
    """The power against each of `shares` in the second group, by the normal approximation with correction for continuity."""
    turns = 1 / base1 + 1 / base2
    mean = (base1 * share1 + base2 * shares) / (base1 + base2)
    pooled = normal_quantile(1 - alpha) * np.sqrt(mean * (1 - mean) * turns)
    apart = np.sqrt(share1 * (1 - share1) / base1 + shares * (1 - shares) / base2)
    powers: Floats = ndtr((np.abs(shares - share1) - turns / 2 - pooled) / apart)
    return powers


def finite_detectable(first: Group, second: Group, alpha: float = 0.05, power: float = 0.8) -> float:
    """Give the smallest upward difference from half of the second group that the finite-population test finds.

    0-1, among these members at their bases; nan when none up to 100 % would be found.
    Source: enumeration, as `finite_power`.
    """
    n1, n2 = first.population or first.base, second.population or second.base
    half = sampling_distribution(second.base, n2)[n2 // 2]
    reach = (_finite_p(first, second) <= alpha) @ half
    powers = sampling_distribution(first.base, n1) @ reach
    over = np.arange(n1 + 1) / n1 - (n2 // 2) / n2
    enough = np.flatnonzero((over > 0) & (powers >= power))
    return float(over[enough[0]]) if enough.size else nan


def _finite_p(first: Group, second: Group) -> Floats:
    return finite_p_values(first.base, first.population or first.base, second.base, second.population or second.base)
