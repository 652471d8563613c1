"""Sweden's 290 municipalities and 21 counties: facts from SCB and SKR, sources in data/README.md.

municipalities, counties   all of them, by code
municipality, county       one, by code or name
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sekom_survey.text.names import Entry, NameIndex, build_index, resolve


@dataclass(frozen=True)
class Municipality:
    """A municipality; `genitive` is its name with "kommun" ("Österåkers kommun"), `code` has four digits.

    Latitude and longitude (degrees, WGS 84) are a point in the middle of the area, made for maps.
    """

    code: str
    name: str
    genitive: str
    official_name: str
    county_code: str
    county: str
    landsdel: str
    nuts2_code: str
    nuts2: str
    skr_group: str
    skr_group_name: str
    skr_main_group: str
    population: int
    population_year: int
    latitude: float
    longitude: float
    other_name: str

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other way to name it, for `names.build_index`."""
        forms = (self.code, self.genitive, self.official_name, self.other_name)
        return tuple(dict.fromkeys(form for form in forms if form))


@dataclass(frozen=True)
class County:
    """A county: `code` has two digits, `letter` one or two letters, `region_name` is its region's name."""

    code: str
    name: str
    short_name: str
    letter: str
    region_name: str
    landsdel: str
    nuts2_code: str
    nuts2: str
    n_municipalities: int


@lru_cache(maxsize=1)
def municipalities() -> tuple[Municipality, ...]:
    """The 290 municipalities in the order of their codes."""
    return tuple(_municipality(row) for row in _rows("municipalities.csv"))


@lru_cache(maxsize=1)
def counties() -> tuple[County, ...]:
    """The 21 counties in the order of their codes."""
    return tuple(_county(row) for row in _rows("counties.csv"))


@lru_cache(
    maxsize=50_000
)  # as many as a register may have: its names are asked for when it is read and when they are matched
def municipality(code_or_name: str) -> Municipality | None:
    """The municipality with a code (a lost leading zero is put back) or a name as people write it.

    None when there is none, or when the name could only be guessed ("Lnköping").
    """
    text = code_or_name.strip()
    return _by_code().get(resolve(_municipality_index(), text.zfill(4) if text.isdecimal() else text) or "")


@lru_cache(maxsize=1_000)
def county(name_or_code: str) -> County | None:
    """The county of a name ("Norrbottens län", "Norrbotten"), code, letter or region name; else None."""
    text = name_or_code.strip()
    code = resolve(_county_index(), text.zfill(2) if text.isdecimal() else text)
    return next((one for one in counties() if one.code == code), None)


def municipality_entries() -> list[Entry]:
    """The 290 as entries for `names.build_index`, with the code as key."""
    return [(one.code, one.name, one.aliases) for one in municipalities()]


@lru_cache(maxsize=1)
def _municipality_index() -> NameIndex:
    return build_index(municipality_entries())


@lru_cache(maxsize=1)
def _county_index() -> NameIndex:
    return build_index((one.code, one.name, _county_aliases(one)) for one in counties())


def _county_aliases(one: County) -> tuple[str, ...]:
    return (one.code, one.short_name, one.letter, one.region_name, one.region_name.removeprefix("Region "))


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, Municipality]:
    return {one.code: one for one in municipalities()}


def _rows(file_name: str) -> list[dict[str, str]]:
    text = files("sekom_survey.asked").joinpath(file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _municipality(row: dict[str, str]) -> Municipality:
    numbers = {"population": int(row["population"]), "population_year": int(row["population_year"])}
    place = {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}
    return Municipality(**{**row, **numbers, **place})  # type: ignore[arg-type]


def _county(row: dict[str, str]) -> County:
    return County(**{**row, "n_municipalities": int(row["n_municipalities"])})  # type: ignore[arg-type]
