"""The public edition that lies there has to be of the same answers as the pages: two editions give away what sets them apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sekom_survey.counted.year import PUBLIC
from sekom_survey.model import Problem, Unusable
from sekom_survey.text.places import wave_name

KEYS, NUMBERS = ["item", "option", "segmentation", "segment"], ["base", "count"]


def refuse_another_edition(home: Path, estimates: pd.DataFrame) -> None:
    """Raises Unusable when the public edition in `home` tells other numbers than the pages would; none there is no hinder."""
    path = home / PUBLIC / "estimates.csv"
    if path.is_file() and not _same(pd.read_csv(path, dtype={"option": str, "segment": str}), estimates):
        found = "Den publika rapporten som ligger här är gjord av andra svar än de som finns nu."
        todo = f"Kör först sekom run {wave_name(home)}, så att sidorna och rapporten visar samma tal."
        raise Unusable([Problem("edition_differs", f"{home.name}/{PUBLIC}", "", found, todo)])


def _same(there: pd.DataFrame, now: pd.DataFrame) -> bool:
    if not {*KEYS, *NUMBERS} <= set(there.columns):
        return False
    tables = [_numbers(table) for table in (there, now)]
    return tables[0].index.equals(tables[1].index) and bool(
        np.array_equal(tables[0].to_numpy(), tables[1].to_numpy(), equal_nan=True)
    )


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    return table[[*KEYS, *NUMBERS]].astype(dict.fromkeys(KEYS, str)).set_index(KEYS)[NUMBERS].astype(float).sort_index()
