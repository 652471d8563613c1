"""A text file in pieces of UTF-8, whatever its encoding, looked at in passing."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from sekom_survey.collected.gather import TooMuch
from sekom_survey.text.files import NotText

PIECE, MAX_LINES, LONGEST_LINE = 4_000_000, 10_000_000, 50_000_000
_DAMAGED = re.compile("\ufffd|Ã[¥¤¶…„–]|Ã\u0085|Ã\u0084|Ã\u0096")
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
        self.last = (self.last + piece[-_LONGEST_SIGN:])[-_LONGEST_SIGN:]
        self.line_ends += piece.count(b"\n")
        if self.line_ends > MAX_LINES:
            raise TooMuch
