"""Last year's survey.toml, members and confirmed names as the new year starts with them; all else in the TOML stays as it was written."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sekom_survey.asked.load import ACTIONS, CORRECTION_ALIASES, CORRECTION_COLUMNS
from sekom_survey.asked.marks import KEY
from sekom_survey.asked.register import ALIASES
from sekom_survey.model import Member, Survey
from sekom_survey.text.files import read_rows, squeeze
from sekom_survey.text.rows import is_formula
from sekom_survey.text.table import column_name, read_sheet

EXAMPLE = re.compile("påhitta|exempel", re.IGNORECASE)
GUESSED = "Stämmer dagarna? De är förra årets, på samma veckodag."
PUBLISHED = re.compile(r"(?m)^published\s*=.*\n")  # of the year before


def next_survey(text: str, survey: Survey, year: int, synthetic: bool) -> str:
    """survey.toml's text for `year`: year, title, dates and whether it is invented; all else as it stood.

    The survey opens and closes on the same weekday as last time, which a person confirms before the year is run. Raises NotRewritten when the text, read again, differs
    in anything but these keys.
    """
    ahead = year - survey.year
    title = survey.title.replace(str(survey.year), str(year))
    days = {
        "opened": _same_weekday(survey.opened, ahead),
        "closed": _same_weekday(survey.closed, ahead),
        "frame_date": _years_on(survey.frame_date, ahead),
    }
    text = PUBLISHED.sub("", text.replace("\r\n", "\n"))
    expected = tomllib.loads(text) | {"year": year, "title": title, **days, "synthetic": synthetic, KEY: GUESSED}
    changed = _comments(text, survey.year, year, synthetic)
    changed = set_value(changed, "synthetic", str(synthetic).lower())
    for key, day in reversed(days.items()):
        changed = set_value(changed, key, day.isoformat())
    changed = set_value(set_value(changed, "title", _quoted(title)), KEY, _quoted(GUESSED))
    keys = f"year, title, opened, closed, frame_date, synthetic, {KEY}"
    return checked(expected, set_value(changed, "year", str(year)), keys)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comments(text: str, old: int, new: int, synthetic: bool) -> str:
    """The comments that open the file, with the new year; one that says the data are invented goes when they are not."""
    lines = text.split("\n")
    top = next((i for i, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    kept = [line.replace(str(old), str(new)) for line in lines[:top] if synthetic or not EXAMPLE.search(line)]
    return "\n".join(kept + lines[top:])


def _years_on(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _same_weekday(day: date, years: int) -> date:
    """The day so many years on that has the same weekday and lies nearest."""
    later = _years_on(day, years)
    shift = (day.weekday() - later.weekday()) % 7
    return later + timedelta(days=shift if shift <= 3 else shift - 7)


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


FILL_IN = "FYLL I"
_TABLE = re.compile(r"\s*\[")


class NotRewritten(Exception):
    """The text does not have the shape that can be changed line by line; its argument is the key."""


def set_value(text: str, key: str, value: str, note: str = "") -> str:
    """`text` with a key above the first table set to `value` (as TOML); `note` becomes the comment on its line.

    A key that is not there is put first. Raises NotRewritten when the key spans several lines.
    """
    line = f"{key} = {value}" + (f"  # {note}" if note else "")
    head, tail = _top(text)
    found = [i for i, old in enumerate(head) if re.match(rf"{re.escape(key)}\s*=", old)]
    if not found:
        return "\n".join([*head[: _first_key(head)], line, *head[_first_key(head) :], *tail])
    return "\n".join([*head[: found[0]], line, *head[found[0] + 1 :], *tail])


def _top(text: str) -> tuple[list[str], list[str]]:
    """The lines above the first table header, and the rest."""
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    return lines[:end], lines[end:]


def _first_key(head: list[str]) -> int:
    return next((i for i, line in enumerate(head) if line.strip() and not line.lstrip().startswith("#")), len(head))


def checked(old: dict[str, Any], text: str, key: str) -> str:
    """`text`, when it reads as `old`. Raises NotRewritten naming `key` when anything else came out."""
    try:
        same = tomllib.loads(text) == old
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise NotRewritten(key)
    return text
