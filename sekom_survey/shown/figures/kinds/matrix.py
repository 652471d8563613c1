"""Two measures against each other: each point named beside it, or numbered where there is no room for names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Scale, close_sheet, open_sheet, ticks
from sekom_survey.shown.figures.sheet import GRID, PAD, FigureSheet, box, level, line, lines, marks, paragraph
from sekom_survey.shown.figures.style import BLUE, GREY, HAIRLINE, LINE_HEIGHT, OUTLINE, SEMIBOLD, WHITE, Page
from sekom_survey.shown.figures.values import NOT_SHOWN, records
from sekom_survey.shown.figures.wrap import wrap
from sekom_survey.text.swedish import FIXED_SPACE, number

_SHAPE, _FLAT = 0.62, 0.32  # height of the panel against its width, on a screen and on paper
_NAME_WIDTH = 11.0  # in heights of the text
_DIRECTIONS = 16
_REACHES = (0.6, 1.0, 1.7, 2.6, 3.8, 5.2, 7.0, 9.0)


@dataclass(frozen=True)
class _Box:
    """A rectangle that nothing else may cover."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: _Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, x, y (shares or numbers); the axes are named by the second and third table heading.

    Shares have the same axis both ways, and a line where they are equal.
    """
    sheet = open_sheet(exhibit, page)
    rows = [row for row in records(exhibit) if not (pd.isna(row.x) or pd.isna(row.y))]
    across, up = _axis_names(exhibit)
    top = (
        paragraph(sheet, page.margin, sheet.top, page.right - page.margin, f"↑ {up}", page.small, GREY)
        if up
        else sheet.top
    )
    bottom = _panel(sheet, rows, top + page.gap, across) if rows else top
    for row in records(exhibit):
        if pd.isna(row.x) or pd.isna(row.y):
            bottom = paragraph(
                sheet,
                page.margin,
                bottom + page.gap / 2,
                page.right - page.margin,
                f"{row.label}: {NOT_SHOWN}",
                page.small,
                GREY,
            )
    return close_sheet(sheet, exhibit, bottom)


def _axis_names(exhibit: Exhibit) -> tuple[str, str]:
    headings = [str(heading) for heading in exhibit.table.columns]
    return (headings[1], headings[2]) if len(headings) > 2 else ("", "")


def _panel(sheet: FigureSheet, rows: list[Any], top: float, across: str) -> float:
    """The grid, the points and their names; gives where everything ends."""
    page = sheet.page
    left = page.margin + text_width(f"100{FIXED_SPACE}%", page.small) + page.gap
    tall = (page.right - left) * (0.95 if page.narrow else _FLAT if page.titled else _SHAPE)
    panel = _Box(left, top, page.right - page.text * 0.5, top + tall)
    x, y = _grid(sheet, panel, rows)
    bottom = panel.bottom + page.small * 1.4
    if across:
        level(sheet, page.right, bottom + page.small * 0.6, f"{across} →", page.small, GREY, align="right")
        bottom += page.small * LINE_HEIGHT
    points = [(x.at(row.x), y.at(row.y)) for row in rows]
    marks(sheet, [point[0] for point in points], [point[1] for point in points], "o", page.text * 0.72, BLUE)
    names = [wrap(row.label, _NAME_WIDTH * page.text, page.small) for row in rows]
    places = None if page.narrow else _places(page, panel, points, names)
    if places is not None:
        _write(sheet, points, names, places)
        return bottom
    return _numbered(sheet, panel, points, [str(row.label) for row in rows], bottom + page.gap)


def _grid(sheet: FigureSheet, panel: _Box, rows: list[Any]) -> tuple[Scale, Scale]:
    """Round numbers along both sides; gives the scale across and the scale up."""
    page = sheet.page
    shares = all(abs(value) <= 1 for row in rows for value in (row.x, row.y))
    scales = []
    for name in ("x", "y"):
        values = [value for row in rows for value in ((row.x, row.y) if shares else (getattr(row, name),))]
        spare = 0.06 * ((max(values) - min(values)) or 0.5)
        marked = ticks(_clip(min(values) - spare, shares), _clip(max(values) + spare, shares), 5)
        start, end = (panel.left, panel.right) if name == "x" else (panel.bottom, panel.top)
        scale = Scale(start, (end - start) / (marked[-1] - marked[0]), marked[0])
        for value in marked:
            _tick(
                sheet,
                panel,
                name,
                scale.at(value),
                _tick_text(value, shares, value == marked[-1]),
                first=value == marked[0],
            )
        scales.append(scale)
    line(
        sheet,
        (panel.left, panel.left, panel.right),
        (panel.top, panel.bottom, panel.bottom),
        OUTLINE,
        page.hair,
        order=GRID,
    )
    if shares:
        line(sheet, (panel.left, panel.right), (panel.bottom, panel.top), OUTLINE, page.hair * 1.4, order=GRID)
    return scales[0], scales[1]


def _clip(value: float, shares: bool) -> float:
    return min(max(value, 0.0), 1.0) if shares else value


def _tick_text(value: float, shares: bool, last: bool) -> str:
    if not shares:
        return number(value, 0 if float(value).is_integer() else 1)
    return number(100 * value) + (f"{FIXED_SPACE}%" if last else "")


def _tick(sheet: FigureSheet, panel: _Box, name: str, at: float, text: str, first: bool) -> None:
    page = sheet.page
    if name == "x":
        line(sheet, (at, at), (panel.top, panel.bottom), HAIRLINE, page.hair, order=GRID)
        width = text_width(text, page.small) / 2
        level(
            sheet, min(at, page.right - width), panel.bottom + page.small * 0.8, text, page.small, GREY, align="center"
        )
    else:
        line(sheet, (panel.left, panel.right), (at, at), HAIRLINE, page.hair, order=GRID)
        level(
            sheet,
            panel.left - page.gap * 0.6,
            at - (page.small * 0.3 if first else 0),
            text,
            page.small,
            GREY,
            align="right",
        )


def _places(page: Page, panel: _Box, points: list[tuple[float, float]], names: list[list[str]]) -> list[_Box] | None:
    """A free place for each name near its point, or None when one has none."""
    half = page.text * 0.42
    taken = [_Box(x - half, y - half, x + half, y + half) for x, y in points]
    places: list[_Box] = []
    for point, name in zip(points, names, strict=True):
        width = max(text_width(part, page.small) for part in name) + 4
        height = len(name) * page.small * LINE_HEIGHT
        tried = _around(page, point, width, height)
        free = (place for place in tried if place.within(panel) and not any(map(place.meets, taken)))
        found = next(free, None)
        if found is None:
            return None
        taken.append(found)
        places.append(found)
    return places


def _around(page: Page, point: tuple[float, float], width: float, height: float) -> Iterator[_Box]:
    """Rectangles about a point, nearest first, to the right before the left."""
    x, y = point
    for reach in _REACHES:
        for step in range(_DIRECTIONS):
            turn = math.pi * (step + 1) // 2 * (-1) ** step if step else 0.0
            angle = turn * 2 / _DIRECTIONS
            away = reach * page.text
            centre_x = x + math.cos(angle) * (away + width / 2)
            centre_y = y + math.sin(angle) * (away + height / 2)
            yield _Box(centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)


def _write(sheet: FigureSheet, points: list[tuple[float, float]], names: list[list[str]], places: list[_Box]) -> None:
    """The names in their places, those further off tied to their point by a thin line."""
    page = sheet.page
    for (x, y), name, place in zip(points, names, places, strict=True):
        near = (min(max(x, place.left), place.right), min(max(y, place.top), place.bottom))
        if math.dist((x, y), near) > 1.2 * page.text:
            line(sheet, (x, near[0]), (y, near[1]), OUTLINE, page.hair * 1.4, order=PAD - 1)
        box(sheet, place.left, place.top, place.right - place.left, place.bottom - place.top, WHITE, order=PAD)
        left = near[0] > x - 1
        lines(
            sheet,
            place.left + 2 if left else place.right - 2,
            place.top,
            name,
            page.small,
            align="left" if left else "right",
        )


def _numbered(
    sheet: FigureSheet, panel: _Box, points: list[tuple[float, float]], labels: list[str], top: float
) -> float:
    """A number at each point and a list beneath; gives where the list ends."""
    page = sheet.page
    numbers = [[number(i)] for i in range(1, len(labels) + 1)]
    places = _places(page, panel, points, numbers)
    for i, (x, y) in enumerate(points):
        if places is None:
            level(sheet, x + page.text * 0.5, y, numbers[i][0], page.small, weight=SEMIBOLD)
    if places is not None:
        _write(sheet, points, numbers, places)
    indent = page.small * 2
    for i, label in enumerate(labels):
        level(sheet, page.margin, top + page.small * LINE_HEIGHT / 2, numbers[i][0], page.small, weight=SEMIBOLD)
        top = paragraph(sheet, page.margin + indent, top, page.right - page.margin - indent, label, page.small) + 2
    return top
