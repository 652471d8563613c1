"""A table made to fit a page: cells as safe text, which columns hold numbers, how wide each is, how large the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.written.office.columns import shared_width
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import LINE, line_count, longest_word, text_width

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
