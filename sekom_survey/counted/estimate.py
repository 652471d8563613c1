"""Shares and means with base, interval, bounds and suppression: the tidy tables everything else reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import (
    CLASSED,
    COUNTED_KINDS,
    NPS_GROUPS,
    inside_options,
    nps_scores,
    options_counted,
    parts_of,
)
from sekom_survey.counted.classes import day_digits
from sekom_survey.counted.count import any_of, marks, unit_values
from sekom_survey.counted.segment import ALL, KIND, MEMBER_SEGMENTATIONS, SEGMENT_ROLE, role_name, segment_order
from sekom_survey.model import DATE, NPS, OFFICIAL, POLITICIAN, RATING, REGION, ROLE, SCALE, Frame, Item, Survey
from sekom_survey.model.codes import Answers, Ints
from sekom_survey.stats.arrays import Bools, Floats
from sekom_survey.stats.intervals import exact_limits
from sekom_survey.stats.means import mean_interval

COLUMNS = (
    "item", "option", "segmentation", "segment", "base", "population", "count", "share", "low", "high",
    "low_members", "high_members", "possible_low", "possible_high", "suppressed", "reason",
)  # fmt: skip
MEAN_COLUMNS = (
    "item", "statistic", "segmentation", "segment", "base", "population", "value", "low", "high", "suppressed", "reason",
)  # fmt: skip
NO_CLASS = "inga svar"
QUANTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}


@dataclass(frozen=True, eq=False)
class Tally:
    """What each unit gave to an item: `marks` (units, options) and its value, NaN for none."""

    options: list[str]
    marks: Bools
    values: Floats


@dataclass(frozen=True, eq=False)
class Grouping:
    """A segmentation: its segments in order, how many members each has, each unit's segment (-1: none), and what it gave."""

    segmentation: str
    segments: tuple[str, ...]
    populations: Ints
    segment: Ints
    given: Mapping[str, Tally]


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
    for grouping in _groupings(frame, survey):
        for item in survey.questionnaire.of_kind(*COUNTED_KINDS, *CLASSED):
            if item.kind == ROLE and grouping.segmentation == SEGMENT_ROLE:
                continue
            shares += _shares(grouping, item)
            means += _means(grouping, item, survey)
    return _with_limits(shares, survey), pd.DataFrame(means, columns=list(MEAN_COLUMNS))


def _groupings(frame: Frame, survey: Survey) -> Iterator[Grouping]:
    """Every segmentation of the municipalities, roles among them, and municipalities against regions."""
    members = frame.members
    municipal = (members["kind_of_member"] != REGION).to_numpy()
    number = pd.Index(members["member_id"])
    given = _given(frame.answers, survey, number.get_indexer(frame.answers.units["member_id"]), len(members))
    for segmentation in (ALL, *MEMBER_SEGMENTATIONS, KIND):
        inside = np.ones(len(members), bool) if segmentation == KIND else municipal
        names = members[segmentation].to_numpy(dtype=object)
        order = segment_order(segmentation, set(names[inside]), survey.size_classes)
        segment = np.where(inside, pd.Index(order).get_indexer(names), -1)
        populations = np.bincount(segment[segment >= 0], minlength=len(order))
        yield Grouping(segmentation, tuple(order), populations, segment, given)
    if not (survey.of_members or survey.questionnaire.of_kind(ROLE)):
        return
    order = segment_order(SEGMENT_ROLE, map(role_name, (POLITICIAN, OFFICIAL)), survey.size_classes)
    role = pd.Index(order).get_indexer(frame.by_role.units["role"].map(role_name))
    place = np.where(role >= 0, number.get_indexer(frame.by_role.units["member_id"]) * len(order) + role, -1)
    segment = np.where(np.repeat(municipal, len(order)), np.tile(np.arange(len(order)), len(members)), -1)
    by_role = _given(frame.by_role, survey, place, len(segment))
    every = np.full(len(order), municipal.sum()) if survey.of_members else np.bincount(role, minlength=len(order))
    yield Grouping(SEGMENT_ROLE, tuple(order), every, segment, by_role)


def _given(answers: Answers, survey: Survey, place: Ints, units: int) -> dict[str, Tally]:
    """What each unit gave to every item that is counted; `place` is the number of each of `answers.units`."""
    found = {}
    for item in survey.questionnaire.of_kind(*COUNTED_KINDS, *CLASSED):
        options = _classes(answers, item) if item.kind in CLASSED else options_counted(item)
        marked = marks(answers, item, options, place, units)
        found[item.id] = Tally(options, marked, unit_values(answers, item, place, units))
    return found


def _shares(grouping: Grouping, item: Item) -> list[tuple[object, ...]]:
    given = grouping.given[item.id]
    inside = inside_options(item) if item.kind not in CLASSED else given.options
    segments = len(grouping.segments)

    def counted(options: Sequence[str]) -> Ints:
        who = any_of(given.marks, given.options, options) & (grouping.segment >= 0)
        return np.bincount(grouping.segment[who], minlength=segments)

    within, everyone = counted(inside), counted(given.options)
    return [
        (item.id, option, grouping.segmentation, grouping.segments[s], base[s], grouping.populations[s], count[s])
        for option in _options_shown(item, given.options)
        for base in [within if option in inside or option not in given.options else everyone]
        for count in [counted(parts_of(item, option))]
        for s in range(segments)
    ]


def _classes(answers: Answers, item: Item) -> list[str]:
    """The classes of a number or a day, the lowest first."""
    words = [
        pair for one in answers.of(item.id) for pair in zip(one.words.value, one.words.option, strict=True) if pair[1]
    ]
    return list(dict.fromkeys(option for _, option in sorted(words, key=lambda pair: pair[0]))) or [NO_CLASS]


def _options_shown(item: Item, counted: list[str]) -> list[str]:
    if item.kind == NPS:
        return [*counted, *NPS_GROUPS]
    return [*counted, TOP] if item.top else counted


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


def _means(grouping: Grouping, item: Item, survey: Survey) -> list[tuple[object, ...]]:
    if item.kind not in (SCALE, RATING, NPS, *CLASSED):
        return []
    given, rows = grouping.given[item.id].values, []
    for s in range(len(grouping.segments)):
        values = given[(grouping.segment == s) & ~np.isnan(given)]
        if item.kind != DATE:
            rows.append(_mean_row(item.id, "mean", grouping, s, values, survey))
        if item.kind in CLASSED:
            rows += [_quantile_row(item, name, grouping, s, values, survey.minimum_base) for name in QUANTILES]
        if item.kind == NPS:
            rows.append(_mean_row(item.id, "nps", grouping, s, nps_scores(values), survey))
    return rows


def _mean_row(
    item: str, statistic: str, grouping: Grouping, s: int, values: NDArray[np.float64], survey: Survey
) -> tuple[object, ...]:
    where = (item, statistic, grouping.segmentation, grouping.segments[s], len(values), int(grouping.populations[s]))
    if len(values) < survey.minimum_base:
        return (*where, np.nan, np.nan, np.nan, True, too_few(len(values), survey.minimum_base))
    if not infers(survey, grouping.segmentation):
        return (*where, float(values.mean()), np.nan, np.nan, False, "")
    return (*where, *mean_interval(values, int(grouping.populations[s])), False, "")


def _quantile_row(
    item: Item, statistic: str, grouping: Grouping, s: int, values: NDArray[np.float64], minimum: int
) -> tuple[object, ...]:
    """The median or a quartile of those who answered, a day as digits; with no interval, since few answers say little of it."""
    where = (item.id, statistic, grouping.segmentation, grouping.segments[s], len(values), int(grouping.populations[s]))
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
