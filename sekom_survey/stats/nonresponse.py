"""Who answers: how representative the answers are."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np


def r_indicator(respondents: Sequence[int], members: Sequence[int]) -> float:
    """Give 1 - 2 S(rho), 1 when all classes answer alike; S over members with N - 1.

    Both arguments have shape (classes,).
    Source: Schouten, Cobben & Bethlehem (2009), Survey Methodology 35:101-113.
    """
    size = np.asarray(members, dtype=float)
    rates = np.asarray(respondents, dtype=float) / size
    mean = size @ rates / size.sum()
    return float(1 - 2 * sqrt(size @ (rates - mean) ** 2 / (size.sum() - 1)))


def standardised_share_difference(count1: int, base1: int, count2: int, base2: int) -> float:
    """Give the difference of two shares in standard deviations; above 0.1 in size is worth a remark.

    0 when both groups answered alike to the last member.
    Source: Austin (2009), Communications in Statistics - Simulation and Computation 38:1228-1234.
    """
    p, q = count1 / base1, count2 / base2
    spread = sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return (p - q) / spread if spread else float(np.sign(p - q)) * float("inf") if p != q else 0.0
