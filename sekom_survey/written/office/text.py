"""How much room text takes, measured on the packaged typeface with 2 % added: the same on every computer.

Carlito, which has Calibri's widths, is 88-102 % as wide as the packaged typeface on Swedish text, so what fits here fits
there. Its digits are all 2 % wider, which would leave a number no room at all: they are measured by Calibri's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from sekom_survey.shown.figures.fonts import font_files
from sekom_survey.shown.figures.style import REGULAR, SEMIBOLD

LINE = 1.22  # Calibri's line height as a share of the size
_UNKNOWN = 0.6
_MARGIN = 1.02
_DIGIT = 0.507  # of the size: Calibri's, regular and bold


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text in points."""
    widths = _advances(SEMIBOLD if bold else REGULAR)
    return _MARGIN * size * sum(widths.get(ord(char), _UNKNOWN) for char in text)


def line_count(text: str, width: float, size: float, bold: bool = False) -> int:
    """How many lines text takes in a box of a width in points; words wider than the box are broken."""
    return lines_of(word_widths(text, size, bold), width, text_width(" ", size, bold))


def word_widths(text: str, size: float, bold: bool = False) -> list[float]:
    """The width of each word."""
    return [text_width(word, size, bold) for word in text.split(" ")]


def lines_of(words: Iterable[float], width: float, space: float) -> int:
    """How many lines words of these widths take with a space between them, as `line_count` says."""
    count, used = 1, 0.0
    for wide in words:
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        used += (space if used else 0.0) + wide
        while used > width:
            count, used = count + 1, used - width
    return count


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """The width of the widest word."""
    return max(word_widths(text, size, bold))


def largest_size(text: str, width: float, lines: int, sizes: tuple[float, ...], bold: bool = False) -> float:
    """The first of `sizes` at which text takes at most so many lines, else the last."""
    return next((size for size in sizes if line_count(text, width, size, bold) <= lines), sizes[-1])


@cache
def _advances(weight: int) -> Mapping[int, float]:
    """The advance of each character as a share of the size."""
    path = font_files().get(weight)
    if path is None:
        return {}
    from fontTools.ttLib import TTFont

    with TTFont(str(path), lazy=True) as font:
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        widths = {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
    return widths | {ord(digit): max(widths[ord(digit)], _DIGIT) for digit in "0123456789"}
