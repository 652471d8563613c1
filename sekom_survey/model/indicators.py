"""The nouns of indicators: what is followed of every member beside the survey, as the green indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HIGH, LOW = "high", "low"
DIRECTIONS = (HIGH, LOW)
FROM_MEMBERS, NATIONAL, FROM_COUNTY = "reported", "national", "county"
ORIGINS = (FROM_MEMBERS, NATIONAL)
ORIGIN_NAMES = {FROM_MEMBERS: "rapporterat", NATIONAL: "nationell källa", FROM_COUNTY: "länets värde"}


@dataclass(frozen=True)
class KeyFigure:
    """One indicator as indicators.toml declares it.

    `good` is the better direction (high or low), `origin` who the values come from (reported by members or a national
    source), `percent` whether values lie between 0 and 100, `units` other spellings of the unit, `names` other names in
    headings and files, `files` those that hold it alone, `fill` whether a member without a value is given its county's,
    `jump` how many times larger or smaller a value may be than the one before, `public` whether it may be published.
    """

    code: str
    label: str
    unit: str
    good: str
    origin: str
    percent: bool = False
    decimals: int = 1
    jump: float = 3.0
    fill: bool = False
    public: bool = False
    units: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """What indicators.toml says: the figures, the coverage that makes a year comparable, names of the association's mean row.

    `collected` is the day the values were gathered, `areas` further names of rows that are no members.
    """

    title: str
    figures: tuple[KeyFigure, ...]
    coverage: float
    collected: date | None = None
    means: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileCount:
    """How the cells of one file close: of all that are filled some stand where values do, and each of these has gone somewhere.

    It is a member's value, the same once more, a sign for missing, an area's (a county, the country, a mean), another
    municipality's, or listed among the problems. The others are headings, names, dates and remarks.
    """

    file: str
    filled: int
    in_values: int
    values: int
    repeats: int
    missing: int
    areas: int
    others: int
    listed: int

    @property
    def beside(self) -> int:
        """Filled cells that hold no value."""
        return self.filled - self.in_values

    @property
    def closes(self) -> bool:
        """Whether every value has gone somewhere, and only once."""
        return self.in_values == self.values + self.repeats + self.missing + self.areas + self.others + self.listed
