"""Shares and means with base, interval, bounds and suppression: the tidy tables everything else reads."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.classes import day_digits
from sekom_survey.counted.count import NOBODY, Placed, View, count_members, member_means, members_answering, views
from sekom_survey.counted.segment import ALL, SEGMENT_ROLE
from sekom_survey.model import (
    CONSENT,
    DATE,
    MULTI,
    NPS,
    NUMBER,
    OTHER_OPTION,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    Frame,
    Item,
    Survey,
)
from sekom_survey.model.codes import Distinct
from sekom_survey.stats.intervals import exact_limits
from sekom_survey.stats.means import mean_interval

COLUMNS = (
    "item", "option", "segmentation", "segment", "base", "population", "count", "share", "low", "high",
    "low_members", "high_members", "possible_low", "possible_high", "suppressed", "reason",
)  # fmt: skip
MEAN_COLUMNS = (
    "item", "statistic", "segmentation", "segment", "base", "population", "value", "low", "high", "suppressed", "reason",
)  # fmt: skip
COUNTED_KINDS = (ROLE, SINGLE, MULTI, SCALE, RATING, NPS, RANKING, CONSENT)
CLASSED = (NUMBER, DATE)  # counted in classes that the answers give, and told in the office only
TOP = "topp2"
PROMOTERS, PASSIVES, DETRACTORS = "9–10", "7–8", "0–6"
NO_CLASS = "inga svar"
QUANTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
NPS_GROUPS = (DETRACTORS, PASSIVES, PROMOTERS)


def estimate(frame: Frame, survey: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Frame to (estimates, means): one row an item, option, segmentation and segment.

    `estimates` has COLUMNS: shares 0-1 of the members that answered within the scale (`base`), `population` = members in
    the segment, `low`-`high` the exact 95 % interval (hypergeometric test inversion; Buonaccorsi 1987) and
    `possible_low`-`possible_high` the bounds without any assumption about those who did not answer (Manski 1989), as shares
    of `population`. Rows with base under the survey's minimum are suppressed with a reason. Scales have a further option
    "topp2": the `top` highest answers together, recommendations their three groups. `means` has MEAN_COLUMNS: scales and
    ratings, and NPS in -100..100. Where nothing is known beyond those who answered (`Survey.infers`) there are no intervals
    and no bounds.
    """
    shares: list[tuple[object, ...]] = []
    means: list[tuple[object, ...]] = []
    for view in views(frame, survey):
        for item in survey.questionnaire.of_kind(*COUNTED_KINDS, *CLASSED):
            if item.kind == ROLE and view.segmentation == SEGMENT_ROLE:
                continue
            shares += _shares(view, item)
            means += _means(view, item, survey)
    return _with_limits(shares, survey), pd.DataFrame(means, columns=list(MEAN_COLUMNS))


def _shares(view: View, item: Item) -> list[tuple[object, ...]]:
    answers = view.answers.get(item.id, NOBODY)
    labels = _classes(answers.words) if item.kind in CLASSED else options_counted(item)
    chosen = _chosen(answers, item, labels)
    outside = {option.label for option in item.options if option.outside}
    beyond = np.isin(chosen, [labels.index(label) for label in outside])
    counts = dict(zip(labels, count_members(answers, chosen, len(labels), len(view.segments)), strict=True))
    everyone = members_answering(answers, chosen >= 0, len(view.segments))
    inside = members_answering(answers, (chosen >= 0) & ~beyond, len(view.segments))
    return [
        (
            item.id,
            option,
            view.segmentation,
            view.segments[s],
            (everyone if option in outside else inside)[s],
            view.populations[s],
            count[s],
        )
        for option in _options_shown(item, labels)
        for count in [sum((counts[part] for part in parts_of(item, option)), np.zeros(len(view.segments), np.int64))]
        for s in range(len(view.segments))
    ]


def _chosen(answers: Placed, item: Item, labels: list[str]) -> NDArray[np.int64]:
    words = answers.words
    if item.kind in (RATING, NPS):
        steps = np.nan_to_num(np.floor(words.value + 0.5)).astype(np.int64) - int(labels[0])
    else:
        steps = pd.Index(labels).get_indexer(words.option)
    return steps[answers.said]


def options_counted(item: Item) -> list[str]:
    """Every answer of an item that is counted for itself, in order: options and "Annat", or the steps of a rating."""
    if item.kind in (RATING, NPS):
        return [str(step) for step in range(item.low or 0, (item.high or 10) + 1)]
    return [option.label for option in item.options] + ([OTHER_OPTION] if item.other else [])


def _classes(words: Distinct) -> list[str]:
    """The classes of a number or a day, the lowest first."""
    order = np.argsort(words.value, kind="stable")
    return list(dict.fromkeys(words.option[place] for place in order if words.option[place])) or [NO_CLASS]


def _options_shown(item: Item, counted: list[str]) -> list[str]:
    if item.kind == NPS:
        return [*counted, *NPS_GROUPS]
    return [*counted, TOP] if item.top else counted


def parts_of(item: Item, option: str) -> tuple[str, ...]:
    """The answers an option of `estimates` counts: itself, or those that "topp2" and the NPS groups put together."""
    if option == TOP:
        return top_labels(item)
    if option in NPS_GROUPS and item.kind == NPS:
        return tuple(str(step) for step in range(11) if nps_group(step) == option)
    return (option,)


def top_labels(item: Item) -> tuple[str, ...]:
    """The highest options of a scale that count together as "topp2"."""
    return tuple(option.label for option in item.inside[-(item.top or 0) :]) if item.top else ()


def highest_labels(item: Item) -> tuple[str, ...]:
    """The highest options of a scale that count together, the highest one alone where `top` is not said."""
    return top_labels(item) or tuple(option.label for option in item.inside[-1:])


def counted_as_yes(item: Item) -> str:
    """The option of `estimates` that says how many gave the highest answers to a scale."""
    return TOP if item.top else item.inside[-1].label


def round_half_up(value: float) -> int:
    """The whole step a mean of two ratings is counted at: 7.5 becomes 8."""
    return int(np.floor(value + 0.5))


def nps_group(value: float) -> str:
    """Promoters 9-10, passives 7-8, detractors 0-6 (Reichheld 2003, Harvard Business Review 81:46-54)."""
    step = round_half_up(value)
    return PROMOTERS if step >= 9 else PASSIVES if step >= 7 else DETRACTORS


def nps_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of each answer in the net promoter score, as `nps_score`."""
    distinct, which = np.unique(values, return_inverse=True)
    return np.array([nps_score(value) for value in distinct], dtype=float)[which]


def nps_score(value: float) -> float:
    """One answer's part in the net promoter score: 100, 0 or -100."""
    return {PROMOTERS: 100.0, PASSIVES: 0.0, DETRACTORS: -100.0}[nps_group(value)]


def infers(survey: Survey, segmentation: str) -> bool:
    """Whether it is known how many there are in a segment: of those who answer for themselves at most how many in all."""
    return survey.of_members or (survey.infers and segmentation == ALL)


def _with_limits(rows: list[tuple[object, ...]], survey: Survey) -> pd.DataFrame:
    """Counted rows (COLUMNS up to `count`) with shares, intervals and bounds; those with too small a base suppressed."""
    minimum = survey.minimum_base
    table = pd.DataFrame(rows, columns=list(COLUMNS[:7])).astype(dict.fromkeys(COLUMNS[4:7], np.int64))
    base, population, count = (table[name].to_numpy() for name in COLUMNS[4:7])
    shown = base >= minimum
    known = np.array([infers(survey, segmentation) for segmentation in table["segmentation"]], dtype=bool)
    limits, told = np.full((len(table), 2), np.nan), shown & known
    limits[told] = exact_limits(count[told], base[told], population[told])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {
            "count": count.astype(float),
            "share": count / base,
            "low": limits[:, 0] / population,
            "high": limits[:, 1] / population,
            "low_members": limits[:, 0],
            "high_members": limits[:, 1],
            "possible_low": np.where(known, count / population, np.nan),
            "possible_high": np.where(known, (count + population - base) / population, np.nan),
        }
    reasons = np.array([too_few(few, minimum) for few in range(minimum)] + [""], dtype=object)
    return table.assign(
        **{name: np.where(shown, values, np.nan) for name, values in found.items()},
        suppressed=~shown,
        reason=pd.Series(reasons[np.minimum(base, minimum)], dtype="str"),
    )


def too_few(base: int, minimum: int) -> str:
    """Why a row is suppressed for its base."""
    return "inga svar" if base == 0 else f"färre än {minimum} svar"


def _means(view: View, item: Item, survey: Survey) -> list[tuple[object, ...]]:
    if item.kind not in (SCALE, RATING, NPS, *CLASSED):
        return []
    answers = view.answers.get(item.id, NOBODY)
    rows = []
    for s in range(len(view.segments)):
        values = member_means(answers, s)
        if item.kind != DATE:
            rows.append(_mean_row(item.id, "mean", view, s, values, survey))
        if item.kind in CLASSED:
            rows += [_quantile_row(item, name, view, s, values, survey.minimum_base) for name in QUANTILES]
        if item.kind == NPS:
            rows.append(_mean_row(item.id, "nps", view, s, nps_scores(values), survey))
    return rows


def _mean_row(
    item: str, statistic: str, view: View, s: int, values: NDArray[np.float64], survey: Survey
) -> tuple[object, ...]:
    where = (item, statistic, view.segmentation, view.segments[s], len(values), int(view.populations[s]))
    if len(values) < survey.minimum_base:
        return (*where, np.nan, np.nan, np.nan, True, too_few(len(values), survey.minimum_base))
    if not infers(survey, view.segmentation):
        return (*where, float(values.mean()), np.nan, np.nan, False, "")
    return (*where, *mean_interval(values, int(view.populations[s])), False, "")


def _quantile_row(
    item: Item, statistic: str, view: View, s: int, values: NDArray[np.float64], minimum: int
) -> tuple[object, ...]:
    """The median or a quartile of those who answered, a day as digits; with no interval, since few answers say little of it."""
    where = (item.id, statistic, view.segmentation, view.segments[s], len(values), int(view.populations[s]))
    if len(values) < minimum:
        return (*where, np.nan, np.nan, np.nan, True, too_few(len(values), minimum))
    value = float(np.quantile(values, QUANTILES[statistic]))
    return (*where, day_digits(value) if item.kind == DATE else value, np.nan, np.nan, False, "")


def share_row(
    estimates: pd.DataFrame, item: str, option: str, segmentation: str = ALL, segment: str = ALL
) -> pd.Series:
    """The one row of estimates for an item, option and segment. KeyError when there is none."""
    hit = estimates[
        (estimates["item"] == item)
        & (estimates["option"] == option)
        & (estimates["segmentation"] == segmentation)
        & (estimates["segment"] == segment)
    ]
    if len(hit) != 1:
        raise KeyError((item, option, segmentation, segment))
    return hit.iloc[0]
