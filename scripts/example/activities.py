"""The activity log: what each member took part in during a calendar year, and what the association did.

Columns: date, activity, member_id (empty for what the association did), role, count, title. `count` is people for
meetings, active users for teams_month, readers for newsletter, answered questions for teams_channel. In academy it
counts people who have not been counted before in the year, so that its sum is the number of different participants.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import NormalDist

from example.answers import OFFICIAL, POLITICIAN
from example.members import Place
from example.table import csv_bytes

COLUMNS = ("date", "activity", "member_id", "role", "count", "title")
EVENTS = Path(__file__).with_name("activities.toml")
CHANCE = {
    "annual_meeting": {OFFICIAL: 0.52, POLITICIAN: 0.46},
    "conference": {OFFICIAL: 0.34, POLITICIAN: 0.20},
    "webinar": {OFFICIAL: 0.17, POLITICIAN: 0.03},
    "newsletter": {"": 0.70},
    "theme_group": {OFFICIAL: 0.05},
    "officials_forum": {OFFICIAL: 0.16},
    "testbed": {OFFICIAL: 0.02},
    "academy": {OFFICIAL: 0.06, POLITICIAN: 0.015},
}
MOST_PEOPLE = {"webinar": 2, "newsletter": 2, "conference": 2, "academy": 2}
TEAMS_CHANCE, INDICATOR_CHANCE = 0.52, 0.70
RISE = {2025: 0.0, 2026: 0.12}
Line = tuple[str, str, str, str, int, str]
_NORMAL = NormalDist()


def activities_csv(places: Sequence[Place], year: int) -> bytes:
    """activities.csv of a year, by date."""
    events = tomllib.loads(EVENTS.read_text(encoding="utf-8"))[str(year)]
    lines: list[Line] = [
        (day, activity, "", "", count, title) for day, activity, count, title in events.pop("association")
    ]
    for place in places:
        if place.asked(year):
            lines += _taken_part(place, year, events)
            lines += _teams_months(place, year)
            lines += indicator_lines(place, year)
    return csv_bytes(COLUMNS, sorted(lines))


def _drive(place: Place, year: int) -> float:
    """How active a member is in a year: its engagement, mostly, and something of the year's own."""
    return 0.75 * place.engagement + 0.25 * Random(f"{place.name}/{year}/drive").gauss(0, 1) + RISE[year]


def _comes(chance: float, drive: float, random: Random) -> bool:
    return random.random() < _NORMAL.cdf(_NORMAL.inv_cdf(chance) + drive)


def _taken_part(place: Place, year: int, events: dict[str, list[list[str]]]) -> Iterator[Line]:
    drive, random = _drive(place, year), Random(f"{place.name}/{year}/events")
    for activity, occasions in events.items():
        for day, title in occasions:
            for role, chance in CHANCE[activity].items():
                people = random.randint(1, MOST_PEOPLE.get(activity, 1))
                if _comes(chance, drive, random):
                    yield day, activity, place.member_id, role, people, title


def _teams_months(place: Place, year: int) -> Iterator[Line]:
    drive, random = _drive(place, year), Random(f"{place.name}/{year}/teams")
    for month in range(1, 13):
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        chance = TEAMS_CHANCE * (0.35 if month == 7 else 1)
        users = random.randint(1, 3)
        if _comes(chance, 1.6 * drive, random):
            yield last.isoformat(), "teams_month", place.member_id, "", users, f"Teams {last:%Y-%m}"


def indicator_lines(place: Place, year: int) -> Iterator[Line]:
    """The row of a member that has reported its green indicators in a year, or none."""
    random = Random(f"{place.name}/{year}/indicators")
    day = date(year, 3, 1) + timedelta(days=random.randint(0, 90))
    if place.kind == "municipality" and _comes(INDICATOR_CHANCE, _drive(place, year), random):
        yield day.isoformat(), "indicators", place.member_id, OFFICIAL, 1, f"Gröna nyckeltal {year}"
