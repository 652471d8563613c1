"""A second public edition of a year: what it changes in the first is somebody's answer."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sekom_survey.model import WARNING, Problem
from sekom_survey.protected.worlds import FEWEST

ESTIMATES = "estimates.csv"
GROUP, ROW = ["item", "segmentation", "segment"], "option"
SPREAD = "Har den förra spridits, sprid inte den nya: det som skiljer dem åt är de enskilda svar som kommit till eller ändrats. "


def few_set_apart(public: Path, estimates: pd.DataFrame) -> bool:
    """Whether the public edition in the folder `public` and new estimates, side by side, tell of fewer than five members.

    They do where a total or a group has moved and its base by less than five, or where all that came to it or left it gave
    one answer. What only one of them shows is not compared: it is audited with the rest of its edition.
    """
    try:
        before = pd.read_csv(public / ESTIMATES, keep_default_na=False, na_values=[""])
        moved = _counts(estimates).sub(_counts(before)).dropna()
    except (OSError, ValueError, KeyError):
        return False
    by_group = moved.groupby(level=GROUP)
    base, any_moved = by_group["base"].first().abs(), by_group["count"].agg(lambda counts: bool(counts.any()))
    alike = by_group["count"].agg(lambda counts: counts.abs().max()) == base
    return bool((((base > 0) | any_moved) & ((base < FEWEST) | alike)).any())


def second_edition(spread: bool) -> Problem:
    """What to say of an edition that few answers set apart from the last one; `spread`: that has been published."""
    found = "Den publika rapporten skiljer sig från den förra med färre än fem svar"
    if spread:
        kept = f"{found} och har inte bytts ut: den ligger kvar som den spreds."
        todo = (
            f"{SPREAD}Spara ändringen till nästa år, eller ta bort published ur survey.toml om den aldrig har spridits."
        )
    else:
        kept = f"{found}."
        todo = f"{SPREAD}Skriv dagen då en rapport sprids som published i survey.toml, så byts den inte ut."
    return Problem("second_edition", f"public/{ESTIMATES}", "", kept, todo, WARNING)


def _counts(estimates: pd.DataFrame) -> pd.DataFrame:
    """Counts and bases of what is shown, by question, group and answer."""
    return estimates.set_index([*GROUP, ROW])[["count", "base"]].astype(float)
