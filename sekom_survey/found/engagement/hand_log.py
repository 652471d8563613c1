"""signals.csv: what the secretariat has heard about a member, noted by hand; optional and internal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.model import Problem
from sekom_survey.text.files import as_day
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean

COLUMNS = ("date", "member_id", "signal", "note")
ALIASES: Mapping[str, str] = {
    "datum": "date",
    "medlem": "member_id",
    "medlem_id": "member_id",
    "signal": "signal",
    "anteckning": "note",
}
SIGNALS = ("contact_changed", "other_network", "savings", "exit_matter")


@dataclass(frozen=True)
class Heard:
    """One note: on `day` something was heard about a member."""

    day: date
    member_id: str
    signal: str


def read_hand_log(path: Path, shown: str, members: Collection[str]) -> tuple[tuple[Heard, ...] | None, list[Problem]]:
    """signals.csv to what was heard, None when there is no file; faults named by row."""
    if not path.exists():
        return None, []
    sheet = read_sheet(path, shown, COLUMNS, COLUMNS[:3], ALIASES)
    problems = list(sheet.problems)
    heard = [_heard(cells, f"rad {line}", shown, members, problems) for line, cells in sheet.rows]
    return tuple(one for one in heard if one), problems


def _heard(
    cells: Mapping[str, str], where: str, shown: str, members: Collection[str], problems: list[Problem]
) -> Heard | None:
    known = len(problems)
    member, signal, day = cells.get("member_id", ""), cells.get("signal", ""), as_day(cells.get("date", ""))
    if day is None:
        problems.append(
            Problem(
                "cell_value", shown, where, f"date är ”{cells.get('date', '')}”.", "Skriv ett datum som 2026-01-19."
            )
        )
    if member not in members:
        problems.append(
            Problem(
                "member_unknown",
                shown,
                where,
                f"Medlemmen ”{member}” finns inte i registret.",
                "Skriv ett member_id ur members.csv." + did_you_mean(member, members),
            )
        )
    if signal not in SIGNALS:
        problems.append(
            Problem(
                "signal_unknown",
                shown,
                where,
                f"Signalen ”{signal}” är okänd.",
                "Skriv " + ", ".join(SIGNALS) + "." + did_you_mean(signal, SIGNALS),
            )
        )
    return Heard(day, member, signal) if day and len(problems) == known else None
