"""Families of tests and their correction, as survey.toml declares them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import countable
from sekom_survey.model import SCALE, Comparisons, Item, Survey
from sekom_survey.stats.multiplicity import benjamini_hochberg, holm

HEADLINE, EXPLORATION = "headline", "exploration"


def headline_items(survey: Survey) -> list[Item]:
    """The items named as headline in survey.toml, else every scale of the core."""
    named = set(survey.comparisons.headline)
    items = countable(survey.questionnaire)
    if named:
        return [item for item in items if item.id in named or item.group in named]
    return [item for item in items if item.kind == SCALE and item.core]


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
