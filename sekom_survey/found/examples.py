"""examples.csv: the library of good examples, kept by hand; who has said yes to what, and who has done the same since."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.model import ERROR, WARNING, Member, Problem
from sekom_survey.text.files import as_day, squeeze
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean

EXAMPLES_FILE = "examples.csv"
COLUMNS = ("id", "title", "member_id", "theme", "indicator", "problem", "done", "result", "evidence", "cost", "did_not_work",
           "stage", "copied_by", "contact_role", "link", "award", "consent", "consent_by", "consent_date", "consent_until")  # fmt: skip
REQUIRED = ("id", "title", "member_id", "consent")
ALIASES: Mapping[str, str] = {
    "titel": "title", "medlem": "member_id", "medlemsid": "member_id", "medlem_id": "member_id", "tema": "theme",
    "nyckeltal": "indicator", "problemet": "problem", "gjort": "done", "resultat": "result", "hur_vi_vet": "evidence",
    "kostnad": "cost", "fungerade_inte": "did_not_work", "läge": "stage", "infört_av": "copied_by", "kontaktroll": "contact_role",
    "länk": "link", "utmärkelse": "award", "samtycke": "consent", "samtycke_av": "consent_by", "samtycke_datum": "consent_date",
    "samtycke_till": "consent_until",
}  # fmt: skip
NONE, NO, ASK, ANONYMOUS, NAMED, CONTACT = "", "no", "ask", "anonymous", "named", "contact"
CONSENTS: Mapping[str, str] = {
    "": NONE, "no": NO, "nej": NO, "ask": ASK, "efter kontakt": ASK, "ja, efter kontakt": ASK, "anonymous": ANONYMOUS,
    "anonymt": ANONYMOUS, "anonym": ANONYMOUS, "named": NAMED, "namngivet": NAMED, "namngiven": NAMED, "contact": CONTACT, "kontakt": CONTACT,
}  # fmt: skip
OPEN = (ANONYMOUS, NAMED, CONTACT)
COSTS: Mapping[str, str] = {
    "": "",
    "low": "låg",
    "låg": "låg",
    "medium": "medel",
    "medel": "medel",
    "high": "hög",
    "hög": "hög",
}
Fault = Callable[..., None]
_YEAR = re.compile(r"(?:19|20)\d\d")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class GoodExample:
    """One row: what was done and how it went, in the member's words as edited; `themes` as written, by id or name.

    `consent` is one of CONSENTS' values with who gave it, when, and until when; `copied_by` are the members that have done the
    same since; `award` is the year it was named initiative of the year.
    """

    id: str
    title: str
    member_id: str
    themes: tuple[str, ...] = ()
    indicator: str = ""
    problem: str = ""
    done: str = ""
    result: str = ""
    evidence: str = ""
    cost: str = ""
    did_not_work: str = ""
    stage: str = ""
    copied_by: tuple[str, ...] = ()
    contact_role: str = ""
    link: str = ""
    award: int | None = None
    consent: str = NONE
    consent_by: str = ""
    consent_date: date | None = None
    consent_until: date | None = None

    def is_open(self, day: date) -> bool:
        """Whether it may be shown on a day: somebody has said yes, it is known who and when, and the yes has not run out."""
        given = self.consent in OPEN and bool(self.consent_by) and self.consent_date is not None
        return given and self.consent_date <= day and (self.consent_until is None or day <= self.consent_until)  # type: ignore[operator]

    def is_named(self, day: date) -> bool:
        """Whether the member may be named on a day."""
        return self.is_open(day) and self.consent in (NAMED, CONTACT)


def read_examples(
    path: Path, shown: str, members: Iterable[Member]
) -> tuple[tuple[GoodExample, ...] | None, list[Problem]]:
    """examples.csv to its rows, None when there is no file; faults named by row."""
    if not path.exists():
        return None, []
    sheet = read_sheet(path, shown, COLUMNS, REQUIRED, ALIASES)
    problems = list(sheet.problems)
    names = {member.name.casefold(): member.member_id for member in members} | {
        member.member_id.casefold(): member.member_id for member in members
    }
    rows = [(line, _example(cells, f"rad {line}", shown, names, problems)) for line, cells in sheet.rows]
    problems += _doubles([(line, row.id) for line, row in rows], shown)
    return tuple(row for _, row in rows if row.id and row.title and row.member_id), problems


def _example(
    cells: Mapping[str, str], where: str, shown: str, names: Mapping[str, str], problems: list[Problem]
) -> GoodExample:
    def fault(code: str, found: str, todo: str, level: str = ERROR) -> None:
        problems.append(Problem(code, shown, where, found, todo, level))

    for name in REQUIRED[:3]:
        if not cells.get(name):
            fault("cell_missing", f"{name} är tomt.", f"Fyll i {name}.")
    link, award = cells.get("link", ""), cells.get("award", "")
    if link and not _LINK.fullmatch(link):
        fault("cell_value", f"link är ”{link[:60]}”.", "Skriv hela adressen, som börjar med https://.")
    if award and not _YEAR.fullmatch(award):
        fault("cell_value", f"award är ”{award}”.", "Skriv året som exemplet blev årets initiativ, som 2026.")
    found = GoodExample(
        **{name: cells.get(name, "") for name in _PLAIN},
        member_id=_member(cells.get("member_id", ""), names, fault),
        themes=parts(cells.get("theme", "")),
        cost=_among("cost", cells, COSTS, fault),
        copied_by=tuple(
            dict.fromkeys(filter(None, (_member(said, names, fault) for said in parts(cells.get("copied_by", "")))))
        ),
        link=link if _LINK.fullmatch(link) else "",
        award=int(award) if _YEAR.fullmatch(award) else None,
        consent=_among("consent", cells, CONSENTS, fault),
        consent_date=_day("consent_date", cells, fault),
        consent_until=_day("consent_until", cells, fault),
    )
    if found.consent in OPEN and not (found.consent_by and found.consent_date):
        fault("consent_bare", "Samtycket säger inte vem som gav det eller när.", BARE, WARNING)
    return found


def _day(column: str, cells: Mapping[str, str], fault: Fault) -> date | None:
    found = as_day(cells.get(column, ""))
    if cells.get(column) and found is None:
        fault("cell_value", f"{column} är ”{cells[column]}”.", "Skriv ett datum som 2026-03-01.")
    return found


def _among(column: str, cells: Mapping[str, str], known: Mapping[str, str], fault: Fault) -> str:
    value = cells.get(column, "").casefold()
    if value not in known:
        todo = "Skriv " + ", ".join(dict.fromkeys(filter(None, known.values()))) + "." + did_you_mean(value, known)
        fault("cell_value", f"{column} är ”{cells[column]}”.", todo)
    return known.get(value, "")


def _member(said: str, names: Mapping[str, str], fault: Fault) -> str:
    """The id of a member by its id or name; "" for nobody."""
    if said and said.casefold() not in names:
        todo = "Skriv ett member_id ur members.csv." + did_you_mean(said, names)
        fault("member_unknown", f"Medlemmen ”{said}” finns inte i registret.", todo)
    return names.get(said.casefold(), "")


BARE = "Fyll i consent_by och consent_date. Exemplet visas inte förrän dess."
_PLAIN = ("id", "title", "indicator", "problem", "done", "result", "evidence", "did_not_work", "stage", "contact_role", "consent_by")  # fmt: skip


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell, with `;` between."""
    return tuple(dict.fromkeys(squeeze(part) for part in cell.split(";") if squeeze(part)))


def _doubles(ids: Sequence[tuple[int, str]], shown: str) -> list[Problem]:
    times = Counter(name for _, name in ids if name)
    return [
        Problem("example_double", shown, f"rad {line}", f"id {name} finns {times[name]} gånger.", "Ge varje exempel ett eget id.")
        for line, name in ids
        if times[name] > 1
    ]  # fmt: skip


def replications(examples: Iterable[GoodExample]) -> frozenset[tuple[str, str]]:
    """(example, member) for every time another member has done the same."""
    return frozenset((one.id, member) for one in examples for member in one.copied_by if member != one.member_id)
