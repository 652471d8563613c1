"""members.csv: who the members are, filled in from the reference table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from sekom_survey.asked.reference import Municipality, county, municipality
from sekom_survey.model import MUNICIPALITY, Member, Problem, errors
from sekom_survey.text.table import read_sheet

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
REQUIRED = ("member_id", "name", "kind", "status")
ALIASES: Mapping[str, str] = {
    "id": "member_id",
    "medlemsid": "member_id",
    "medlem_id": "member_id",
    "medlemsnummer": "member_id",
    "namn": "name",
    "medlem": "name",
    "typ": "kind",
    "slag": "kind",
    "status": "status",
    "kommunkod": "code",
    "kod": "code",
    "län": "county",
    "lan": "county",
    "folkmängd": "population",
    "folkmangd": "population",
    "invånare": "population",
    "medlem_från": "joined",
    "medlem_fran": "joined",
    "inträde": "joined",
    "medlem_till": "left",
    "utträde": "left",
    "latitud": "latitude",
    "longitud": "longitude",
    "skr-grupp": "skr_group",
    "kommungrupp": "skr_group",
    "program": "programme",
    "miljöprogram": "programme",
    "hållbarhetsprogram": "programme",
    "kontaktpersoner": "contacts",
}
Fault = Callable[[str, str, str], None]
MOST_DIGITS = 9
KINDS = {"municipality": "municipality", "kommun": "municipality", "region": "region"}
ANSWERS = {"ja": True, "yes": True, "nej": False, "no": False}
STATUSES = {"member": "member", "medlem": "member", "observer": "observer", "observatör": "observer"}


def read_members(
    path: Path, shown: str, overrides: Iterable[tuple[str, str]]
) -> tuple[tuple[Member, ...], list[Problem]]:
    """members.csv to Members with county, landsdel, SKR group and population filled in where they were empty."""
    sheet = read_sheet(path, shown, COLUMNS, REQUIRED, ALIASES)
    problems = list(sheet.problems)
    if errors(problems):
        return (), problems
    members = [_member(cells, f"rad {line}", shown, dict(overrides), problems) for line, cells in sheet.rows]
    problems.extend(_doubles(members, shown))
    if not any(member.is_municipality for member in members):
        problems.append(
            Problem("no_members", shown, "", "Registret har inga kommuner.", "Fyll i medlemmarna, en rad för varje.")
        )
    return tuple(members), problems


def _member(
    cells: Mapping[str, str], where: str, shown: str, overrides: Mapping[str, str], problems: list[Problem]
) -> Member:
    def fault(code: str, found: str, todo: str) -> None:
        problems.append(Problem(code, shown, where, found, todo))

    for name in REQUIRED:
        if not cells.get(name):
            fault("cell_missing", f"{name} är tomt.", f"Fyll i {name}.")
    kind = _choice(cells.get("kind", ""), KINDS, "kind", fault)
    known = _known(cells) if kind == MUNICIPALITY else None
    county_name = _county(cells.get("county", ""), known, fault)
    placed = county(county_name) if county_name else None
    return Member(
        member_id=cells.get("member_id", ""),
        name=cells.get("name", ""),
        kind=kind,
        status=_choice(cells.get("status", ""), STATUSES, "status", fault),
        code=known.code if known else cells.get("code", ""),
        county=county_name,
        landsdel=overrides.get(county_name, placed.landsdel if placed else ""),
        skr_group=cells.get("skr_group", "") or (known.skr_group_name if known else ""),
        population=_population(cells.get("population", ""), known, fault),
        joined=_day(cells.get("joined", ""), "joined", fault),
        left=_day(cells.get("left", ""), "left", fault),
        latitude=_degrees(cells.get("latitude", ""), fault) or (known.latitude if known else None),
        longitude=_degrees(cells.get("longitude", ""), fault) or (known.longitude if known else None),
        programme=_programme(cells.get("programme", ""), fault),
        contacts=_yes_or_no(cells.get("contacts", ""), fault),
    )


def _known(cells: Mapping[str, str]) -> Municipality | None:
    return municipality(cells.get("code") or cells.get("name", ""))


def _choice(value: str, known: Mapping[str, str], column: str, fault: Fault) -> str:
    if value and value.casefold() not in known:
        fault("cell_value", f"{column} är ”{value}”.", "Skriv " + " eller ".join(dict.fromkeys(known.values())) + ".")
    return known.get(value.casefold(), "")


def _county(value: str, known: Municipality | None, fault: Fault) -> str:
    if not value:
        return known.county if known else ""
    found = county(value)
    if found is None:
        fault("county_unknown", f"Länet ”{value}” finns inte.", "Skriv länets namn eller kod.")
        return ""
    return found.name


def _population(value: str, known: Municipality | None, fault: Fault) -> int | None:
    digits = value.replace(" ", "").replace(".", "")
    if digits and not (digits.isdecimal() and len(digits) <= MOST_DIGITS):
        fault("cell_value", f"population är ”{value[:40]}”.", "Skriv antalet invånare med siffror.")
        return None
    return int(digits) if digits else (known.population if known else None)


def _day(value: str, column: str, fault: Fault) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]) if len(value) > 4 else date(int(value), 1, 1)
    except ValueError:
        fault("cell_value", f"{column} är ”{value}”.", "Skriv ett datum som 2026-01-19.")
        return None


def _programme(value: str, fault: Fault) -> date | None:
    """The day of a programme; date.min for one that there is none of."""
    return date.min if ANSWERS.get(value.casefold()) is False else _day(value, "programme", fault)


def _yes_or_no(value: str, fault: Fault) -> bool | None:
    """Ja or nej; anything else is told without being repeated, since it may be a person's name."""
    if value and value.casefold() not in ANSWERS:
        fault("cell_value", "contacts är varken ja eller nej.", "Skriv ja eller nej. Inga personnamn i registret.")
    return ANSWERS.get(value.casefold())


def _degrees(value: str, fault: Fault) -> float | None:
    if not value:
        return None
    try:
        return float(value.replace(",", "."))
    except ValueError:
        fault("cell_value", f"Koordinaten är ”{value}”.", "Skriv grader som 59,3.")
        return None


def _doubles(members: list[Member], shown: str) -> list[Problem]:
    problems = []
    for column, values in (
        ("member_id", [m.member_id for m in members]),
        ("name", [m.name.casefold() for m in members]),
    ):
        for value, n in Counter(values).items():
            if value and n > 1:
                problems.append(
                    Problem(
                        "member_double",
                        shown,
                        value,
                        f"{column} {value} finns {n} gånger.",
                        "Behåll en rad för varje medlem.",
                    )
                )
    return problems
