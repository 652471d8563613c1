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
from sekom_survey.text.swedish import count_of, number

TARGET_AT = 0.86  # of the bar's room: what passes its target is still seen
_WIDEST_STATUS = 0.30
_BELOW = 1.25


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, outcome, target, last, last_year, unit, status."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    texts = [str(row.status) for row in rows]
    beside = [] if page.narrow else texts
    status_width = column_width(beside, _WIDEST_STATUS * page.width, page.small)
    lane = page.lane + _BELOW * page.small
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, lane, page.between, texts)
    numbers = max(text_width(_words(row), page.text, SEMIBOLD) for row in rows)
    right = page.right - (status_width + page.gap if status_width else 0)
    bar = start, right - numbers - 2 * page.gap
    for row, place in zip(rows, places, strict=True):
        _bar(sheet, bar, row, place)
        level(sheet, bar[1] + page.gap, place.middle - _BELOW * page.small / 2, _words(row), page.text, weight=SEMIBOLD)
        if status_width:
            _status(sheet, right + page.gap, status_width, str(row.status), place)
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _words(row: Any) -> str:
    if pd.isna(row.target):
        return number(row.outcome)
    ends = (row.outcome, row.target)
    whole = all(value == int(value) for value in ends)
    told = count_of(int(ends[0]), int(ends[1])) if whole else " av ".join(number(value, 1) for value in ends)
    return told + ("\u00a0%" if row.unit == "procent" else "")


def _bar(sheet: FigureSheet, bar: tuple[float, float], row: Any, place: Row) -> None:
    page, (start, end) = sheet.page, bar
    room, middle = end - start, place.middle - _BELOW * page.small / 2
    most = max(value for value in (row.outcome, row.target, row.last, 1) if not pd.isna(value))
    unit = room * TARGET_AT / row.target if row.target else room / most
    box(sheet, start, middle - page.lane / 2, room, page.lane, PALE, GREY)
    box(sheet, start, middle - page.lane / 3, min(room, row.outcome * unit), page.lane * 2 / 3, BLUE)
    if not pd.isna(row.target):
        at = start + min(room, row.target * unit)
        line(sheet, (at, at), (middle - page.lane * 0.75, middle + page.lane * 0.75), INK, 3)
    _last(sheet, start, room, unit, row, middle + page.lane * 0.5 + page.small * 0.75)


def _last(sheet: FigureSheet, start: float, room: float, unit: float, row: Any, y: float) -> None:
    """Last year's outcome as an open triangle with its number; in words where there is none."""
    page = sheet.page
    if pd.isna(row.last):
        words(sheet, start, y + page.small * 0.35, f"{row.last_year}: ..", page.small, GREY)
        return
    at = start + max(page.small / 2, min(room, row.last * unit))
    marks(sheet, [at], [y], "^", page.small * 0.75, WHITE, INK)
    said = f"{row.last_year}: {number(row.last, 0 if row.last == int(row.last) else 1)}"
    wide = text_width(said, page.small)
    x = at + page.small if at + page.small + wide <= start + room else at - page.small - wide
    words(sheet, x, y + page.small * 0.35, said, page.small, GREY)


def _status(sheet: FigureSheet, x: float, width: float, text: str, place: Row) -> None:
    page = sheet.page
    lines = wrap(text, width + 0.01, page.small)
    top = place.middle - len(lines) * page.small * 1.2 / 2
    for i, one in enumerate(lines):
        level(sheet, x, top + (i + 0.5) * page.small * 1.2, one, page.small)
