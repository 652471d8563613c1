"""A table made to fit a page: cells as safe text, which columns hold numbers, how wide each is, how large the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import LINE, line_count, lines_of, longest_word, text_width, word_widths

STEPS = 30
MOST_ROWS = 60
_TIE = 0.2  # what a line saved in a cell counts for where another cell of the row is higher
Lines = tuple[int, ...]


def shared_width(
    cells: Sequence[Sequence[str]],
    least: Sequence[float],
    natural: Sequence[float],
    width: float,
    size: float,
    padding: float,
) -> tuple[float, ...]:
    """The columns' widths in points, in all no more than `width`; `cells` are the rows, the header first.

    Every column has its `least` (its longest word); what is left goes, piece by piece, to the column where it lowers the
    table most for each point, and none gets more than its `natural` width. Where not even the least fits, the widest give
    way, down to one measure.
    """
    if sum(least) >= width:
        return _levelled(least, width)
    step = (width - sum(least)) / STEPS
    columns = [
        _choices(cells, i, low, high, step, size, padding)
        for i, (low, high) in enumerate(zip(least, natural, strict=True))
    ]
    places = [0] * len(columns)
    left = STEPS
    while left and (found := _best(columns, places, left)):
        column, taken = found
        places[column] += taken
        left -= taken
    return tuple(options[place].width for options, place in zip(columns, places, strict=True))


@dataclass(frozen=True)
class _Choice:
    """A width for a column, and how many lines each row's cell takes in it."""

    width: float
    lines: Lines


def _choices(cells: Sequence[Sequence[str]], column: int, least: float, natural: float, step: float, size: float,
             padding: float) -> list[_Choice]:  # fmt: skip
    widths = [least]
    while widths[-1] < natural and len(widths) <= STEPS:
        widths.append(min(widths[-1] + step, natural))
    rooms = [width - padding + 0.01 for width in widths]
    lines = [_lines(row[column], rooms, size, i == 0) for i, row in enumerate(cells[:MOST_ROWS])]
    return [_Choice(width, counts) for width, counts in zip(widths, zip(*lines, strict=True), strict=True)]


def _lines(text: str, rooms: Sequence[float], size: float, bold: bool) -> list[int]:
    """How many lines a text takes in each of ever wider rooms; where it takes one, it takes one in those that follow."""
    words, space = word_widths(text, size, bold), text_width(" ", size, bold)
    counts: list[int] = []
    for room in rooms:
        counts.append(1 if counts[-1:] == [1] else lines_of(words, room, space))
    return counts


def _best(columns: Sequence[Sequence[_Choice]], places: Sequence[int], left: int) -> tuple[int, int] | None:
    """The column to widen and by how many steps, or None when nothing lowers the table; a step that changes no line is none."""
    now = [options[place].lines for options, place in zip(columns, places, strict=True)]
    height = _height(now)
    gains = [
        (
            (height - _height([*now[:i], options[place].lines, *now[i + 1 :]])) / (place - places[i]),
            places[i] - place,
            -i,
        )
        for i, options in enumerate(columns)
        for place in range(places[i] + 1, min(places[i] + left, len(options) - 1) + 1)
        if options[place].lines != options[place - 1].lines
    ]
    if not gains:
        return None
    gain, taken, column = max(gains)
    return (-column, -taken) if gain > 0 else None


def _height(columns: Sequence[Lines]) -> float:
    return sum(max(row) + _TIE * sum(row) for row in zip(*columns, strict=True))


def _levelled(least: Sequence[float], width: float) -> tuple[float, ...]:
    """The widest measure such that columns no wider than it, and the rest at it, fit; found by halving."""
    low, high = 0.0, max(least)
    for _ in range(40):
        measure = (low + high) / 2
        fits = sum(min(wanted, measure) for wanted in least) <= width
        low, high = (measure, high) if fits else (low, measure)
    return tuple(min(wanted, low) for wanted in least)


_NUMBER = re.compile(
    r"[+−-]?\d[\d\s\u00a0]*(,\d+)?(\s*(–|av)\s*[−-]?\d[\d\u00a0]*(,\d+)?)*(\s*av\s*\d+)?(\s*(%|pe))?|U|\.\.|–|"
)
_SIGN = 4


@dataclass(frozen=True)
class OfficeTable:
    """A table ready to be written; `widths` in points, one a column, `size` of the text in points."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    size: float


def fitted(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: float, sizes: Sequence[float], padding: float
) -> OfficeTable:
    """The table at the largest of `sizes` at which no word is broken within `width` points, else at the last.

    `padding` is the room left and right of a cell's text together. Short rows are filled up, long ones cut.
    """
    heads = tuple(safe_text(column) for column in columns)
    cells = tuple(tuple(safe_text(c) for c in (*row, *[""] * len(heads))[: len(heads)]) for row in rows)
    for size in sizes:
        least = _least(heads, cells, size, padding)
        if sum(least) <= width:
            break
    return OfficeTable(
        heads, cells, _numeric(cells, len(heads)), _widths(heads, cells, least, width, size, padding), size
    )


def row_height(cells: Sequence[str], grid: OfficeTable, padding: float, bold: bool = False) -> float:
    """How high a row becomes, in points, without the room above and below its text."""
    lines = [line_count(c, w - padding, grid.size, bold) for c, w in zip(cells, grid.widths, strict=True)]
    return max(lines, default=1) * grid.size * LINE


def _numeric(rows: Sequence[Sequence[str]], width: int) -> tuple[bool, ...]:
    return tuple(_holds_numbers([row[column] for row in rows if row[column]]) for column in range(width))


def _holds_numbers(cells: Sequence[str]) -> bool:
    """Whether most cells are numbers and the rest no more than a sign ("xxx", "–")."""
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return numbers * 2 > len(cells) and all(_NUMBER.fullmatch(cell) or len(cell) <= _SIGN for cell in cells)


def _least(heads: Sequence[str], rows: Sequence[Sequence[str]], size: float, padding: float) -> list[float]:
    """The width of each column's longest word; a number is one word."""
    return [
        padding + max([longest_word(head, size, True), *(_unbroken(row[i], size) for row in rows)])
        for i, head in enumerate(heads)
    ]


def _unbroken(cell: str, size: float) -> float:
    return text_width(cell, size) if _NUMBER.fullmatch(cell) else longest_word(cell, size)


def _natural(heads: Sequence[str], rows: Sequence[Sequence[str]], size: float, padding: float) -> list[float]:
    """The width of each column with nothing wrapped; a heading may take two lines."""
    return [
        padding + max([_head_width(head, size), *(text_width(row[i], size) for row in rows)])
        for i, head in enumerate(heads)
    ]


def _head_width(head: str, size: float) -> float:
    return max(text_width(head, size, True) / min(2, 1 + head.count(" ")), longest_word(head, size, True))


def _widths(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    least: Sequence[float],
    width: float,
    size: float,
    padding: float,
) -> tuple[float, ...]:
    natural = _natural(heads, rows, size, padding)
    if sum(natural) <= width:
        return tuple(natural)
    return shared_width([heads, *rows], least, natural, width, size, padding)
