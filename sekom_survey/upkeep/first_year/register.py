"""A member list -> members.csv: numbers, kinds, status and codes filled in, and all that was filled in told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sekom_survey.asked.reference import Municipality, county, municipality, municipality_entries
from sekom_survey.model import WARNING, Problem
from sekom_survey.text.files import as_day, folded, squeeze
from sekom_survey.text.names import build_index, match
from sekom_survey.text.swedish import join_words, plural
from sekom_survey.upkeep.first_year.member_list import NAME, Listed, MemberList, plain_name, region_of
from sekom_survey.upkeep.next_year.survey import table_text

HEADER = ("medlemsnummer", "namn", "typ", "status", "kommunkod", "län", "invånare", "medlem från", "medlem till")
MEMBER, OBSERVER, LEFT = "medlem", "observatör", "har lämnat"
KOMMUN, REGION = "kommun", "region"
MOST_TOLD = 10
_NO_FULL_MEMBER = re.compile("observ|adjungera", re.IGNORECASE)
_IS_OBSERVER = re.compile(
    r"(är |endast |bara )?(observatörs?(medlem|kommun|status)?|adjungerad( medlem)?)([ ,.(]+((sedan|från|fr\.?o\.?m\.?|år|t\.?o\.?m\.?|till)\b.*|[\d\s–-]+\)?))?\.?",
    re.IGNORECASE,
)
_NO_LONGER_SURE = re.compile(
    r"observatör|adjungera|utträ|\bläm(na|nar|nat|nade)\b|avslutat|uppsagt|sagt upp|ej medlem|inte medlem",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WRITTEN_DAY = re.compile(r"(\d{1,2})\.? ([a-zå]{3})[a-zå]* (\d{4})")
_SLASHED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


@dataclass(frozen=True)
class ListedMember:
    """A member as it is written to members.csv, every cell as text."""

    member_id: str
    name: str
    kind: str
    status: str
    code: str
    county: str
    population: str
    joined: str
    left: str


@dataclass(frozen=True)
class RegisterDraft:
    """The register to be: its entries, what was understood, in Swedish, and what should be looked at."""

    entries: tuple[ListedMember, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the members are called."""
        return tuple(entry.name for entry in self.entries)

    @property
    def text(self) -> str:
        """members.csv."""
        rows = ([entry.member_id, entry.name, entry.kind, entry.status, entry.code, entry.county, entry.population,
                 entry.joined, entry.left] for entry in self.entries)  # fmt: skip
        return table_text([HEADER, *rows])


@dataclass
class _Faults:
    """The problems of one list."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def fault(self, code: str, row: int, found: str, todo: str) -> None:
        """Note something to look at in a row of the list."""
        self.found.append(Problem(code, self.file, f"rad {row}", found, todo, WARNING))


def register_of(members: MemberList) -> RegisterDraft:
    """The register of a list; a member that stands on several rows, as one for each contact person, is taken once."""
    faults = _Faults(members.file)
    numbered = _numbers_hold(members.rows)
    taken: dict[str, tuple[int, ListedMember]] = {}
    again: list[int] = []
    for listed in members.rows:
        entry = _entry(listed, numbered, len(taken) + 1, faults)
        if folded(entry.name) in taken:
            again.append(listed.row)
        else:
            taken[folded(entry.name)] = (listed.row, entry)
    entries = tuple(entry for _, entry in taken.values())
    unknown = _unknown(list(taken.values()), members.file)
    return RegisterDraft(entries, tuple(_told(members, entries, again)), (*unknown, *faults.found))


def _numbers_hold(rows: Iterable[Listed]) -> bool:
    """Whether the list's own numbers are there for all and tell the members apart."""
    numbers = [row.cells.get("member_id", "") for row in rows]
    return all(numbers) and len(set(numbers)) == len(numbers)


def _entry(listed: Listed, numbered: bool, place: int, faults: _Faults) -> ListedMember:
    cells, written = listed.cells, listed.cells[NAME]
    known = municipality(plain_name(written)) or municipality(cells.get("code", ""))
    region = None if known else region_of(written)
    kind = REGION if region or _is_region(f"{cells.get('kind', '')} {listed.section}") else KOMMUN
    return ListedMember(
        member_id=cells["member_id"] if numbered else _number(known, region, place),
        name=region or (known.name if known else plain_name(written)),
        kind=kind,
        status=_status(listed, faults),
        code=known.code if known else "",
        county=_county(listed, known, region, faults),
        population=_population(listed, faults),
        joined=_day(listed, "joined", faults),
        left=_day(listed, "left", faults),
    )


def _is_region(kind: str) -> bool:
    return bool(re.search("region|landsting", kind, re.IGNORECASE))


def _unknown(entries: Sequence[tuple[int, ListedMember]], file: str) -> list[Problem]:
    """The names that no municipality has, each with what may be meant; one Problem together when they are many."""
    strange = [(row, entry) for row, entry in entries if entry.kind == KOMMUN and not entry.code]
    todo = "Rätta namnet i members.csv, eller fyll i län och invånare där."
    if len(strange) > MOST_TOLD:
        found = (
            f"{len(strange)} namn finns inte bland Sveriges kommuner och regioner, det första på rad {strange[0][0]}."
        )
        return [Problem("member_unknown_place", file, "", found, todo, WARNING)]
    index = build_index(municipality_entries())
    told = [(row, entry.name, match(index, entry.name).suggestions) for row, entry in strange]
    return [
        Problem(
            "member_unknown_place",
            file,
            f"rad {row}",
            f"”{name[:60]}” finns inte bland Sveriges kommuner och regioner.{_meant(near)}",
            todo,
            WARNING,
        )
        for row, name, near in told
    ]


def _meant(near: Sequence[str]) -> str:
    return f" Menas {join_words(near).replace(' och ', ' eller ')}?" if near else ""


def _number(known: Municipality | None, region: str | None, place: int) -> str:
    """A number that no other member can come to have: by the municipality's or county's code, else by the place in the list."""
    placed = county(region) if region else None
    return f"K{known.code}" if known else f"R{placed.code}" if placed else f"M{place:03}"


def _status(listed: Listed, faults: _Faults) -> str:
    stated, kind = listed.cells.get("status", ""), listed.cells.get("kind", "")
    if _NO_FULL_MEMBER.search(f"{stated} {kind} {listed.section} {listed.cells[NAME]}"):
        return OBSERVER
    if not stated and any(map(_IS_OBSERVER.fullmatch, listed.remarks)):
        told = "En anmärkning säger att medlemmen är observatör."
        faults.fault(
            "status_remark",
            listed.row,
            told,
            "Räknas som observatör; skriv medlem under status i members.csv om det är fel.",
        )
        return OBSERVER
    if any(map(_NO_LONGER_SURE.search, listed.remarks)):
        told = "En anmärkning nämner observatör eller utträde."
        todo = "Räknas som medlem; skriv observatör under status, eller dagen under medlem till, om det är fel."
        faults.fault("status_remark", listed.row, told, todo)
    if stated and not re.fullmatch(
        r"(aktiv|nuvarande|full|ordinarie)?\s*(medlem|medl\.?|ja|aktiv|x|member)", stated.casefold()
    ):
        faults.fault(
            "status_unclear",
            listed.row,
            f"Status är ”{stated[:40]}”.",
            "Räknas som medlem; skriv observatör, eller dagen för utträdet, om det är fel.",
        )
    return MEMBER


def _county(listed: Listed, known: Municipality | None, region: str | None, faults: _Faults) -> str:
    if known:
        return known.county
    placed = county(region or "") or county(listed.cells.get("county", ""))
    if placed is None and listed.cells.get("county"):
        faults.fault(
            "county_unknown",
            listed.row,
            f"Länet ”{listed.cells['county'][:40]}” finns inte.",
            "Fyll i länets namn i members.csv.",
        )
    return placed.name if placed else ""


def _population(listed: Listed, faults: _Faults) -> str:
    text = listed.cells.get("population", "")
    digits = re.sub(r"[\s.,](?=\d{3}\b)", "", re.sub(r"[.,]0+$", "", squeeze(text)))
    if digits and not (digits.isascii() and digits.isdecimal()):
        faults.fault(
            "cell_value",
            listed.row,
            f"Invånare är ”{text[:40]}”.",
            "Skriv antalet med siffror i members.csv; annars hämtas SCB:s tal.",
        )
        return ""
    return digits


def _day(listed: Listed, column: str, faults: _Faults) -> str:
    text = squeeze(listed.cells.get(column, ""))
    if not text or text in ("-", "–"):
        return ""
    if day := written_day(text):
        return day
    faults.fault(
        "cell_value",
        listed.row,
        f"”{text[:40]}” går inte att läsa som en dag eller ett år.",
        "Skriv dagen som 2026-01-19 i members.csv.",
    )
    return ""


def written_day(text: str) -> str:
    """A day or a year as a Swede writes it, as 2001-05-22 or 2001; empty when it is neither."""
    text = text.casefold().removesuffix(".0")
    if re.fullmatch(r"(19|20)\d\d", text):
        return text
    if found := _WRITTEN_DAY.fullmatch(text):
        return _iso(found[3], MONTHS.index(found[2]) + 1, found[1]) if found[2] in MONTHS else ""
    if found := _SLASHED_DAY.fullmatch(text):
        return _iso(found[3], int(found[2]), found[1])
    day = as_day(text[:10]) or (as_day(f"{text}-01") if len(text) == 7 else None)
    return day.isoformat() if day else ""


def _iso(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _told(members: MemberList, entries: Sequence[ListedMember], again: Sequence[int]) -> Iterable[str]:
    counts = Counter(entry.kind for entry in entries)
    said = [f"{n} {_kind_word(kind, n)}" for kind, n in counts.items()]
    observers = sum(entry.status == OBSERVER for entry in entries)
    said += [f"varav {observers} {plural(observers, 'observatör', 'observatörer')}"] if observers else []
    total = len(members.rows) + len(members.passed)
    yield f"Medlemslistan {members.file}: {total} rader under rubrikerna, {len(entries)} medlemmar: {', '.join(said)}."
    yield "  Används: " + ", ".join(f"kolumn {letter} {text}" for letter, text, _ in members.used) + "."
    if members.left:
        yield "  Kopieras inte: " + ", ".join(f"kolumn {letter} {text}" for letter, text in members.left) + "."
    for row, why in members.passed:
        yield f"  Rad {row} är ingen medlem: {why}."
    if again:
        yield f"  {plural(len(again), 'Rad', 'Raderna')} {join_words([str(row) for row in again])} gäller en medlem som redan står i listan."
    yield from _shares(entries)


def _kind_word(kind: str, n: int) -> str:
    return plural(n, KOMMUN, "kommuner") if kind == KOMMUN else plural(n, REGION, "regioner")


def _shares(entries: Sequence[ListedMember]) -> Iterable[str]:
    filled: Mapping[str, int] = {
        "kommunkod": sum(bool(entry.code) for entry in entries),
        "län": sum(bool(entry.county) for entry in entries),
        "invånare ur listan": sum(bool(entry.population) for entry in entries),
        "dag eller år för inträdet": sum(bool(entry.joined) for entry in entries),
    }
    yield "  Ifyllt: " + ", ".join(f"{what} för {n}" for what, n in filled.items()) + f" av {len(entries)}."
