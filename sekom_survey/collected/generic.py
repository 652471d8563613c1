"""Any other tool's table (Survey&Report, esMaker, Netigate, Webropol, Questback), as [reader_options] describes it."""

from __future__ import annotations

from sekom_survey.collected.assemble import ABOUT, END, START, export, part, plain
from sekom_survey.collected.boxes import CROSS, ONE_ZERO, OWN_TEXT, YES_NO, joined
from sekom_survey.collected.grid import Grid, column_letter
from sekom_survey.collected.headings import Heading, bracketed, carried
from sekom_survey.collected.platforms import PLATFORMS
from sekom_survey.collected.platforms.surveymonkey import OWN_DATA
from sekom_survey.model import Export
from sekom_survey.text.files import folded

title = "Annat verktyg"

STARTS = {heading for platform in PLATFORMS.values() for heading in platform.STARTS}
ENDS = {heading for platform in PLATFORMS.values() for heading in platform.ENDS} | {"svarsdatum"}
OTHERS = {heading for platform in PLATFORMS.values() for heading in platform.OTHERS} | {
    "ip",
    "e-post adress",
    "mail",
    "telefon",
    "telefonnummer",
    "mobil",
    "personnummer",
    "respondent",
    "svarande",
    "svars-id",
}


def detect(grid: Grid) -> bool:
    """Never: nothing in the file tells, so survey.toml must say reader = "generic"."""
    del grid
    return False


def read(grid: Grid) -> Export:
    """A table with 0-3 rows of headings: block, question, row or option; a blank carries on from the left."""
    header_rows = 1 if grid.options.header_rows is None else grid.options.header_rows
    headings = _headings(grid, header_rows)
    about = {
        index: told for index, (question, sub) in enumerate(headings) if (told := told_by_heading(sub or question))
    }
    parts = joined(
        part(grid, header_rows, headings, about),
        (YES_NO, OWN_TEXT, CROSS, ONE_ZERO),
        grid.options.separator or ";",
        grid.options.matrix,
    )
    return export(grid, "generic", header_rows, about, plain(parts.columns), parts.dropped)


def told_by_heading(text: str) -> str:
    """What a column tells about the form by its heading, whichever platform it came from; empty for a question."""
    key = folded(text)
    if key in STARTS:
        return START
    if key in ENDS:
        return END
    return ABOUT if key in OTHERS or key.startswith(OWN_DATA) else ""


def _headings(grid: Grid, header_rows: int) -> list[Heading]:
    if header_rows == 0:
        return [(grid.options.heading(f"Kolumn {column_letter(index)}"), "") for index in range(grid.width)]
    if header_rows == 1:
        return bracketed(grid.level())
    questions, subs = carried(grid.level(header_rows - 2)), grid.level(header_rows - 1)
    return [(question, sub) if question else (sub, "") for question, sub in zip(questions, subs, strict=True)]
