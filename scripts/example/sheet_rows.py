"""The rows of a year's export, with the mess that real ones hold: each kind of disorder on purpose and in one place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from example.answers import NBSP, Cells, Respondent, answer
from example.members import Place
from example.people import Person, person_for
from example.respondents import respondents
from example.texts import deal, read_texts
from sekom_survey.model import TEXT, Survey

STRAY = {"stay": ("Ganska troligt", "Ganska troligt" + NBSP), "teams": ("Varje månad", "Varje månad ")}
DEAL = {2025: 2, 2026: 1}  # which of a dozen deals: one that meets the commonest themes in every part of the country
STRUCK_TEXT = "Belysningen på gångvägen till simhallen måste bli bättre och det behövs fler p-platser vid ishallen."
BUSY_DAYS = {
    2025: (0, 0, 1, 1, 2, 3, 7, 8, 8, 9, 14, 15, 15, 18, 21, 22, 22, 23, 24, 24, 25),
    2026: (0, 0, 0, 1, 1, 2, 3, 4, 7, 8, 8, 9, 10, 14, 15, 15, 16, 21, 22, 22, 22, 23, 24, 24, 25, 25),
}


@dataclass(frozen=True)
class SheetRow:
    """One row of the export: who sent it and when, the place meant (None for a trial) and the cells by item id.

    `misspelt` when only a person can tell which member is meant.
    """

    number: int
    started: datetime
    finished: datetime
    sender: Person | None
    place: Place | None
    cells: Cells
    misspelt: bool = False


@dataclass(frozen=True)
class Variant:
    """A way to write a member's name, and which names it can be done to."""

    write: Callable[[str], str]
    suits: Callable[[str], bool] = lambda name: True
    typo: bool = False


def _with_diacritics(name: str) -> bool:
    return any(letter in name[1:] for letter in "åäö")


def _takes_genitive(name: str) -> bool:
    return name[-1] not in "aesåäö" and not name.endswith("en")


def _lost_diacritics(name: str) -> str:
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in name)


VARIANTS = {
    2025: (
        Variant(str.upper),
        Variant("{} kommun".format),
        Variant(_lost_diacritics, _with_diacritics),
        Variant("{}  ".format),
        Variant(lambda n: n[0] + n[2] + n[1] + n[3:], lambda n: len(n) > 9, typo=True),
    ),
    2026: (
        Variant(str.upper),
        Variant(str.lower),
        Variant("{}s kommun".format, _takes_genitive),
        Variant("{} kommun".format),
        Variant(" {}".format),
        Variant(("{}" + NBSP).format),
        Variant(_lost_diacritics, _with_diacritics),
        Variant("{} KOMMUN ".format),
        Variant(lambda n: n[:4] + n[5:], lambda n: len(n) > 9, typo=True),
    ),
}


def sheet_rows(places: Sequence[Place], survey: Survey) -> list[SheetRow]:
    """All rows of a year's export in the order they were sent in."""
    year = survey.year
    random = Random(f"rows/{year}")
    people = respondents(places, year)
    cells = [answer(person, survey.questionnaire) for person in people]
    deal(people, cells, read_texts(year), Random(f"texts/{year}/{DEAL[year]}"))
    sent = _sent(len(people), survey, random)
    rows = [SheetRow(0, *sent[i], _sender(person), person.place, cells[i]) for i, person in enumerate(people)]
    rows = _stray_spaces(_odd_names(rows, year))
    if year == 2026:
        rows = _with_struck(rows)
        rows.append(_repeat(rows[11], random))
    rows.append(_trial(survey))
    return [replace(row, number=i) for i, row in enumerate(sorted(rows, key=lambda row: row.finished), 2)]


def typo_row(rows: Sequence[SheetRow]) -> SheetRow:
    """The row whose member a person had to match."""
    return next(row for row in rows if row.misspelt)


def struck_row(rows: Sequence[SheetRow]) -> SheetRow:
    """The row with the text that belongs to another survey."""
    return next(row for row in rows if row.cells.get("wishes") == STRUCK_TEXT)


def _sent(count: int, survey: Survey, random: Random) -> list[tuple[datetime, datetime]]:
    """When each was begun and sent in: office hours, most of them just after the invitation and each reminder."""
    days = sorted(random.choice(BUSY_DAYS[survey.year]) for _ in range(count))
    return sorted((_visit(survey, day, random) for day in days), key=lambda visit: visit[1])


def _visit(survey: Survey, day: int, random: Random) -> tuple[datetime, datetime]:
    started = datetime.combine(survey.opened + timedelta(days=day), time(8)) + timedelta(
        seconds=random.randint(0, 9 * 3600)
    )
    minutes = random.choice((6, 8, 9, 11, 12, 14, 17, 23, 41)) * random.uniform(0.8, 1.25)
    return started, started + timedelta(seconds=round(60 * minutes))


def _sender(person: Respondent) -> Person | None:
    return person_for(person) if person.year == 2026 else None


def _odd_names(rows: list[SheetRow], year: int) -> list[SheetRow]:
    """Every third municipality's name written in one of the year's odd ways, until each has been used."""
    left, rows = list(VARIANTS[year]), list(rows)
    for i in range(2, len(rows), 3):
        name = str(rows[i].cells["member"])
        variant = next((one for one in left if one.suits(name)), None)
        if variant and not name.startswith("Region"):
            rows[i] = replace(rows[i], cells={**rows[i].cells, "member": variant.write(name)}, misspelt=variant.typo)
            left.remove(variant)
    return rows


def _stray_spaces(rows: list[SheetRow]) -> list[SheetRow]:
    """Option labels that were written in the form with a space too many."""
    return [replace(row, cells={key: _stray(key, cell) for key, cell in row.cells.items()}) for row in rows]


def _stray(item: str, cell: str | int) -> str | int:
    clean, stray = STRAY.get(item, ("", ""))
    return stray if clean and cell == clean else cell


def _with_struck(rows: list[SheetRow]) -> list[SheetRow]:
    """A text pasted from somewhere else, at the first who has left the question blank."""
    i = next(
        i for i, row in enumerate(rows) if "wishes" not in row.cells and row.place and row.place.kind == "municipality"
    )
    return [*rows[:i], replace(rows[i], cells={**rows[i].cells, "wishes": STRUCK_TEXT}), *rows[i + 1 :]]


def _repeat(row: SheetRow, random: Random) -> SheetRow:
    """The same answers sent once more some minutes later."""
    later = timedelta(seconds=random.randint(200, 900))
    return replace(row, started=row.finished + later, finished=row.finished + later + timedelta(seconds=48))


def _trial(survey: Survey) -> SheetRow:
    """The secretariat's own try of the form, the day before it opened."""
    first = {item.id: (item.options[0].label if item.options else "test") for item in survey.questionnaire.items}
    texts = {item.id: "test" for item in survey.questionnaire.of_kind(TEXT)}
    multi = {item.id: f"{item.options[0].label};" for item in survey.questionnaire.of_kind("multi")}
    started = datetime.combine(survey.opened - timedelta(days=3), time(14, 2, 11))
    cells: Cells = {**first, **texts, **multi, "member": "Test", "satisfaction": 10, "recommend": 10}
    return SheetRow(0, started, started + timedelta(seconds=97), None, None, cells)
