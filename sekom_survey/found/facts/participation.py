"""Taking part since last year, by the activity log, in the activities that a sentence of the plan names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from sekom_survey.found.facts.table import PARTICIPATION, Fact
from sekom_survey.found.verdict import ALPHA, CHANCE, DOWN, UP
from sekom_survey.model import REGION, Frame, Survey
from sekom_survey.stats.paired import signed_rank
from sekom_survey.text.swedish import join_words, signed

NAME = "Deltagande i aktiviteter"
STATUS = "påstående i planen"
QUESTION = "Är förändringen i deltagande större än det varierar av sig självt från år till år?"
Activities = tuple[str, ...]


def participation_facts(
    named: Collection[Activities],
    frame: Frame,
    survey: Survey,
    logs: tuple[pd.DataFrame | None, pd.DataFrame | None],
    members_before: frozenset[str] | None,
) -> Iterator[Fact]:
    """A fact for each set of activities of the log; none without a log (last year's and this one's) of both years or a member of both.

    The log covers every member, so nothing is estimated; the verdict asks if it is more than taking part varies of itself,
    by the signed rank test. An empty log says nothing of anybody: nobody can then be said to have been absent.
    """
    before, now = logs
    if before is None or now is None or before.empty or now.empty or members_before is None:
        return
    ids = frame.members[frame.members["kind_of_member"] != REGION]["member_id"]
    members = [member for member in ids if member in members_before]
    for activities in dict.fromkeys(named) if members else ():
        yield _fact(activities, _occasions(activities, before, now, members), survey)


def _fact(activities: Activities, occasions: pd.DataFrame, survey: Survey) -> Fact:
    before, now = occasions["before"], occasions["now"]
    up, down, change = int((now > before).sum()), int((now < before).sum()), float((now - before).mean())
    p = signed_rank(before, now).two_sided
    sure = p <= ALPHA
    told = (
        f"Deltagandet steg för {up} och sjönk för {down} av de {len(now)} kommuner som var medlemmar båda åren, "
        f"i genomsnitt {signed(change, 1)} tillfällen, {'mer' if sure else 'inte mer'} än det varierar av sig självt."
    )
    return Fact(
        PARTICIPATION, "", NAME, QUESTION, option=join_words(activities), first=str(survey.year), second=str(survey.year - 1),
        status=STATUS, first_count=int(now.sum()), first_base=len(now), second_count=int(before.sum()), second_base=len(before),
        difference=change, p=p, verdict=(UP if change > 0 else DOWN) if sure else CHANCE, sentence=told,
    )  # fmt: skip


def _occasions(activities: Activities, before: pd.DataFrame, now: pd.DataFrame, members: list[str]) -> pd.DataFrame:
    """A member a row: occasions (date, activity and title) it took part in, the same part of both years."""
    logs = {name: _of(log, activities) for name, log in (("before", before), ("now", now))}
    last = (
        min((log["day"].max() for log in logs.values() if len(log)), default="") if all(map(len, logs.values())) else ""
    )
    counts = {name: log[log["day"] <= last].groupby("member_id").size() for name, log in logs.items()}
    return pd.DataFrame({name: one.reindex(members, fill_value=0) for name, one in counts.items()}, dtype=float)


def _of(log: pd.DataFrame, activities: Activities) -> pd.DataFrame:
    mine = log[log["activity"].isin(activities)]
    occasions = mine.assign(day=mine["date"].astype(str).str[5:10])
    return occasions.drop_duplicates(["member_id", "date", "activity", "title"])
