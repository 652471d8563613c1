"""A member's indicators as rows with a small bar: its own value, the median, the middle half, its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.found.indicators.standing import Standing, standings
from sekom_survey.model import SizeClasses
from sekom_survey.model.indicators import HIGH
from sekom_survey.text.swedish import count_of, number

LEAST = 2
"""A bar needs two different values to have a length."""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of a member: words, and places on a bar in percent from worst to best.

    `place` is among those that report it that year, 1 is best; `change` is its own in words, "" without an earlier year.
    """

    name: str
    year: int
    own: str
    median: str
    place: str
    at: float
    middle: tuple[float, float]
    half: float
    change: str
    good: bool


def rows_of(indicators: Indicators, classes: SizeClasses) -> dict[str, tuple[IndicatorRow, ...]]:
    """The rows of each member that has a value, by member_id, the best place first."""
    found = {}
    for member in indicators.members:
        told = [one for one in standings(indicators, member.member_id, classes) if one.value is not None and one.place]
        told.sort(key=lambda one: (one.place or 0) / one.of)
        rows = [_row(one, list(indicators.of(one.figure.code, one.year).values())) for one in told]
        if rows:
            found[member.member_id] = tuple(row for row in rows if row)
    return found


def _row(one: Standing, values: Sequence[float]) -> IndicatorRow | None:
    low, high, all_ = min(values), max(values), one.everyone
    if len(set(values)) < LEAST or one.value is None or one.place is None or all_.q1 is None or all_.q3 is None:
        return None

    def at(value: float) -> float:
        place = (value - low) / (high - low)
        return round(100 * (place if one.figure.good == HIGH else 1 - place), 1)

    ends = sorted((at(all_.q1), at(all_.q3)))
    unit = "" if one.figure.unit == "%" else f", {one.figure.unit}"
    return IndicatorRow(
        name=one.figure.label + unit,
        year=one.year,
        own=_words(one, one.value),
        median=_words(one, all_.median or 0),
        place=count_of(one.place, one.of),
        at=at(one.value),
        middle=(ends[0], round(ends[1] - ends[0], 1)),
        half=at(all_.median or 0),
        change=_change(one),
        good=bool(one.change and one.change > 0),
    )


def _words(one: Standing, value: float) -> str:
    return number(value, one.figure.decimals) + ("\u00a0%" if one.figure.unit == "%" else "")


def _change(one: Standing) -> str:
    """ "från 438 till 612 sedan 2022", where it has become better."""
    if one.since is None or one.value is None or not one.change or one.change <= 0:
        return ""
    before = one.value - one.change * (1 if one.figure.good == HIGH else -1)
    return f"från {_words(one, before)} till {_words(one, one.value)} sedan {one.since}"
