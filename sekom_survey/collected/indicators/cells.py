"""A cell of an indicator file as a number, a year or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from sekom_survey.text.files import folded, squeeze

MISSING = frozenset(
    {"", "-", "–", "—", "−", "..", "saknas", "uppgift saknas", "data saknas", "ej rapporterat", "ej redovisat", "null", "none",
     "nan", "n/a", "na", "#n/a", "#saknas!", "missing"}
)  # fmt: skip
FIRST_YEAR = 1950
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?|[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(,\d{3})+\.\d+")
_COMMA, _POINT = re.compile(r"\d,\d"), re.compile(r"\d\.\d")
_THREE = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:-\d\d-\d\d.*)?|\d{1,2}[/.]\d{1,2}[/.]((?:19|20)\d\d)")


class Unclear(ValueError):
    """A cell that holds something else than a number, or a number that can be read in two ways."""


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value; a nought is a value."""
    return folded(text) in MISSING


def decimal_marks(texts: Iterable[str]) -> frozenset[str]:
    """The decimal marks that a column's cells use beyond doubt: a mark with other than three digits after it."""
    doubtless = [text for text in map(squeeze, texts) if not _THREE.fullmatch(text)]
    return frozenset(mark for mark, sign in ((",", _COMMA), (".", _POINT)) if any(map(sign.search, doubtless)))


def value_of(text: str, units: Iterable[str], marks: frozenset[str] = frozenset()) -> float | None:
    """A cell's number, None when it is missing; decimal comma or point, spaces at the thousands, a stated unit behind.

    `marks` are the decimal marks of the column: "1.234" in a column of commas may be a thousand and is unclear, as is the
    other way about. Raises Unclear.
    """
    if is_missing(text):
        return None
    bare = squeeze(text).replace("−", "-").replace("–", "-")
    for unit in sorted(units, key=len, reverse=True):
        if unit and bare.casefold().endswith(unit.casefold()) and len(bare) > len(unit):
            bare = bare[: -len(unit)].strip()
            break
    if _THREE.fullmatch(bare) and marks and not marks & set(bare):
        raise Unclear(text)
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise Unclear(text)
    number = float(_pointed(bare.replace(" ", "")))
    if not math.isfinite(number):
        raise Unclear(text)
    return number


def _pointed(digits: str) -> str:
    """A number with one decimal point and nothing at the thousands."""
    if "," in digits and "." in digits:
        thousands = min(",.", key=digits.rfind)
        digits = digits.replace(thousands, "")
    return digits.replace(",", ".")


def year_of(text: str) -> int | None:
    """The year of a date or a year; None for anything else, also for a span of years."""
    found = _YEAR.fullmatch(squeeze(text))
    year = int(found[1] or found[2]) if found else 0
    return year if year >= FIRST_YEAR else None
