"""The retention table: what is kept of a year, until when, and what has been erased.

The defaults lie in data/gallring.csv and follow the association's proposal: raw export three months after the annual
meeting, answers without names 36 months, published numbers for good.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.model import Survey
from sekom_survey.text.files import NotText, as_day, read_rows, squeeze

TABLE = Path(__file__).parent / "gallring.csv"
LOG = "gallring.csv"
LOG_COLUMNS = ("what", "when", "done", "files")
RAW_EXPORT, PERSON_LEVEL = "raw_export", "person_level"
MEETING_ACTIVITY = "annual_meeting"


@dataclass(frozen=True)
class Rule:
    """A row of the table: files (below the year's folder, or `reports/` below its reports) and the day they are due."""

    id: str
    what: str
    due: date
    files: tuple[str, ...]
    then: str


def rules(survey: Survey, meeting: date) -> tuple[Rule, ...]:
    """The retention table with its days for a year whose annual meeting was held on `meeting`."""
    starts = {"annual_meeting": meeting, "closed": survey.closed}
    header, *lines = read_rows(TABLE)
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    return tuple(
        Rule(
            row["id"],
            row["what"],
            months_after(starts[row["counted_from"]], int(row["months"])),
            tuple(filter(None, row["files"].split(";"))),
            row["then"],
        )
        for row in rows
    )


def annual_meeting(log: Path, survey: Survey) -> date:
    """The day of the annual meeting by the activity log, else the last day the statutes allow: 31 May."""
    latest = date(survey.year, 5, 31)
    try:
        lines = read_rows(log)
    except (OSError, NotText, csv.Error):
        return latest
    days = [cell[:10] for line in lines if MEETING_ACTIVITY in map(squeeze, line) for cell in map(squeeze, line)]
    held = [day for text in days if (day := as_day(text)) and survey.closed < day <= date(survey.year, 12, 31)]
    return max(held, default=latest)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = [
        31,
        29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]
    return date(year, month, min(day.day, last[month - 1]))


def log_erased(folder: Path, done: Iterable[tuple[Rule, Sequence[str]]], today: date) -> None:
    """Add what was erased to the year's gallring.csv (what, when it was due, when it was done, files), in one step."""
    path = folder / LOG
    old = read_rows(path) if path.exists() else [list(LOG_COLUMNS)]
    draft = path.with_name(f".{LOG}.tmp")
    with draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerows(old)
        writer.writerows([rule.what, rule.due.isoformat(), today.isoformat(), ", ".join(files)] for rule, files in done)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
