"""coming.csv: what the association has planned, and which needs and themes each meeting is for; optional."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.model import Problem
from sekom_survey.text.files import as_day, squeeze
from sekom_survey.text.table import read_sheet

COMING_FILE = "coming.csv"
COLUMNS = ("date", "title", "topics", "how")
ALIASES: Mapping[str, str] = {
    "datum": "date",
    "titel": "title",
    "rubrik": "title",
    "ämnen": "topics",
    "för": "topics",
    "hur": "how",
    "anmälan": "how",
}
FOR_ALL = frozenset({"alla"})


@dataclass(frozen=True)
class Coming:
    """A meeting to come: its day, what it is called, the needs and themes it is for, and how one takes part."""

    day: date
    title: str
    topics: frozenset[str]
    how: str = ""


def read_coming(path: Path, shown: str) -> tuple[tuple[Coming, ...], list[Problem]]:
    """coming.csv to what it says, by day; none when there is no file. Faults are named by row."""
    if not path.exists():
        return (), []
    sheet = read_sheet(path, shown, COLUMNS, COLUMNS[:2], ALIASES)
    problems = list(sheet.problems)
    found = [_coming(cells, f"rad {line}", shown, problems) for line, cells in sheet.rows]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, one.title))), problems


def _coming(cells: Mapping[str, str], where: str, shown: str, problems: list[Problem]) -> Coming | None:
    day, title = as_day(cells.get("date", "")), cells.get("title", "")
    if day is None:
        found = f"date är ”{cells.get('date', '')}”."
        problems.append(Problem("cell_value", shown, where, found, "Skriv ett datum som 2027-01-19."))
    if not title:
        problems.append(Problem("cell_missing", shown, where, "title är tomt.", "Fyll i title."))
    return Coming(day, title, keys(cells.get("topics", "").split(";")), cells.get("how", "")) if day and title else None


def keys(words: Collection[str]) -> frozenset[str]:
    """Words as they are compared: whatever their case and spaces."""
    return frozenset(squeeze(word).casefold() for word in words if squeeze(word))


def for_member(
    coming: Collection[Coming], wanted: frozenset[str], day: date, most: int
) -> tuple[tuple[Coming, bool], ...]:
    """What comes after a day for a member that wants some topics, each with whether it meets one; then what is for everybody."""
    after = sorted((one for one in coming if one.day > day), key=lambda one: one.day)
    mine = [(one, True) for one in after if one.topics & wanted]
    rest = [(one, False) for one in after if not one.topics or one.topics & FOR_ALL]
    return tuple([*mine, *(one for one in rest if one[0] not in [m for m, _ in mine])][:most])
