"""What the results become when the answers are calibrated to resemble all members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import choices_of, countable, nps_scores
from sekom_survey.counted.count import ticks, values
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.nonresponse.profile import ACTIVE, ACTIVITIES, NOTABLE
from sekom_survey.model import NPS, RATING, Frame, Item, Survey
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.intervals import interval_table
from sekom_survey.stats.means import mean_interval, t_quantile
from sekom_survey.stats.weights import Calibrated, calibrated_mean, logit_interval, rake

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
    "thinnest",
)
MEAN, NET = "mean", "nps"
STATISTICS = (MEAN, NET)
MEASURED = ("need", "satisfaction", "recommendation", "stay", "worth", "value")

# A class that members are weighted by has so many answers, and there are so many answers for each class.
LEAST_IN_CLASS = 5
ANSWERS_A_CLASS = 5


def told_items(survey: Survey) -> list[Item]:
    """The headline items and those that measure need, satisfaction, recommendation, stay, worth and value, as the form has them."""
    named = {item.id for item in headline_items(survey)}
    named |= {item.id for measure in MEASURED for item in survey.questionnaire.measured(measure)}
    return [item for item in countable(survey.questionnaire) if item.id in named]


def margins_of(table: pd.DataFrame, likeness: pd.DataFrame) -> tuple[str, ...]:
    """The traits that the answers are calibrated by: those in which those who answered differ, the widest first.

    A trait is taken when a group of at least ten members differs by at least a quarter of a standard deviation, every class
    has at least five answers, and there are at least five answers for each class counted so far. Nothing of the answers
    themselves has a part in the choice. How many kinds of activity somebody took part in is left to the activities.
    """
    apart = likeness[(likeness["largest"].abs() >= NOTABLE) & (likeness["trait"] != ACTIVE)]
    answered, classes = table[table["answered"]], 1
    chosen: list[str] = []
    for trait in apart.sort_values("largest", key=abs, ascending=False, kind="stable")["trait"]:
        counts = answered[trait].value_counts().reindex(table[trait].unique(), fill_value=0)
        more = classes + len(counts) - 1
        if counts.min() >= LEAST_IN_CLASS and ANSWERS_A_CLASS * more <= len(answered):
            chosen, classes = [*chosen, str(trait)], more
    return tuple(chosen)


@dataclass(frozen=True, eq=False)
class Weighing:
    """Those who answered, `table` with their traits, the margins that their weights meet, and the weights; None: no margin."""

    table: pd.DataFrame
    margins: tuple[str, ...]
    weights: Calibrated | None
    population: int

    @property
    def members(self) -> list[str]:
        """Their ids."""
        return list(self.table["member_id"])

    def thinnest(self, yes: Floats) -> int:
        """The fewest that said yes, or no, in a class of what is known from the log; what a table by it would show."""
        logged = [name for name in self.margins if name in ACTIVITIES]
        counts = [((yes == said) & (self.table[name] == group)).sum() for name in logged
                  for group in self.table[name].unique() for said in (0, 1)]  # fmt: skip
        return int(min(counts, default=len(yes)))


def weighing_of(table: pd.DataFrame, margins: tuple[str, ...]) -> Weighing:
    """Weights that meet the margins, the last of them left out as long as they contradict each other among so few."""
    answered = table[table["answered"]].reset_index(drop=True)
    for kept in range(len(margins), 0, -1):
        asked = [(answered[name].tolist(), _targets(table[name])) for name in margins[:kept]]
        try:
            return Weighing(answered, margins[:kept], rake(asked), len(table))
        except ValueError:
            continue
    return Weighing(answered, (), None, len(table))


def _targets(groups: pd.Series) -> dict[object, float]:
    return {name: float(size) for name, size in groups.value_counts().sort_index().items()}


def weighted(frame: Frame, survey: Survey, table: pd.DataFrame, likeness: pd.DataFrame) -> pd.DataFrame:
    """Results as they are beside calibrated ones: WEIGHTED_COLUMNS, one row an item and choice of `told_items`.

    Ratings have a further row "mean", recommendations "nps": `share` and `weighted` are then the mean and the net value. `low`-`high` is the exact interval (of a mean Student's), `weighted_low`-`weighted_high` on the logit
    scale, both of those members whom the question is about. One set of weights serves all items, so that those who did not
    answer within the scale are outside and not left out. `shift` is weighted minus unweighted, `margins` what was met.
    Source: Deville & Sarndal (1992), Journal of the American Statistical Association 87:376-382; R survey's `calibrate`.
    """
    weighing = weighing_of(table, margins_of(table, likeness))
    rows = [row for item in told_items(survey) for row in _rows(frame, survey, weighing, item)]
    return pd.DataFrame(rows, columns=list(WEIGHTED_COLUMNS))


def _rows(frame: Frame, survey: Survey, weighing: Weighing, item: Item) -> Iterator[tuple[object, ...]]:
    choices = choices_of(item)
    for choice, yes in zip(choices, ticks(frame.answers, item, weighing.members, choices).T, strict=True):
        base = int((~np.isnan(yes)).sum())
        if base >= survey.minimum_base:
            low, high = interval_table(base, weighing.population)[int(np.nansum(yes))] / weighing.population
            yield _row(item.id, choice.label, np.nansum(yes), yes, (low, high), weighing)
    if item.kind not in (RATING, NPS):
        return
    scores = values(frame.answers, item, weighing.members)
    if item.kind == NPS:
        scores[~np.isnan(scores)] = nps_scores(scores[~np.isnan(scores)])
    known = scores[~np.isnan(scores)]
    if len(known) >= survey.minimum_base:
        statistic = NET if item.kind == NPS else MEAN
        yield _row(item.id, statistic, nan, scores, mean_interval(known, weighing.population)[1:], weighing)


def _row(
    item: str, option: str, count: float, told: Floats, interval: tuple[float, float], weighing: Weighing
) -> tuple[object, ...]:
    base, value = int((~np.isnan(told)).sum()), float(np.nanmean(told))
    mean, low, high = _calibrated(told, weighing, option in STATISTICS)
    margins, thinnest = ";".join(weighing.margins), weighing.thinnest(told) if option not in STATISTICS else 0
    return (
        item,
        option,
        count,
        base,
        weighing.population,
        value,
        *interval,
        mean,
        low,
        high,
        mean - value,
        margins,
        thinnest,
    )


def _calibrated(told: Floats, weighing: Weighing, is_mean: bool) -> tuple[float, float, float]:
    if weighing.weights is None:
        return nan, nan, nan
    mean, error = calibrated_mean(told, weighing.weights)
    freedom = int((~np.isnan(told)).sum()) - 1
    if error == 0 or freedom < 1 or not (is_mean or 0 < mean < 1):
        return mean, nan, nan
    if is_mean:
        half = t_quantile(0.975, freedom) * error
        return mean, mean - half, mean + half
    return (mean, *logit_interval(mean, error, freedom))
