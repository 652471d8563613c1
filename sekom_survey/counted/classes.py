"""Numbers and days put into classes, so that they are counted as any other answer: "10–19", "mars 2026"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from sekom_survey.text.swedish import MONTHS, number

MOST = 8
MOST_MONTHS = 18


def number_classes(values: Sequence[float]) -> list[str]:
    """The class of each number; every number is its own class when there are few, else some eight of one round width."""
    known = sorted(set(values))
    if len(known) <= MOST:
        return [number(value, 0 if value == int(value) else 1) for value in values]
    width = _round_width((known[-1] - known[0]) / MOST)
    whole = all(value == int(value) for value in known)
    return [_class(floor(value / width) * width, width, whole) for value in values]


def _round_width(least: float) -> float:
    """The first of 1, 2, 5, 10, 20 ... that is at least so wide."""
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least * (1 - 1e-9))


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
