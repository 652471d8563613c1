"""csv and its relatives -> rows of text cells: decoded in pieces, parted as whole arrays where every quote stands as it should."""

from __future__ import annotations

import codecs
import csv
import io
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.collected.grid import clean_texts
from sekom_survey.collected.options import Options
from sekom_survey.collected.table import MOST_COLUMNS, Gathering, SheetRows, TooMuch
from sekom_survey.text.files import DELIMITERS, NotText, declared_delimiter, decode, file_encoding, mostly_utf8

MAX_CELLS = 100_000_000
MAX_CHARACTERS = 1_500_000_000
MAX_HEAD = 1_000_000
LONGEST_RECORD = 16_000_000
FIRST_RECORDS = 25
LONGEST_DECLARATION = 2_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL_SHARE = 0.001


class Unparted(Exception):
    """The text cannot be parted into cells; `code` says why: not_text, too_large, encoding, quotes or long_cell."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def delimited_table(path: Path, options: Options) -> tuple[SheetRows, bool]:
    """A text file to its rows from row 1, and whether letters look damaged by an earlier wrong saving.

    Encoding and delimiter are found out unless `options` states them; line breaks inside quotes are kept. The file is
    read in pieces and may be larger than memory. Raises Unparted.
    """
    try:
        return _told(path, options)
    except NotText as error:
        raise Unparted("not_text") from error
    except TooMuch as error:
        raise Unparted("too_large") from error
    except (UnicodeError, LookupError) as error:
        raise Unparted("encoding") from error
    except csv.Error as error:
        raise Unparted("long_cell" if "field limit" in str(error) else "quotes") from error


def _told(path: Path, options: Options) -> tuple[SheetRows, bool]:
    """The table, in the encoding that is stated or found: UTF-8 is tried as soon as the file begins so, and again with marks for bad bytes."""
    if options.encoding:
        return _opened(path, options.encoding, options)
    if _begins_as_utf8(path):
        try:
            return _opened(path, "utf-8", options)
        except (UnicodeDecodeError, NotText):
            pass
    if mostly_utf8(path):
        return _opened(path, "utf-8", options, mend=True)
    return _opened(path, file_encoding(path), options)


def _begins_as_utf8(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(MAX_HEAD)
    whole = head[: head.rfind(b"\n") + 1] if len(head) == MAX_HEAD else head
    try:
        return decode(whole)[1].startswith("utf-8")
    except NotText:
        return False


def _opened(path: Path, encoding: str, options: Options, mend: bool = False) -> tuple[SheetRows, bool]:
    """The table; with `mend` a byte that cannot be read becomes the mark for that, U+FFFD."""
    with path.open(encoding=encoding, newline="", errors="replace" if mend else "strict") as stream:
        head = stream.read(MAX_HEAD).removeprefix("\ufeff")
    head = head.replace("\x00", "\ufffd") if mend else head
    if len(_CONTROL.findall(head[:100_000])) > _CONTROL_SHARE * min(len(head), 100_000):
        raise Unparted("not_text")
    with path.open("rb") as pieces:
        return _parted(pieces, encoding, head, options.delimiter, mend)


def _parted(stream: BinaryIO, encoding: str, head: str, stated: str, mend: bool) -> tuple[SheetRows, bool]:
    first, _, _ = head[:LONGEST_DECLARATION].partition("\n")
    declared = declared_delimiter(first)
    mark = stated or declared or _guessed("\n" + head[len(first) + 1 :] if declared else head)
    text = Utf8(stream, encoding, len(first.encode()) if declared else 0, mend)
    gathering = Gathering(clean_texts, MAX_CELLS, MAX_CHARACTERS)
    rest = _add_records(gathering, text, mark) if mark.isascii() else b""
    gathering.add_rows(csv.reader(text.lines(rest), delimiter=mark, strict=True))
    return gathering.table(), text.damaged


def _add_records(gathering: Gathering, text: Utf8, mark: str) -> bytes:
    """Adds the records of a text, a piece at a time; what is left when something is not written as it should be."""
    data = b""
    for piece in text:
        data += piece
        found = records(data, ord(mark))
        if found is None or (not found.size and len(data) > LONGEST_RECORD):
            break
        if found.size:
            gathering.add(cells(data, found, mark), found.widths)
            data = data[found.size :]
    return data


def _guessed(text: str) -> str:
    """The delimiter that parts most of the first records into equally many cells, and the most of them; `;` where two do."""
    return max((*DELIMITERS, "|"), key=lambda mark: (*_evenness(text[:MAX_HEAD], mark), mark == ";", mark == "\t"))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How many of the first records have the usual number of cells, more than one, and that number."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        widths = Counter(len(record) for record in islice(filter(any, records), FIRST_RECORDS))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


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


PIECE, MAX_LINES, LONGEST_LINE = 4_000_000, 10_000_000, 50_000_000
_DAMAGED = re.compile("\ufffd|Ã[¥¤¶…„–]|Ã\u0085|Ã\u0084|Ã\u0096")
_OTHER_LETTERS = re.compile("[a-z][†„”ŒŠ][a-z]")  # å, ä and ö of DOS and the old Macintosh, read as those of Windows
_RARE = (
    "\ufffd".encode()[-1:],
    "Ã".encode()[-1:],
)  # bytes that seldom end another letter, and a single one is found at once
_LONGEST_SIGN = 5


class Utf8:
    """The pieces of a file, without a byte-order mark and the first bytes that are to be skipped.

    With `mend` bytes that cannot be read become U+FFFD. `damaged` tells whether letters look damaged by an earlier wrong saving. Raises NotText for NUL characters, TooMuch
    for more lines than a survey has and UnicodeError where the encoding does not fit.
    """

    def __init__(self, stream: BinaryIO, encoding: str, skip: int, mend: bool = False) -> None:
        self.stream = stream
        is_utf8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
        self.mend = mend
        self.decoder = (
            None if is_utf8 and not mend else codecs.getincrementaldecoder(encoding)("replace" if mend else "strict")
        )
        self.skip = skip
        self.begun = self.damaged = False
        self.line_ends = 0
        self.last = b""

    def __iter__(self) -> Iterator[bytes]:
        while data := self.stream.read(PIECE):
            piece = self.decoder.decode(data).encode() if self.decoder else data
            piece = piece.replace(b"\x00", "\ufffd".encode()) if self.mend else piece
            if not self.begun:
                self.begun, piece = bool(piece), piece.removeprefix(codecs.BOM_UTF8)
            skipped = min(self.skip, len(piece))
            self.skip -= skipped
            self._look_at(piece)
            if piece[skipped:]:
                yield piece[skipped:]
        if self.decoder and (rest := self.decoder.decode(b"", final=True)):
            yield rest.encode()

    def lines(self, begun: bytes) -> Iterator[str]:
        """The lines that are left, after some text that has been given already."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        waiting = decoder.decode(begun)
        for piece in self:
            *whole, waiting = list(io.StringIO(waiting + decoder.decode(piece), newline="")) or [""]
            if len(waiting) > LONGEST_LINE:
                raise TooMuch
            yield from whole
        yield from io.StringIO(waiting + decoder.decode(b"", final=True), newline="")

    def _look_at(self, piece: bytes) -> None:
        if b"\x00" in piece:
            raise NotText
        if not self.damaged and any(byte in piece or byte in self.last for byte in _RARE):
            self.damaged = bool(_DAMAGED.search((self.last + piece).decode(errors="ignore")))
        if self.decoder and not self.damaged:
            self.damaged = bool(_OTHER_LETTERS.search(piece.decode(errors="ignore")))
        self.last = (self.last + piece[-_LONGEST_SIGN:])[-_LONGEST_SIGN:]
        self.line_ends += piece.count(b"\n")
        if self.line_ends > MAX_LINES:
            raise TooMuch
