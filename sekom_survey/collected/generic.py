"""Any other tool's table (Survey&Report, esMaker, Netigate, Webropol, Questback), as [reader_options] describes it."""

from __future__ import annotations

from sekom_survey.collected.assemble import export, part, plain, stated_times
from sekom_survey.collected.boxes import CROSS, ONE_ZERO, OWN_TEXT, YES_NO, joined
from sekom_survey.collected.grid import Grid, column_letter
from sekom_survey.collected.headings import Heading, bracketed, carried
from sekom_survey.model import Export

title = "Annat verktyg"


def detect(grid: Grid) -> bool:
    """Never: nothing in the file tells, so survey.toml must say reader = "generic"."""
    del grid
    return False


def read(grid: Grid) -> Export:
    """A table with 0-3 rows of headings: block, question, row or option; a blank carries on from the left."""
    header_rows = 1 if grid.options.header_rows is None else grid.options.header_rows
    headings = _headings(grid, header_rows)
    about = stated_times(grid, headings)
    parts = joined(
        part(grid, header_rows, headings, about),
        (YES_NO, OWN_TEXT, CROSS, ONE_ZERO),
        grid.options.separator or ";",
        grid.options.matrix,
    )
    return export(
        grid,
        "generic",
        header_rows,
        about,
        plain(parts.columns),
        parts.dropped,
        options=(("header_rows", header_rows),),
    )


def _headings(grid: Grid, header_rows: int) -> list[Heading]:
    if header_rows == 0:
        return [(grid.options.heading(f"Kolumn {column_letter(index)}"), "") for index in range(grid.width)]
    if header_rows == 1:
        return bracketed(grid.level())
    questions, subs = carried(grid.level(header_rows - 2)), grid.level(header_rows - 1)
    return [(question, sub) if question else (sub, "") for question, sub in zip(questions, subs, strict=True)]
