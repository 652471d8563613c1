"""What the statistics take and give: names for arrays and pairs, and the outcome of a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

How = Literal["exact", "permutation", "asymptotic"]


@dataclass(frozen=True)
class Outcome:
    """A statistic, its p value, and how the p value was found."""

    statistic: float
    p_value: float
    how: How


@dataclass(frozen=True)
class Tails:
    """A statistic with a direction: P(T <= observed), P(T >= observed) and both sides by |T - mean|."""

    statistic: float
    lower: float
    upper: float
    two_sided: float
    how: How


Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Interval = tuple[float, float]
