"""A sheet's cells by column, each distinct text kept once: what lets a million rows be read as quickly as their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, repeat
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int32]
MOSTLY_NEW = 0.8  # texts a cell from which a column is taken for free text


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

    def present(self) -> list[str]:
        """The texts that some cell has."""
        return [text for text, n in zip(self.texts, self.used().tolist(), strict=True) if n]

    def where(self, texts: Iterable[str]) -> NDArray[np.bool_]:
        """The rows whose cell is one of some texts."""
        wanted = frozenset(texts)
        return np.array([text in wanted for text in self.texts], dtype=bool)[self.codes]

    def changed(self, change: Callable[[str], str]) -> Cells:
        """Every text put through a function, which leaves the empty one empty."""
        column = ColumnInMaking()
        column.add(list(map(change, self.texts)))
        made = column.cells()
        return Cells(made.codes[self.codes], made.texts)


def as_they_are(texts: Sequence[str]) -> Sequence[str]:
    """The texts."""
    return texts


class ColumnInMaking:
    """A column in the making: `places` leads from a text as read to the place of the clean text."""

    def __init__(self, clean: Callable[[Sequence[str]], Sequence[str]] = as_they_are) -> None:
        self.places = {"": 0}
        self.clean = clean
        self.texts = [""]
        self.characters = self.rows = 0
        self.pieces: list[Codes] = []

    def add(self, raw: Sequence[str]) -> Codes:
        """The places of some more cells; only texts not met before are looked at one by one, and all where most are new."""
        before = len(self.texts)
        if before > self.rows * MOSTLY_NEW:  # to look would be to look in vain
            codes = np.full(len(raw), -1, np.int32)
        else:
            codes = np.fromiter(map(self.places.get, raw, repeat(-1)), np.int32, len(raw))
        self.rows += len(raw)
        unmet = np.flatnonzero(codes < 0)
        new = [raw[at] for at in unmet.tolist()] if len(unmet) < len(raw) else raw
        distinct = dict.fromkeys(new)
        distinct.pop("", None)
        self._meet(list(distinct))
        every_one_kept = len(self.texts) - before == len(new)
        codes[unmet] = np.arange(before, len(self.texts)) if every_one_kept else [self.places[text] for text in new]
        self.pieces.append(codes)
        return codes

    def _meet(self, new: list[str]) -> None:
        places, texts, before = self.places, self.texts, len(self.texts)
        clean = self.clean(new)
        if clean == new and places.keys().isdisjoint(new):
            places.update(zip(new, count(before), strict=False))
            texts += new
        else:
            for raw, text in zip(new, clean, strict=True):
                place = places.setdefault(text, len(texts))
                if place == len(texts):
                    texts.append(text)
                places[raw] = place
        self.characters += sum(map(len, texts[before:]))

    def cells(self) -> Cells:
        """The column as it stands."""
        return Cells(np.concatenate(self.pieces) if self.pieces else np.zeros(0, np.int32), self.texts)


def cells_of(texts: Sequence[str]) -> Cells:
    """Any column of texts as Cells."""
    if isinstance(texts, Cells):
        return texts
    column = ColumnInMaking()
    column.add(texts)
    return column.cells()


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of answers of an Export, below the headings; `table` is the same as a DataFrame."""

    columns: tuple[Cells, ...]
    rows: int

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per export row, one column (0, 1, 2 ...) per column; made when first asked for."""
        spread = {i: np.array(cells.texts, dtype=object)[cells.codes] for i, cells in enumerate(self.columns)}
        return pd.DataFrame(spread, index=range(self.rows), dtype=object)
