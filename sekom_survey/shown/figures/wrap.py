"""Lines of text that fit a width: broken between words, and inside a word only where it is wider than the line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.style import REGULAR

_VOWELS = frozenset("aeiouyåäöéAEIOUYÅÄÖÉ")
_AFTER = "-/–"
_LEAST_PIECE = 3
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def plain(text: object) -> str:
    """Text on one line without control characters, which no XML file may hold; fixed spaces are kept."""
    spaced = _SPACES.sub(" ", str(text)).strip(" ")
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cs", "Cn"))


def wrap(text: object, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """The fewest lines that fit the width, made as even as they can be."""
    return list(_wrapped(plain(text), width, size, weight))


@lru_cache(maxsize=4096)  # the same notes and labels stand in figure after figure
def _wrapped(text: str, width: float, size: float, weight: int) -> list[str]:
    words = text.split(" ")
    lines = _greedy(words, width, size, weight)
    narrowest = max(text_width(line, size, weight) for line in lines) / len(lines) if len(lines) > 1 else width
    while len(lines) > 1 and narrowest < width:
        tried = _greedy(words, narrowest, size, weight)
        if len(tried) == len(lines) and _breaks(tried) <= _breaks(lines):
            return tried
        narrowest += size / 2
    return lines


def _breaks(lines: list[str]) -> int:
    return sum(line.endswith("-") for line in lines)


def _greedy(words: list[str], width: float, size: float, weight: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece, glue in _pieces(words, width, size, weight):
        joined = f"{line}{glue}{piece}" if line else piece
        if line and text_width(joined, size, weight) > width:
            lines.append(line)
            joined = piece
        line = joined
    return [*lines, line]


def _pieces(words: list[str], width: float, size: float, weight: int) -> list[tuple[str, str]]:
    """Each word, or the parts of a word too wide for a line, with what joins it to the one before."""
    return [(part, "" if i else " ") for word in words for i, part in enumerate(_parts(word, width, size, weight))]


def _parts(word: str, width: float, size: float, weight: int) -> list[str]:
    parts = []
    rest = word
    while text_width(rest, size, weight) > width and len(rest) > 1:
        at = _break(rest, width, size, weight)
        parts.append(rest[:at] if rest[at - 1] in _AFTER else rest[:at] + "-")
        rest = rest[at:]
    return [*parts, rest]


def _break(word: str, width: float, size: float, weight: int) -> int:
    """The last good place where the first part fits; any place when there is no good one, at least one letter."""
    fits = [i for i in range(1, len(word)) if text_width(word[:i] + "-", size, weight) <= width]
    good = [i for i in fits if _good_break(word, i)]
    return max(good or fits or [1])


def _good_break(word: str, at: int) -> bool:
    """After a hyphen or a slash, or before the last consonant ahead of a vowel (Svenska skrivregler, avstavning)."""
    if word[at - 1] in _AFTER:
        return True
    inside = _LEAST_PIECE <= at <= len(word) - _LEAST_PIECE
    return inside and word[at].isalpha() and word[at] not in _VOWELS and word[at + 1] in _VOWELS
