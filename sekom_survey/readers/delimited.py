"""csv and its relatives -> rows of text cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from sekom_survey.readers.cells import clean_text
from sekom_survey.readers.options import Options
from sekom_survey.readers.table import Table, TooMuch, gathered
from sekom_survey.textfile import DELIMITERS, NotText, file_encoding

MAX_CELLS = 100_000_000
MAX_LINES = 10_000_000
MAX_CHARACTERS = 1_500_000_000
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


def delimited_table(path: Path, options: Options) -> tuple[Table, bool]:
    """A text file to its rows from row 1, and whether letters look damaged by an earlier wrong saving.

    Encoding and delimiter are found out unless `options` states them; line breaks inside quotes are kept. The file is
    read in pieces and may be larger than memory. Raises Unparted.
    """
    try:
        with path.open(encoding=options.encoding or file_encoding(path), newline="") as stream:
            head = stream.read(MAX_HEAD).removeprefix("\ufeff")
            if len(_CONTROL.findall(head[:100_000])) > _CONTROL_SHARE * min(len(head), 100_000):
                raise Unparted("not_text")
            stream.seek(0)
            return _parted(stream, head, options.delimiter)
    except NotText as error:
        raise Unparted("not_text") from error
    except TooMuch as error:
        raise Unparted("too_large") from error
    except (UnicodeError, LookupError) as error:
        raise Unparted("encoding") from error
    except csv.Error as error:
        raise Unparted("quotes") from error


def _parted(stream: Iterable[str], head: str, stated: str) -> tuple[Table, bool]:
    first, _, _ = head[:LONGEST_DECLARATION].partition("\n")
    declared = first[4:5] if first.lower().startswith("sep=") and first[4:5] in DECLARED else ""
    mark = stated or declared or _guessed("\n" + head[len(first) + 1 :] if declared else head)
    lines = _Lines(stream, declared=bool(declared))
    table = gathered(csv.reader(lines, delimiter=mark, strict=True), clean_text, MAX_CELLS, MAX_CHARACTERS)
    return table, lines.damaged


class _Lines:
    """The lines of a file on their way to be parted, looked at in passing."""

    def __init__(self, stream: Iterable[str], *, declared: bool) -> None:
        self.stream = stream
        self.declared = declared
        self.damaged = False

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.stream):
            if number > MAX_LINES:
                raise TooMuch
            if "\x00" in line:
                raise NotText
            if not self.damaged and ("\ufffd" in line or "Ã" in line):
                self.damaged = bool(_DAMAGED.search(line))
            if number == 0:
                yield "\n" if self.declared else line.removeprefix("\ufeff")
            else:
                yield line


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
