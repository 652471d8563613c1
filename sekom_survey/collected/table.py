"""The rows of a sheet, kept by column and gathered in pieces, so that a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.model.cells import Cells, Codes, ColumnInMaking, as_they_are, cells_of


def together(one: Cells, other: Cells, join: Callable[[str, str], str]) -> Cells:
    """Two columns made one; each distinct pair of texts is joined once."""
    which, pairs = pd.factorize(one.codes.astype(np.int64) * len(other.texts) + other.codes)
    both = (divmod(pair, len(other.texts)) for pair in pairs.tolist())
    made = cells_of([join(one.texts[a], other.texts[b]) for a, b in both])
    return Cells(made.codes[which], made.texts)


@dataclass(frozen=True, eq=False)
class SheetRows(Sequence[tuple[int, tuple[str, ...]]]):
    """The rows of a sheet that hold something: `numbers` in the file, `widths` in cells, and the columns."""

    numbers: NDArray[np.int64]
    widths: NDArray[np.int64]
    columns: tuple[Cells, ...]

    def below(self, rows: int) -> SheetRows:
        """The table without some of its first rows."""
        return SheetRows(self.numbers[rows:], self.widths[rows:], tuple(column[rows:] for column in self.columns))

    def keeping(self, rows: NDArray[np.bool_]) -> SheetRows:
        """The table with only some of its rows."""
        columns = tuple(Cells(column.codes[rows], column.texts) for column in self.columns)
        return SheetRows(self.numbers[rows], self.widths[rows], columns)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> tuple[int, tuple[str, ...]]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[int, tuple[str, ...]]]: ...

    def __getitem__(self, at: int | slice) -> object:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        return int(self.numbers[at]), tuple(column[at] for column in self.columns[: self.widths[at]])


def numbered(rows: Sequence[tuple[int, Sequence[str]]]) -> SheetRows:
    """Rows that already have their numbers to a Table."""
    columns = tuple(map(cells_of, zip_longest(*(cells for _, cells in rows), fillvalue="")))
    widths = np.array([len(cells) for _, cells in rows], dtype=np.int64)
    return SheetRows(np.array([number for number, _ in rows], dtype=np.int64), widths, columns)


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
