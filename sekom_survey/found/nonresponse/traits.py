"""What is known of every member, whether it answered or not: register and activity log."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, SKR_GROUP, TITLES, UNKNOWN
from sekom_survey.model import REGION, Frame, Survey

YEARS, ACTIVE = "years", "active"
ACTIVITIES = {
    "annual_meeting": "Deltog i årsmötet",
    "webinar": "Deltog i något webbinarium",
    "teams_month": "Använde Teams",
    "indicators": "Rapporterade gröna nyckeltal",
}
TRAIT_TITLES = {
    LANDSDEL: TITLES[LANDSDEL],
    SIZE: TITLES[SIZE],
    SKR_GROUP: TITLES[SKR_GROUP],
    YEARS: "År som medlem",
    **ACTIVITIES,
    ACTIVE: "Deltog i minst två slags aktiviteter",
}
YES, NO = "ja", "nej"
YEAR_CLASSES = ((5, "Under 5 år"), (15, "5–14 år"))
LONGEST = "15 år eller mer"
ENOUGH_ACTIVITIES = 2


def traits(frame: Frame, survey: Survey, log: pd.DataFrame | None) -> pd.DataFrame:
    """Municipalities with member_id, answered and a column a trait; those of the log only when there is one.

    `log` has date, activity, member_id, role, count, title; an activity counts when it stands there at all, and
    one that the log never mentions says nothing of anybody.
    """
    members = frame.members[frame.members["kind_of_member"] != REGION]
    table = members[["member_id", "answered", LANDSDEL, SIZE, SKR_GROUP]].reset_index(drop=True)
    table[YEARS] = [years_class(joined, survey.frame_date) for joined in members["joined"]]
    return table if log is None or log.empty else _with_activities(table, log)


def years_class(joined: date | None, at: date) -> str:
    """How long a member has been one, in three classes."""
    if joined is None or pd.isna(joined):
        return UNKNOWN
    years = (at - joined).days / 365.25
    return next((name for limit, name in YEAR_CLASSES if years < limit), LONGEST)


def _with_activities(table: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    logged = [activity for activity in ACTIVITIES if activity in set(log["activity"])]
    present = {name: table["member_id"].isin(log.loc[log["activity"] == name, "member_id"]) for name in logged}
    if len(present) >= ENOUGH_ACTIVITIES:
        present[ACTIVE] = pd.DataFrame(present).sum(axis=1) >= ENOUGH_ACTIVITIES
    return table.assign(**{name: seen.map({True: YES, False: NO}) for name, seen in present.items()})


def trait_names(table: pd.DataFrame) -> list[str]:
    """The traits that a table of `traits` has, in order."""
    return [name for name in TRAIT_TITLES if name in table]
