"""Clock times as platforms write them; only the date and the minutes taken leave this step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sekom_survey.model.cells import cells_of

Moments = NDArray[np.datetime64]
_CLOCK = re.compile(
    r"(?:^|[T ,])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b|fm\b|em\b)?", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
MONTHS = ("jan", "feb", "mar|mär|mrz", "apr", "maj|may|mai", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec|dez")
_NAMED = re.compile(
    r"^(?:[a-zåäöß]{3,11}[.,]* )?(?:den )?(?:(\d{1,2})\.? )?"
    rf"({'|'.join(MONTHS)})[a-z]*\.? (?:(\d{{1,2}}),? )?(\d{{4}})(?!\d)[,.]?",
    re.IGNORECASE,
)
_WORD = re.compile("[a-zåäö]{3}", re.IGNORECASE)
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
EXCEL_DAY_ZERO = datetime(1899, 12, 30)
_EARLIEST = 2000
LOOKED_AT = 20
_BOUNDS = np.array([f"{_EARLIEST}-01-01", "10000-01-01"], dtype="datetime64[us]")
_KNOWN, _NO_DAY, _ODD = range(3)


def moments(texts: Sequence[str], day_first: bool | None = None) -> Moments:
    """A column of times as datetime64[us]; NaT where the text is no time we know.

    `12/24/2019` is read as `day_first` says, else in the order that fits the column (`day_order`). Years before 2000 are
    placeholders for an unknown time. Every distinct day and every distinct clock time is read once.
    """
    texts = with_numbers(texts)
    days, clocks = (cells_of([text.partition(" ")[part] for text in texts]) for part in (0, 2))
    if day_first is None:
        day_first, _ = day_order(days.texts)
    told, starts = zip(*(_midnight(text, day_first) for text in days.texts), strict=True)
    hours = np.array([_clock(" " + text) for text in clocks.texts], dtype="timedelta64[us]")
    kinds = np.array(told)[days.codes]
    found = np.array(starts, dtype="datetime64[us]")[days.codes] + hours[clocks.codes]
    found[(kinds == _NO_DAY) | (found < _BOUNDS[0]) | (found >= _BOUNDS[1])] = None
    for place in np.flatnonzero(kinds == _ODD).tolist():
        found[place] = _moment(texts[place], day_first)
    return found


def with_numbers(texts: Sequence[str]) -> Sequence[str]:
    """Times with the name of a month in Swedish, English or German, as "tisdag den 20 januari 2026 09:12", with its number: "2026-01-20 09:12"."""
    if not any(map(_WORD.search, texts[:LOOKED_AT])):
        return texts
    return [_NAMED.sub(_numbered, text) for text in texts]


def _numbered(found: re.Match[str]) -> str:
    day, name, after, year = found.groups()
    if bool(day) == bool(after):
        return found[0]
    month = next(n for n, names in enumerate(MONTHS, 1) if name.lower()[:3] in names.split("|"))
    return f"{year}-{month:02}-{int(day or after):02}"


def day_order(texts: Iterable[str], field: tuple[date, date] | None = None) -> tuple[bool, bool]:
    """Whether the day stands before the month in times like `03/02/2026`, and whether that is certain.

    It is when some text fits only one order, or more of the days lie within `field` (first and last day) by one of them.
    Else the order that gives the shorter time between first and last is likelier, and month first, as Microsoft and
    SurveyMonkey write it, where they are alike.
    """
    told = [found for text in dict.fromkeys(texts) if (found := _YEAR_LAST.match(text))]
    if any("." in found[0] or int(found[1]) > 12 for found in told):
        return True, True
    if any(int(found[2]) > 12 for found in told) or all(found[1] == found[2] for found in told):
        return False, True
    days = [sorted(filter(None, (_safe_day(found[0], order) for found in told))) for order in (False, True)]
    within = [sum(field[0] <= day.date() <= field[1] for day in one) if field else 0 for one in days]
    if within[0] != within[1]:
        return within[1] > within[0], True
    month_span, day_span = (one[-1] - one[0] if one else timedelta() for one in days)
    return day_span < month_span, False


def _safe_day(text: str, day_first: bool) -> datetime | None:
    try:
        return _day(text, day_first)
    except (ValueError, OverflowError):
        return None


def _midnight(text: str, day_first: bool) -> tuple[int, datetime | None]:
    """What stands before the first space: whether it is a day and no more, and which."""
    if has_clock(text) or _SERIAL.match(text):
        return _ODD, None
    found = _safe_day(text, day_first)
    return (_NO_DAY, None) if found is None else (_KNOWN, found)


def _shows_day_first(text: str) -> bool:
    found = _YEAR_LAST.match(text)
    return found is not None and (int(found[1]) > 12 or "." in found[0])


def _moment(text: str, day_first: bool) -> datetime | None:
    found = _safe_day(text, day_first)
    return found if found is not None and found.year >= _EARLIEST else None


def _day(text: str, day_first: bool) -> datetime | None:
    if _SERIAL.match(text):
        return EXCEL_DAY_ZERO + timedelta(days=float(text))
    if found := _YEAR_FIRST.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if day_first else (second, first)
        year += 2000 if year < 100 else 0
    else:
        return None
    return datetime(year, month, day) + _clock(text[found.end() :])


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
    text = with_numbers([text])[0]
    return has_clock(text) and _moment(text, _shows_day_first(text)) is not None


def clocked(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each stripped text tells the time of day, as `has_clock`; every distinct part is looked at once."""
    texts = with_numbers(texts)
    days, clocks = (cells_of([text.partition(" ")[part] for text in texts]) for part in (0, 2))
    alone = np.array([has_clock(text) for text in days.texts])[days.codes]
    before = np.array([bool(_CLOCK.search(text)) for text in days.texts])[days.codes]
    later = np.array([bool(_CLOCK.search(" " + text)) for text in clocks.texts])[clocks.codes]
    return np.where(clocks.codes > 0, before | later, alone)


def minutes(start: Moments, end: Moments) -> NDArray[np.float64]:
    """The minutes from start to end with one decimal; NaN where either is unknown or they are the wrong way round."""
    taken, which = np.unique(end - start, return_inverse=True)
    told = [
        float("nan") if one is None or one < timedelta() else round(one.total_seconds() / 60, 1)
        for one in taken.tolist()
    ]
    return np.array(told, dtype=float)[which]


def days(found: Moments) -> NDArray[np.object_]:
    """The ISO date of each moment, empty where it is unknown."""
    distinct, which = np.unique(found.astype("datetime64[D]"), return_inverse=True)
    return np.array([day.isoformat() if day else "" for day in distinct.tolist()], dtype=object)[which]
