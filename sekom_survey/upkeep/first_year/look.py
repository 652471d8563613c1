"""`sekom inspect`: what an export holds and, with a member list, what a first year would be made of both; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sekom_survey.model import Export, Unusable
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.first_year.plan import plan
from sekom_survey.upkeep.inspect import inspect_file, inspection_lines


def looked_at(file: Path, members: Path | None) -> tuple[Export, list[str]]:
    """An export and what a person should know of it, and of the year that it would make. Raises Unusable."""
    export, problems = inspect_file(file, file.name)
    if export is None:
        raise Unusable(problems)
    return export, [*inspection_lines(export, problems), *(_year_lines(file, export, members) if members else ())]


def _year_lines(file: Path, export: Export, members: Path) -> Iterator[str]:
    days = [day for day in export.rows["date"] if day]
    first = plan(file, members, int(max(days)[:4]) if days else date.today().year)
    yield from ("", "Så blir det första året:", *(f"   {line}" for line in first.lines))
    marks = list(dict.fromkeys(mark.what for mark in first.marks))
    yield f"   {len(first.marks)} {plural(len(first.marks), 'ställe', 'ställen')} att bekräfta:"
    yield from (f"   – {what}" for what in marks)
