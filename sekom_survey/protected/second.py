"""A second public edition of a year: what it changes in the first is somebody's answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sekom_survey.model import PUBLIC, WARNING, Problem, Unusable
from sekom_survey.protected.worlds import FEWEST
from sekom_survey.text.places import wave_name

KEYS, NUMBERS = ["item", "option", "segmentation", "segment"], ["base", "count"]
ESTIMATES, GROUP, COUNT = "estimates.csv", ["item", "segmentation", "segment"], "count"
COMPARED = {
    "estimates": ("option", COUNT, "base"),
    "themes": ("option", COUNT, "base"),
    "means": ("statistic", "value", "base"),
}
"""The tables that are compared: what names a row, its number and how many it is of."""
WRITTEN = 6  # decimals: a file has ten figures of a mean, and one answer moves it by far more
SPREAD = "Har den förra spridits, sprid inte den nya: det som skiljer dem åt är de enskilda svar som kommit till eller ändrats. "


def few_set_apart(public: Path, tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the public edition in the folder `public` and a new one's tables, side by side, tell of fewer than five members.

    They do where a total or a group of an item or of themes has moved and its base by less than five, or where all that came to
    it or left it gave one answer, and where a quartile has moved by fewer. What only one of them shows is not compared: it is
    audited with the rest of its edition.
    """
    return any(
        _few(public / f"{name}.csv", tables[name], values) for name, values in COMPARED.items() if name in tables
    )


def _few(path: Path, table: pd.DataFrame, values: tuple[str, str, str]) -> bool:
    _, count, base = values
    try:
        before = pd.read_csv(path, dtype=dict.fromkeys([*GROUP, values[0]], str), keep_default_na=False, na_values=[""])
        moved = _values(table, values).sub(_values(before, values)).dropna().round(WRITTEN)
    except (OSError, ValueError, KeyError):
        return False
    by_group = moved.groupby(level=GROUP)
    came, steps = by_group[base].first().abs(), by_group[count].agg(lambda one: one.abs().max())
    alike = (steps == came) & (count == COUNT)
    return bool((((came > 0) | (steps > 0)) & ((came < FEWEST) | alike)).any())


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


def _values(table: pd.DataFrame, values: tuple[str, str, str]) -> pd.DataFrame:
    """What is shown, by question, group and row."""
    row, *numbers = values
    return table.set_index([*GROUP, row])[numbers].astype(float)


def refuse_another_edition(home: Path, estimates: pd.DataFrame) -> None:
    """Raises Unusable when the public edition in `home` tells other numbers than what is to lie beside it; none there is no hinder.

    What one more answer has moved between the two is that answer.
    """
    path = home / PUBLIC / ESTIMATES
    if path.is_file() and not _same(path, estimates):
        found = "Den publika rapporten som ligger här är gjord av andra svar än de som finns nu."
        todo = (
            f"Kör först sekom run {wave_name(home)}, så att allt visar samma tal. Ligger rapporten kvar som den spreds (published): "
            "vänta med det som ändrats i svaren till nästa år."
        )
        raise Unusable([Problem("edition_differs", f"{home.name}/{PUBLIC}", "", found, todo)])


def _same(path: Path, now: pd.DataFrame) -> bool:
    """Whether a file holds the same rows and numbers; an answer may be the word NA or None, and a damaged file is another."""
    try:
        there = pd.read_csv(
            path, dtype=dict.fromkeys(KEYS, str), keep_default_na=False, na_values=dict.fromkeys(NUMBERS, "")
        )
        tables = [_numbers(table) for table in (there, now)]
    except (ValueError, KeyError):
        return False
    return tables[0].index.equals(tables[1].index) and bool(
        np.array_equal(tables[0].to_numpy(), tables[1].to_numpy(), equal_nan=True)
    )


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    named = table[KEYS].fillna("").astype(str)
    return table[NUMBERS].astype(float).set_index(pd.MultiIndex.from_frame(named)).sort_index()
