"""A year's indicators/ -> every value with its member, year, origin, file and place; nothing guessed, everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sekom_survey.collected.indicators.headings import figure_begun
from sekom_survey.collected.indicators.kolada import is_json, read_kolada
from sekom_survey.collected.indicators.names import AREA, COUNTY, MEAN, MEMBER, OTHER, UNKNOWN, Names, names_of
from sekom_survey.collected.indicators.sheet import Context, Reading, ValueCell, read_grid
from sekom_survey.collected.opening import open_file
from sekom_survey.collected.options import NO_OPTIONS
from sekom_survey.model import NOTE, Correction, Member, Mend, Problem, Unusable
from sekom_survey.model.indicators import FROM_COUNTY, FileCount, KeyFigure, KeyFigures
from sekom_survey.text.files import folded, is_leftover
from sekom_survey.text.rows import is_formula

HEAD = 200


@dataclass(frozen=True)
class Value:
    """One value: the figure's code, whose (a member's id, or a county's or area's name), year, origin, file and place."""

    figure: str
    key: str
    year: int
    value: float
    origin: str
    file: str
    place: str


@dataclass(frozen=True)
class Collected:
    """Everything the files gave: members' values, counties' values, the association's means, and the count of each file."""

    values: tuple[Value, ...]
    counties: tuple[Value, ...]
    means: tuple[Value, ...]
    counts: tuple[FileCount, ...]


def read_indicators(
    folder: Path,
    shown: str,
    figures: KeyFigures,
    members: Sequence[Member],
    corrections: Iterable[Correction],
    year: int,
) -> tuple[Collected, list[Problem]]:
    """Every file in a year's indicators/ and the problems met; values of years after `year` are an error.

    A value that stands twice and is the same is kept once; two that differ are an error, since nobody can tell which holds.
    """
    names = names_of(members, corrections, figures)
    paths = files_in(folder)
    readings = [read_file(path, f"{shown}/{path.relative_to(folder).as_posix()}", figures.figures) for path in paths]
    taken = _Taken(names, {m.member_id: m for m in members}, {f.code: f for f in figures.figures}, year)
    counts = tuple(taken.take(reading) for reading in readings)
    problems = [problem for reading in readings for problem in reading.problems]
    if not paths:
        todo = "Lägg filerna i mappen indicators när de är insamlade; tills dess finns inga nyckeltal i rapporten."
        problems.append(Problem("indicators_missing", shown, "", "Det finns inga filer med nyckeltal.", todo, NOTE))
    return Collected(tuple(taken.values.values()), tuple(taken.counties.values()), tuple(taken.means), counts), problems


def files_in(folder: Path) -> list[Path]:
    """The files of a year's indicators/, also in folders of its own; none where there is no such folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not is_leftover(p.name)) if folder.is_dir() else []


def read_file(path: Path, shown: str, figures: Sequence[KeyFigure]) -> Reading:
    """One file's cells as they stand, with what is wrong with them; whose they are is not looked up."""
    known = _as_it_stands(path, _stamp(path), shown, tuple(figures))
    return replace(known, cells=[*known.cells], problems=[*known.problems], told_units={*known.told_units})


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.lstat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=64)
def _as_it_stands(path: Path, stamp: tuple[int, int] | None, shown: str, figures: tuple[KeyFigure, ...]) -> Reading:
    """A file is read once while it stays as it is: one check asks for it three times, and every press on the page checks."""
    reading = Reading(shown)
    if path.is_symlink():
        reading.problems.append(Problem("indicator_link", shown, "", "Filen är en länk.", "Lägg själva filen här."))
        return reading
    try:
        with path.open("rb") as stream:
            json = is_json(stream.read(HEAD))
    except OSError:
        json = False
    if json:
        read_kolada(path, figures, reading)
        return reading
    try:
        grids = open_file(path, shown, NO_OPTIONS)
    except Unusable as error:
        reading.problems.extend(error.problems)
        return reading
    named = next((one for one in figures if path.name in one.files), None) or figure_begun(path.stem, figures)
    for grid in grids:
        own = figure_begun(grid.name, figures) if grid.name else None
        read_grid(grid, figures, Context(own or named), reading)
    reading.problems.extend(dict.fromkeys(problem for grid in grids for problem in grid.problems))
    return reading


class _Taken:
    """The values taken so far, file after file: what tells a repeat from a contradiction."""

    def __init__(self, names: Names, members: dict[str, Member], figures: dict[str, KeyFigure], year: int) -> None:
        self.names, self.members, self.figures, self.year = names, members, figures, year
        self.values: dict[tuple[str, str, int], Value] = {}
        self.counties: dict[tuple[str, str, int], Value] = {}
        self.means: list[Value] = []

    def take(self, reading: Reading) -> FileCount:
        """Give every cell of a file its place; how its cells close."""
        told: set[str] = set()
        fates = Counter(self._take_cell(cell, reading, told) for cell in reading.cells)
        count = FileCount(
            reading.file,
            reading.filled,
            reading.in_values,
            fates["values"],
            fates["repeats"],
            fates["missing"] + reading.missing,
            fates["areas"],
            fates["others"],
            reading.listed,
        )
        if not count.closes:
            reading.problems.append(_lost(count))
        return count

    def _take_cell(self, cell: ValueCell, reading: Reading, told: set[str]) -> str:
        """Where a cell goes; an empty one goes nowhere, since it is no filled cell."""
        whose = self.names.whose(cell.name, cell.code)
        if whose.kind == MEMBER and not self.members[whose.key].is_municipality:
            whose = replace(whose, kind=COUNTY, key=self.members[whose.key].county)
        if cell.value is None:
            return "missing" if cell.filled else ""
        if whose.kind == UNKNOWN:
            return self._unknown(cell, whose.suggestions, reading, told)
        if cell.year > self.year:
            found = f"Året {cell.year} ligger efter {self.year}."
            reading.fault("indicator_year", cell.place, found, "Rätta årtalet, eller lägg värdet i det årets mapp.")
            return ""
        value = Value(
            cell.figure, whose.key, cell.year, cell.value, self.figures[cell.figure].origin, cell.file, cell.place
        )
        if whose.kind == MEMBER:
            return self._kept(self.values, value, reading)
        if whose.kind == COUNTY:
            return self._kept(self.counties, value, reading) and "areas"
        if whose.kind == MEAN:
            self.means.append(value)
        return "areas" if whose.kind in (AREA, MEAN) else "others" if whose.kind == OTHER else ""

    def _kept(self, where: dict[tuple[str, str, int], Value], value: Value, reading: Reading) -> str:
        first = where.setdefault((value.figure, value.key, value.year), value)
        if first is value:
            return "values"
        if first.value == value.value:
            return "repeats"
        found = f"{value.figure} {value.year} är {_shown(value.value)} här men {_shown(first.value)} i {first.file}, {first.place}."
        reading.fault(
            "indicator_twice", value.place, found, "Behåll det värde som gäller; ta bort det andra ur sin fil."
        )
        return ""

    def _unknown(self, cell: ValueCell, suggestions: Sequence[str], reading: Reading, told: set[str]) -> str:
        text = cell.name or cell.code
        reading.listed += 1
        if folded(text) not in told:
            told.add(folded(text))
            near = f" Menade du {' eller '.join(suggestions)}?" if suggestions else ""
            todo = "Rätta namnet, skriv en rad match i corrections.csv, eller lägg ett område till areas i indicators.toml."
            found = f"”{text[:60]}” är varken medlem, kommun, län eller känt område."
            mends = self._matches(cell.name, suggestions)
            reading.problems.append(
                Problem("indicator_name", reading.file, cell.place, found, todo + near, mends=mends)
            )
        return ""

    def _matches(self, name: str, suggestions: Sequence[str]) -> tuple[Mend, ...]:
        """The rows of corrections.csv that would say whose a name is; none where a spreadsheet would run it."""
        if not name or is_formula(name):
            return ()
        ids = {member.name: member.member_id for member in self.members.values()}
        near = [Mend("match", found=name, member_id=ids[one]) for one in suggestions if one in ids]
        return *near, Mend("match", found=name)


def _lost(count: FileCount) -> Problem:
    todo = "Det är ett fel i programmet. Spara filen och meddela den som sköter det."
    return Problem("cells_lost", count.file, "", "Antalet värden stämmer inte vid kontrollräkning.", todo)


def _shown(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def with_counties(collected: Collected, figures: KeyFigures, members: Iterable[Member]) -> tuple[Value, ...]:
    """Members' values, with the county's given to those without one where the figure says so.

    Where that is done, a member's value that is its county's to the last digit is taken to be the county's too.
    """
    filled = {figure.code for figure in figures.figures if figure.fill}
    county = {(one.figure, one.key, one.year): one for one in collected.counties if one.figure in filled}
    home = {member.member_id: member.county for member in members if member.is_municipality}
    own = [_origin(one, county.get((one.figure, home.get(one.key, ""), one.year))) for one in collected.values]
    have = {(one.figure, one.key, one.year) for one in own}
    given = [
        replace(one, key=member, origin=FROM_COUNTY)
        for member, place in home.items()
        for (code, name, year), one in county.items()
        if name == place and (code, member, year) not in have
    ]
    return (*own, *given)


def _origin(value: Value, county: Value | None) -> Value:
    return replace(value, origin=FROM_COUNTY) if county and county.value == value.value else value
