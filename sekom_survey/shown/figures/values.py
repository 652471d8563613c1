"""What is written at a mark: numbers of members first, percent only where enough have answered, never a hidden number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.style import GREY, INK, REGULAR, SEMIBOLD
from sekom_survey.shown.figures.wrap import plain
from sekom_survey.text.swedish import count_of, percent

NOT_SHOWN = "visas inte"
PERCENT_FROM = 10
SURE = "säker"  # how a verdict begins that may be leaned on


def records(exhibit: Exhibit) -> list[Any]:
    """The rows of an exhibit's data, columns as attributes."""
    return list(exhibit.data.itertuples(index=False))


def by_label(exhibit: Exhibit) -> Iterator[tuple[str, list[Any]]]:
    """The rows of each label, labels in the order they first appear."""
    rows = records(exhibit)
    for label in dict.fromkeys(row.label for row in rows):
        yield str(label), [row for row in rows if row.label == label]


def hidden(row: Any) -> bool:
    """Whether a row's numbers are kept back, or are not there."""
    return bool(getattr(row, "suppressed", False)) or any(
        pd.isna(getattr(row, name)) for name in ("share", "count", "base")
    )


def count_words(count: float, base: float, share: float) -> str:
    """ "34 av 50 · 68 %", or "5 av 8" where fewer than ten have answered."""
    members = count_of(int(count), int(base))
    return members if base < PERCENT_FROM else f"{members} · {percent(share, int(base))}"


def row_words(row: Any) -> str:
    """What stands at a row's mark."""
    return NOT_SHOWN if hidden(row) else count_words(row.count, row.base, row.share)


def percent_allowed(rows: list[Any]) -> bool:
    """Whether any row has enough answers for a scale in percent."""
    return any(not hidden(row) and row.base >= PERCENT_FROM for row in rows)


def verdict(row: Any) -> str:
    """A row's verdict, "" when it has none."""
    return "" if pd.isna(row.verdict) else plain(row.verdict)


def verdict_look(text: str) -> tuple[str, int]:
    """Colour and weight of a verdict: one that may be leaned on stands out."""
    return (INK, SEMIBOLD) if text.startswith(SURE) else (GREY, REGULAR)
