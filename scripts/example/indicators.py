"""The example's green indicators: invented values as the files that people get, with gaps, mixed years and faults to find.

Every kind of file is there once: Miljöbarometern's table and its comparison, the same pasted into Excel, Kolada's long csv and a
sheet of one's own. One member has reported its waste in tonnes, one value of 2024 has been revised since 2025.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp
from random import Random

import xlsxwriter

from example.activities import indicator_lines
from example.members import FIRST_YEAR, Place
from example.table import csv_bytes
from example.workbook import stored

TONNES, REVISED = "Sandhammarby", "Ängelstorp"
ASSOCIATION = "Sveriges Ekokommuner"
Values = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Spec:
    """An invented indicator: its middle, how much members differ, how it moves in a year, decimals, share of noughts.

    `lag` is how many years before the survey its last year lies, `reported` whether members report it themselves.
    """

    code: str
    middle: float
    spread: float
    drift: float
    decimals: int
    reported: bool = False
    lag: int = 1
    noughts: float = 0.0
    most: float = float("inf")


SPECS = {one.code: one for one in (
    Spec("1a", 2.75, 0.30, -0.11, 2, lag=2),
    Spec("1b", 0.60, 1.10, -0.03, 2, lag=2, noughts=0.45),
    Spec("2a", 62, 0.55, 2.5, 0, reported=True),
    Spec("2b", 84, 0.10, 1.5, 0, reported=True, most=100),
    Spec("3", 19, 0.45, -0.2, 1, most=100),
    Spec("5", 6.4, 0.60, 0.1, 1, most=100),
    Spec("6a", 428, 0.14, -11, 0),
    Spec("7", 92, 0.07, 0.8, 0, reported=True, most=100),
    Spec("8a", 8.1, 0.80, 1.9, 1, reported=True, noughts=0.12),
    Spec("9b", 0.20, 0.40, -0.012, 2, reported=True),
    Spec("10", 31, 0.30, 0.4, 0, most=100),
    Spec("11", 13, 0.70, 0.5, 0, noughts=0.30, most=100),
)}  # fmt: skip


def indicator_files(places: Sequence[Place], year: int) -> dict[str, bytes]:
    """The files of a year's indicators/, by their path in the year's folder; in the first year two of them."""
    members = [one for one in places if one.kind == "municipality" and one.status == "member" and one.listed(year)]
    names = {one.member_id: one.name for one in members}
    last = year - 1

    def values(code: str) -> Values:
        return dict(_values(SPECS[code], members, year))

    files = {"6a hushållsavfall.xlsx": _pasted(members, _with_faults(values("6a"), names, year), year),
             "7 förnybar energi i egna lokaler.csv": _table(members, values("7"), "%", SPECS["7"])}  # fmt: skip
    if year > FIRST_YEAR:
        files |= {
            "2b förnybart bränsle.csv": _table(members, values("2b"), "%", SPECS["2b"], _counties(members, year)),
            "8a solel på kommunens byggnader.csv": _table(members, values("8a"), "W/inv", SPECS["8a"]),
            "9b tjänsteresor.csv": _table(members, values("9b"), "ton CO2e/årsarbetare", SPECS["9b"]),
            "10 ekologisk mat, jämförelse.csv": _comparison(members, values("10"), last),
            "kolada.csv": _kolada(members, {code: values(code) for code in ("3", "5", "11")}),
            "kansliets sammanställning.xlsx": _own_sheet(members, {c: values(c) for c in ("1a", "1b", "2a")}, year),
        }
    return {f"indicators/{name}": data for name, data in files.items()}


def _values(spec: Spec, members: Sequence[Place], year: int) -> Iterator[tuple[tuple[str, int], float]]:
    for place in members:
        random = Random(f"{place.name}/indicator/{spec.code}")
        level = spec.middle * exp(spec.spread * random.gauss(0, 1))
        nought = random.random() < spec.noughts
        for one in range(2022, 2026):
            value = level + spec.drift * (one - 2023) + 0.15 * spec.spread * spec.middle * random.gauss(0, 0.3)
            told = _is_told(spec, place, one, random)
            if told and year - 3 <= one <= year - spec.lag:
                yield (place.member_id, one), 0.0 if nought else round(min(max(value, 0.0), spec.most), spec.decimals)


def _is_told(spec: Spec, place: Place, year: int, random: Random) -> bool:
    """Whether a value is there: of what members report only from those that the log of the year after knows of."""
    chance = random.random()
    if not spec.reported:
        return chance < 0.95
    if year < FIRST_YEAR - 1:
        return chance < 0.62
    asked = place.asked(year + 1)
    return asked and any(indicator_lines(place, year + 1)) and (spec.code == "7" or chance < 0.9)


def _with_faults(values: Values, names: Mapping[str, str], year: int) -> Values:
    """The same as told that year: in 2025 one value as it stood before it was revised, in 2026 one in the wrong unit."""
    mended = dict(values)
    for (member, told), value in values.items():
        name = names[member]
        if year == FIRST_YEAR and name == REVISED and told == year - 1:
            mended[member, told] = value + 57
        if year > FIRST_YEAR and name == TONNES and told == year - 1:
            mended[member, told] = value / 1000
    return mended


def _swedish(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def _mean(values: Values, year: int) -> float:
    told = [value for (_, one), value in values.items() if one == year]
    return sum(told) / len(told)


def _table(
    members: Sequence[Place], values: Values, unit: str, spec: Spec, further: Sequence[tuple[str, int, float]] = ()
) -> bytes:
    """Miljöbarometern's table, saved as csv: members, the association's mean, other areas."""
    names = {one.member_id: one.name for one in members}
    rows = [(names[member], year, value) for (member, year), value in values.items()]
    means = [(ASSOCIATION, year, _mean(values, year)) for year in sorted({year for _, year in values})]
    lines = [
        (n, name, year, _swedish(value, spec.decimals))
        for n, (name, year, value) in enumerate([*rows, *means, *further], 1)
    ]
    return csv_bytes(("Rad-id", "Mätområde", "Datum", f"Värde ({unit})"), lines)


def _counties(members: Sequence[Place], year: int) -> list[tuple[str, int, float]]:
    """The counties' own values, which stand in for those of members that do not report."""
    names = sorted({one.county.name for one in members})
    return [
        (name, one, float(round(78 + 4 * Random(f"{name}/2b").gauss(0, 1) + one - year)))
        for name in names
        for one in (year - 2, year - 1)
    ]


def _comparison(members: Sequence[Place], values: Values, last: int) -> bytes:
    """Miljöbarometern's comparison: of each member the latest value, whatever its year."""
    lines = []
    for n, place in enumerate(members, 1):
        late = 0 if Random(f"{place.name}/late").random() < 0.8 else Random(f"{place.name}/later").randint(1, 2)
        value = values.get((place.member_id, last - late))
        told = ("", "") if value is None else (_swedish(value, 0), last - late)
        lines.append((n, place.name, *told))
    return csv_bytes(("Rad-id", "Kommun", "Senaste värdet (%)", "Datum"), lines)


def _kolada(members: Sequence[Place], values: dict[str, Values]) -> bytes:
    """Kolada's long csv as a client writes it; invented municipalities have no code."""
    names = {one.member_id: one.name for one in members}
    kpi = {"3": "EX00003", "5": "EX00005", "11": "EX00011"}
    lines = [
        (kpi[code], "", names[member], "K", year, "T", 1, value)
        for code, mine in values.items()
        for (member, year), value in mine.items()
    ]
    heads = ("kpi", "municipality_id", "municipality", "municipality_type", "year", "gender", "count", "value")
    return csv_bytes(heads, lines)


def _pasted(members: Sequence[Place], values: Values, year: int) -> bytes:
    """Miljöbarometern's table pasted into Excel below a title, with numbers as numbers."""
    names = {one.member_id: one.name for one in members}
    means = [(ASSOCIATION, one, round(_mean(values, one), 0)) for one in sorted({one for _, one in values})]
    rows = [*((names[member], one, value) for (member, one), value in values.items()), *means]
    head: list[Sequence[object]] = [
        ["6a Hushållsavfall per person (kg/person)"],
        [],
        ["Rad-id", "Mätområde", "Datum", "Värde (kg/person)"],
    ]
    return _workbook([*head, *([n, *row] for n, row in enumerate(rows, 1))], year)


def _own_sheet(members: Sequence[Place], values: dict[str, Values], year: int) -> bytes:
    """A sheet of the secretariat's own: a row a member and indicator, a column a year."""
    years = range(year - 3, year)
    rows: list[Sequence[object]] = [["Nyckeltal", "Kommun", *years, "Kommentar"]]
    for code, mine in values.items():
        for place in members:
            told = [mine.get((place.member_id, one)) for one in years]
            if any(one is not None for one in told):
                rows.append([code, place.name, *told, ""])
    return _workbook(rows, year)


def _workbook(rows: Sequence[Sequence[object]], year: int) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(year, 5, 4, 9)})
    sheet = book.add_worksheet("Blad1")
    write: dict[type, Callable[..., object]] = {
        str: sheet.write_string,
        int: sheet.write_number,
        float: sheet.write_number,
    }
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and value != "":
                write[type(value)](line, column, value)
    book.close()
    return stored(file.getvalue())
