"""A sheet's cells by column, each distinct text kept once: what lets a million rows be read as quickly as their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import overload

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
AT_ONCE, MOST_COLUMNS = 20_000, 10_000
ROOM = 100  # what a text takes beside its characters


@dataclass(frozen=True, eq=False)
class Cells(Sequence[str]):
    """A column: `texts` are its distinct texts, the first of them empty, `codes` the place of each row's."""

    codes: Codes
    texts: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(self.texts.__getitem__, self.codes.tolist())

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Cells: ...

    def __getitem__(self, at: int | slice) -> str | Cells:
        return Cells(self.codes[at], self.texts) if isinstance(at, slice) else self.texts[self.codes[at]]

    @property
    def filled(self) -> int:
        """The number of cells that hold something."""
        return int(np.count_nonzero(self.codes))

    def used(self) -> NDArray[np.int64]:
        """How many cells have each of the texts."""
        return np.bincount(self.codes, minlength=len(self.texts))

    def where(self, texts: Iterable[str]) -> NDArray[np.bool_]:
        """The rows whose cell is one of some texts."""
        wanted = frozenset(texts)
        return np.array([text in wanted for text in self.texts], dtype=bool)[self.codes]

    def changed(self, change: Callable[[str], str]) -> Cells:
        """Every text put through a function, which leaves the empty one empty."""
        column = _Column()
        column.add(list(map(change, self.texts)))
        made = column.cells()
        return Cells(made.codes[self.codes], made.texts)


class _Column(dict[str, int]):
    """A column in the making: text as read -> the place of the clean text."""

    def __init__(self, clean: Callable[[str], str] = str) -> None:
        super().__init__({"": 0})
        self.clean = clean
        self.texts = [""]
        self.characters = 0
        self.pieces: list[Codes] = []

    def __missing__(self, raw: str) -> int:
        text = self.clean(raw)
        if text not in self.keys():
            self.texts.append(text)
            self.characters += len(text)
            self[text] = len(self.texts) - 1
        number = self[raw] = self[text]
        return number

    def add(self, raw: Sequence[str]) -> Codes:
        codes = np.fromiter(map(self.__getitem__, raw), np.int32, len(raw))
        self.pieces.append(codes)
        return codes

    def cells(self) -> Cells:
        return Cells(np.concatenate(self.pieces) if self.pieces else np.zeros(0, np.int32), self.texts)


def cells_of(texts: Sequence[str]) -> Cells:
    """Any column of texts as Cells."""
    if isinstance(texts, Cells):
        return texts
    column = _Column()
    column.add(texts)
    return column.cells()


@dataclass(frozen=True, eq=False)
class Table(Sequence[tuple[int, tuple[str, ...]]]):
    """The rows of a sheet that hold something: `numbers` in the file, `widths` in cells, and the columns."""

    numbers: NDArray[np.int64]
    widths: NDArray[np.int64]
    columns: tuple[Cells, ...]

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


class TooMuch(Exception):
    """More cells or more text than a table may hold."""


def gathered(
    rows: Iterable[Sequence[str]], clean: Callable[[str], str] = str, most_cells: int = 10**9, most_characters: int = 10**12
) -> Table:
    """Rows, numbered from 1, to a Table without those that hold nothing; read in pieces. Raises TooMuch."""
    columns: list[_Column] = []
    numbers, widths = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    start, cells, coming = 1, 0, iter(rows)
    while piece := list(islice(coming, AT_ONCE)):
        width = np.fromiter(map(len, piece), np.int64, len(piece))
        cells += int(width.sum())
        if width.max() > MOST_COLUMNS:
            raise TooMuch
        _widen(columns, int(width.max()), sum(map(len, numbers)), clean)
        padded = zip_longest(*piece, fillvalue="")
        codes = [column.add(next(padded, ("",) * len(piece))) for column in columns]
        filled = np.any(codes, axis=0) if codes else np.zeros(len(piece), bool)
        for column in columns:
            column.pieces[-1] = column.pieces[-1][filled]
        numbers.append(np.arange(start, start + len(piece))[filled])
        widths.append(width[filled])
        start += len(piece)
        kept = sum(column.characters + ROOM * len(column.texts) for column in columns)
        if cells > most_cells or kept > most_characters:
            raise TooMuch
    return Table(np.concatenate(numbers), np.concatenate(widths), tuple(column.cells() for column in columns))


def _widen(columns: list[_Column], width: int, rows: int, clean: Callable[[str], str]) -> None:
    """Columns up to a width, the new ones empty in the rows before."""
    for _ in range(width - len(columns)):
        columns.append(_Column(clean))
        columns[-1].pieces.append(np.zeros(rows, np.int32))


def numbered(rows: Sequence[tuple[int, Sequence[str]]]) -> Table:
    """Rows that already have their numbers to a Table."""
    columns = tuple(map(cells_of, zip_longest(*(cells for _, cells in rows), fillvalue="")))
    widths = np.array([len(cells) for _, cells in rows], dtype=np.int64)
    return Table(np.array([number for number, _ in rows], dtype=np.int64), widths, columns)
