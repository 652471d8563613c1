"""A sheet of indicators -> cells of value, whether it has a row a value, a column a year or a column a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sekom_survey.collected.grid import Grid, column_letter
from sekom_survey.collected.indicators.cells import Unclear, decimal_marks, is_missing, value_of, year_of
from sekom_survey.collected.indicators.headings import (
    CODE,
    FIGURE,
    GENDER,
    NAME,
    UNIT,
    YEAR,
    Layout,
    ValueColumn,
    figure_begun,
    figure_named,
    layout_of,
    unit_in,
)
from sekom_survey.model import WARNING, Problem
from sekom_survey.model.indicators import KeyFigure
from sekom_survey.text.files import folded

TOTALS = frozenset({"", "t", "total", "totalt", "alla", "båda"})
Row = Sequence[str]


@dataclass(frozen=True)
class ValueCell:
    """One cell of value as it stands: whose (name and municipality code), which figure and year, and where it is.

    `filled` is False for a cell that is empty and so says nothing, not even that the value is missing.
    """

    figure: str
    name: str
    code: str
    year: int
    value: float | None
    file: str
    place: str
    filled: bool = True


@dataclass
class Reading:
    """What one file gave: its cells of value, what is wrong, and how many filled cells there are.

    `filled` counts all, `in_values` those that stand where values do; of these `listed` are told in `problems` and `missing` only
    say that nothing is known.
    """

    file: str
    cells: list[ValueCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    filled: int = 0
    in_values: int = 0
    listed: int = 0
    missing: int = 0
    told_units: set[tuple[str, str]] = field(default_factory=set)

    def fault(self, code: str, place: str, found: str, todo: str, cells: int = 1) -> None:
        """Note an error at a place, which takes so many filled cells with it."""
        self.problems.append(Problem(code, self.file, place, found, todo))
        self.listed += cells


@dataclass(frozen=True)
class Context:
    """What a table's title and file say: the figure that the table holds when no column does, and its unit."""

    figure: KeyFigure | None
    unit: str = ""


def read_grid(grid: Grid, figures: Sequence[KeyFigure], context: Context, reading: Reading) -> None:
    """Every table of a sheet, one below the other, into a reading; `context` is what the file's name says."""
    reading.filled += grid.filled()
    rows = list(grid.rows)
    heads = [(at, layout) for at, (_, cells) in enumerate(rows) if (layout := layout_of(cells, figures))]
    if not heads:
        reading.problems.append(_no_table(grid))
        return
    ends = [*(at for at, _ in heads[1:]), len(rows)]
    above = 0
    for (at, layout), end in zip(heads, ends, strict=True):
        own = _titled([cell for _, cells in rows[above:at] for cell in cells], figures, context)
        _read_table(rows[at + 1 : end], layout, figures, own, reading)
        above = at + 1


def _no_table(grid: Grid) -> Problem:
    found = "Det finns ingen rad med rubrikerna kommun (eller Mätområde), datum eller år, och värde."
    todo = "Spara tabellen med rubrikraden kvar; docs/indicators.md visar hur filerna ska se ut."
    return Problem("indicator_table", grid.file, f"blad {grid.name}" if grid.name else "rad 1", found, todo)


def _titled(texts: Sequence[str], figures: Sequence[KeyFigure], context: Context) -> Context:
    """What is written above a table, which goes before what the file's name says; the last title decides."""
    for text in reversed(texts):
        if figure := figure_begun(text, figures):
            return Context(figure, unit_in(text))
    return context


def _read_table(
    rows: Sequence[tuple[int, Row]], layout: Layout, figures: Sequence[KeyFigure], context: Context, reading: Reading
) -> None:
    _tell_unknown(rows, layout, reading)
    marks = decimal_marks(_at(cells, column.index) for _, cells in rows for column in layout.values)
    for number, cells in rows:
        if layout.roles.keys() & {GENDER} and folded(_at(cells, layout.roles[GENDER])) not in TOTALS:
            continue  # the same value for women or men; it stays among what is beside
        for column in layout.values:
            reading.in_values += bool(_at(cells, column.index))
            _read_cell(number, cells, column, layout, figures, context, marks, reading)


def _tell_unknown(rows: Sequence[tuple[int, Row]], layout: Layout, reading: Reading) -> None:
    for index in layout.unknown:
        n = sum(bool(_at(cells, index)) for _, cells in rows)
        if n:
            found = f"Kolumnen har {n} ifyllda celler som inte läses; rubriken känns inte igen."
            todo = "Kontrollera att inget värde står där. Ett nyckeltal känns igen på code, label och names i indicators.toml."
            place = f"kolumn {column_letter(index)}"
            reading.problems.append(Problem("indicator_column", reading.file, place, found, todo, WARNING))


def _at(cells: Row, index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""


def _read_cell(
    number: int,
    cells: Row,
    column: ValueColumn,
    layout: Layout,
    figures: Sequence[KeyFigure],
    context: Context,
    marks: frozenset[str],
    reading: Reading,
) -> None:
    told = {role: _at(cells, index) for role, index in layout.roles.items()}
    text, place = _at(cells, column.index), f"rad {number}, kolumn {column_letter(column.index)}"
    if not (told.get(NAME) or told.get(CODE)) or (not text and YEAR in told and not told[YEAR]):
        _tell_nobody(text, place, reading)
        return
    figure = _figure(told.get(FIGURE, ""), column, figures, context)
    if figure is None:
        _tell_no_figure(told.get(FIGURE, ""), text, place, reading)
        return
    _check_unit(figure, column.unit or told.get(UNIT, "") or context.unit, place, reading)
    year = column.year or year_of(told.get(YEAR, ""))
    if year is None and is_missing(text):
        reading.missing += bool(text)
    elif year is None:
        where = f"rad {number}, kolumn {column_letter(layout.roles[YEAR])}"
        todo = "Skriv ett årtal, eller ett datum som 2024-12-31."
        reading.fault("indicator_year", where, f"Året är ”{told[YEAR][:40]}”.", todo)
    else:
        whose = (told.get(NAME, ""), told.get(CODE, ""))
        _keep(figure, whose, year, text, place, marks, reading)


def _tell_nobody(text: str, place: str, reading: Reading) -> None:
    if is_missing(text):
        reading.missing += bool(text)
    else:
        todo = "Skriv vems värdet är, eller ta bort det."
        reading.fault("indicator_nobody", place, f"Värdet ”{text[:40]}” står på en rad utan kommun.", todo)


def _figure(named: str, column: ValueColumn, figures: Sequence[KeyFigure], context: Context) -> KeyFigure | None:
    """A row's figure: as its own column says, else the heading, else the title or the file's name."""
    if named:
        return figure_named(named, figures) or figure_begun(named, figures)
    if column.figure:
        return next(one for one in figures if one.code == column.figure)
    return context.figure


def _tell_no_figure(named: str, text: str, place: str, reading: Reading) -> None:
    known = {problem.found for problem in reading.problems if problem.code == "indicator_unknown"}
    found = (
        f"Nyckeltalet ”{named[:60]}” finns inte i indicators.toml."
        if named
        else "Det framgår inte vilket nyckeltal tabellen gäller."
    )
    todo = "Lägg till det i indicators.toml, eller börja filens namn eller tabellens rubrik med nyckeltalets kod."
    reading.listed += bool(text)
    if found not in known:
        reading.problems.append(Problem("indicator_unknown", reading.file, place, found, todo))


def _check_unit(figure: KeyFigure, unit: str, place: str, reading: Reading) -> None:
    """A stated unit against the declared one, told once for each that differs."""
    if not unit or (figure.code, unit) in reading.told_units:
        return
    reading.told_units.add((figure.code, unit))
    if folded(unit).replace(" ", "") not in {folded(one).replace(" ", "") for one in (figure.unit, *figure.units)}:
        found = f"Enheten är ”{unit[:40]}”, men {figure.code} {figure.label} räknas i ”{figure.unit}”."
        todo = "Räkna om värdena, eller lägg till enheten i units om det bara är en annan stavning."
        reading.problems.append(Problem("indicator_unit", reading.file, place, found, todo))


def _keep(
    figure: KeyFigure,
    whose: tuple[str, str],
    year: int,
    text: str,
    place: str,
    marks: frozenset[str],
    reading: Reading,
) -> None:
    try:
        value = value_of(text, (figure.unit, *figure.units), marks)
    except Unclear:
        todo = "Skriv ett tal, som 12,5. Lämna cellen tom om värdet saknas."
        reading.fault("indicator_value", place, f"Värdet ”{text[:40]}” går inte att läsa som ett tal.", todo)
        return
    if value is not None and figure.percent and not 0 <= value <= 100:
        found = f"Andelen är {text[:40]}; {figure.code} {figure.label} kan inte vara under 0 eller över 100 procent."
        reading.fault("indicator_range", place, found, "Kontrollera värdet och enheten.")
        return
    reading.cells.append(ValueCell(figure.code, *whose, year, value, reading.file, place, bool(text)))
