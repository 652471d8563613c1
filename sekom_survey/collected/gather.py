"""Rows -> Table, in pieces, so that a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from sekom_survey.collected.table import SheetRows
from sekom_survey.model.cells import Codes, ColumnInMaking, as_they_are

AT_ONCE, MOST_COLUMNS = 20_000, 10_000
ROOM = 100  # what a text takes beside its characters


class TooMuch(Exception):
    """More cells or more text than a table may hold."""


class Gathering:
    """A Table in the making: rows numbered from 1, those that hold nothing left out."""

    def __init__(
        self,
        clean: Callable[[Sequence[str]], Sequence[str]] = as_they_are,
        most_cells: int = 10**9,
        most_characters: int = 10**12,
    ) -> None:
        self.columns: list[ColumnInMaking] = []
        self.numbers, self.widths = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        self.rows = self.kept = self.cells = 0
        self.clean, self.most_cells, self.most_characters = clean, most_cells, most_characters

    def add(self, columns: Sequence[Sequence[str]], widths: NDArray[np.int64]) -> None:
        """Some more rows, column by column, and how many cells each row has. Raises TooMuch."""
        self.cells += int(widths.sum())
        if len(columns) > MOST_COLUMNS:
            raise TooMuch
        while len(self.columns) < len(columns):
            self.columns.append(ColumnInMaking(self.clean))
            self.columns[-1].pieces.append(np.zeros(self.kept, np.int32))
        missing = [("",) * len(widths)] * (len(self.columns) - len(columns))
        codes = [column.add(raw) for column, raw in zip(self.columns, [*columns, *missing], strict=True)]
        filled = _filled(codes, len(widths))
        for column in self.columns if not filled.all() else ():
            column.pieces[-1] = column.pieces[-1][filled]
        self.numbers.append(np.arange(self.rows + 1, self.rows + len(widths) + 1)[filled])
        self.widths.append(widths[filled])
        self.rows, self.kept = self.rows + len(widths), self.kept + int(filled.sum())
        if (
            self.cells > self.most_cells
            or sum(one.characters + ROOM * len(one.texts) for one in self.columns) > self.most_characters
        ):
            raise TooMuch

    def add_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Some more rows as they are read. Raises TooMuch."""
        coming = iter(rows)
        while piece := list(islice(coming, AT_ONCE)):
            widths = np.fromiter(map(len, piece), np.int64, len(piece))
            if widths.max() > MOST_COLUMNS:
                raise TooMuch
            self.add(list(zip_longest(*piece, fillvalue="")), widths)

    def table(self) -> SheetRows:
        """The rows gathered."""
        return SheetRows(
            np.concatenate(self.numbers), np.concatenate(self.widths), tuple(column.cells() for column in self.columns)
        )


def _filled(columns: Iterable[Codes], rows: int) -> NDArray[np.bool_]:
    """The rows that hold something."""
    filled = np.zeros(rows, bool)
    for codes in columns:
        filled |= codes > 0
        if filled.all():
            break
    return filled


def gathered(rows: Iterable[Sequence[str]]) -> SheetRows:
    """Rows, numbered from 1, to a Table without those that hold nothing."""
    gathering = Gathering()
    gathering.add_rows(rows)
    return gathering.table()
