"""Last year and this on one line a row: an open mark and a filled one, joined; sure changes in blue."""

from __future__ import annotations

from math import isnan
from typing import Any

from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import (
    Row,
    Scale,
    close_sheet,
    column_width,
    labelled_rows,
    lanes,
    open_sheet,
    share_grid,
    share_scale,
)
from sekom_survey.shown.figures.sheet import FigureSheet, level, line, marks
from sekom_survey.shown.figures.style import BLUE, GREY, INK, LINE_HEIGHT, SEMIBOLD, WHITE, Page
from sekom_survey.shown.figures.values import SURE, records, verdict, verdict_look
from sekom_survey.text.swedish import count_of, number, percent

_WIDEST_VERDICT = 0.24


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, before, after, before_count, before_base, count, base, last_year, year, verdict."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    said = [verdict(row) for row in rows]
    top = sheet.top + page.small * LINE_HEIGHT * 1.3
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], top, 1.6 * page.text, page.between, said)
    beside = 0.0 if page.narrow else column_width(said, _WIDEST_VERDICT * page.width, page.text, SEMIBOLD)
    numbers = max(text_width(_counts(row), page.small) for row in rows)
    end = page.right - (beside + page.gap if beside else 0.0) - numbers - page.gap
    scale = share_scale(page, start, end, ())
    _legend(sheet, rows[0], start)
    for row, place in zip(rows, places, strict=True):
        _pair(sheet, scale, row, place)
        level(sheet, end + page.gap / 2, place.middle, _counts(row), page.small)
        if beside:
            level(sheet, page.right - beside, place.middle, verdict(row), page.text, *verdict_look(verdict(row)))
    return close_sheet(sheet, exhibit, share_grid(sheet, scale, lanes(page, places)))


def _counts(row: Any) -> str:
    """ "13 → 22 av 36", with both bases where they differ; of a measure "41 → 55 %"."""
    if isnan(row.base):
        return f"{number(row.before_count)} → {percent(row.count / 100, 0)}"
    now = count_of(int(row.count), int(row.base))
    before = (
        str(int(row.before_count))
        if row.before_base == row.base
        else count_of(int(row.before_count), int(row.before_base))
    )
    return f"{before} → {now}"


def _legend(sheet: FigureSheet, row: Any, start: float) -> None:
    page = sheet.page
    middle, x = sheet.top + page.small * 0.6, start + page.small / 2
    for text, fill, edge in ((str(row.last_year), WHITE, GREY), (str(row.year), GREY, WHITE)):
        marks(sheet, [x], [middle], "o", page.small * 0.7, fill, edge, 1.3)
        level(sheet, x + page.small * 0.7, middle, text, page.small, GREY)
        x += page.small * 2 + text_width(text, page.small) + page.gap


def _pair(sheet: FigureSheet, scale: Scale, row: Any, place: Row) -> None:
    page = sheet.page
    colour = BLUE if verdict(row).startswith(SURE) else GREY
    before, after = scale.at(row.before), scale.at(row.after)
    line(sheet, (before, after), (place.middle, place.middle), colour, 2.4 * page.stroke)
    marks(sheet, [before], [place.middle], "o", page.text * 0.75, WHITE, colour if colour == BLUE else INK, 1.4)
    marks(sheet, [after], [place.middle], "o", page.text * 0.75, colour)
