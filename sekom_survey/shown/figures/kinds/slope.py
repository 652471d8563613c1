"""Change between two years, paired: a small slope for each row, all on the same scale of change; an open mark is last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, close_sheet, column_width, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import GRID, LINE, FigureSheet, level, line, lines, marks
from sekom_survey.shown.figures.style import BLUE, GREY, LINE_HEIGHT, OUTLINE, SEMIBOLD, VERMILLION, WHITE, Page
from sekom_survey.shown.figures.values import NOT_SHOWN, PERCENT_FROM, SURE, records, verdict, verdict_look
from sekom_survey.shown.figures.wrap import wrap
from sekom_survey.text.swedish import count_of, number, percent

_TALL = 3.4  # one row's slope, in heights of the text
_WIDEST_VERDICT = 0.2
_LEAST_SPAN = 0.3  # so that little never looks like much
_VALUES = ("before", "after", "before_low", "before_high", "after_low", "after_high")


@dataclass(frozen=True)
class _Columns:
    """Where the two years and the verdict stand, and how long one unit of change is upwards."""

    before: float
    after: float
    verdict: float
    unit: float


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, before, after, before_low, before_high, after_low, after_high, base, verdict, last_year, year."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    top = sheet.top + page.small * LINE_HEIGHT + page.gap
    places, start = labelled_rows(sheet, [str(row.label) for row in rows], top, _TALL * page.text, page.gap * (0.6 if page.narrow else 1),
                                  [verdict(row) for row in rows])  # fmt: skip
    columns = _columns(page, start, rows)
    level(
        sheet,
        columns.before - _room(page, rows, "before"),
        sheet.top + page.small * 0.6,
        str(int(rows[0].last_year)),
        page.small,
        GREY,
    )
    level(
        sheet,
        columns.after + _room(page, rows, "after"),
        sheet.top + page.small * 0.6,
        str(int(rows[0].year)),
        page.small,
        GREY,
        align="right",
    )
    for row, place in zip(rows, places, strict=True):
        if _hidden(row):
            level(sheet, start, place.middle, NOT_SHOWN, page.text, GREY)
        else:
            _slope(sheet, columns, row, place, _shares(rows))
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _hidden(row: Any) -> bool:
    return bool(pd.isna(row.before) or pd.isna(row.after))


def _shares(rows: list[Any]) -> bool:
    """Whether the values are shares (0-1) and not means."""
    return all(abs(value) <= 1 for row in rows if not _hidden(row) for value in (row.before, row.after))


def _text(value: float, base: float, shares: bool) -> str:
    if not shares:
        return number(value, 1)
    return percent(value, int(base)) if base >= PERCENT_FROM else count_of(round(value * base), int(base))


def _room(page: Page, rows: list[Any], year: str) -> float:
    """The room for a year's values beside the slopes."""
    texts = [_text(getattr(row, year), row.base, _shares(rows)) for row in rows if not _hidden(row)]
    return max((text_width(text, page.text, SEMIBOLD) for text in texts), default=0.0) + page.gap


def _columns(page: Page, start: float, rows: list[Any]) -> _Columns:
    verdicts = [] if page.narrow else [verdict(row) for row in rows]
    verdict_width = column_width(verdicts, _WIDEST_VERDICT * page.width, page.text, SEMIBOLD)
    verdict_at = page.right - verdict_width
    before = start + max(_room(page, rows, "before"), page.gap)
    after = verdict_at - (1.2 * page.gap if verdict_width else 0) - _room(page, rows, "after")
    least = _LEAST_SPAN * (1 if _shares(rows) else 10)
    span = max([least, *(max(_known(row)) - min(_known(row)) for row in rows if not _hidden(row))])
    return _Columns(before, after, verdict_at, _TALL * page.text / span)


def _known(row: Any) -> list[float]:
    return [value for value in (getattr(row, name) for name in _VALUES) if not pd.isna(value)]


def _look(row: Any) -> tuple[str, str]:
    """Mark and colour: a sure rise, a sure fall, and all else."""
    if not verdict(row).startswith(SURE):
        return "s", GREY
    return ("o", BLUE) if row.after >= row.before else ("D", VERMILLION)


def _slope(sheet: FigureSheet, columns: _Columns, row: Any, place: Row, shares: bool) -> None:
    """The line with both intervals, the two numbers, a hairline at the height of the first, and the verdict."""
    page, (shape, colour) = sheet.page, _look(row)
    centre = (max(_known(row)) + min(_known(row))) / 2
    xs = (columns.before, columns.after)
    ys = tuple(place.middle + (centre - value) * columns.unit for value in (row.before, row.after))
    line(sheet, xs, (ys[0], ys[0]), OUTLINE, page.hair, order=GRID)
    for x, low, high in ((xs[0], row.before_low, row.before_high), (xs[1], row.after_low, row.after_high)):
        if not (pd.isna(low) or pd.isna(high)):
            ends = tuple(place.middle + (centre - value) * columns.unit for value in (low, high))
            line(sheet, (x, x), ends, colour, page.stroke, order=LINE)
    line(sheet, xs, ys, colour, 1.6 * page.stroke, order=LINE)
    marks(sheet, [xs[0]], [ys[0]], shape, page.text * 0.68, WHITE, colour, 1.4)
    marks(sheet, [xs[1]], [ys[1]], shape, page.text * 0.68, colour)
    level(sheet, xs[0] - page.gap, ys[0], _text(row.before, row.base, shares), page.text, align="right")
    level(sheet, xs[1] + page.gap, ys[1], _text(row.after, row.base, shares), page.text, weight=SEMIBOLD)
    if not page.narrow:
        _verdict(sheet, columns.verdict, row, place)


def _verdict(sheet: FigureSheet, x: float, row: Any, place: Row) -> None:
    page = sheet.page
    wrapped = wrap(verdict(row), page.right - x + 0.01, page.text, SEMIBOLD)
    lines(
        sheet,
        x,
        place.middle - len(wrapped) * page.text * LINE_HEIGHT / 2,
        wrapped,
        page.text,
        *verdict_look(verdict(row)),
    )
