"""A problem mended by the line that a person could have typed: a row of corrections.csv, a key of survey.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.asked.load import ACTIONS, CORRECTION_ALIASES, CORRECTION_COLUMNS
from sekom_survey.model import Mend, Problem, Unusable
from sekom_survey.text.files import decode
from sekom_survey.text.rows import add_rows, marked_rows, remove_rows, write_whole
from sekom_survey.text.table import read_sheet
from sekom_survey.upkeep.form_edit import mended_survey
from sekom_survey.upkeep.next_year.survey import NotRewritten

CORRECTIONS, SURVEY = "corrections.csv", "survey.toml"


@dataclass(frozen=True)
class Mended:
    """A row of corrections.csv as it stands: its number in the file, its mark, and its cells by column."""

    line: int
    mark: str
    action: str
    row: str
    found: str
    member_id: str
    item: str
    reason: str
    date: str
    who: str


def mend(folder: Path, how: Mend, reason: str, day: date, who: str = "") -> bool:
    """Write what mends a problem of a year; whether anything had to be written. Raises Unusable and OSError.

    A mend by corrections.csv needs its reason, and a match its member.
    """
    if how.action not in ACTIONS:
        return _mend_survey(folder / SURVEY, how)
    if not reason.strip():
        raise Unusable(
            [
                Problem(
                    "reason_missing", CORRECTIONS, "", "Skälet är tomt.", "Skriv varför, så att nästa person förstår."
                )
            ]
        )
    cells = {"action": how.action, "row": how.row, "found": how.found, "member_id": how.member_id, "item": how.item}
    row = {**cells, "reason": reason.strip(), "date": day.isoformat(), "who": who.strip()}
    if any(_same(row, old) for old in corrections(folder)):
        return False
    return add_rows(folder / CORRECTIONS, CORRECTION_COLUMNS, CORRECTION_ALIASES, [row]) > 0


def _same(row: dict[str, str], old: Mended) -> bool:
    """Whether a row says what another does, whatever the reason and the day."""
    return all(row[name] == getattr(old, name) for name in ("action", "row", "found", "member_id", "item"))


def corrections(folder: Path) -> list[Mended]:
    """What has been corrected by hand, in the order of the file."""
    path = folder / CORRECTIONS
    sheet = read_sheet(path, path.name, CORRECTION_COLUMNS, (), CORRECTION_ALIASES) if path.exists() else None
    found = (
        [(line, {name: cells.get(name, "") for name in CORRECTION_COLUMNS}) for line, cells in sheet.rows]
        if sheet
        else []
    )
    marks = marked_rows(path)
    return [
        Mended(line, marks[line], **{**cells, "action": ACTIONS.get(cells["action"].casefold(), cells["action"])})
        for line, cells in found
    ]


def unmend(folder: Path, line: int, mark: str) -> bool:
    """Take a row out of corrections.csv, if it still has its mark; whether it had."""
    return remove_rows(folder / CORRECTIONS, {line: mark})


def _mend_survey(path: Path, how: Mend) -> bool:
    old = decode(path.read_bytes())[0].removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        new = mended_survey(old, how)
    except NotRewritten as key:
        found, todo = f"Raderna för {key} kan inte skrivas om.", "Ändra dem för hand i survey.toml."
        raise Unusable([Problem("not_rewritten", SURVEY, str(key), found, todo)]) from None
    if new != old:
        write_whole(path, new.encode())
    return new != old
