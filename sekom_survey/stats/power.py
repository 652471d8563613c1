"""What a comparison of two groups' shares could have found."""

from __future__ import annotations

from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sekom_survey.stats.exact_tables import TIE
from sekom_survey.stats.fixed_margins import log_factorials
from sekom_survey.stats.intervals import sampling_distribution
from sekom_survey.stats.proportions import normal_quantile

Floats = NDArray[np.float64]

STEP = 0.005


@cache
def fisher_p_values(base1: int, base2: int) -> Floats:
    """Give the two-sided Fisher p of every pair of counts, shape (base1 + 1, base2 + 1); read-only.

    Source: Fisher (1935), Journal of the Royal Statistical Society 98:39-82; ties as in R.
    """
    # Row t: the chance of each count in the first group when t of all have said yes.
    chances = sampling_distribution(base1, base1 + base2)
    x, y = np.indices((base1 + 1, base2 + 1))
    limit = chances[x + y, x] * (1 + TIE)
    summed = np.where(chances[x + y] <= limit[:, :, None], chances[x + y], 0.0).sum(axis=2)
    p: Floats = np.minimum(summed, 1.0)
    p.flags.writeable = False
    return p


def _binomial(base: int, shares: Floats) -> Floats:
    """Give P(k of the base) for each share, shape (shares, base + 1)."""
    logs = log_factorials(base)
    k = np.arange(base + 1)
    ways = np.exp(logs[base] - logs - logs[::-1])
    chances: Floats = ways * shares[:, None] ** k * (1 - shares[:, None]) ** (base - k)
    return chances


def fisher_power(base1: int, base2: int, share1: float, share2: float, alpha: float = 0.05) -> float:
    """Give the chance that Fisher's two-sided test finds a difference between two true shares.

    Source: enumeration; Casagrande, Pike & Smith (1978), Applied Statistics 27:176-180.
    """
    rejected = fisher_p_values(base1, base2) <= alpha
    first, second = _binomial(base1, np.array([share1])), _binomial(base2, np.array([share2]))
    return float((first @ rejected @ second.T)[0, 0])


@cache
def smallest_detectable(base1: int, base2: int, share1: float, power: float = 0.8, alpha: float = 0.05) -> float | None:
    """Give the smallest upward difference from `share1` that Fisher's test finds with the given power.

    In steps of half a point, 0-1; None when no difference up to 100 % would be found.
    Source: enumeration, as `fisher_power`.
    """
    steps = np.arange(1, round((1 - share1) / STEP) + 1) * STEP
    if not steps.size:
        return None
    rejected = fisher_p_values(base1, base2) <= alpha
    reach = _binomial(base1, np.array([share1])) @ rejected
    powers = _binomial(base2, np.minimum(share1 + steps, 1.0)) @ reach[0]
    enough = np.flatnonzero(powers >= power)
    return round(float(steps[enough[0]]), 3) if enough.size else None


def normal_power(base: int, share1: float, share2: float, alpha: float = 0.05) -> float:
    """Give the power for two groups of `base` by the normal approximation, for reference.

    Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., ch. 4.
    """
    mean = (share1 + share2) / 2
    pooled = normal_quantile(1 - alpha) * sqrt(2 * mean * (1 - mean))
    apart = sqrt(share1 * (1 - share1) + share2 * (1 - share2))
    return float(ndtr((sqrt(base) * abs(share1 - share2) - pooled) / apart))
