"""What there was, what came and fell away at each step, and what is left: rows to members, or one year's members to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, Scale, close_sheet, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import FigureSheet, box, level, line
from sekom_survey.shown.figures.style import BLUE, GREEN, GREY, INK, OUTLINE, REGULAR, SEMIBOLD, VERMILLION, Page
from sekom_survey.shown.figures.values import records
from sekom_survey.text.swedish import number, signed

READ, ADDED, REMOVED, KEPT = "read", "added", "removed", "kept"
FILLS = {READ: GREY, ADDED: GREEN, REMOVED: VERMILLION, KEPT: BLUE}


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, count, step ("read", "added", "removed", or "kept" for what is left so far)."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], sheet.top, page.lane, page.between)
    room = page.gap + max(text_width(_words(row), page.text, SEMIBOLD) for row in rows)
    pieces = list(_pieces(rows))
    scale = Scale(start, (page.right - room - start) / max(1, *(high for _, high in pieces)))
    for row, piece, place in zip(rows, pieces, places, strict=True):
        _step(sheet, scale, row, piece, place)
    if not page.narrow:
        _joints(sheet, scale, rows, pieces, places)
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _pieces(rows: Iterable[Any]) -> Iterable[tuple[int, int]]:
    """From where to where on the scale each step reaches: what comes or goes does so at the right end."""
    left = 0
    for row in rows:
        if row.step == REMOVED:
            yield max(left - row.count, 0), left
            left = max(left - row.count, 0)
        elif row.step == ADDED:
            yield left, left + row.count
            left += row.count
        else:
            yield 0, row.count
            left = row.count


def _words(row: Any) -> str:
    sign = {ADDED: 1, REMOVED: -1}.get(row.step)
    return signed(sign * row.count) if sign else number(row.count)


def _step(sheet: FigureSheet, scale: Scale, row: Any, piece: tuple[int, int], place: Row) -> None:
    page = sheet.page
    low, high = (scale.at(end) for end in piece)
    if row.count:
        box(sheet, low, place.middle - page.lane / 2, max(high - low, 1.5), page.lane, FILLS[row.step])
    weight = REGULAR if row.step in (ADDED, REMOVED) else SEMIBOLD
    level(sheet, max(high, low + 1.5) + page.gap, place.middle, _words(row), page.text, INK, weight)


def _joints(
    sheet: FigureSheet, scale: Scale, rows: list[Any], pieces: list[tuple[int, int]], places: list[Row]
) -> None:
    """Thin lines from where one step leaves off to where the next begins."""
    half = sheet.page.lane / 2
    for i in range(len(rows) - 1):
        x = scale.at(pieces[i][0] if rows[i].step == REMOVED else pieces[i][1])
        line(sheet, (x, x), (places[i].middle + half, places[i + 1].middle - half), OUTLINE, sheet.page.hair * 1.5)
