"""A sheet cut to what one A4 holds: what matters least gives way first, and nothing is ever printed half."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

from sekom_survey.members.sheet import Sheet

ROOM = 280.0
"""Millimetres between the upper and the lower edge of a page."""
HEAD, FOOT, BETWEEN, HEADING, LINE, ROW, THIN = 22.0, 12.5, 4.0, 7.0, 4.45, 5.8, 5.3
COLUMN, WIDE, THIRD = 50, 108, 31
"""Signs on a line of a column, of the page and of a third of it."""


def fitted(sheet: Sheet) -> Sheet:
    """The sheet, with one example, meeting, call, theme or use less at a time until it fits."""
    for cut in _cuts():
        if height(sheet) <= ROOM:
            break
        sheet = cut(sheet)
    return sheet


def _cuts() -> Iterator[Callable[[Sheet], Sheet]]:
    yield lambda s: replace(s, examples=s.examples[:1])
    yield lambda s: replace(s, coming=s.coming[:1])
    yield lambda s: replace(s, calls=s.calls[:2])
    yield lambda s: replace(s, unused=())
    yield lambda s: replace(s, shared=s.shared[:2])
    yield lambda s: replace(s, used=s.used[:4])
    yield lambda s: replace(
        s, indicators=(*s.indicators[:2], *s.indicators[-2:]) if len(s.indicators) > 4 else s.indicators
    )
    yield lambda s: replace(s, examples=(), coming=())
    yield lambda s: replace(s, needs=s.needs[:4])
    yield lambda s: replace(s, calls=s.calls[:1])
    yield lambda s: replace(s, indicators=(*s.indicators[:1], *s.indicators[1:][-1:]))
    yield lambda s: replace(s, shared=(), used=s.used[:3])
    yield lambda s: replace(s, minute=())
    yield lambda s: replace(s, needs=s.needs[:3])


def height(sheet: Sheet) -> float:
    """How high the page is, in millimetres, by the letters it holds; meant to be a little too much."""
    parts = [
        HEAD + FOOT + 8.5 * (lines(sheet.title, 42) - 1),
        7 + 4.9 * max((lines(words, THIRD) for _, words in sheet.minute), default=0),
        _duties(sheet),
        HEADING + 5.5 + sum(ROW * max(lines(one.name, 22), 1) for one in sheet.needs) + LINE if sheet.needs else 0,
        HEADING + 5.5 + sum(THIN * lines(one.name, 48) for one in sheet.indicators) + LINE if sheet.indicators else 0,
        max(_left(sheet), _right(sheet)),
    ]
    return sum(parts) + BETWEEN * sum(bool(part) for part in parts[2:])


def lines(text: str, signs: int) -> int:
    """How many lines a text takes."""
    return ceil(len(text) / signs)


def _duties(sheet: Sheet) -> float:
    rows = [sheet.duties[at : at + 3] for at in range(0, len(sheet.duties), 3)]
    return (
        (HEADING + sum(LINE * max(lines(f"{d.name} {d.words}", 28) for d in row) + 1.2 for row in rows)) if rows else 0
    )


def _left(sheet: Sheet) -> float:
    shared = len(sheet.shared) + lines(sheet.alike, COLUMN)
    calls = [f"{other.name}, {offer.ask_for}: {offer.theme}" for other, offer in sheet.calls]
    lent = [f"{one.example.title} {one.who}" for one in sheet.examples]
    told = shared + sum(lines(words, COLUMN) for words in (*calls, *lent)) + (1 if calls else 0)
    return LINE * (told + 1.4 * sum(map(bool, (calls, lent)))) + HEADING + 3.5


def _right(sheet: Sheet) -> float:
    coming = [f"{one.title}, {one.day}          {one.how}" for one, _ in sheet.coming]
    told = len(sheet.used) + lines(
        f"Ingår också: {', '.join(sheet.unused)}. Säg till om ni vill vara med.", COLUMN
    ) * bool(sheet.unused)
    told += sum(lines(words, COLUMN) for words in coming)
    return LINE * (told + 1.4 * bool(coming)) + HEADING + (9 if sheet.fee else 0) + 8.5
