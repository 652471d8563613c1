"""Who the example's members are: invented places in real counties, with the temper that steers all they do."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from math import cos, dist, radians
from pathlib import Path
from random import Random

from example.table import csv_bytes
from sekom_survey.asked.reference import County, Municipality, counties, municipalities
from sekom_survey.text.swedish import sort_key

PLACES = Path(__file__).with_name("places.csv")
FIRST_YEAR = 2025
LIMITS = (15_000, 50_000)
SIZES = ("small", "medium", "large")
COLUMNS = (
    "member_id",
    "name",
    "kind",
    "status",
    "code",
    "county",
    "population",
    "joined",
    "left",
    "latitude",
    "longitude",
    "skr_group",
    "programme",
    "contacts",
)
DULL = {"left": -1.1, "leaving": -1.3}


@dataclass(frozen=True)
class Place:
    """An invented member; `note` says what is special (new, left, leaving, region, observer).

    `engagement` (mean 0, sd 1) steers answering and activity, `content` how satisfied it is, `habit` how readily it
    answers surveys for no other reason. `growth` is the change of population in a year.
    """

    member_id: str
    name: str
    county: County
    population: int
    skr_group: str
    joined: date | None
    note: str
    latitude: float
    longitude: float
    engagement: float
    content: float
    habit: float
    growth: float

    @property
    def kind(self) -> str:
        """Municipality or region."""
        return "region" if self.name.startswith("Region ") else "municipality"

    @property
    def status(self) -> str:
        """Member or observer."""
        return "observer" if self.note == "observer" else "member"

    @property
    def size(self) -> str:
        """small, medium or large; regions count as large."""
        return SIZES[sum(self.population >= limit for limit in LIMITS)]

    @property
    def landsdel(self) -> str:
        """The part of the country as the association counts: Gotland belongs to Svealand."""
        return "Svealand" if self.county.letter == "I" else self.county.landsdel

    def left(self, year: int) -> date | None:
        """The day it left, as known when the register of a year was frozen."""
        if self.note == "left" and year > FIRST_YEAR:
            return date(FIRST_YEAR, 12, 31)
        return date(2026, 12, 31) if self.note == "leaving" and year > FIRST_YEAR else None

    def listed(self, year: int) -> bool:
        """Whether the register of a year holds it."""
        return self.joined is None or self.joined.year <= year

    def asked(self, year: int) -> bool:
        """Whether it was a member when the year began."""
        gone = self.left(year)
        return self.status == "member" and self.listed(year) and (gone is None or gone.year >= year)


def read_places() -> tuple[Place, ...]:
    """All places, in the order of the register: municipalities by name, regions, observers."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file, delimiter=";"), key=_register_order)
    ids = _ids(rows)
    return tuple(_place(row, ids[row["name"]]) for row in rows)


def members_csv(places: tuple[Place, ...], year: int) -> bytes:
    """members.csv of a year, in UTF-8."""
    return csv_bytes(COLUMNS, [_line(place, year) for place in places if place.listed(year)])


def _register_order(row: dict[str, str]) -> tuple[int, bool, object]:
    group = {"observer": 2, "region": 1}.get(row["note"], 0)
    return group, row["name"].startswith("Region"), sort_key(row["name"])


def _ids(rows: list[dict[str, str]]) -> dict[str, str]:
    """Numbers in the order of the register; members of later years come after those of the first."""
    ordered = sorted(rows, key=lambda row: row["note"] == "new")
    return {row["name"]: f"M{number:03d}" for number, row in enumerate(ordered, 1)}


def _place(row: dict[str, str], member_id: str) -> Place:
    random = Random(f"place/{row['name']}")
    county = next(one for one in counties() if one.letter == row["letter"])
    note, population = row["note"], int(row["population"])
    engagement = DULL.get(note, 0.0) + random.gauss(0, 0.5 if note in DULL else 1)
    latitude, longitude = _point(county, random)
    return Place(
        member_id=member_id,
        name=row["name"],
        county=county,
        population=population,
        skr_group=_skr_name(row["skr"]),
        joined=_joined(row, random),
        note=note,
        latitude=latitude,
        longitude=longitude,
        engagement=engagement,
        content=0.5 * engagement + 0.87 * random.gauss(0, 1),
        habit=random.gauss(0, 1),
        growth=random.uniform(-0.006, 0.006),
    )


def _joined(row: dict[str, str], random: Random) -> date | None:
    if row["note"] == "observer":
        return None
    if row["note"] == "new":
        return date(int(row["joined"]), 1, 1)
    year = int(row["joined"] or random.randint(2000, 2016))
    return random.choice((date(year, 1, 1), date(year, 4, 26), date(year, 5, 22), date(year, 9, 12)))


def _skr_name(group: str) -> str:
    return next((one.skr_group_name for one in municipalities() if one.skr_group == group), "")


def _point(county: County, random: Random) -> tuple[float, float]:
    """A point near a real municipality's, and nearer to one of the same county than to any other county's."""
    home = [one for one in municipalities() if one.county_code == county.code]
    for _ in range(200):
        near = random.choice(home)
        latitude = round(near.latitude + random.uniform(-0.12, 0.12), 3)
        longitude = round(near.longitude + random.uniform(-0.2, 0.2), 3)
        if _nearest(latitude, longitude).county_code == county.code:
            return latitude, longitude
    raise ValueError(f"no point found in {county.name}")


def _nearest(latitude: float, longitude: float) -> Municipality:
    shrink = cos(radians(latitude))
    here = (latitude, longitude * shrink)
    return min(municipalities(), key=lambda one: dist(here, (one.latitude, one.longitude * shrink)))


def _line(place: Place, year: int) -> tuple[object, ...]:
    population = place.population if year > FIRST_YEAR else round(place.population * (1 - place.growth))
    return (
        place.member_id,
        place.name,
        place.kind,
        place.status,
        "",
        place.county.name,
        population,
        place.joined or "",
        place.left(year) or "",
        f"{place.latitude:.3f}",
        f"{place.longitude:.3f}",
        place.skr_group,
        *_duties(place),
    )


def _duties(place: Place) -> tuple[object, object]:
    """The day of the programme and whether both contact persons are named, as far as the office knows; nothing of observers."""
    random = Random(f"{place.name}/duties")
    adopted = date(random.randint(2016, 2024), random.randint(1, 12), random.randint(1, 28))
    programme = random.choices((adopted, "nej", ""), (0.78, 0.06, 0.16))[0]
    contacts = random.choices(("ja", "nej", ""), (0.8, 0.12, 0.08))[0]
    return (programme, contacts) if place.status == "member" else ("", "")
