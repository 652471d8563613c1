"""indicators.toml: which indicators a year follows, their units, and what is good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sekom_survey.model import Problem, errors
from sekom_survey.model.indicators import DIRECTIONS, ORIGINS, KeyFigure, KeyFigures
from sekom_survey.text.toml import Table, did_you_mean, read_toml
from sekom_survey.text.toml_edit import with_rows

PERCENT = ("%", "procent")
INDICATORS_FILE = "indicators.toml"
FOLDER = "indicators"
COVERAGE, JUMP = 0.75, 3.0


def read_figures(path: Path, shown: str, association: str) -> tuple[KeyFigures | None, list[Problem]]:
    """indicators.toml to KeyFigures and the problems met; None when an error makes it unusable.

    The association's own name is one of the names of its mean row, whatever the file says.
    """
    data, problems = read_toml(path, shown)
    if problems:
        return None, problems
    table = Table(data, shown, "", problems)
    figures = KeyFigures(
        title=table.text("title", "Nyckeltal"),
        figures=tuple(_figure(entry) for entry in table.tables("indicators", required=True)),
        coverage=_number(table, "coverage", COVERAGE, 0.01, 1),
        collected=table.day("collected"),
        means=(association, *table.texts("means")),
        areas=table.texts("areas"),
    )
    table.close()
    _doubles(table, figures.figures)
    problems = with_rows(problems, path, shown)
    return (None if errors(problems) else figures), problems


def _figure(entry: Table) -> KeyFigure:
    unit = entry.text("unit", required=True)
    figure = KeyFigure(
        code=entry.text("code", required=True),
        label=entry.text("label", required=True),
        unit=unit,
        good=_choice(entry, "good", DIRECTIONS),
        origin=_choice(entry, "origin", ORIGINS),
        percent=entry.flag("percent", unit.strip() in PERCENT),
        decimals=int(_number(entry, "decimals", 1, 0, 6)),
        jump=_number(entry, "jump", JUMP, 1.1, 1000),
        fill=entry.flag("fill"),
        public=entry.flag("public"),
        units=(*entry.texts("units"), *(PERCENT if unit.strip() in PERCENT else ())),
        names=entry.texts("names"),
        files=entry.texts("files"),
        source=entry.text("source"),
    )
    entry.close()
    return figure


def _choice(entry: Table, key: str, known: tuple[str, ...]) -> str:
    value = entry.text(key, required=True)
    if isinstance(entry.data.get(key), str) and value not in known:
        todo = "Skriv " + " eller ".join(known) + "." + did_you_mean(value, known)
        entry.fault("unknown_value", key, f"Värdet ”{value}” är okänt.", todo)
    return value


def _number(entry: Table, key: str, default: float, least: float, most: float) -> float:
    value = entry.number(key, default)
    if value is None or not least <= value <= most:
        entry.fault("wrong_type", key, f"Värdet är {value}.", f"Skriv ett tal från {least:g} till {most:g}.")
        return default
    return float(value)


def _doubles(table: Table, figures: Iterable[KeyFigure]) -> None:
    """Codes and names that two indicators share: a file could not tell which is meant."""
    named = Counter(name.casefold() for figure in figures for name in {figure.code, figure.label, *figure.names})
    for name, n in named.items():
        if name and n > 1:
            table.fault("id_double", "indicators", f"{name} finns {n} gånger.", "Ge var och en ett eget namn.")
