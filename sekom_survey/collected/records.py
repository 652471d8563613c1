"""Delimited text parted as whole arrays, where every quote stands as it should."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.collected.gather import MOST_COLUMNS

QUOTE, NEWLINE, RETURN = b'"'[0], b"\n"[0], b"\r"[0]
LONGEST_CELL = 131_072  # the csv module's, in characters
EMPTIEST = 10


@dataclass(frozen=True, eq=False)
class Records:
    """The records that begin a text: how many bytes they take and how many cells each of them has."""

    size: int
    widths: NDArray[np.int64]


def records(data: bytes, delimiter: int) -> Records | None:
    """The whole records of a text, none when the first goes on; None unless the csv module would part them the same way.

    That is so when quotes come in pairs that begin and end a cell or stand doubled within one, lines end in one of the
    usual ways, no cell is longer than the module takes and no byte-order mark stands first. A few rows much wider than
    the others are left to the module too: a table as wide as they are would be mostly empty.
    """
    letters = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(np.frombuffer(data.translate(_marking(delimiter)), bool))
    kinds = letters[marks]
    before = letters[np.maximum(marks[kinds == NEWLINE] - 1, 0)]
    odd_ends = RETURN in data and data.count(RETURN, 0, len(data) - 1) != np.count_nonzero(
        before == RETURN
    )  # what follows the last is not known yet
    if odd_ends or data.startswith(BOM_UTF8):  # which pandas would leave out
        return None
    is_quote = kinds == QUOTE
    outside = marks[(np.cumsum(is_quote, dtype=np.int32) & 1 == 0) & ~is_quote]
    ends = np.flatnonzero(letters[outside] == NEWLINE)
    if not len(ends):
        return Records(0, np.zeros(0, np.int64))
    size = int(outside[ends[-1]]) + 1
    quotes = marks[is_quote & (marks < size)]
    if np.diff(outside[: ends[-1] + 1], prepend=-1).max() > LONGEST_CELL or not _in_place(letters, quotes, delimiter):
        return None
    widths = np.diff(ends, prepend=-1)
    widest = int(widths.max())
    if widest > MOST_COLUMNS or widest * len(widths) > EMPTIEST * int(widths.sum()):
        return None
    return Records(size, widths)


@cache
def _marking(delimiter: int) -> bytes:
    """A table for `bytes.translate` that leaves 1 for what parts cells, records and quoted text, and 0 for all else."""
    return bytes(letter in (QUOTE, NEWLINE, delimiter) for letter in range(256))


def _in_place(letters: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int) -> bool:
    """Whether every quote begins or ends a cell, or stands beside another."""
    opening, closing = quotes[::2], quotes[1::2]
    before = letters[np.maximum(opening - 1, 0)]
    begins = (before == delimiter) | (before == NEWLINE) | (before == QUOTE)
    after = letters[closing + 1]
    ends = (after == delimiter) | (after == NEWLINE) | (after == RETURN) | (after == QUOTE)
    return bool(begins.all() and ends.all())


def cells(data: bytes, found: Records, delimiter: str) -> list[list[str]]:
    """The cells of some records by column, "" where a record has fewer than the widest."""
    table = pd.read_csv(
        io.BytesIO(data[: found.size]), sep=delimiter, header=None, names=range(found.widths.max()), dtype=object, engine="c",
        na_filter=False, skip_blank_lines=False, index_col=False, low_memory=False, encoding="utf-8",
    )  # fmt: skip
    assert len(table) == len(found.widths)
    return [table[i].tolist() for i in table.columns]
