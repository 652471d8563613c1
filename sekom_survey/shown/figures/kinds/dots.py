"""Groups against each other: for each question a line a group, with its mark, interval and number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Scale, close_sheet, column_width, open_sheet, share_grid, share_scale
from sekom_survey.shown.figures.sheet import FigureSheet, level, line, lines, marks, paragraph
from sekom_survey.shown.figures.style import GREY, HAIRLINE, LINE_HEIGHT, MARKS, SEMIBOLD, Page
from sekom_survey.shown.figures.values import (
    NOT_SHOWN,
    by_label,
    hidden,
    percent_allowed,
    records,
    row_words,
    verdict,
    verdict_look,
)
from sekom_survey.shown.figures.wrap import plain, wrap
from sekom_survey.text.swedish import join_words, sentence_case

_WIDEST_SEGMENT = 0.3
_WIDEST_VERDICT = 0.3


@dataclass(frozen=True)
class _Plan:
    """Where shares and numbers stand, and each segment's mark and colour, the same for every question."""

    scale: Scale
    numbers: float
    looks: dict[str, tuple[str, str]]


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: label, segment, order, share, low, high, count, base, population, suppressed, verdict."""
    sheet = open_sheet(exhibit, page)
    rows = sorted(records(exhibit), key=lambda row: row.order)
    plan = _plan(page, rows)
    last = next((str(row.label) for row in reversed(records(exhibit)) if not hidden(row)), None)
    y, spans, whole = sheet.top, [], [label for label, members in by_label(exhibit) if all(map(hidden, members))]
    for i, (label, members) in enumerate(one for one in by_label(exhibit) if one[0] not in whole or last is None):
        begin = y = _heading(sheet, y, label, members, ruled=i > 0)
        members.sort(key=lambda row: row.order)
        for row in members:
            y = y if hidden(row) else _segment(sheet, plan, row, y)
        if y > begin:
            spans.append((begin, y))
        if label == last:
            y = share_grid(sheet, plan.scale, spans, percent_allowed(rows))
        y = _few(sheet, y, [row.segment for row in members if hidden(row)]) + page.gap
    if whole and last is not None:
        line(sheet, (page.margin, page.right), (y, y), HAIRLINE, page.hair)
        y = _few(sheet, y + page.gap / 2, whole) + page.gap
    return close_sheet(sheet, exhibit, y - page.gap)


def _plan(page: Page, rows: list[Any]) -> _Plan:
    shown = [row for row in rows if not hidden(row)]
    numbers = page.right - max((text_width(row_words(row), page.small) for row in shown), default=0.0)
    names = column_width((row.segment for row in shown), _WIDEST_SEGMENT * page.width, page.text)
    scale = share_scale(page, page.margin + names + 1.5 * page.gap, numbers - page.gap / 2, ())
    return _Plan(
        scale,
        numbers,
        {name: MARKS[i % len(MARKS)] for i, name in enumerate(dict.fromkeys(row.segment for row in rows))},
    )


def _few(sheet: FigureSheet, y: float, kept_back: list[str]) -> float:
    """The groups, or last the questions, whose numbers are kept back, on one line; gives where it ends."""
    page = sheet.page
    names = join_words([plain(name) for name in kept_back])
    return (
        paragraph(
            sheet,
            page.margin,
            y + 2,
            page.right - page.margin,
            f"{sentence_case(NOT_SHOWN)}: {names}",
            page.small,
            GREY,
        )
        if names
        else y
    )


def _heading(sheet: FigureSheet, y: float, label: str, rows: list[Any], ruled: bool) -> float:
    """The question, and to its right (beneath it on narrow pages) the verdict; gives where the segments begin."""
    page = sheet.page
    said = next((verdict(row) for row in rows if verdict(row)), "")
    colour, weight = verdict_look(said)
    if ruled:
        line(sheet, (page.margin, page.right), (y, y), HAIRLINE, page.hair)
        y += page.between * 0.8
    if page.narrow or not said:
        bottom = paragraph(sheet, page.margin, y, page.right - page.margin, label, page.text, weight=SEMIBOLD)
        return (
            paragraph(sheet, page.margin, bottom, page.right - page.margin, said, page.small, colour, weight)
            if said
            else bottom
        ) + 3
    wrapped = wrap(said, _WIDEST_VERDICT * page.width, page.text, weight)
    width = max(text_width(part, page.text, weight) for part in wrapped)
    left = paragraph(
        sheet, page.margin, y, page.right - page.margin - width - 2 * page.gap, label, page.text, weight=SEMIBOLD
    )
    right = lines(sheet, page.right, y, wrapped, page.text, colour, weight, align="right")
    return max(left, right) + 3


def _segment(sheet: FigureSheet, plan: _Plan, row: Any, top: float) -> float:
    """One group: its name, interval and mark, and its number; gives where it ends."""
    page = sheet.page
    wrapped = wrap(row.segment, _WIDEST_SEGMENT * page.width, page.text)
    height = max(1.5, len(wrapped) * LINE_HEIGHT + 0.2) * page.text
    middle = top + height / 2
    lines(sheet, page.margin, middle - len(wrapped) * page.text * LINE_HEIGHT / 2, wrapped, page.text)
    level(sheet, plan.numbers, middle, row_words(row), page.small)
    _mark(sheet, plan, row, middle)
    return top + height


def _mark(sheet: FigureSheet, plan: _Plan, row: Any, middle: float) -> None:
    shape, colour = plan.looks[row.segment]
    if not (pd.isna(row.low) or pd.isna(row.high)):
        line(
            sheet, (plan.scale.at(row.low), plan.scale.at(row.high)), (middle, middle), colour, 1.6 * sheet.page.stroke
        )
    size = sheet.page.text * {"D": 0.62, "s": 0.62, "P": 0.9, "X": 0.9}.get(shape, 0.72)
    marks(sheet, [plan.scale.at(row.share)], [middle], shape, size, colour)
