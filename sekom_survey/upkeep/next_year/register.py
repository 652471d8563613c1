"""Last year's members and confirmed names, as the new year starts with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from sekom_survey.asked.load import ACTIONS, CORRECTION_ALIASES, CORRECTION_COLUMNS
from sekom_survey.asked.register import ALIASES
from sekom_survey.model import Member
from sekom_survey.text.files import read_rows, squeeze
from sekom_survey.text.spreadsheet import is_formula
from sekom_survey.text.table import column_name, read_sheet


def next_members(path: Path, members: Iterable[Member], day: date) -> tuple[str, list[Member]]:
    """members.csv's text without those that left by `day`, and those left out; headings and cells as they were."""
    gone = [member for member in members if member.left and member.left <= day]
    header, *lines = [line for line in read_rows(path) if any(squeeze(cell) for cell in line)]
    at = [column_name(cell, ALIASES) for cell in header].index("member_id")
    left = {member.member_id for member in gone}
    return table_text([header, *(line for line in lines if squeeze(line[at]) not in left)]), gone


def next_corrections(path: Path, year: int, members: Collection[str]) -> tuple[str, int]:
    """corrections.csv's text with the names that were confirmed last year, and how many they are.

    Only matches by name of members that remain; row numbers belong to last year's file and go. A name that a
    spreadsheet would take for a formula is not carried over.
    """
    rows = read_sheet(path, path.name, CORRECTION_COLUMNS, (), CORRECTION_ALIASES).rows if path.exists() else ()
    kept = [
        {**cells, "action": "match", "row": "", "item": "", "reason": _with_year(cells.get("reason", ""), year)}
        for _, cells in rows
        if ACTIONS.get(cells.get("action", "").casefold()) == "match"
        and cells.get("found")
        and cells.get("member_id") in members
        and not is_formula(cells["found"])
    ]
    return table_text(
        [CORRECTION_COLUMNS, *([cells.get(name, "") for name in CORRECTION_COLUMNS] for cells in kept)]
    ), len(kept)


def _with_year(reason: str, year: int) -> str:
    return reason if str(year) in reason or "Bekräftat" in reason else f"{reason} Bekräftat {year}.".strip()


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the csv that a Swedish Excel opens in columns: semicolons, and a byte-order mark for å, ä and ö."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(rows)
    return "\ufeff" + target.getvalue()
