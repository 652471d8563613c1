"""The indicators of a year: who the members are, every value, and which year each is compared on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import isinf
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pandas as pd

from sekom_survey.asked.indicators import FOLDER, INDICATORS_FILE, read_figures
from sekom_survey.collected.indicators.read import Collected, Value, files_in, read_indicators, with_counties
from sekom_survey.found.engagement.membership import members_on
from sekom_survey.found.indicators.statistics import common_year, jump
from sekom_survey.model import NOTE, WARNING, Correction, Member, Problem, Survey, errors
from sekom_survey.model.indicators import FROM_COUNTY, FROM_MEMBERS, FileCount, KeyFigure, KeyFigures
from sekom_survey.text.swedish import number

COLUMNS = ("indicator", "member_id", "year", "value", "origin", "file", "place")
NEAR_ENOUGH = 0.01  # of the association's own mean
POWERS = (10, 100, 1000, 1_000_000)
_ALIKE = 0.5  # how far a factor may be from a power of ten and still look like another unit


@dataclass(frozen=True, eq=False)
class Indicators:
    """Everything known of a year's indicators.

    `members` are the municipalities that are members on the survey's frame date: what every mean is of. `values` has the columns
    indicator, member_id, year, value, origin (reported, national, county), file and place (row and column), one row a value of
    these members.
    """

    declared: KeyFigures
    members: tuple[Member, ...]
    values: pd.DataFrame
    counts: tuple[FileCount, ...]

    @property
    def figures(self) -> tuple[KeyFigure, ...]:
        """The indicators in the order of indicators.toml."""
        return self.declared.figures

    def figure(self, code: str) -> KeyFigure:
        """The figure with a code; KeyError when there is none."""
        return {one.code: one for one in self.figures}[code]

    @cached_property
    def by_year(self) -> Mapping[str, Mapping[int, Mapping[str, float]]]:
        """Of each code, year -> member_id -> value, the county's where it stands in for the member's."""
        found: dict[str, dict[int, dict[str, float]]] = {one.code: {} for one in self.figures}
        columns = (self.values[name] for name in ("indicator", "year", "member_id", "value"))
        for code, year, member, value in zip(*columns, strict=True):
            found[code].setdefault(int(year), {})[member] = float(value)
        return found

    @cached_property
    def origins(self) -> Mapping[tuple[str, int, str], str]:
        """By code, year and member_id, where the value comes from."""
        columns = (self.values[name] for name in ("indicator", "year", "member_id", "origin"))
        return {(code, int(year), member): origin for code, year, member, origin in zip(*columns, strict=True)}

    def of(self, code: str, year: int | None) -> Mapping[str, float]:
        """By member_id, the value of an indicator in a year."""
        return self.by_year[code].get(year, {}) if year is not None else {}

    def own(self, code: str, year: int | None) -> Mapping[str, float]:
        """As `of`, without those that are given their county's value: what places and trends are told of."""
        have = self.of(code, year)
        return {one: value for one, value in have.items() if self.origins[code, year or 0, one] != FROM_COUNTY}

    def year(self, code: str) -> int | None:
        """The year that members are compared on; None where nobody has a value."""
        return common_year({year: len(have) for year, have in self.by_year[code].items()}, self.declared.coverage)

    def earlier(self, code: str) -> int | None:
        """The year before that the trend is told from: the latest earlier one that the same rule of coverage lets through."""
        last = self.year(code)
        covered = {year: len(have) for year, have in self.by_year[code].items() if last is not None and year < last}
        return common_year(covered, self.declared.coverage)

    @property
    def reporting(self) -> frozenset[str]:
        """The members that have reported at least one of the indicators that are theirs to report, for its common year or later."""
        return self.reported([one.code for one in self.figures])

    def reported(self, codes: Collection[str]) -> frozenset[str]:
        """As `reporting`, of some indicators."""
        own = self.values[(self.values["origin"] == FROM_MEMBERS) & self.values["indicator"].isin(codes)]
        since = own["indicator"].map({one.code: self.year(one.code) for one in self.figures})
        return frozenset(own.loc[own["year"] >= since, "member_id"])

    @property
    def asks_members(self) -> bool:
        """Whether any indicator is one that members report themselves, so that reporting can be told at all."""
        return any(one.origin == FROM_MEMBERS for one in self.figures)


def indicators_of(
    folder: Path, survey: Survey, members: Iterable[Member], corrections: Iterable[Correction] = ()
) -> tuple[Indicators | None, list[Problem]]:
    """A year's indicators.toml and indicators/ to Indicators and the problems met; None for a year that has no files.

    None too when an error makes them unusable. Revised and odd values are problems to look over and are never dropped.
    """
    indicators, collected, problems = read_all(folder, survey, members, corrections)
    if indicators is None or collected is None:
        return None, problems
    return indicators, [*problems, *jump_problems(indicators), *mean_problems(indicators, collected)]


def read_all(
    folder: Path, survey: Survey, members: Iterable[Member], corrections: Iterable[Correction] = ()
) -> tuple[Indicators | None, Collected | None, list[Problem]]:
    """The same before any value is looked over: the indicators, all that was read, and what is wrong with the files."""
    path, files = folder / INDICATORS_FILE, folder / FOLDER
    if not path.exists() and not files.is_dir():
        return None, None, []
    declared, problems = read_figures(path, f"{folder.name}/{INDICATORS_FILE}", survey.association)
    if declared is None:
        return None, None, problems
    known = tuple(members)
    collected, found = read_indicators(files, f"{folder.name}/{FOLDER}", declared, known, corrections, survey.year)
    problems += found
    if errors(problems) or not collected.counts:
        return None, None, problems
    current = tuple(one for one in members_on(known, survey.frame_date) if one.is_municipality)
    values = _table(with_counties(collected, declared, current), current)
    return Indicators(declared, current, values, collected.counts), collected, problems


def indicator_files(folder: Path) -> tuple[Path, ...]:
    """The files of a year that the indicators are read from."""
    return (folder / INDICATORS_FILE, *files_in(folder / FOLDER))


def _table(values: Sequence[Value], members: Sequence[Member]) -> pd.DataFrame:
    ids = {one.member_id for one in members}
    rows = sorted((v.figure, v.key, v.year, v.value, v.origin, v.file, v.place) for v in values if v.key in ids)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def jumps(indicators: Indicators) -> pd.DataFrame:
    """Values that differ from the member's value before by more than the indicator's factor.

    From or to nought only what is more than half of the members have counts. Columns: indicator, member_id, year, value,
    before_year, before, factor, file, place. A county's value is nobody's jump.
    """
    rows = []
    own = indicators.values[indicators.values["origin"] != FROM_COUNTY].sort_values(["indicator", "member_id", "year"])
    for (code, member), series in groupby(own.itertuples(index=False), lambda row: (row.indicator, row.member_id)):
        most = indicators.figure(code).jump
        for before, now in pairwise(series):
            factor = jump(float(before.value), float(now.value))
            if factor > most and not (isinf(factor) and _ordinary(before, now, indicators)):
                rows.append((code, member, now.year, now.value, before.year, before.value, factor, now.file, now.place))
    columns = ["indicator", "member_id", "year", "value", "before_year", "before", "factor", "file", "place"]
    return pd.DataFrame(rows, columns=columns)


def _ordinary(before: Any, now: Any, indicators: Indicators) -> bool:
    """Whether a value that came from or went to nought is one that half of the members exceed."""
    larger = max(before, now, key=lambda row: abs(row.value))
    return abs(larger.value) <= median(map(abs, indicators.of(larger.indicator, larger.year).values()))


def jump_problems(indicators: Indicators) -> list[Problem]:
    """Every jump as something to check; the value stays."""
    names = {one.member_id: one.name for one in indicators.members}
    return [
        Problem(
            "indicator_jump",
            str(row.file),
            str(row.place),
            f"{row.indicator} för {names[str(row.member_id)]} går från {_told(row.before)} ({row.before_year}) till "
            f"{_told(row.value)} ({row.year}){_as_unit(float(row.factor))}.",
            "Kontrollera värdet med kommunen. Det räknas med tills det rättas i filen.",
            WARNING,
        )
        for row in jumps(indicators).itertuples(index=False)
    ]


def _as_unit(factor: float) -> str:
    """A hint where the factor is near a power of ten, as when the unit is another one."""
    power = next((one for one in POWERS if (1 - _ALIKE) * one <= factor <= (1 + _ALIKE) * one), None)
    return f"; {number(power)} gånger kan vara en annan enhet" if power else ""


def _told(value: object) -> str:
    return f"{float(str(value)):g}".replace(".", ",")


def mean_problems(indicators: Indicators, collected: Collected) -> list[Problem]:
    """Where the association's own row in a file differs from the mean of the members' values: something to know, not a fault."""
    problems = []
    for row in collected.means:
        have = list(indicators.of(row.figure, row.year).values())
        ways = [have, list(indicators.own(row.figure, row.year).values())]  # with and without the county's values
        near = max(NEAR_ENOUGH * abs(row.value), 0.5 / 10 ** _decimals(row.value))
        if not have or any(abs(fmean(values) - row.value) <= near for values in ways if values):
            continue
        mean = fmean(have)
        found = (
            f"Föreningens egen rad säger {_told(row.value)} för {row.figure} {row.year}; medelvärdet av "
            f"{len(have)} medlemmar är {_told(round(mean, 4))}."
        )
        todo = "Skillnaden kan bero på vilka som är medlemmar nu, eller på vägning. Rapporten visar vårt medelvärde."
        problems.append(Problem("indicator_mean", row.file, row.place, found, todo, NOTE))
    return problems


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])
