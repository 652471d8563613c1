"""csv and its relatives -> rows of text cells."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from sekom_survey.readers.cells import clean_text
from sekom_survey.readers.options import Options
from sekom_survey.textfile import DELIMITERS, NotText, decode

MAX_CELLS = 2_000_000
MAX_LINES = 500_000
MAX_HEAD = 1_000_000
FIRST_RECORDS = 5
LONGEST_DECLARATION = 20
DECLARED = (";", ",", "\t", "|")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL_SHARE = 0.001
_DAMAGED = re.compile("\ufffd|Ã[¥¤¶…„–]|Ã\u0085|Ã\u0084|Ã\u0096")


class Unparted(Exception):
    """The text cannot be parted into cells; `code` says why: not_text, too_large, encoding or quotes."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def delimited_rows(data: bytes, options: Options) -> tuple[list[list[str]], bool]:
    """A text file to its rows from row 1, and whether letters look damaged by an earlier wrong saving.

    Encoding and delimiter are found out unless `options` states them; line breaks inside quotes are kept.
    Raises Unparted.
    """
    text = _decoded(data, options.encoding)
    if len(_CONTROL.findall(text[:100_000])) > _CONTROL_SHARE * min(len(text), 100_000):
        raise Unparted("not_text")
    rows = [[clean_text(cell) for cell in row] for row in _parted(text, options.delimiter)]
    return rows, bool(_DAMAGED.search(text))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff") if encoding else decode(data)[0]
    except NotText as error:
        raise Unparted("not_text") from error
    except (UnicodeError, LookupError) as error:
        raise Unparted("encoding") from error


def _parted(text: str, stated: str) -> list[list[str]]:
    first, _, _ = text[:LONGEST_DECLARATION].partition("\n")
    declared = first[4:5] if first.lower().startswith("sep=") and first[4:5] in DECLARED else ""
    body = "\n" + text[len(first) + 1:] if declared else text
    mark = stated or declared or _guessed(body)
    if body.count("\n") + body.count("\r") > MAX_LINES or body.count(mark) > MAX_CELLS:
        raise Unparted("too_large")
    try:
        return list(csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise Unparted("quotes") from error


def _guessed(text: str) -> str:
    """The delimiter that parts the first records into equally many cells, and the most of them."""
    return max(DELIMITERS, key=lambda mark: (_evenness(text[:MAX_HEAD], mark), mark == ","))


def _evenness(text: str, mark: str) -> tuple[bool, int]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        widths = [len(record) for record in islice((record for record in records if any(record)), FIRST_RECORDS)]
    except csv.Error:
        return False, 0
    return len(set(widths)) == 1 and widths[0] > 1, max(widths, default=0)
