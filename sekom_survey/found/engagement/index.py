"""The engagement index: seven parts weighed together, 0-100, and how many members other weights would move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sekom_survey.found.engagement.parts import PART_IDS, PARTS, member_parts
from sekom_survey.model import Member
from sekom_survey.stats.arrays import Floats

WEIGHTS = tuple(float(part.weight) for part in PARTS)
LEAST_KNOWN = 0.70
ACTIVE, PARTLY, DORMANT, NOT_KNOWN = "Aktiv", "Delvis aktiv", "Vilande", "Kan inte bedömas"
CLASSES = (ACTIVE, PARTLY, DORMANT)
LIMITS = (60.0, 30.0)
_ROUNDING = 9


def weighed(parts: Floats, weights: Sequence[float] | Floats) -> Floats:
    """Parts (members x parts, NaN unknown) to 0-100, rescaled over the known parts; NaN under 70 % known weight."""
    known = ~np.isnan(parts)
    weight = np.asarray(weights, dtype=float)
    total = known @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        value = 100 * (np.where(known, parts, 0.0) @ weight) / total
    enough = total >= LEAST_KNOWN * weight.sum() - 1e-9
    return np.asarray(np.where(enough & (total > 0), np.round(value, _ROUNDING), np.nan))


def class_of(index: float) -> str:
    """Active from 60, partly active from 30, dormant below; set once and kept for the period."""
    if np.isnan(index):
        return NOT_KNOWN
    return ACTIVE if index >= LIMITS[0] else PARTLY if index >= LIMITS[1] else DORMANT


def engagement(members: Iterable[Member], log: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Every member of the period with its parts, `index` (0-100 or NaN) and `class`.

    Columns: member_id, name, kind, population, one a part (0-1, NaN unknown), index, class. Answers to the survey are not
    in it: those who did not answer would be low by construction, and the non-response analysis circular. Method: OECD/JRC
    (2008), Handbook on Constructing Composite Indicators: concept, normalise, weigh, test.
    """
    table = member_parts(members, log, first, last)
    table["index"] = weighed(table[list(PART_IDS)].to_numpy(dtype=float), WEIGHTS)
    table["class"] = [class_of(value) for value in table["index"]]
    return table


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
