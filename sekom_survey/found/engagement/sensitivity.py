"""Would other weights have put members in other classes?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sekom_survey.found.engagement.index import LIMITS, WEIGHTS, Floats, weighed
from sekom_survey.found.engagement.parts import PART_IDS

DRAWS = 2_000
SEED = 20_260_101
SPREAD = 0.5


@dataclass(frozen=True)
class Sensitivity:
    """Share of members (0-1) that change class: in the middle weighting and in the 95th percentile of `draws`."""

    draws: int
    members: int
    median: float
    high: float


def weight_sensitivity(table: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> Sensitivity:
    """The engagement table to the share of members whose class hangs on the weights.

    Every weight is multiplied by a number drawn evenly between 0.5 and 1.5, all anew in each of `draws` weightings; the
    same seed gives the same answer. Members without an index are left out. Source: OECD/JRC (2008), Handbook on
    Constructing Composite Indicators, step 7.
    """
    parts = table.loc[table["index"].notna(), list(PART_IDS)].to_numpy(dtype=float)
    if not len(parts):
        return Sensitivity(draws, 0, float("nan"), float("nan"))
    factors = np.random.default_rng(seed).uniform(1 - SPREAD, 1 + SPREAD, (draws, len(WEIGHTS)))
    usual = _classes(weighed(parts, WEIGHTS))
    known = ~np.isnan(parts)
    weights = np.asarray(WEIGHTS) * factors
    drawn = _classes(np.round(100 * (np.where(known, parts, 0.0) @ weights.T) / (known @ weights.T), 9))
    changed = (drawn != usual[:, None]).mean(axis=0)
    return Sensitivity(draws, len(parts), float(np.median(changed)), float(np.quantile(changed, 0.95)))


def _classes(index: Floats) -> Floats:
    return (index >= LIMITS[0]).astype(float) + (index >= LIMITS[1])
