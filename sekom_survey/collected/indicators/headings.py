"""The headings of an indicator table: what each column holds, whoever made the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sekom_survey.collected.indicators.cells import year_of
from sekom_survey.model.indicators import KeyFigure
from sekom_survey.text.files import folded, heading

NAME, CODE, FIGURE, YEAR, UNIT, GENDER, BESIDE = "name", "code", "figure", "year", "unit", "gender", "beside"
ROLES = {
    NAME: ("mätområde", "område", "kommun", "kommunnamn", "namn", "medlem", "municipality", "municipality_name"),
    CODE: ("kommunkod", "municipality_id", "municipality_code"),
    FIGURE: ("kpi", "kpi_id", "nyckeltal", "indikator", "indicator"),
    YEAR: ("datum", "år", "year", "period", "date", "mätår"),
    UNIT: ("enhet", "unit"),
    GENDER: ("gender", "kön"),
    BESIDE: ("rad-id", "radid", "count", "status", "municipality_type", "kommentar", "källa", "anmärkning"),
}
_ROLE = {name: role for role, names in ROLES.items() for name in names}
_VALUE = re.compile(r"(?:senaste )?(?:värde[nt]?|value)(?: |$|[(\[,])")
_UNIT = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$|,\s*([^,()]+)$")


@dataclass(frozen=True)
class ValueColumn:
    """A column of values: its place, its heading, and the year, figure and unit that the heading states."""

    index: int
    heading: str
    year: int | None = None
    figure: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Layout:
    """What the columns of a table hold: role -> place, the columns of values, and those that nobody knows."""

    roles: dict[str, int]
    values: tuple[ValueColumn, ...]
    unknown: tuple[int, ...]


def layout_of(cells: Sequence[str], figures: Iterable[KeyFigure]) -> Layout | None:
    """A row of cells as the headings of a table; None when it cannot be: members and values must be told."""
    found = [_ROLE.get(name := folded(cell)) or _ROLE.get(name.replace(" ", "_")) for cell in cells]
    if NAME not in found and CODE not in found:
        return None
    known = list(figures)
    roles: dict[str, int] = {}
    values, unknown = [], []
    for index, (cell, role) in enumerate(zip(cells, found, strict=True)):
        column = None if role else _value_column(index, heading(cell), known)
        if role:
            roles.setdefault(role, index)
        elif column:
            values.append(column)
        elif heading(cell):
            unknown.append(index)
    told = values and (YEAR in roles or all(one.year for one in values))
    return Layout(roles, tuple(values), tuple(unknown)) if told else None


def _value_column(index: int, text: str, figures: list[KeyFigure]) -> ValueColumn | None:
    bare, unit = _without_unit(text)
    year = year_of(re.sub(_VALUE, "", bare.casefold() + " ").strip()) if bare else None
    if year:
        return ValueColumn(index, text, year, unit=unit)
    if _VALUE.match(bare.casefold()):
        return ValueColumn(index, text, unit=unit)
    figure = figure_named(bare, figures) or figure_named(text, figures)
    return ValueColumn(index, text, figure=figure.code, unit=unit) if figure else None


def _without_unit(text: str) -> tuple[str, str]:
    found = _UNIT.search(text)
    return (text[: found.start()].strip(), (found[1] or found[2]).strip()) if found else (text, "")


def unit_in(title: str) -> str:
    """The unit that a title states last, in brackets; empty when it states none."""
    found = _UNIT.search(title)
    return (found[1] or "").strip() if found else ""


def figure_named(text: str, figures: Iterable[KeyFigure]) -> KeyFigure | None:
    """The figure that a text is the code, label or another name of."""
    wanted = folded(text)
    return next((one for one in figures if wanted in {folded(n) for n in (one.code, one.label, *one.names)}), None)


def figure_begun(text: str, figures: Iterable[KeyFigure]) -> KeyFigure | None:
    """The figure whose code or name a title or a file's name begins with; the longest such name decides."""
    title = folded(text.replace("_", " "))
    begun = [
        (len(n), one) for one in figures for n in map(folded, (one.code, one.label, *one.names)) if _begins(title, n)
    ]
    return max(begun, key=lambda pair: pair[0])[1] if begun else None


def _begins(title: str, name: str) -> bool:
    return bool(name) and title.startswith(name) and not title[len(name) : len(name) + 1].isalnum()
