"""Scales as bars of a hundred percent: options in order, the highest to the right, answers outside the scale apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Row, close_sheet, labelled_rows, open_sheet
from sekom_survey.shown.figures.sheet import FigureSheet, box, level, lines
from sekom_survey.shown.figures.style import GREY, LINE_HEIGHT, SEMIBOLD, STRONG, Page, edge_of, ink_on, ramp
from sekom_survey.shown.figures.values import NOT_SHOWN, PERCENT_FROM, by_label, hidden, records
from sekom_survey.shown.figures.wrap import wrap
from sekom_survey.text.swedish import count_of, number, number_word, percent

_HEADING_WIDTH = 5.4  # a column heading in letters' heights


@dataclass(frozen=True)
class _Columns:
    """Left edges: the stack, the number beside it, the answers outside the scale; and the length of one such answer."""

    stack: float
    stack_width: float
    top: float
    outside: float
    member: float


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, option, order, share, count, base, outside, top_share."""
    sheet = open_sheet(exhibit, page)
    groups = list(by_label(exhibit))
    rows = records(exhibit)
    options = {row.option: row.order for row in sorted(rows, key=lambda row: row.order) if not row.outside}
    fills = dict(zip(options, ramp(len(options)), strict=True))
    heading_top = _legend(sheet, fills) + page.gap
    top = heading_top + _headings_height(page, rows)
    lane = max(page.lane, 2 * page.small * LINE_HEIGHT)
    places, start = labelled_rows(sheet, [label for label, _ in groups], top, lane, page.between)
    columns = _columns(page, start, rows)
    _headings(sheet, columns, rows, top)
    for (_, parts), place in zip(groups, places, strict=True):
        _row(sheet, columns, parts, place, fills)
    return close_sheet(sheet, exhibit, places[-1].bottom)


def _columns(page: Page, start: float, rows: list[Any]) -> _Columns:
    counts = [int(row.count) for row in rows if row.outside and not pd.isna(row.count)]
    number_width = 5 + max((text_width(number(count), page.small) for count in counts), default=0)
    outside_width = max(page.small * _HEADING_WIDTH, number_width + page.small) if counts else 0
    top_width = max(text_width(count_of(99, 99), page.small), page.small * _HEADING_WIDTH)
    outside = page.right - outside_width
    top = outside - (page.gap if counts else 0) - top_width
    stack_width = top - page.gap - start
    everybody = max((row.base + max(counts, default=0) for row in rows if not pd.isna(row.base)), default=1)
    member = min(stack_width / max(everybody, 1), (outside_width - number_width) / max(1, *counts, 1))
    return _Columns(start, stack_width, top, outside, member)


def _legend(sheet: FigureSheet, fills: dict[str, str]) -> float:
    """The options in order, as many on a line as there is room for; gives where they end."""
    page = sheet.page
    side, x, y = page.small * 0.85, page.margin, sheet.top
    step = page.small * 1.5
    for option, fill in fills.items():
        width = side + 5 + text_width(option, page.small)
        if x > page.margin and x + width > page.right:
            x, y = page.margin, y + step
        box(sheet, x, y + (step - side) / 2, side, side, fill, edge_of(fill))
        wrapped = wrap(option, page.right - x - side - 5, page.small)
        for i, part in enumerate(wrapped):
            level(sheet, x + side + 5, y + step / 2 + i * page.small * LINE_HEIGHT, part, page.small)
        y += (len(wrapped) - 1) * page.small * LINE_HEIGHT
        x += width + page.gap * 1.4
    return y + step


def _heading_texts(rows: list[Any]) -> tuple[str, str]:
    outside = list(dict.fromkeys(row.option for row in rows if row.outside))
    count = _options_on_top(rows)
    top = "Högsta svaret" if count == 1 else f"De {number_word(count)} högsta" if count else "Högsta svaren"
    return top, "/".join(outside) if len(outside) < 3 else "Utanför skalan"


def _options_on_top(rows: list[Any]) -> int:
    """How many of the highest options the share at the side adds up, as told by all rows together; 0 when none tells."""
    return max((_adding_up(rows, label) for label in dict.fromkeys(row.label for row in rows)), default=0)


def _adding_up(rows: list[Any], label: str) -> int:
    parts = [row for row in rows if row.label == label and not row.outside and not hidden(row)]
    total = 0.0
    for count, row in enumerate(sorted(parts, key=lambda row: -row.order), start=1):
        total += row.share
        if row.share > 0 and abs(total - row.top_share) < 1e-6:
            return count
    return 0


def _wrapped_headings(page: Page, rows: list[Any]) -> list[list[str]]:
    return [wrap(text, page.small * _HEADING_WIDTH, page.small) if text else [] for text in _heading_texts(rows)]


def _headings_height(page: Page, rows: list[Any]) -> float:
    return max(map(len, _wrapped_headings(page, rows))) * page.small * LINE_HEIGHT + page.gap / 2


def _headings(sheet: FigureSheet, columns: _Columns, rows: list[Any], bottom: float) -> None:
    """Over the two columns at the right, standing on the first row."""
    size = sheet.page.small
    for x, wrapped in zip((columns.top, columns.outside), _wrapped_headings(sheet.page, rows), strict=True):
        lines(sheet, x, bottom - sheet.page.gap / 2 - len(wrapped) * size * LINE_HEIGHT, wrapped, size, GREY)


def _row(sheet: FigureSheet, columns: _Columns, parts: list[Any], place: Row, fills: dict[str, str]) -> None:
    page = sheet.page
    inside = sorted((row for row in parts if not row.outside), key=lambda row: row.order)
    if any(hidden(row) for row in inside):
        level(sheet, columns.stack, place.middle, NOT_SHOWN, page.text, GREY)
        return
    x = columns.stack
    for row in inside:
        width = row.share * columns.stack_width
        if width > 0:
            _part(sheet, x, width, row, place, fills[row.option])
        x += width
    _top(sheet, columns.top, inside, place)
    _outside(sheet, columns, [row for row in parts if row.outside], place)


def _part(sheet: FigureSheet, x: float, width: float, row: Any, place: Row, fill: str) -> None:
    """One option, with its number where that fits; a sliver of white parts it from the next."""
    page = sheet.page
    box(sheet, x, place.middle - page.lane / 2, max(width - 1.2, 0.6), page.lane, fill, edge_of(fill))
    texts = [number(row.count)] if row.base < PERCENT_FROM else [percent(row.share, row.base), number(100 * row.share)]
    for text in texts:
        if text_width(text, page.small) + 5 <= width:
            level(sheet, x + width / 2, place.middle, text, page.small, ink_on(fill), align="center")
            return


def _top(sheet: FigureSheet, x: float, inside: list[Any], place: Row) -> None:
    """The share that gives one of the highest answers, and how many they are."""
    page = sheet.page
    base, share = int(inside[0].base), inside[0].top_share
    members = count_of(round(share * base), base)
    if base < PERCENT_FROM:
        level(sheet, x, place.middle, members, page.small, weight=SEMIBOLD)
        return
    level(sheet, x, place.middle - page.small * 0.55, percent(share, base), page.text, STRONG, SEMIBOLD)
    level(sheet, x, place.middle + page.small * 0.62, members, page.small, GREY)


def _outside(sheet: FigureSheet, columns: _Columns, outside: list[Any], place: Row) -> None:
    """Those who stand outside the scale: a grey bar, as long in every row for one member, and the number."""
    if not outside:
        return
    page = sheet.page
    count = sum(int(row.count) for row in outside if not pd.isna(row.count))
    width = count * columns.member
    if width > 0:
        box(sheet, columns.outside, place.middle - page.lane / 2, width, page.lane, GREY)
    level(sheet, columns.outside + (width + 5 if width else 0), place.middle, number(count), page.small, GREY)
