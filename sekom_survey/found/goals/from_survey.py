"""Indicators read from the survey's estimates or counted in coded free text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import Choice, choices_of, parts_of
from sekom_survey.counted.count import ticks
from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.year import Year
from sekom_survey.found.coding_error import Misread, misread_together, reading_limits
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.model import FEW, NO_DATA, SHARE, SURVEY, Indicator, Measured
from sekom_survey.model import ANSWERED, REGION, Survey
from sekom_survey.stats.intervals import interval_table
from sekom_survey.text.swedish import count_of

DECIMALS = 9
KEPT = 64


def measure_survey(indicator: Indicator, facts: Facts) -> Measured:
    """A share in percent with its exact interval, or a count of members, among the municipalities."""
    return _measured(indicator, facts.year) if facts.year else Measured(cause=NO_DATA)


@lru_cache(maxsize=KEPT)  # of a year that has been analysed nothing changes
def _measured(indicator: Indicator, year: Year) -> Measured:
    if indicator.measure == "response_rate":
        return _response_rate(year)
    try:
        rows = [share_row(year.shares(indicator.item), indicator.item, option) for option in indicator.options]
    except KeyError:
        return Measured(cause=NO_DATA)
    if not rows:
        return Measured(cause=NO_DATA)
    if rows[0]["suppressed"]:
        base = rows[0]["base"]  # which is hidden too where a whole question is, in the public build
        return Measured(cause=FEW, base=None if pd.isna(base) else int(base), final=True)
    asked, yes = _members(year, indicator)
    return _counted(rows, indicator, asked, yes)


def _counted(rows: list[pd.Series], indicator: Indicator, asked: frozenset[str], yes: frozenset[str]) -> Measured:
    """Options that exclude each other are added and given the interval of their sum."""
    count, base, population = int(sum(r["count"] for r in rows)), int(rows[0]["base"]), int(rows[0]["population"])
    if indicator.measure == "members":
        return Measured(float(count), base=base, detail=f"{count_of(count, base)} som svarat", final=True)
    return _bounded(count, base, population, asked, yes)


def _bounded(count: int, base: int, population: int, asked: frozenset[str], yes: frozenset[str]) -> Measured:
    """A share with its exact interval."""
    low, high = (100 * int(limit) / population for limit in interval_table(base, population)[count])
    return Measured(
        round(100 * count / base, DECIMALS),
        round(low, DECIMALS),
        round(high, DECIMALS),
        base,
        detail=f"{count_of(count, base)} kommuner som svarat",
        asked=asked,
        yes=yes,
        final=True,
    )


def share_measured(yes: frozenset[str], asked: frozenset[str], year: Year) -> Measured:
    """The share of the answering municipalities `asked` that are in `yes`; hidden under the survey's minimum base."""
    if len(asked) < year.survey.minimum_base:
        return Measured(cause=FEW, base=len(asked), final=True)
    return _bounded(len(yes & asked), len(asked), len(_municipalities(year)), asked, yes & asked)


def is_headline_share(indicator: Indicator, survey: Survey) -> bool:
    """Whether a measure counts the very answers to a headline question that are compared with last year's."""
    if (indicator.source, indicator.measure) != (SURVEY, SHARE) or indicator.wave:
        return False
    mine = [item for item in headline_items(survey) if item.id == indicator.item]
    counted = {part for item in mine for option in indicator.options for part in parts_of(item, option)}
    return any(counted == set(choices_of(item)[0].options) for item in mine)


def answering(year: Year, item_id: str) -> frozenset[str]:
    """The municipalities that answered an item."""
    answers = year.frame.answers.table
    wrote = answers.loc[(answers["item"] == item_id) & (answers["state"] == ANSWERED), "member_id"]
    return frozenset(wrote) & set(_municipalities(year)["member_id"])


def _response_rate(year: Year) -> Measured:
    answered, asked = year.base.answered()
    if not asked:
        return Measured(cause=NO_DATA)
    members = _municipalities(year)
    return Measured(
        100 * answered / asked,
        detail=f"{count_of(answered, asked)} kommuner",
        asked=frozenset(members["member_id"]),
        yes=frozenset(members.loc[members["answered"].astype(bool), "member_id"]),
        final=True,
    )


def _municipalities(year: Year) -> pd.DataFrame:
    return year.frame.members[year.frame.members["kind_of_member"] != REGION]


def _members(year: Year, indicator: Indicator) -> tuple[frozenset[str], frozenset[str]]:
    """The municipalities that answered within the scale, and those with one of the options."""
    item = year.wave.questionnaire.item(indicator.item)
    choice = Choice("", tuple(part for option in indicator.options for part in parts_of(item, option)))
    members = _municipalities(year)["member_id"]
    yes = ticks(year.frame.answers, item, list(members), [choice])[:, 0]
    return frozenset(members[~np.isnan(yes)]), frozenset(members[yes == 1])


def measure_theme(indicator: Indicator, facts: Facts) -> Measured:
    """The percent of the municipalities that answered a text item whose answer has one of the themes in `options`.

    Only when a person has reviewed every answer; until then the data are missing. What was approved in one step and read by nobody
    widens the interval by what is known of the coding's errors.
    """
    texts = facts.themes()
    if facts.year is None or texts is None:
        return Measured(cause=NO_DATA)
    asked = answering(facts.year, indicator.item)
    mine = texts.rows[(texts.rows["item"] == indicator.item) & texts.rows["member_id"].isin(asked)]
    if not asked or asked - set(mine["member_id"]) or not mine["reviewed"].astype(bool).all():
        return Measured(cause=NO_DATA, detail="alla fritextsvar är inte granskade")
    yes = frozenset(mine.loc[mine["theme"].isin(indicator.options), "member_id"])
    measured = share_measured(yes, asked, facts.year)
    return _widened(measured, misread_together(texts.misread, indicator.item, indicator.options), facts.year)


def _widened(measured: Measured, misread: Sequence[Misread], year: Year) -> Measured:
    """A share of themes whose interval holds the errors of what was approved without being read."""
    if not misread or measured.value is None:
        return measured
    limits = reading_limits(len(measured.yes), len(measured.asked), len(_municipalities(year)), misread)
    return replace(measured, low=round(100 * limits["low"], DECIMALS), high=round(100 * limits["high"], DECIMALS))
