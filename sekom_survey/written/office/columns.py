"""How wide each column of a table should be, so that the table becomes as low as it can within a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.written.office.text import lines_of, text_width, word_widths

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
