"""What is known of each member that the rules for exit signals ask about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from sekom_survey.counted.choices import high_steps
from sekom_survey.counted.year import Year
from sekom_survey.found.engagement.hand_log import Heard
from sekom_survey.found.engagement.index import LogEntry, entries
from sekom_survey.found.engagement.membership import window
from sekom_survey.found.engagement.signals import Signs
from sekom_survey.model import ANSWERED, NPS, RATING, Member

MEETING = "annual_meeting"
ASKED = ("stay", "worth", "recommendation")
DETRACTORS = 0.6  # of a recommendation's range; on 0-10 up to and with 6
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
    logged = entries(log)
    everything = [entry for mine in logged.values() for entry in mine]
    begins = min((entry.date for entry in everything), default=day)
    meetings = {entry.date for entry in everything if entry.activity == MEETING and entry.date <= day}
    held = {meeting.year: meeting for meeting in sorted(meetings)}
    found = {}
    for member in members:
        stay, worth, recommend = (said.get((member.member_id, measure)) for measure in ASKED)
        found[member.member_id] = Signs(
            met=_met(member, logged[member.member_id], held, day),
            active=_active(member, logged[member.member_id], begins, day),
            answered=_answered(member.member_id, now, before),
            stays=_high(now, "stay", stay),
            sure=None if stay is None else not pd.isna(stay),
            worth=_high(now, "worth", worth),
            detractor=_low(now, recommend),
            heard=None if heard is None else frozenset(h.signal for h in heard if h.member_id == member.member_id),
        )
    return found


def _met(member: Member, mine: Sequence[LogEntry], held: Mapping[int, date], day: date) -> bool | None:
    """Someone at one of the last two annual meetings; unknown unless both are in the log and the member was one."""
    days = [held.get(year) for year in (day.year, day.year - 1)]
    if not all(one and window(member, one, one) for one in days):
        return None
    return any(entry.activity == MEETING and day.year - 1 <= entry.date.year and entry.date <= day for entry in mine)


def _active(member: Member, mine: Sequence[LogEntry], begins: date, day: date) -> bool | None:
    """Some taking part in twelve months; unknown for newer members and when the log, which `begins` some day, does not reach back."""
    first = day - ONE_YEAR
    if begins > first + LOG_GAP or window(member, first, first) is None:
        return None
    return any(entry.activity not in SHALLOW and first < entry.date <= day for entry in mine)


def _answered(member_id: str, now: Year | None, before: Year | None) -> bool | None:
    if now is None or before is None:
        return None
    said = [year.frame.members.set_index("member_id")["answered"].get(member_id) for year in (now, before)]
    return None if any(one is None for one in said) else bool(any(said))


def _answers(year: Year | None) -> dict[tuple[str, str], float]:
    """(member_id, measure) -> the value answered, NaN for an answer outside the scale; nothing of what is not declared."""
    if year is None:
        return {}
    measures = {item.id: measure for measure in ASKED for item in year.wave.questionnaire.measured(measure)}
    given = year.frame.answers.table
    answers = given[(given["state"] == ANSWERED) & given["item"].isin(measures)]
    return dict(
        zip(zip(answers["member_id"], answers["item"].map(measures), strict=True), answers["value"], strict=True)
    )


def _high(year: Year | None, measure: str, value: float | None) -> bool | None:
    """Whether an answer is among the highest options of its scale; None for no answer and for "vet inte"."""
    if year is None or value is None or pd.isna(value):
        return None
    (item,) = year.wave.questionnaire.measured(measure)
    if item.high is not None:
        return bool(value >= item.high - high_steps(item))
    return bool(value > len(item.inside) - (item.top or 1))


def _low(year: Year | None, value: float | None) -> bool | None:
    """Whether a recommendation is so low that the member hardly would recommend membership."""
    if year is None or value is None or pd.isna(value):
        return None
    (item,) = year.wave.questionnaire.measured("recommendation")
    if item.kind not in (NPS, RATING):
        return not _high(year, "recommendation", value)
    low, high = item.low or 0, item.high or 10
    return bool(value - low <= DETRACTORS * (high - low))
