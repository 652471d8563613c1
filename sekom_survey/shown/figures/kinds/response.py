"""Who answered: for each group a bar of those asked, filled as far as they answered."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, Scale, close_sheet, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import FigureSheet, box, level
from sekom_survey.shown.figures.style import BLUE, EDGE, PALE, SEMIBOLD, Page
from sekom_survey.shown.figures.values import count_words, records


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, answered, asked."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, page.lane, page.between)
    room = page.gap + max(text_width(_words(row), page.text, SEMIBOLD) for row in rows)
    scale = Scale(start, (page.right - room - start) / max(1, *(row.asked for row in rows)))
    for row, place in zip(rows, places, strict=True):
        _bar(sheet, scale, row, place)
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _words(row: Any) -> str:
    return count_words(row.answered, row.asked, row.answered / row.asked if row.asked else 0.0)


def _bar(sheet: FigureSheet, scale: Scale, row: Any, place: Row) -> None:
    page = sheet.page
    top, asked, answered = place.middle - page.lane / 2, row.asked * scale.unit, row.answered * scale.unit
    if asked > 0:
        box(sheet, scale.start, top, asked, page.lane, PALE, EDGE)
    if answered > 0:
        box(sheet, scale.start, top, answered, page.lane, BLUE)
    level(sheet, scale.start + asked + page.gap, place.middle, _words(row), page.text, weight=SEMIBOLD)
