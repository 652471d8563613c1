"""csv and its relatives -> rows of text cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sekom_survey.collected.cells import clean_texts
from sekom_survey.collected.gather import Gathering, TooMuch
from sekom_survey.collected.options import Options
from sekom_survey.collected.records import cells, records
from sekom_survey.collected.table import SheetRows
from sekom_survey.collected.utf8 import Utf8
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
    """The text cannot be parted into cells; `code` says why: not_text, too_large, encoding or quotes."""

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
        raise Unparted("quotes") from error


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
    return max(DELIMITERS, key=lambda mark: (*_evenness(text[:MAX_HEAD], mark), mark == ";", mark == "\t"))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How many of the first records have the usual number of cells, more than one, and that number."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        widths = Counter(len(record) for record in islice(filter(any, records), FIRST_RECORDS))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
