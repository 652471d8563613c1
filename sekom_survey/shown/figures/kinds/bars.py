"""One question: a bar for each answer, its interval, and the number written."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import (
    Row,
    Scale,
    close_sheet,
    labelled_rows,
    lanes,
    open_sheet,
    share_grid,
    share_scale,
)
from sekom_survey.shown.figures.sheet import LINE, FigureSheet, box, line, padded
from sekom_survey.shown.figures.style import BLUE, EDGE, GREY, INK, MUTED, REGULAR, SEMIBOLD, WHITE, Page
from sekom_survey.shown.figures.values import hidden, percent_allowed, records, row_words


def capped(sheet: FigureSheet, scale: Scale, low: float, high: float, middle: float, cap: float) -> None:
    """An interval with end caps, cased in white so that it is seen on a bar; nothing when an end is unknown."""
    if pd.isna(low) or pd.isna(high) or high <= low:
        return
    ends = (scale.at(low), scale.at(high))
    for colour, width in ((WHITE, 2.4 * sheet.page.stroke), (INK, sheet.page.stroke)):
        line(sheet, ends, (middle, middle), colour, width, order=LINE)
        for x in ends:
            line(sheet, (x, x), (middle - cap / 2, middle + cap / 2), colour, width, order=LINE)


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, share, low, high, count, base, highlight."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, page.lane, page.between)
    ends = [(_end(row), page.gap + text_width(row_words(row), page.text, SEMIBOLD)) for row in rows]
    scale = share_scale(page, start, page.right, ends)
    bottom = share_grid(sheet, scale, lanes(page, places), percent_allowed(rows))
    for row, place in zip(rows, places, strict=True):
        _bar(sheet, scale, row, place)
    return close_sheet(sheet, exhibit, bottom)


def _end(row: Any) -> float:
    """How far to the right a row's marks reach."""
    if hidden(row):
        return 0.0
    return float(row.share if pd.isna(row.high) else max(row.high, row.share))


def _bar(sheet: FigureSheet, scale: Scale, row: Any, place: Row) -> None:
    page = sheet.page
    if hidden(row):
        padded(sheet, scale.start + page.gap, place.middle, row_words(row), page.text, GREY)
        return
    fill, edge = (BLUE, None) if row.highlight else (MUTED, EDGE)
    if row.share > 0:
        box(sheet, scale.start, place.middle - page.lane / 2, scale.at(row.share) - scale.start, page.lane, fill, edge)
    capped(sheet, scale, row.low, row.high, place.middle, page.lane * 0.5)
    padded(sheet, scale.at(_end(row)) + page.gap, place.middle, row_words(row), page.text,
           weight=SEMIBOLD if row.highlight else REGULAR)  # fmt: skip
