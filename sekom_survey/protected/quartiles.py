"""Numbers and days as they may be published: the quartiles of all, rounded, from ten answers that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import CLASSED
from sekom_survey.counted.classes import YEAR, day_digits, months_apart
from sekom_survey.counted.count import values
from sekom_survey.counted.estimate import MEAN_COLUMNS, QUANTILES
from sekom_survey.counted.segment import ALL
from sekom_survey.model import CALENDAR, NUMBER, REGION, Frame, Item, Survey
from sekom_survey.protected.ladder import SMALL_GROUP
from sekom_survey.protected.rows import HIDDEN
from sekom_survey.protected.worlds import FEWEST
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.quartiles import quartiles, rounding_step


def shown_quartiles(frame: Frame, survey: Survey, items: Collection[str]) -> pd.DataFrame:
    """The lower quartile, median and upper quartile of every number and day, MEAN_COLUMNS; hidden ones without base.

    `items` are those of which it may be told how many were asked. Of all together only: beside groups, a total would give the others away. No sum, since one large member may be most of it.
    """
    members = frame.members[frame.members["kind_of_member"] != REGION]
    rows = [
        row
        for item in survey.questionnaire.of_kind(*CLASSED)
        for row in _rows(item, values(frame.answers, item, list(members["member_id"])), item.id in items)
    ]
    return pd.DataFrame(rows, columns=list(MEAN_COLUMNS))


def _rows(item: Item, given: Floats, may: bool) -> list[tuple[object, ...]]:
    known = given[~np.isnan(given)]
    told = may and may_be_told(known)
    three = rounded(item, known) if told else (np.nan,) * len(QUANTILES)
    base = float(len(known)) if told else np.nan
    reason = "" if told else HIDDEN
    return [
        (item.id, name, ALL, ALL, base, len(given), value, np.nan, np.nan, not told, reason)
        for name, value in zip(QUANTILES, three, strict=True)
    ]


def may_be_told(known: Floats) -> bool:
    """Whether there are ten answers, and five of them or more are not the commonest one."""
    most = max(Counter(known.tolist()).values(), default=0)
    return len(known) >= SMALL_GROUP and len(known) - most >= FEWEST


def rounded(item: Item, known: Floats) -> tuple[float, ...]:
    """The quartiles to a step that follows from themselves; days to their month, or to their year where they are years apart."""
    three = quartiles(known)
    if item.kind == NUMBER:
        apart = three - three[1] if item.unit == CALENDAR else three  # how far from nought a year lies tells nothing
        step = rounding_step(apart.tolist(), bool(np.all(known % 1 == 0)))
        return tuple(float(np.floor(value / step + 0.5) * step) for value in three)
    years = months_apart(three[0], three[2]) > YEAR
    return tuple(day_digits(value) // (10_000 if years else 100) for value in three)
