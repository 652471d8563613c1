"""Text files as people save them: any usual encoding, any usual delimiter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = (";", ",", "\t")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]{1,60}>")


class NotText(Exception):
    """The bytes are no text in any encoding we know."""


def decode(data: bytes) -> tuple[str, str]:
    """Bytes to (text, encoding): byte-order mark, UTF-16 by its NUL pattern, strict UTF-8, then the Swedish guess.

    Between cp1252 and mac_roman the one that yields more of å ä ö wins; general detectors mistake cp1252 for
    cp1250 on short Swedish texts. Raises NotText when NUL bytes say that this is no text.
    """
    encoding = _encoding(data)
    text = data.decode(encoding)
    if "\x00" in text:
        raise NotText
    return text, encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _tried(data, encoding)
    head = data[:2000]
    if head and b"\x00" in head:
        return _tried(data, "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be")
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return max(("cp1252", "mac_roman"), key=lambda name: _swedish_letters(data, name))


def _tried(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText from error
    return encoding


def _swedish_letters(data: bytes, encoding: str) -> int:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1
    return sum(text.count(letter) for letter in "åäöÅÄÖé")


def delimiter(text: str) -> str:
    """The delimiter that parts the first line into most cells, quotes respected; `,` for a single column."""
    line = _first_record(text)
    return max(DELIMITERS, key=lambda mark: (len(next(csv.reader([line], delimiter=mark), [])), mark == ","))


def _first_record(text: str) -> str:
    for line in text.splitlines():
        if line.strip():
            return line
    return ""


def rows(text: str, mark: str | None = None) -> list[list[str]]:
    """Delimited text to rows of cells; line breaks inside quoted cells are kept."""
    if text.lower().startswith("sep=") and len(text) > 4:
        mark, text = text[4], text.partition("\n")[2]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark or delimiter(text)))


def read_rows(path: Path) -> list[list[str]]:
    """A delimited file to rows of cells. Raises OSError or NotText."""
    return rows(decode(path.read_bytes())[0])


def squeeze(text: str) -> str:
    """Text with hard spaces, invisible characters and line breaks folded into single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def heading(text: str) -> str:
    """A column heading as it compares: squeezed, without HTML tags."""
    return squeeze(_TAGS.sub(" ", text))


def folded(text: str) -> str:
    """Text as it compares when case, spaces and closing punctuation do not matter."""
    return heading(text).casefold().rstrip(" .:?!…")
