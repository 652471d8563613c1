"""A rating: how many gave each number, with the mean and its interval beneath."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.layout import Scale, close_sheet, open_sheet
from sekom_survey.shown.figures.sheet import FigureSheet, box, level, line, marks, paragraph
from sekom_survey.shown.figures.style import BLUE, GREY, INK, OUTLINE, REGULAR, SEMIBOLD, VERMILLION, Page
from sekom_survey.shown.figures.values import NOT_SHOWN, records
from sekom_survey.text.swedish import DASH, number

_TALLEST, _LOW = 12.0, 8.0  # the highest column, in heights of the text, on a screen and on paper
_COLUMN = 0.72


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: value, count, base, mean, low, high (the last four are the same on every row)."""
    sheet = open_sheet(exhibit, page)
    rows = sorted(records(exhibit), key=lambda row: row.value)
    if any(pd.isna(row.count) for row in rows):
        return close_sheet(
            sheet, exhibit, paragraph(sheet, page.margin, sheet.top, page.right, NOT_SHOWN, page.text, GREY)
        )
    top = paragraph(sheet, page.margin, sheet.top, page.right - page.margin, "Antal svar", page.small, GREY)
    tallest = (_LOW if page.titled else _TALLEST) * page.text
    foot = top + tallest + page.text * 1.6
    step = (page.right - page.margin) / (rows[-1].value - rows[0].value + 1)
    scale = Scale(page.margin + step / 2, step, rows[0].value)
    most = max(1, *(row.count for row in rows))
    for row in rows:
        _column(sheet, scale, foot, row, row.count / most * tallest)
    line(sheet, (page.margin, page.right), (foot, foot), OUTLINE, page.hair * 1.5)
    bottom = foot + page.text * 1.6
    return close_sheet(sheet, exhibit, bottom if pd.isna(rows[0].mean) else _mean(sheet, scale, rows[0], bottom))


def _column(sheet: FigureSheet, scale: Scale, foot: float, row: Any, height: float) -> None:
    """One column with its number of answers above and its value below; no column where no one answered."""
    page, x, width = sheet.page, scale.at(row.value), scale.unit * _COLUMN
    if row.count:
        box(sheet, x - width / 2, foot - height, width, height, BLUE)
    colour, weight = (INK, SEMIBOLD) if row.count else (GREY, REGULAR)
    level(sheet, x, foot - height - page.text * 0.75, number(row.count), page.text, colour, weight, align="center")
    level(sheet, x, foot + page.text * 0.95, number(row.value), page.text, GREY, align="center")


def _mean(sheet: FigureSheet, scale: Scale, row: Any, top: float) -> float:
    """The mean with its interval on the columns' own scale; gives where its text ends."""
    page = sheet.page
    middle = top + page.text * 0.7
    if not (pd.isna(row.low) or pd.isna(row.high)):
        line(sheet, (scale.at(row.low), scale.at(row.high)), (middle, middle), VERMILLION, 1.8 * page.stroke)
    marks(sheet, [scale.at(row.mean)], [middle], "D", page.text * 0.65, VERMILLION)
    text = _mean_words(row)
    half = text_width(text, page.text, SEMIBOLD) / 2
    x = min(max(scale.at(row.mean), page.margin + half), page.right - half)
    level(sheet, x, middle + page.text * 1.35, text, page.text, weight=SEMIBOLD, align="center")
    return middle + page.text * 2


def _mean_words(row: Any) -> str:
    text = f"Medelvärde {number(row.mean, 1)}"
    return (
        text if pd.isna(row.low) or pd.isna(row.high) else f"{text} ({number(row.low, 1)}{DASH}{number(row.high, 1)})"
    )
