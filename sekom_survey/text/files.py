"""Text files as people save them: any usual encoding, any usual delimiter."""

from __future__ import annotations

import codecs
import csv
import html
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from sekom_survey.model import Problem, Unusable

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = (";", ",", "\t")
PIECE = 1_000_000
FEWEST_NULS = 10  # one byte in so many is a NUL, at least, in UTF-16 of any western language
MANY_NULS, RIGHT_PER_WRONG = 0.01, 3
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_DECLARATION = re.compile(r'\ufeff?"?sep=([;,\t|])"?[;,\t|\s]*', re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{1,60}>")


class NotText(Exception):
    """The bytes are no text in any encoding we know."""


def decode(data: bytes) -> tuple[str, str]:
    """Bytes to (text, encoding): byte-order mark, UTF-16 by its NUL pattern, strict UTF-8, then the Swedish guess.

    Between cp1252 and mac_roman the one that yields more of å ä ö wins; general detectors mistake cp1252 for
    cp1250 on short Swedish texts. Raises NotText when NUL bytes say that this is no text.
    """
    encoding = _encoding(lambda: [data])
    text = data.decode(encoding)
    if "\x00" in text:
        raise NotText
    return text, encoding


def file_encoding(path: Path) -> str:
    """The encoding of a file, found as `decode` does it but in pieces. Raises NotText and OSError."""

    def pieces() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    return _encoding(pieces)


def mostly_utf8(path: Path) -> bool:
    """Whether a file is UTF-8 but for a few bytes, so that to read it as anything else would damage every å, ä and ö."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    wrong = right = nuls = size = 0
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            text = decoder.decode(piece)
            size += len(piece)
            nuls += text.count("\x00")
            wrong += text.count("\ufffd")
            right += len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    return nuls < MANY_NULS * size and bool(nuls or wrong) and wrong * RIGHT_PER_WRONG <= right


def _encoding(pieces: Callable[[], Iterable[bytes]]) -> str:
    head = next(iter(pieces()), b"")[:2000]
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return _tried(pieces(), encoding)
    if head.count(b"\x00") * FEWEST_NULS >= len(head) > 0:
        return _tried(pieces(), "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be")
    try:
        return _tried(pieces(), "utf-8")
    except NotText:
        return max(("cp1252", "mac_roman"), key=lambda name: _swedish_letters(pieces(), name))


def _tried(pieces: Iterable[bytes], encoding: str) -> str:
    try:
        for _ in codecs.iterdecode(pieces, encoding):
            pass
    except UnicodeDecodeError as error:
        raise NotText from error
    return encoding


def _swedish_letters(pieces: Iterable[bytes], name: str) -> int:
    try:
        return sum(text.count(letter) for text in codecs.iterdecode(pieces, name) for letter in "åäöÅÄÖé")
    except UnicodeDecodeError:
        return -1


def delimiter(text: str) -> str:
    """The delimiter that parts the first line into most cells, quotes respected; `,` for a single column."""
    line = _first_record(text)
    return max(DELIMITERS, key=lambda mark: (len(next(csv.reader([line], delimiter=mark), [])), mark == ","))


def declared_delimiter(line: str) -> str:
    """The delimiter that a first line "sep=;" declares for Excel, in quotes or not; empty when it is no such line."""
    found = _DECLARATION.fullmatch(line)
    return found[1] if found else ""


def _first_record(text: str) -> str:
    for line in text.splitlines():
        if line.strip():
            return line
    return ""


def rows(text: str, mark: str | None = None) -> list[list[str]]:
    """Delimited text to rows of cells; line breaks inside quoted cells are kept."""
    first, _, rest = text.partition("\n")
    if declared := declared_delimiter(first):
        mark, text = declared, rest
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark or delimiter(text)))


def read_rows(path: Path) -> list[list[str]]:
    """A delimited file to rows of cells. Raises OSError or NotText."""
    return rows(decode(path.read_bytes())[0])


def write_new(path: Path, text: str) -> None:
    """Write a text file in UTF-8 that is not there yet. Raises Unusable when it is."""
    if path.exists():
        todo = "Välj ett annat namn, eller flytta undan den."
        raise Unusable([Problem("file_exists", str(path), "", "Filen finns redan.", todo)])
    path.write_text(text, encoding="utf-8", newline="\n")


def is_leftover(name: str) -> bool:
    """Whether a file is one that a system leaves behind by itself: hidden, Excel's lock, Windows' thumbnails and settings."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}


def is_copy(name: str, of: str) -> bool:
    """Whether a file is called as another with something behind: "log-PC7.csv" of "log.csv", "log (2).csv", "log.sync-conflict-1.csv"."""
    stem, dot, ending = of.rpartition(".")
    behind = name.removeprefix(stem).removesuffix(dot + ending)
    return name == f"{stem}{behind}.{ending}" and behind != "" and not (behind[0].isalnum() or behind[0] == "_")


def as_day(text: str) -> date | None:
    """A day written as 2026-01-19, None when it is not."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def squeeze(text: str) -> str:
    """Text with hard spaces, invisible characters and line breaks folded into single spaces."""
    if text.isascii() and text.isprintable():  # an id, a day, a number: most cells
        return " ".join(text.split()) if " " in text else text
    if text.isprintable():
        return " ".join(unicodedata.normalize("NFC", text).split())
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def heading(text: str) -> str:
    """A column heading as it compares: squeezed, without HTML tags and with HTML's names of letters as letters."""
    return squeeze(html.unescape(_TAGS.sub(" ", text)) if "&" in text or "<" in text else text)


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Text as it compares when case, spaces and closing punctuation do not matter."""
    return heading(text).casefold().rstrip(" .:?!…")
