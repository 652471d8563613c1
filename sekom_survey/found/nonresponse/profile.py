"""What is known of every member: those who answered beside those who did not and all, trait by trait."""

from __future__ import annotations

from datetime import date
from math import isfinite

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, SKR_GROUP, TITLES, UNKNOWN, segment_order
from sekom_survey.model import REGION, Frame, Survey
from sekom_survey.stats.exact_tables import fisher_freeman_halton
from sekom_survey.stats.weights import r_indicator, standardised_share_difference

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
    """The traits that a table of `traits` has, in order; not one that is known of nobody."""
    return [name for name in TRAIT_TITLES if name in table and set(table[name]) != {UNKNOWN}]


PROFILE_COLUMNS = (
    "trait",
    "group",
    "answered",
    "answered_base",
    "silent",
    "silent_base",
    "members",
    "members_base",
    "standardised",
)
LIKENESS_COLUMNS = ("trait", "r_indicator", "p", "how", "largest", "group")

# Under this a difference of shares is small enough to leave aside (Rubin 2001, Health Services & Outcomes
# Research Methodology 2:169-188); groups with fewer members swing by chance alone.
NOTABLE = 0.25
LEAST_MEMBERS = 10


def profile(table: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Each trait's groups among those who answered, those who did not and all members: PROFILE_COLUMNS.

    `standardised` is the difference of the first two shares in standard deviations.
    Source: Austin (2009), Communications in Statistics - Simulation and Computation 38:1228-1234.
    """
    answered, silent = table[table["answered"]], table[~table["answered"]]
    rows = [
        (
            trait,
            group,
            int((answered[trait] == group).sum()),
            len(answered),
            int((silent[trait] == group).sum()),
            len(silent),
            int((table[trait] == group).sum()),
            len(table),
        )
        for trait in trait_names(table)
        for group in _groups(table, trait, survey)
    ]
    counts = pd.DataFrame(rows, columns=list(PROFILE_COLUMNS[:-1]))
    return counts.assign(standardised=[_standardised(row) for _, row in counts.iterrows()])


def _groups(table: pd.DataFrame, trait: str, survey: Survey) -> list[str]:
    if set(table[trait]) <= {YES, NO}:
        return [YES]
    return segment_order(trait, table[trait], survey.size_classes)


def _standardised(row: pd.Series) -> float:
    if not row["answered_base"] or not row["silent_base"]:
        return float("nan")
    return standardised_share_difference(row["answered"], row["answered_base"], row["silent"], row["silent_base"])


def likeness(table: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    """How alike those who answered are to all members, one row a trait: LIKENESS_COLUMNS.

    `r_indicator` is 1 when every group answered to the same extent (Schouten, Cobben & Bethlehem 2009, Survey
    Methodology 35:101-113); `p` tests whether response hangs together with the trait; `largest` is the standardised
    difference of `group`, the one that differs most among groups of at least ten members.
    """
    return pd.DataFrame(
        [_likeness(table, trait, profiled) for trait in trait_names(table)], columns=list(LIKENESS_COLUMNS)
    )


def _likeness(table: pd.DataFrame, trait: str, profiled: pd.DataFrame) -> tuple[object, ...]:
    grouped = table.groupby(trait)["answered"].agg(["sum", "size"]).astype(int)
    test = fisher_freeman_halton([(row["sum"], row["size"] - row["sum"]) for _, row in grouped.iterrows()])
    mine = profiled[(profiled["trait"] == trait) & (profiled["members"] >= LEAST_MEMBERS)]
    known = mine[mine["standardised"].map(isfinite)]
    largest, group = float("nan"), ""
    if len(known):
        top = known.loc[known["standardised"].abs().idxmax()]
        largest, group = float(top["standardised"]), str(top["group"])
    indicator = r_indicator(grouped["sum"].to_list(), grouped["size"].to_list())
    return trait, indicator, test.p_value, test.how, largest, group
