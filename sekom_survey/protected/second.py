"""A second public edition of a year: what it changes in the first is somebody's answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sekom_survey.counted.segment import ALL
from sekom_survey.model import WARNING, Problem
from sekom_survey.protected.worlds import FEWEST

ESTIMATES = "estimates.csv"
KEYS = ["item", "option"]


def second_edition(public: Path, estimates: pd.DataFrame) -> Iterator[Problem]:
    """A warning when the last public edition, in the folder `public`, differs from the new one by fewer than five members."""
    try:
        before = pd.read_csv(public / ESTIMATES, keep_default_na=False, na_values=[""])
        moved = _totals(estimates).sub(_totals(before)).dropna()
    except (OSError, ValueError, KeyError):
        return
    largest = moved.abs().max(axis=None) if len(moved) else 0
    if 0 < largest < FEWEST:
        todo = "Sprid bara en av dem: skillnaden mellan två utgåvor är de enskilda svar som kommit till eller ändrats."
        yield Problem(
            "second_edition",
            f"public/{ESTIMATES}",
            "",
            "Den publika rapporten skiljer sig från den förra med färre än fem svar.",
            todo,
            WARNING,
        )


def _totals(estimates: pd.DataFrame) -> pd.DataFrame:
    """Counts and bases of all municipalities, by question and answer."""
    rows = estimates[estimates["segmentation"] == ALL]
    return rows.set_index(KEYS)[["count", "base"]].astype(float)
