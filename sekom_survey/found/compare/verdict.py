"""The four verdicts on a comparison, in the words a reader meets, after the correction that survey.toml declares."""

from __future__ import annotations

from math import isnan

import numpy as np
import pandas as pd

from sekom_survey.model import Comparisons, Item
from sekom_survey.stats.multiplicity import benjamini_hochberg, holm
from sekom_survey.text.swedish import number

SURE = "säker skillnad"
UNSURE = "ingen säker skillnad"
ALIKE = "likvärdigt"
TOO_FEW = "för få svar"
VERDICTS = (SURE, UNSURE, ALIKE, TOO_FEW)

ALPHA = 0.05
# A difference of exactly the margin is not inside it.
DECIMALS = 9


def verdict_of(p_adjusted: float, interval: tuple[float, float], widest: tuple[float, float], margin: float) -> str:
    """The verdict on a comparison that could be made.

    A sure difference needs both an adjusted p of at most 5 % and an interval without nought: the pattern is not chance.
    Alike needs every 90 % interval inside the margin: these members do not differ. "Could not be found" is neither.
    """
    low, high = interval
    if p_adjusted <= ALPHA and (low > 0 or high < 0):
        return SURE
    if round(max(-widest[0], widest[1]), DECIMALS) < round(margin, DECIMALS):
        return ALIKE
    return UNSURE


def verdict_text(verdict: str, detectable: float) -> str:
    """A verdict with what could have been found: "ingen säker skillnad (skillnader under 45 procentenheter ...)"."""
    if verdict != UNSURE:
        return verdict
    if isnan(detectable):
        return f"{UNSURE} (för få svar för att upptäcka ens en mycket stor skillnad)"
    return f"{UNSURE} (en skillnad under {number(100 * detectable)} procentenheter kan ha missats)"


HEADLINE, EXPLORATION = "headline", "exploration"


def family_of(item: Item, settings: Comparisons) -> str:
    """Whether an item is a headline or part of the exploration."""
    named = item.id in settings.headline or (item.group is not None and item.group in settings.headline)
    return HEADLINE if named else EXPLORATION


def adjusted(p_values: pd.Series, families: pd.Series, settings: Comparisons) -> pd.Series:
    """The p values adjusted within each family, NaN where nothing was tested; same index as `p_values`."""
    methods = {HEADLINE: holm, EXPLORATION: holm if settings.correction == "holm" else benjamini_hochberg}
    result = pd.Series(np.nan, index=p_values.index)
    for family, method in methods.items():
        mine = (families == family) & p_values.notna()
        if mine.any():
            result[mine] = method(p_values[mine].to_numpy(dtype=float))
    return result
