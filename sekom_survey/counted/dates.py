"""Answers that came when the survey was not open: a few are told, all of them are another year's file."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.model import WARNING, Export, Problem, Survey

MOST_ROWS = 10


def outside_dates(export: Export, counted: NDArray[np.bool_], survey: Survey) -> list[Problem]:
    """A problem for the counted rows whose date lies before the survey opened or after it closed; an error when all do.

    Rows without a date are not looked at.
    """
    dates = export.rows["date"].to_numpy(dtype=object)
    dated = counted & (dates != "") & ~pd.isna(dates)
    opened, closed = survey.opened.isoformat(), survey.closed.isoformat()
    outside = dated.copy()
    outside[dated] = [not opened <= day <= closed for day in dates[dated]]
    if not outside.any():
        return []
    if outside.sum() == dated.sum():
        return [_another_year(export, sorted(dates[dated]), survey)]
    lines = export.rows["row"].to_numpy()[outside].tolist()
    where = "rad " + ", ".join(map(str, lines[:MOST_ROWS])) + (" …" if len(lines) > MOST_ROWS else "")
    found = f"{len(lines)} av {int(dated.sum())} svar kom in när enkäten inte var öppen ({opened} till {closed})."
    todo = "Var den öppen längre: rätta opened eller closed i survey.toml. Hör svaren inte hit: stryk raderna i corrections.csv."
    return [Problem("answers_outside_dates", export.file, where, found, todo, WARNING)]


def _another_year(export: Export, days: list[str], survey: Survey) -> Problem:
    found = f"Alla svar kom in {days[0]} till {days[-1]}, men enkäten var öppen {survey.opened} till {survey.closed}."
    todo = "Det är nog ett annat års fil: lägg rätt fil i mappen export. Annars: rätta opened och closed i survey.toml."
    return Problem("answers_from_another_year", export.file, "", found, todo)
