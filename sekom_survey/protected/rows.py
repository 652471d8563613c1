"""The tables of a public build, filled with what is released and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.choices import CLASSED, NPS_GROUPS
from sekom_survey.counted.classes import YEAR, day_digits, months_apart
from sekom_survey.counted.count import values
from sekom_survey.counted.estimate import COLUMNS, MEAN_COLUMNS, QUANTILES, estimate, infers
from sekom_survey.counted.segment import ALL, LANDSDEL, ROLE_NAMES, SEGMENT_ROLE, SIZE
from sekom_survey.model import CALENDAR, NPS, NUMBER, RATING, REGION, Frame, Item, Survey
from sekom_survey.model.codes import answers_in
from sekom_survey.protected.atoms import Register
from sekom_survey.protected.ladder import SMALL_GROUP, Release
from sekom_survey.protected.worlds import FEWEST
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.means import mean_interval, quartiles, rounding_step

PUBLISHED = (ALL, SIZE, LANDSDEL, SEGMENT_ROLE)
HIDDEN = "skyddas (U)"
KEYS = ("item", "option", "segmentation", "segment")
SHOWN = ("base", "count", "share", "low", "high", "low_members", "high_members", "possible_low", "possible_high")
"""The numbers of an estimate that are published where its row is; the members of a group are public of themselves."""
MEAN_KEYS, MEAN_SHOWN = ("item", "statistic", "segmentation", "segment"), ("base", "value", "low", "high")
COUNTS_ONLY = ["share", "low", "high", "possible_low", "possible_high"]


def by_role_once(frame: Frame, register: Register) -> Frame:
    """A Frame in which each member stands once by role, with the answers that count, under the role they count for.

    Two overlapping groups, members with an official's answer and with a politician's, give away those that are in both.
    """
    roles = {member: register.role[place] for member, place in register.place.items()}
    names = {name: role for role, name in ROLE_NAMES.items()}
    counted = frame.answers.table[frame.answers.table["member_id"].isin(set(roles))]
    role = counted["member_id"].map(roles).map(names)
    by_role = counted.assign(role=role)[role.notna()]
    return Frame(frame.members, frame.answers, answers_in(by_role), frame.conflicts, frame.item_nonresponse)


def shown_rows(frame: Frame, survey: Survey, releases: Mapping[str, Release]) -> pd.DataFrame:
    """Estimates as they may be published: rows of totals and of what is offered of groups, filled where released.

    Under ten answers counts are released and percent are not. A hidden row tells no base either.
    """
    rows = estimate(frame, replace(survey, minimum_base=1))[0]
    offered = np.array([_offered(row, releases) for row in rows[list(KEYS)].itertuples(index=False)], dtype=bool)
    rows = rows[offered].reset_index(drop=True).astype({"base": float})
    told = np.array(
        [releases[r.item].shows(r.segmentation, r.option) for r in rows.itertuples(index=False)], dtype=bool
    )
    table = rows[[*KEYS, "population"]].assign(**dict.fromkeys(SHOWN, np.nan))
    table.loc[told, list(SHOWN)] = rows.loc[told, list(SHOWN)]
    table.loc[rows["base"] < SMALL_GROUP, COUNTS_ONLY] = np.nan
    empty = rows["suppressed"].to_numpy(dtype=bool)
    return table.assign(suppressed=~told | empty, reason=rows["reason"].where(told, HIDDEN))[list(COLUMNS)]


def _offered(row: Any, releases: Mapping[str, Release]) -> bool:
    if row.item not in releases or row.segmentation not in PUBLISHED:
        return False
    return row.segmentation == ALL or row.option in releases[row.item].offered


def shown_means(rows: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Means of groups in which every answer is shown, from ten answers, worked out of the counts that are shown.

    A mean of the answers as they were given would tell of half steps, which only members with two answers have.
    """
    shown = {key: one.set_index("option") for key, one in rows.groupby(list(MEAN_KEYS[:1] + MEAN_KEYS[2:]), sort=False)}
    found = [
        (item, statistic, segmentation, segment, *_mean(values, one, infers(survey, segmentation)))
        for (item, segmentation, segment), one in shown.items()
        for statistic in _statistics(survey.questionnaire.item(item), segmentation)
        for values in [_values(survey.questionnaire.item(item), statistic, one["count"])]
    ]
    names = [*MEAN_KEYS, *MEAN_SHOWN, "population"]
    table = pd.DataFrame(found, columns=names).astype(dict.fromkeys(MEAN_SHOWN, float))
    told = table["value"].notna()
    return table.assign(suppressed=~told, reason=np.where(told, "", HIDDEN))[list(MEAN_COLUMNS)]


def _statistics(item: Item, segmentation: str) -> tuple[str, ...]:
    """Of groups only the net value is offered: other means need every step."""
    scored = item.kind in (RATING, NPS) or any(option.score is not None for option in item.inside)
    return (("mean",) if segmentation == ALL and scored else ()) + (("nps",) if item.kind == NPS else ())


def _mean(values: NDArray[np.float64], counts: pd.DataFrame, known: bool) -> tuple[float, ...]:
    population = int(counts["population"].max())
    if len(values) < SMALL_GROUP:
        return (np.nan,) * len(MEAN_SHOWN) + (population,)
    mean, low, high = mean_interval(values, population)
    return (len(values), mean, *((low, high) if known else (np.nan, np.nan)), population)


def _values(item: Item, statistic: str, counts: pd.Series) -> NDArray[np.float64]:
    """Every value behind a mean, from the counts of a group by option; none when any of them is hidden."""
    steps: Mapping[str, float | None] = {option.label: option.score for option in item.inside}
    if statistic == "nps":
        steps = dict(zip(NPS_GROUPS, (-100.0, 0.0, 100.0), strict=True))
    elif item.kind in (RATING, NPS):
        steps = {str(step): float(step) for step in range(item.low or 0, (item.high or 10) + 1)}
    said = counts.reindex(list(steps))
    if said.isna().any():
        return np.zeros(0)
    return np.repeat(np.array(list(steps.values()), dtype=float), said.astype(int))


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
