"""What the results become when the answers are weighted to resemble all members, and in the worst case."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import Choice, choices_of
from sekom_survey.counted.count import Floats, ticks
from sekom_survey.counted.segment import LANDSDEL, SIZE
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.nonresponse.traits import ACTIVE
from sekom_survey.model import Frame, Item, Survey
from sekom_survey.stats.intervals import interval_table, tipping_point
from sekom_survey.stats.weights import Calibrated, Margin, calibrated_mean, logit_interval, rake

WEIGHTED_COLUMNS = (
    "item",
    "option",
    "count",
    "base",
    "population",
    "share",
    "low",
    "high",
    "weighted",
    "weighted_low",
    "weighted_high",
    "shift",
    "margins",
)
WORST_COLUMNS = (
    "item",
    "option",
    "count",
    "base",
    "population",
    "silent",
    "possible_low",
    "possible_high",
    "needed",
)
MARGINS = (SIZE, LANDSDEL, ACTIVE)


def weighted(frame: Frame, survey: Survey, table: pd.DataFrame) -> pd.DataFrame:
    """Headline results unweighted beside weighted: WEIGHTED_COLUMNS, one row an item and choice.

    The weights are raked for the members that answered the item, to all members by size, landsdel and activity - those
    of the three where every group has an answer (`margins`). `shift` is weighted minus unweighted share.
    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11:427-444; Deville & Sarndal (1992), Journal
    of the American Statistical Association 87:376-382.
    """
    rows = [
        row
        for item in headline_items(survey)
        for choice in choices_of(item)
        if (row := _weighted_row(frame, survey, table, item, choice))
    ]
    return pd.DataFrame(rows, columns=list(WEIGHTED_COLUMNS))


def _weighted_row(
    frame: Frame, survey: Survey, table: pd.DataFrame, item: Item, choice: Choice
) -> tuple[object, ...] | None:
    yes = ticks(frame.answers, item, list(table["member_id"]), [choice])[:, 0]
    answered = ~np.isnan(yes)
    base, population = int(answered.sum()), len(table)
    if base < survey.minimum_base:
        return None
    count = int(np.nansum(yes))
    low, high = interval_table(base, population)[count] / population
    names, calibrated = _weights(table, answered)
    mean, mean_low, mean_high = _interval(yes[answered], calibrated, population)
    share = count / base
    plain = (item.id, choice.label, count, base, population, share, low, high)
    return (*plain, mean, mean_low, mean_high, mean - share, ";".join(names))


def _weights(table: pd.DataFrame, answered: np.ndarray) -> tuple[list[str], Calibrated | None]:
    """The margins that can be met by those who answered, and their weights; None when no margin can."""
    names = [name for name in MARGINS if name in table and set(table[name]) == set(table.loc[answered, name])]
    margins: list[Margin] = [(table.loc[answered, name].tolist(), _targets(table[name])) for name in names]
    if not margins:
        return names, None
    try:
        return names, rake(margins)
    except ValueError:
        # Margins that contradict each other among so few: the first one alone can always be met.
        return names[:1], rake(margins[:1])


def _targets(groups: pd.Series) -> dict[object, float]:
    return {name: float(size) for name, size in groups.value_counts().sort_index().items()}


def _interval(yes: Floats, calibrated: Calibrated | None, population: int) -> tuple[float, float, float]:
    if calibrated is None:
        return nan, nan, nan
    mean, error = calibrated_mean(yes, calibrated, population)
    if not 0 < mean < 1 or error == 0:
        return mean, nan, nan
    return (mean, *logit_interval(mean, error, len(yes) - 1))


def worst_case(frame: Frame, survey: Survey, table: pd.DataFrame) -> pd.DataFrame:
    """What is possible whatever those who did not answer think, headline results: WORST_COLUMNS.

    `needed` of the `silent` must agree for more than half of all members to do so: 0 when those who answered are
    enough, NaN when not even all the silent would be.
    Source: Manski (2003), Partial Identification of Probability Distributions, ch. 1.
    """
    rows = [_worst_row(frame, table, item, choice) for item in headline_items(survey) for choice in choices_of(item)]
    found = pd.DataFrame(rows, columns=list(WORST_COLUMNS))
    return found[found["base"] >= survey.minimum_base].reset_index(drop=True)


def _worst_row(frame: Frame, table: pd.DataFrame, item: Item, choice: Choice) -> tuple[object, ...]:
    yes = ticks(frame.answers, item, list(table["member_id"]), [choice])[:, 0]
    count, base, population = int(np.nansum(yes)), int((~np.isnan(yes)).sum()), len(table)
    silent = population - base
    needed = tipping_point(count, base, population)
    bounds = count / population, (count + silent) / population
    return (item.id, choice.label, count, base, population, silent, *bounds, nan if needed is None else needed)
