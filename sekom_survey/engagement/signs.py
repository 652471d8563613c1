"""What is known of each member that the rules for exit signals ask about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from sekom_survey.engagement.hand_log import Heard
from sekom_survey.engagement.membership import window
from sekom_survey.engagement.signals import Signs
from sekom_survey.model import ANSWERED, Member
from sekom_survey.year import Year

ASKED = ("stay", "worth", "recommend")
SHALLOW = ("indicators", "newsletter")
ONE_YEAR = timedelta(days=365)
LOG_GAP = timedelta(days=62)


def signs_of(
    members: Iterable[Member],
    log: pd.DataFrame,
    heard: tuple[Heard, ...] | None,
    surveys: tuple[Year | None, Year | None],
    day: date,
) -> dict[str, Signs]:
    """member_id -> Signs on `day`, from two years' log, the notes by hand and two years' surveys (this year's first)."""
    now, before = surveys
    said = _answers(now)
    found = {}
    for member in members:
        stay, worth, recommend = (said.get((member.member_id, item)) for item in ASKED)
        found[member.member_id] = Signs(
            met=_met(member, log, day),
            active=_active(member, log, day),
            answered=_answered(member.member_id, now, before),
            stays=_high(now, "stay", stay),
            sure=None if stay is None else not pd.isna(stay),
            worth=_high(now, "worth", worth),
            recommend=recommend,
            heard=None if heard is None else frozenset(h.signal for h in heard if h.member_id == member.member_id),
        )
    return found


def _met(member: Member, log: pd.DataFrame, day: date) -> bool | None:
    """Someone at one of the last two annual meetings; unknown unless both are in the log and the member was one."""
    held = log[(log["activity"] == "annual_meeting") & (log["date"] <= day)]
    last = {d.year: d for d in held["date"]}
    if {day.year, day.year - 1} - set(last):
        return None
    days = (last[day.year], last[day.year - 1])
    if not all(window(member, one, one) for one in days):
        return None
    there = held[(held["member_id"] == member.member_id) & held["date"].map(lambda d: d.year >= day.year - 1)]
    return bool(len(there))


def _active(member: Member, log: pd.DataFrame, day: date) -> bool | None:
    """Some taking part in twelve months; unknown for newer members and when the log does not reach back."""
    first = day - ONE_YEAR
    if log.empty or log["date"].min() > first + LOG_GAP or window(member, first, first) is None:
        return None
    mine = log[(log["member_id"] == member.member_id) & (log["date"] > first) & (log["date"] <= day)]
    return bool((~mine["activity"].isin(SHALLOW)).any())


def _answered(member_id: str, now: Year | None, before: Year | None) -> bool | None:
    if now is None or before is None:
        return None
    said = [year.frame.members.set_index("member_id")["answered"].get(member_id) for year in (now, before)]
    return None if any(one is None for one in said) else bool(any(said))


def _answers(year: Year | None) -> dict[tuple[str, str], float]:
    """(member_id, item) -> the value answered, NaN for an answer outside the scale."""
    if year is None:
        return {}
    answers = year.frame.answers[(year.frame.answers["state"] == ANSWERED) & year.frame.answers["item"].isin(ASKED)]
    return dict(zip(zip(answers["member_id"], answers["item"], strict=True), answers["value"], strict=True))


def _high(year: Year | None, item_id: str, value: float | None) -> bool | None:
    """Whether an answer is among the highest options of its scale; None for no answer and for "vet inte"."""
    if year is None or value is None or pd.isna(value):
        return None
    item = year.wave.questionnaire.item(item_id)
    return bool(value > len(item.inside) - (item.top or 1))
