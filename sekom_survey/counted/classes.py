"""Numbers and days put into classes, so that they are counted as any other answer: "10–19", "mars 2026"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from sekom_survey.stats.means import round_width
from sekom_survey.text.swedish import FIXED_SPACE, MONTHS, date_long, number

MOST = 8
MOST_MONTHS = 18
YEAR = 12


def number_classes(values: Sequence[float], years: bool = False) -> list[str]:
    """The class of each number; every number is its own class when there are few, else some eight of one round width.

    `years`: they are years, which are written without a space at the thousands.
    """
    known = sorted(set(values))
    if len(known) <= MOST:
        return [str(int(value)) if years else number(value, 0 if value == int(value) else 1) for value in values]
    width = round_width((known[-1] - known[0]) / MOST)
    whole = all(value == int(value) for value in known)
    classes = [_class(floor(value / width) * width, width, whole) for value in values]
    return [one.replace(FIXED_SPACE, "") for one in classes] if years else classes


def _class(low: float, width: float, whole: bool) -> str:
    if whole and width >= 1:
        return number(low) if width == 1 else f"{number(low)}–{number(low + width - 1)}"
    decimals = max(0, ceil(-log10(width)))
    return f"{number(low, decimals)} till under {number(low + width, decimals)}"


def date_classes(values: Sequence[float]) -> list[str]:
    """The month of each day (its ordinal), or its year when there are many months."""
    days = [date.fromordinal(int(value)) for value in values]
    months = {(day.year, day.month) for day in days}
    if len(months) > MOST_MONTHS:
        return [str(day.year) for day in days]
    return [f"{MONTHS[day.month - 1]} {day.year}" for day in days]


def day_digits(ordinal: float) -> float:
    """A day as digits that can be sorted and read: 20260301."""
    day = date.fromordinal(round(ordinal))
    return float(day.year * 10_000 + day.month * 100 + day.day)


def digits_words(digits: float) -> str:
    """Digits of a day, a month or a year in words: "1 mars 2026", "mars 2026", "2026"."""
    whole = int(digits)
    if whole < 10_000:
        return str(whole)
    if whole < 1_000_000:
        return f"{MONTHS[whole % 100 - 1]} {whole // 100}"
    return date_long(date(whole // 10_000, whole // 100 % 100, whole % 100))


def months_apart(first: float, last: float) -> int:
    """How many months there are from one day to another (ordinals)."""
    one, other = (date.fromordinal(round(day)) for day in (first, last))
    return (other.year - one.year) * YEAR + other.month - one.month
