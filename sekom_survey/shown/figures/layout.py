"""Where things stand: the heading and the note of a figure that stands alone, rows with their labels, shares along a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.sheet import GRID, POINTS_PER_INCH, FigureSheet, level, line, lines, paragraph
from sekom_survey.shown.figures.style import GREY, HAIRLINE, INK, LINE_HEIGHT, OUTLINE, REGULAR, SEMIBOLD, WHITE, Page
from sekom_survey.shown.figures.values import verdict_look
from sekom_survey.shown.figures.wrap import wrap
from sekom_survey.text.swedish import FIXED_SPACE, number

TITLE_SIZE = 1.42
WIDEST_LABEL = 0.38
_EDGE = 2.0

Span = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """Where one row stands: from `top` (of its label) to `bottom`; its marks from `lane` down, about `middle`."""

    top: float
    lane: float
    middle: float
    bottom: float


@dataclass(frozen=True)
class Scale:
    """A straight scale: `low` lies at x = `start`, and one unit is `unit` points long."""

    start: float
    unit: float
    low: float = 0.0

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.start + (value - self.low) * self.unit


def open_sheet(exhibit: Exhibit, page: Page) -> FigureSheet:
    """An empty sheet; on pages that stand alone with the title and the question at the top."""
    figure = Figure(figsize=(page.width / POINTS_PER_INCH, 1), dpi=POINTS_PER_INCH, facecolor=WHITE if page.titled else "none",
                    edgecolor="none", frameon=True)  # fmt: skip
    sheet = FigureSheet(figure, page, Affine2D(), page.margin)
    return FigureSheet(figure, page, sheet.place, _heading(sheet, exhibit)) if page.titled else sheet


def _heading(sheet: FigureSheet, exhibit: Exhibit) -> float:
    page = sheet.page
    room = page.right - page.margin
    y = paragraph(sheet, page.margin, page.margin, room, exhibit.title, page.text * TITLE_SIZE, INK, SEMIBOLD)
    if exhibit.subtitle:
        y = paragraph(sheet, page.margin, y + 2, room, exhibit.subtitle, page.text, GREY)
    return y + page.text


def close_sheet(sheet: FigureSheet, exhibit: Exhibit, bottom: float) -> Figure:
    """The finished figure: the source note where the page stands alone, and the height that everything needs."""
    page = sheet.page
    if page.titled and exhibit.note:
        bottom = paragraph(
            sheet, page.margin, bottom + page.text, page.right - page.margin, exhibit.note, page.small, GREY
        )
    height = round(bottom + (page.margin if page.titled else _EDGE))
    sheet.figure.set_size_inches(page.width / POINTS_PER_INCH, height / POINTS_PER_INCH)
    sheet.place.clear().scale(1 / POINTS_PER_INCH, -1 / POINTS_PER_INCH).translate(0, height / POINTS_PER_INCH)
    return sheet.figure


def column_width(texts: Iterable[str], most: float, size: float, weight: int = REGULAR) -> float:
    """The width that the texts need when wrapped to at most `most`."""
    return max(
        (text_width(part, size, weight) for text in texts for part in wrap(text, most, size, weight)), default=0.0
    )


def labelled_rows(sheet: FigureSheet, labels: Sequence[str], top: float, lane: float, gap: float,
                  verdicts: Sequence[str] = ()) -> tuple[list[Row], float]:  # fmt: skip
    """Write the labels beside the lanes (above them on narrow pages); gives the rows and where the lanes begin.

    `verdicts`, one a label, are written here on narrow pages only: elsewhere there is room beside the marks.
    """
    page = sheet.page
    if page.narrow:
        return _rows_below_labels(sheet, labels, verdicts or [""] * len(labels), top, lane, gap), page.margin
    width = column_width(labels, WIDEST_LABEL * page.width, page.text)
    return _rows_beside_labels(sheet, labels, width, top, lane, gap), page.margin + width + page.gap * 1.2


def _rows_below_labels(sheet: FigureSheet, labels: Sequence[str], verdicts: Sequence[str], top: float, lane: float,
                       gap: float) -> list[Row]:  # fmt: skip
    page, rows = sheet.page, []
    room = page.right - page.margin
    for label, verdict in zip(labels, verdicts, strict=True):
        begin = top
        top = paragraph(sheet, page.margin, top, room, label, page.text) + 2
        if verdict:
            top = paragraph(sheet, page.margin, top - 2, room, verdict, page.small, *verdict_look(verdict)) + 2
        rows.append(Row(begin, top, top + lane / 2, top + lane))
        top += lane + gap * 1.2
    return rows


def _rows_beside_labels(
    sheet: FigureSheet, labels: Sequence[str], width: float, top: float, lane: float, gap: float
) -> list[Row]:
    page, rows = sheet.page, []
    for label in labels:
        wrapped = wrap(label, width + 0.01, page.text)
        needed = len(wrapped) * page.text * LINE_HEIGHT
        height = max(lane, needed)
        lines(sheet, page.margin, top + (height - needed) / 2, wrapped, page.text)
        rows.append(Row(top, top + (height - lane) / 2, top + height / 2, top + height))
        top += height + gap
    return rows


def share_scale(page: Page, start: float, limit: float, ends: Iterable[tuple[float, float]]) -> Scale:
    """The longest scale 0-1 from `start` on which each (value, room for the text after it) ends before `limit`."""
    half_tick = text_width(hundred(), page.small) / 2
    unit = limit - half_tick - start
    for value, room in ends:
        if value > 0:
            unit = min(unit, (limit - start - room) / value)
    return Scale(start, max(unit, 1.0))


def hundred() -> str:
    """The last tick of a scale of shares."""
    return f"100{FIXED_SPACE}%"


def lanes(page: Page, rows: Sequence[Row]) -> list[Span]:
    """What upright lines behind labelled rows run through: all, or each lane where labels stand above the lanes."""
    if page.narrow:
        return [(row.lane - 1, row.bottom + 1) for row in rows]
    return [(rows[0].top - page.gap / 2, rows[-1].bottom + page.gap / 2)]


def share_grid(sheet: FigureSheet, scale: Scale, spans: Sequence[Span], numbers: bool = True) -> float:
    """Grid lines at each quarter, stronger at nought, with percent beneath; gives where the numbers end."""
    page, bottom = sheet.page, spans[-1][1]
    guides(sheet, [scale.at(quarter / 4) for quarter in range(5)], spans)
    if not numbers:
        return bottom
    roomy = scale.unit / 4 > 1.15 * text_width(hundred(), page.small)
    for quarter in range(0, 5, 1 if roomy else 2):
        text = hundred() if quarter == 4 else number(25 * quarter)
        at_edge = quarter == 0 and scale.start < page.margin + page.small
        level(
            sheet,
            scale.at(quarter / 4),
            bottom + page.small * 0.75,
            text,
            page.small,
            GREY,
            align="left" if at_edge else "center",
        )
    return bottom + page.small * 1.4


def guides(sheet: FigureSheet, xs: Sequence[float], spans: Sequence[Span]) -> None:
    """Upright hairlines behind the marks, the first one stronger."""
    for i, x in enumerate(xs):
        for ends in spans:
            line(sheet, (x, x), ends, HAIRLINE if i else OUTLINE, sheet.page.hair, order=GRID)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Even, round numbers from at or below `low` to at or above `high`, about `most` of them."""
    rough = max(high - low, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]
