"""Clock times as platforms write them; only the date and the minutes taken leave this step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

_CLOCK = re.compile(r"(?:^|[T ,])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b|fm\b|em\b)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
_EXCEL_DAY_ZERO = datetime(1899, 12, 30)
_EARLIEST = 2000


def moments(texts: Sequence[str]) -> list[datetime | None]:
    """A column of times; None where the text is no time we know.

    `12/24/2019` is read month first, as Microsoft and SurveyMonkey write it, unless some cell of the column
    shows that the day stands first. Years before 2000 are placeholders for an unknown time.
    """
    day_first = any(_shows_day_first(text) for text in texts)
    return [_moment(text, day_first) for text in texts]


def _shows_day_first(text: str) -> bool:
    found = _YEAR_LAST.match(text)
    return found is not None and (int(found[1]) > 12 or "." in found[0])


def _moment(text: str, day_first: bool) -> datetime | None:
    try:
        found = _day(text, day_first)
        return found if found is not None and found.year >= _EARLIEST else None
    except (ValueError, OverflowError):
        return None


def _day(text: str, day_first: bool) -> datetime | None:
    if _SERIAL.match(text):
        return _EXCEL_DAY_ZERO + timedelta(days=float(text))
    if found := _YEAR_FIRST.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if day_first else (second, first)
        year += 2000 if year < 100 else 0
    else:
        return None
    return datetime(year, month, day) + _clock(text[found.end():])


def _clock(text: str) -> timedelta:
    found = _CLOCK.search(text)
    if not found:
        return timedelta()
    hours, half = int(found[1]), (found[4] or "").lower()[:1]
    if half in ("p", "e") and hours < 12:
        hours += 12
    if half in ("a", "f") and hours == 12:
        hours = 0
    return timedelta(hours=hours, minutes=int(found[2]), seconds=int(found[3] or 0))


def has_clock(text: str) -> bool:
    """Whether a text tells the time of day and not only the day."""
    return bool(_CLOCK.search(text)) or ("." in text and bool(_SERIAL.match(text)))


def is_moment(text: str) -> bool:
    """Whether a text is a date with a time of day."""
    return has_clock(text) and _moment(text, _shows_day_first(text)) is not None


def minutes(start: datetime | None, end: datetime | None) -> float:
    """The minutes from start to end with one decimal; NaN when either is unknown or they are the wrong way round."""
    if start is None or end is None or end < start:
        return float("nan")
    return round((end - start).total_seconds() / 60, 1)
