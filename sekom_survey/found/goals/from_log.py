"""Indicators counted in the activity log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import pandas as pd

from sekom_survey.found.engagement.membership import window
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.model import NO_DATA, Indicator, Least, Measured
from sekom_survey.model import OFFICIAL, POLITICIAN
from sekom_survey.text.swedish import count_of, join_words, number

KEPT = 64


@lru_cache(maxsize=KEPT)  # of a day that has been told of nothing changes
def measure_log(indicator: Indicator, facts: Facts) -> Measured:
    """Count the year's rows of the indicator's activities until the day.

    occasions: different meetings (date and title); people: the sum of `count`; titles: different titles; members:
    different members; member_share, both_roles: percent of the municipalities that were members when it happened, for
    both_roles with a politician and an official there; active: titles that meet `least` in its last months. With
    `title` only rows whose title holds those words count. A year without a log, or a share of an activity not yet held,
    is unknown and not 0.
    """
    if not facts.logged:
        return Measured(cause=NO_DATA)
    return COUNTS[indicator.measure](indicator, _mine(indicator, facts.this_year), facts)


def _mine(indicator: Indicator, log: pd.DataFrame) -> pd.DataFrame:
    mine = log[log["activity"].isin(indicator.activities)]
    if not indicator.title:
        return mine
    return mine[mine["title"].str.casefold().str.contains(indicator.title.casefold(), regex=False)]


def _occasions(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    return Measured(float(len(rows[["date", "title"]].drop_duplicates())))


def _people(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    return Measured(float(rows["count"].sum()), detail=_spread(rows))


def _spread(rows: pd.DataFrame) -> str:
    members = rows.loc[rows["member_id"] != "", "member_id"].nunique()
    return f"från {number(members)} medlemmar" if members else ""


def _titles(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    return Measured(float(rows["title"].str.casefold().nunique()))


def _members(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    return Measured(float(rows.loc[rows["member_id"] != "", "member_id"].nunique()))


def _member_share(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    return _share(frozenset(rows["member_id"]), rows, facts)


def _both_roles(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    there = [frozenset(rows.loc[rows["role"] == role, "member_id"]) for role in (POLITICIAN, OFFICIAL)]
    return _share(there[0] & there[1], rows, facts)


def _share(yes: frozenset[str], rows: pd.DataFrame, facts: Facts) -> Measured:
    """The percent of the municipalities that could have taken part."""
    if rows.empty:
        return Measured(cause=NO_DATA)
    first, last = rows["date"].min(), rows["date"].max()
    asked = facts.municipalities & {m.member_id for m in facts.members if window(m, first, last)}
    if not asked:
        return Measured(cause=NO_DATA)
    yes &= asked
    detail = f"{count_of(len(yes), len(asked))} kommuner"
    return Measured(100 * len(yes) / len(asked), base=len(asked), asked=asked, yes=yes, detail=detail)


def _active(indicator: Indicator, rows: pd.DataFrame, facts: Facts) -> Measured:
    least = indicator.least or Least(12)
    first = months_before(facts.as_of, least.months)
    log = _mine(indicator, facts.log)
    recent = log[(log["date"] > first) & (log["date"] <= facts.as_of)]
    active = [str(title) for title, group in recent.groupby("title") if is_active(group, least)]
    return Measured(float(len(active)), detail=join_words(active))


def is_active(rows: pd.DataFrame, least: Least) -> bool:
    """Whether one group's, channel's or test bed's rows hold the meetings, members and counted things asked for."""
    return (
        rows["date"].nunique() >= least.occasions
        and rows.loc[rows["member_id"] != "", "member_id"].nunique() >= least.members
        and int(rows["count"].sum()) >= least.count
    )


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last day of a month goes to the last day of that month."""
    month = day.year * 12 + day.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    length = (following - first).days
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    last = (next_month - day).days == 1
    return first.replace(day=length if last else min(day.day, length))


COUNTS: Mapping[str, Callable[[Indicator, pd.DataFrame, Facts], Measured]] = {
    "occasions": _occasions,
    "people": _people,
    "titles": _titles,
    "members": _members,
    "member_share": _member_share,
    "both_roles": _both_roles,
    "active": _active,
}
