"""A difference under other choices of limit: for each a mark, its interval and the verdict it would give."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import (
    Row,
    Scale,
    Span,
    close_sheet,
    column_width,
    guides,
    labelled_rows,
    lanes,
    open_sheet,
    ticks,
)
from sekom_survey.shown.figures.sheet import FigureSheet, level, line, lines, marks
from sekom_survey.shown.figures.style import BLUE, GREY, INK, LINE_HEIGHT, REGULAR, SEMIBOLD, Page
from sekom_survey.shown.figures.values import NOT_SHOWN, records, verdict, verdict_look
from sekom_survey.shown.figures.wrap import wrap
from sekom_survey.text.swedish import signed

_UNIT = "procentenheter"
_WIDEST_VERDICT = 0.26


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, difference, low, high (−1 to 1), verdict."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    verdicts = [verdict(row) for row in rows]
    beside = [] if page.narrow else verdicts
    verdict_width = column_width(beside, _WIDEST_VERDICT * page.width, page.text, SEMIBOLD)
    lane = max(
        [
            page.lane,
            *(len(wrap(text, verdict_width + 0.01, page.text, SEMIBOLD)) * page.text * LINE_HEIGHT for text in beside),
        ]
    )
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, lane, page.between, verdicts)
    verdict_at = page.right - verdict_width
    number_at = verdict_at - (page.gap if verdict_width else 0)
    scale, marked = _scale(
        start + page.text,
        number_at - max(text_width(_number(row), page.text, SEMIBOLD) for row in rows) - page.text,
        rows,
    )
    bottom = _axis(sheet, scale, marked, lanes(page, places))
    for row, place in zip(rows, places, strict=True):
        _row(sheet, scale, row, place)
        colour, weight = (GREY, REGULAR) if pd.isna(row.difference) else (INK, SEMIBOLD)
        level(sheet, number_at, place.middle, _number(row), page.text, colour, weight, align="right")
        if not page.narrow:
            _verdict(sheet, verdict_at, verdict_width, row, place)
    return close_sheet(sheet, exhibit, bottom)


def _number(row: Any) -> str:
    return NOT_SHOWN if pd.isna(row.difference) else signed(100 * row.difference)


def _scale(start: float, limit: float, rows: list[Any]) -> tuple[Scale, list[float]]:
    """A scale in percentage points that holds nought and every interval, and the numbers marked on it."""
    values = [100 * value for row in rows for value in (row.difference, row.low, row.high) if not pd.isna(value)]
    marked = ticks(min([*values, -5]), max([*values, 5]))
    return Scale(start, (limit - start) / (marked[-1] - marked[0]), marked[0]), marked


def _axis(sheet: FigureSheet, scale: Scale, marked: list[float], spans: list[Span]) -> float:
    page, bottom = sheet.page, spans[-1][1]
    guides(sheet, [scale.at(value) for value in marked], spans)
    for top, foot in spans:
        line(sheet, (scale.at(0), scale.at(0)), (top, foot), GREY, page.stroke)
    for value in marked:
        level(sheet, scale.at(value), bottom + page.small * 0.75, signed(value), page.small, GREY, align="center")
    level(
        sheet, scale.at((marked[0] + marked[-1]) / 2), bottom + page.small * 2, _UNIT, page.small, GREY, align="center"
    )
    return bottom + page.small * 2.6


def _row(sheet: FigureSheet, scale: Scale, row: Any, place: Row) -> None:
    if pd.isna(row.difference):
        return
    page = sheet.page
    if not (pd.isna(row.low) or pd.isna(row.high)):
        line(
            sheet,
            (scale.at(100 * row.low), scale.at(100 * row.high)),
            (place.middle, place.middle),
            BLUE,
            1.6 * page.stroke,
        )
    marks(sheet, [scale.at(100 * row.difference)], [place.middle], "o", page.text * 0.72, BLUE)


def _verdict(sheet: FigureSheet, x: float, width: float, row: Any, place: Row) -> None:
    page = sheet.page
    wrapped = wrap(verdict(row), width + 0.01, page.text, SEMIBOLD)
    lines(
        sheet,
        x,
        place.middle - len(wrapped) * page.text * LINE_HEIGHT / 2,
        wrapped,
        page.text,
        *verdict_look(verdict(row)),
    )
