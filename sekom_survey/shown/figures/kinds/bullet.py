"""Measures against their targets: a bar as far as it came, a line at the target, a triangle at last year's outcome."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, close_sheet, column_width, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import FigureSheet, box, level, line, marks, words
from sekom_survey.shown.figures.style import BLUE, GREY, INK, PALE, SEMIBOLD, WHITE, Page
from sekom_survey.shown.figures.values import records
from sekom_survey.shown.figures.wrap import wrap

TARGET_AT = 0.86
PERCENT = "procent"
_WIDEST_STATUS = 0.30
_BELOW = 1.25


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, outcome, target, last, unit, status, and in words told, before."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    texts = [str(row.status) for row in rows]
    beside = [] if page.narrow else texts
    status_width = column_width(beside, _WIDEST_STATUS * page.width, page.small)
    lane = page.lane + _BELOW * page.small
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, lane, page.between, texts)
    numbers = max(text_width(str(row.told), page.text, SEMIBOLD) for row in rows)
    right = page.right - (status_width + page.gap if status_width else 0)
    bar = start, right - numbers - 2 * page.gap
    for row, place in zip(rows, places, strict=True):
        _bar(sheet, bar, row, place)
        level(
            sheet, bar[1] + page.gap, place.middle - _BELOW * page.small / 2, str(row.told), page.text, weight=SEMIBOLD
        )
        if status_width:
            _status(sheet, right + page.gap, status_width, str(row.status), place)
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _bar(sheet: FigureSheet, bar: tuple[float, float], row: Any, place: Row) -> None:
    page, (start, end) = sheet.page, bar
    room, middle = end - start, place.middle - _BELOW * page.small / 2
    unit = room * _unit(row)
    box(sheet, start, middle - page.lane / 2, room, page.lane, PALE, GREY)
    box(sheet, start, middle - page.lane / 3, row.outcome * unit, page.lane * 2 / 3, BLUE)
    if not pd.isna(row.target):
        at = start + row.target * unit
        line(sheet, (at, at), (middle - page.lane * 0.75, middle + page.lane * 0.75), INK, 3)
    _last(sheet, start, room, unit, row, middle + page.lane * 0.5 + page.small * 0.75)


def _unit(row: Any) -> float:
    """How much of the bar one is: a percent a hundredth; of counts the target stands near the end, and what passes it is seen."""
    if row.unit == PERCENT:
        return 1 / 100
    known = [value for value in (row.outcome, row.last) if not pd.isna(value) and value]
    ends = [1 / value for value in known] + ([TARGET_AT / row.target] if row.target and not pd.isna(row.target) else [])
    return min(ends, default=1.0)


def _last(sheet: FigureSheet, start: float, room: float, unit: float, row: Any, y: float) -> None:
    """Last year's outcome as an open triangle with its number; in words where there is none."""
    page, said = sheet.page, str(row.before)
    if pd.isna(row.last):
        words(sheet, start, y + page.small * 0.35, said, page.small, GREY)
        return
    at = start + max(page.small / 2, min(room, row.last * unit))
    marks(sheet, [at], [y], "^", page.small * 0.75, WHITE, INK)
    wide = text_width(said, page.small)
    right = at + page.small
    left = right - 2 * page.small - wide
    x = left if left >= start and right + wide > start + room else right
    words(sheet, x, y + page.small * 0.35, said, page.small, GREY)


def _status(sheet: FigureSheet, x: float, width: float, text: str, place: Row) -> None:
    page = sheet.page
    lines = wrap(text, width + 0.01, page.small)
    top = place.middle - len(lines) * page.small * 1.2 / 2
    for i, one in enumerate(lines):
        level(sheet, x, top + (i + 0.5) * page.small * 1.2, one, page.small)
