"""Small multiples: for each indicator every member as a dot on a scale of its own, with the median and the middle half."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, Scale, close_sheet, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import LINE, FigureSheet, box, level, line, marks
from sekom_survey.shown.figures.style import BLUE, EDGE, GREY, INK, PALE, SEMIBOLD, VERMILLION, Page
from sekom_survey.shown.figures.values import by_label
from sekom_survey.text.swedish import count_of, number

BETTER = {"high": "högre är bättre →", "low": "← lägre är bättre"}
_DOT = 0.34  # of the text's size
_TALL = 2.1  # a lane, in text sizes


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, value (one row a member), lower, median, upper, good, decimals, reported, members, year."""
    sheet = open_sheet(exhibit, page)
    panels = list(by_label(exhibit))
    lane, beneath = _TALL * page.text, 1.5 * page.small
    places, start = labelled_rows(sheet, [label for label, _ in panels], sheet.top, lane, page.between + beneath)
    room = max(text_width(text, size, weight) for _, rows in panels for text, size, weight in _beside(rows[0], page))
    limit = page.right - room - 1.5 * page.gap
    for (_, rows), place in zip(panels, places, strict=True):
        _panel(sheet, rows, place, start + page.gap, limit)
        _numbers(sheet, rows[0], place, page.right)
    return close_sheet(sheet, exhibit, places[-1].bottom + beneath)


def _beside(row: Any, page: Page) -> list[tuple[str, float, int]]:
    """What stands to the right of a lane: the median, and under it how many members it is of."""
    return [
        (_said(row.median, row), page.text, SEMIBOLD),
        (f"{count_of(int(row.reported), int(row.members))}, {int(row.year)}", page.small, 400),
    ]


def _said(value: float, row: Any) -> str:
    return number(value, int(row.decimals))


def _numbers(sheet: FigureSheet, row: Any, place: Row, right: float) -> None:
    page = sheet.page
    (median, size, weight), (base, small, _) = _beside(row, page)
    level(sheet, right, place.middle - 0.55 * page.text, median, size, INK, weight, align="right")
    level(sheet, right, place.middle + 0.65 * page.text, base, small, GREY, align="right")


def _panel(sheet: FigureSheet, rows: Sequence[Any], place: Row, start: float, limit: float) -> None:
    """One strip: the middle half as a field, dots that stand aside for each other, the median, and the ends beneath."""
    page, first = sheet.page, rows[0]
    values = sorted(float(row.value) for row in rows)
    low, high = values[0], values[-1]
    scale = Scale(start, (limit - start) / ((high - low) or 1.0), low)
    middle = (start + limit) / 2 if low == high else None
    left, right = scale.at(first.lower), scale.at(first.upper)
    if right - left > 1:
        box(sheet, left, place.lane, right - left, place.bottom - place.lane, PALE, EDGE)
    line(sheet, (start, limit), (place.bottom, place.bottom), GREY, page.hair)
    dot = _DOT * page.text
    at = [middle if middle is not None else scale.at(value) for value in values]
    marks(sheet, at, _stacked(at, dot, place), "o", dot, BLUE, edge_width=0.3)
    centre = middle if middle is not None else scale.at(first.median)
    line(sheet, (centre, centre), (place.lane - 1, place.bottom + 1), VERMILLION, 1.6 * page.stroke, order=LINE + 2)
    _ends(sheet, first, (low, high), (start, limit), place.bottom + page.small * 0.8)


def _ends(sheet: FigureSheet, row: Any, values: tuple[float, float], ends: tuple[float, float], y: float) -> None:
    """The least and the largest value, and between them which end is the better one."""
    page = sheet.page
    texts = [_said(value, row) for value in values]
    level(sheet, ends[0], y, texts[0], page.small, GREY)
    level(sheet, ends[1], y, texts[1], page.small, GREY, align="right")
    taken = text_width(texts[0], page.small) + text_width(texts[1], page.small) + 2 * page.gap
    if text_width(BETTER[row.good], page.small) + taken <= ends[1] - ends[0]:
        level(sheet, sum(ends) / 2, y, BETTER[row.good], page.small, GREY, align="center")


def _stacked(xs: Sequence[float], dot: float, place: Row) -> list[float]:
    """Heights for dots at their places: those that would cover each other are spread about the middle, as far as the lane goes."""
    columns: dict[int, list[int]] = defaultdict(list)
    for nth, x in enumerate(xs):
        columns[int(x // dot)].append(nth)
    heights = [place.middle] * len(xs)
    room = place.bottom - place.lane - dot
    for members in columns.values():
        step = min(dot, room / max(1, len(members) - 1))
        for rank, nth in enumerate(members):
            heights[nth] = place.middle + (rank - (len(members) - 1) / 2) * step
    return heights
