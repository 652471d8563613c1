"""The rows of a sheet, kept by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.model.cells import Cells, cells_of


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
