"""decisions.csv: the board's own judgement of a goal, with its reason; kept beside the computed one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from sekom_survey.found.goals.model import FORECASTS, STATUSES, BoardDecision, Status
from sekom_survey.model import Problem
from sekom_survey.text.files import as_day
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean

COLUMNS = ("date", "indicator", "status", "reason", "who")
ALIASES: Mapping[str, str] = {
    "datum": "date",
    "goal": "indicator",
    "mål": "indicator",
    "mått": "indicator",
    "skäl": "reason",
    "motivering": "reason",
    "vem": "who",
    "beslutat_av": "who",
}
STATUS_NAMES: Mapping[str, Status] = {name.casefold(): s for s in STATUSES for name in (s.id, s.text)}


def read_decisions(path: Path, shown: str, known: Collection[str]) -> tuple[tuple[BoardDecision, ...], list[Problem]]:
    """decisions.csv to Decisions by date, and the problems; no file is no decisions.

    `known` are the ids of goals and indicators. A status is written in words or by its id; date, reason and who are
    required, since the board may overrule the computed status only with a written reason.
    """
    if not path.exists():
        return (), []
    sheet = read_sheet(path, shown, COLUMNS, COLUMNS, ALIASES)
    problems = list(sheet.problems)
    if problems:
        return (), problems
    decisions = [read_decision(cells, f"rad {line}", shown, known, problems) for line, cells in sheet.rows]
    return tuple(sorted((d for d in decisions if d), key=lambda d: d.day)), problems


def latest(decisions: Iterable[BoardDecision], names: Collection[str], as_of: date, over: bool) -> BoardDecision | None:
    """The last decision on any of some ids that had been made on a day.

    `over`: the year has ended. What the board thought could be reached then gives way to the outcome; only a decision on
    the outcome itself still holds.
    """
    made = [d for d in decisions if d.target in names and d.day <= as_of and not (over and d.status in FORECASTS)]
    return max(made, key=lambda d: d.day) if made else None


def read_decision(
    cells: Mapping[str, str], where: str, shown: str, known: Collection[str], problems: list[Problem]
) -> BoardDecision | None:
    """One row; None when it has a fault, which is added to `problems`."""
    day, status = as_day(cells.get("date", "")), STATUS_NAMES.get(cells.get("status", "").casefold())
    faults = list(_faults(cells, day, status, known))
    problems += [Problem(code, shown, where, found, todo) for code, found, todo in faults]
    if faults or day is None or status is None:
        return None
    return BoardDecision(day, cells["indicator"], status, cells["reason"], cells["who"])


def _faults(
    cells: Mapping[str, str], day: date | None, status: Status | None, known: Collection[str]
) -> Iterable[tuple[str, str, str]]:
    name, word = cells.get("indicator", ""), cells.get("status", "")
    if day is None:
        yield "date_value", f"date är ”{cells.get('date', '')}”.", "Skriv ett datum som 2026-01-19."
    if name not in known:
        yield (
            "reference_unknown",
            f"”{name}” finns inte bland målen.",
            "Skriv ett id ur goals.toml." + did_you_mean(name, known),
        )
    if status is None:
        words = [s.text for s in STATUSES]
        yield (
            "status_unknown",
            f"Bedömningen ”{word}” är okänd.",
            "Skriv " + ", ".join(words) + "." + did_you_mean(word, words),
        )
    if not cells.get("reason"):
        yield "reason_missing", "Motiveringen är tom.", "Skriv varför; utan skäl gäller den beräknade bedömningen."
    if not cells.get("who"):
        yield "who_missing", "Vem som beslutat är tomt.", "Skriv till exempel Styrelsen."
