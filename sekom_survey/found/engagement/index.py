"""The engagement index: seven parts weighed together, 0-100."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.found.engagement.parts import PART_IDS, PARTS, member_parts
from sekom_survey.model import Member

WEIGHTS = tuple(float(part.weight) for part in PARTS)
LEAST_KNOWN = 0.70
ACTIVE, PARTLY, DORMANT, NOT_KNOWN = "Aktiv", "Delvis aktiv", "Vilande", "Kan inte bedömas"
CLASSES = (ACTIVE, PARTLY, DORMANT)
LIMITS = (60.0, 30.0)
_ROUNDING = 9
Floats = NDArray[np.float64]


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
