"""activities.csv: what members took part in and what the association did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.model import OFFICIAL, POLITICIAN, WARNING, Member, Problem, Survey, errors
from sekom_survey.text.files import as_day
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean

COLUMNS = ("date", "activity", "member_id", "role", "count", "title")
REQUIRED = ("date", "activity", "title")
ALIASES: Mapping[str, str] = {
    "datum": "date",
    "aktivitet": "activity",
    "medlem": "member_id",
    "medlem_id": "member_id",
    "medlemsid": "member_id",
    "roll": "role",
    "antal": "count",
    "titel": "title",
    "rubrik": "title",
}
MEMBER_ACTIVITIES = (
    "annual_meeting",
    "conference",
    "webinar",
    "newsletter",
    "teams_month",
    "theme_group",
    "officials_forum",
    "testbed",
    "academy",
    "indicators",
)
OWN_ACTIVITIES = ("board_meeting", "consultation", "media_mention", "citation", "partnership", "teams_channel")
REPORTED = "indicators"
ACTIVITIES = MEMBER_ACTIVITIES + OWN_ACTIVITIES
NAMES: Mapping[str, str] = {
    "annual_meeting": "Årsmöte",
    "conference": "Årskonferens",
    "webinar": "Webbinarium",
    "newsletter": "Nyhetsbrev",
    "teams_month": "Teams, en månad",
    "theme_group": "Temagrupp",
    "officials_forum": "Tjänstepersonsforum",
    "testbed": "Testbädd",
    "academy": "SEKOM-akademin",
    "indicators": "Gröna nyckeltal",
    "board_meeting": "Styrelsemöte",
    "consultation": "Remissvar",
    "media_mention": "Omnämnande i media",
    "citation": "Citat eller hänvisning",
    "partnership": "Samarbete",
    "teams_channel": "Kanal i Teams",
}
ROLES: Mapping[str, str] = {
    "": "",
    "politician": POLITICIAN,
    "politiker": POLITICIAN,
    "förtroendevald": POLITICIAN,
    "official": OFFICIAL,
    "tjänsteperson": OFFICIAL,
}
Row = tuple[date, str, str, str, int, str]


def read_activities(path: Path, shown: str, members: Iterable[Member], year: int) -> tuple[pd.DataFrame, list[Problem]]:
    """activities.csv to a table with COLUMNS (date as `datetime.date`, count as int) and the problems, named by row.

    Rows with a fault are left out and said so. Exact repeats are kept once. `members` is the register, observers included.
    """
    sheet = read_sheet(path, shown, COLUMNS, REQUIRED, ALIASES)
    problems = list(sheet.problems)
    if errors(problems):
        return activity_table([]), problems
    ids = {member.member_id for member in members}
    found = [(line, read_row(cells, f"rad {line}", shown, ids, year, problems)) for line, cells in sheet.rows]
    rows = [(line, row) for line, row in found if row]
    problems += _repeats(rows, shown)
    return activity_table(dict.fromkeys(row for _, row in rows)), problems


def activity_table(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows of the log as a table, by date."""
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS)).astype({"date": object, "count": int})


def with_reports(log: pd.DataFrame, indicators: Indicators | None, survey: Survey) -> pd.DataFrame:
    """The log with the rows of who reported indicators taken from the indicators themselves, where members report any.

    They are dated the day the indicators were gathered, else the day the survey closed. What the log says of it is left
    out, so that a duty, a goal and the index say the same.
    """
    if indicators is None or not indicators.asks_members:
        return log
    day = indicators.declared.collected or survey.closed
    if day.year != survey.year:
        day = survey.closed
    title = f"{indicators.declared.title} {survey.year}"
    rows: list[Row] = [(day, REPORTED, member, OFFICIAL, 1, title) for member in indicators.reporting]
    others = log[log["activity"] != REPORTED]
    return activity_table([*others.itertuples(index=False, name=None), *rows])


def read_row(
    cells: Mapping[str, str], where: str, shown: str, ids: Collection[str], year: int, problems: list[Problem]
) -> Row | None:
    """One row of the log; None when it has a fault, which is added to `problems`."""
    day, count = as_day(cells.get("date", "")[:10]), _whole(cells.get("count", ""))
    activity, member, role = cells.get("activity", ""), cells.get("member_id", ""), cells.get("role", "").casefold()
    faults = [*_day_faults(cells.get("date", ""), day, year), *_name_faults(activity, member, ids)]
    if role not in ROLES:
        faults.append(
            ("role_unknown", f"Rollen ”{role}” är okänd.", "Skriv politician, official eller låt cellen vara tom.")
        )
    if count is None:
        faults.append(("count_value", f"count är ”{cells['count']}”.", "Skriv ett antal med siffror."))
    problems += [Problem(code, shown, where, found, todo) for code, found, todo in faults]
    if faults or day is None or count is None:
        return None
    return day, activity, member, ROLES[role], count, cells.get("title", "")


Fault = tuple[str, str, str]


def _day_faults(text: str, day: date | None, year: int) -> list[Fault]:
    if day is None:
        return [("date_value", f"date är ”{text}”.", "Skriv ett datum som 2026-01-19.")]
    if day.year != year:
        return [("date_outside", f"Datumet {day} ligger utanför {year}.", f"Flytta raden till mappen för {day.year}.")]
    return []


def _name_faults(activity: str, member: str, ids: Collection[str]) -> list[Fault]:
    faults = []
    if activity not in ACTIVITIES:
        todo = "Skriv " + ", ".join(ACTIVITIES) + "." + did_you_mean(activity, ACTIVITIES)
        faults.append(("activity_unknown", f"Aktiviteten ”{activity}” är okänd.", todo))
    if member and member not in ids:
        todo = "Skriv ett member_id ur members.csv." + did_you_mean(member, ids)
        faults.append(("member_unknown", f"Medlemmen ”{member}” finns inte i registret.", todo))
    elif not member and activity in MEMBER_ACTIVITIES:
        faults.append(("member_missing", "Raden saknar medlem.", "Skriv vilken medlem som deltog."))
    return faults


def _repeats(rows: list[tuple[int, Row]], shown: str) -> list[Problem]:
    first: dict[Row, int] = {}
    return [
        Problem(
            "row_double", shown, f"rad {line}", f"Raden står redan på rad {first[row]}.", "Ta bort den ena.", WARNING
        )
        for line, row in rows
        if first.setdefault(row, line) != line
    ]


def _whole(text: str) -> int | None:
    if not text:
        return 1
    return int(text) if text.isdecimal() and len(text) < 10 else None
