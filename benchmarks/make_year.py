"""A year of any number of members and questions, every kind of question in turn: the same bytes for the same seed.

    python -m benchmarks.make_year FOLDER MEMBERS QUESTIONS

Members, questions and answers are invented; five of eight members answer, one in ten of them in both roles, and every twelfth
cell is empty. Nothing is taken from the example but its codebook and the counties, sizes and groups of its members.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import xlsxwriter

from benchmarks.make_scale import EXAMPLE, member_names, words, write_members
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.model import KINDS, MEMBER, METADATA, MULTI, NPS, RATING, ROLE, SCALE, SINGLE, TEXT
from sekom_survey.model.survey import CONSENT, DATE, NUMBER, RANKING, UPLOAD

SEED, ANSWERING, BOTH_ROLES, EMPTY = 7, 0.62, 0.1, 1 / 12
YEAR = 2026
ROLES = {"Förtroendevald": "politicians", "Tjänsteperson": "officials"}
LABELS = ("Kunskap", "Kontakter", "Möten", "Verktyg", "Påverkan", "Stöd", "Forskning")
NEEDS = ("Inget behov", "Litet behov", "Ganska stort behov", "Mycket stort behov")
Draw = Callable[[np.random.Generator], object]


@dataclass(frozen=True)
class Question:
    """The keys of an item in survey.toml, its columns in the export, and one respondent's cells for them."""

    keys: Mapping[str, object]
    headings: tuple[str, ...]
    draw: Callable[[np.random.Generator], tuple[object, ...]]


def _one(number: int, kind: str, draw: Draw, **keys: object) -> Question:
    text = f"Fråga {number}: hur är det med saken?"
    stated = {"id": f"q{number}", "kind": kind, "text": text, "label": f"Fråga {number}", **keys}
    return Question(stated, (text,), lambda rng: (draw(rng),))


def _chosen(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    """Earlier options are likelier than later ones."""
    return options[min(int(rng.exponential(len(options) / 3)), len(options) - 1)]


def _single(number: int) -> Question:
    options = ("Ja", "Nej") if number % 2 else LABELS[:5]
    return _one(number, SINGLE, lambda rng: _chosen(rng, options), options=list(options))


def _multi(number: int) -> Question:
    def draw(rng: np.random.Generator) -> str:
        return ";".join(LABELS[i] for i in sorted(rng.permutation(len(LABELS))[: rng.integers(1, 4)])) + ";"

    return _one(number, MULTI, draw, options=list(LABELS), max=3)


def _scale(number: int) -> Question:
    """A matrix of three rows."""
    rows = tuple({"id": f"q{number}_{i}", "text": f"Rad {i} i fråga {number}"} for i in range(1, 4))
    keys = {
        "id": f"q{number}",
        "kind": SCALE,
        "scale": "need",
        "text": f"Fråga {number}: hur stora är behoven?",
        "rows": rows,
    }
    return Question(
        keys, tuple(str(row["text"]) for row in rows), lambda rng: tuple(_chosen(rng, NEEDS[::-1]) for _ in rows)
    )


def _ranking(number: int) -> Question:
    """All options, in the order that this respondent puts them."""
    return _one(
        number,
        RANKING,
        lambda rng: "".join(f"{LABELS[i]};" for i in rng.permutation(len(LABELS))),
        options=list(LABELS),
    )


def _day(rng: np.random.Generator) -> str:
    return (date(YEAR - 1, 3, 1) + timedelta(days=int(rng.integers(0, 300)))).isoformat()


def _text(number: int) -> Question:
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml")
    pool = words()

    def draw(rng: np.random.Generator) -> str:
        start, length = rng.integers(0, len(pool) - 30), rng.integers(3, 25)
        return " ".join(pool[start : start + length])

    return _one(number, TEXT, draw, codebook=sorted({theme.question for theme in codebook.themes})[0])


MAKERS: Mapping[str, Callable[[int], Question]] = {
    SINGLE: _single,
    MULTI: _multi,
    SCALE: _scale,
    RATING: lambda number: _one(number, RATING, lambda rng: int(rng.integers(3, 11))),
    NPS: lambda number: _one(number, NPS, lambda rng: int(rng.integers(2, 11))),
    NUMBER: lambda number: _one(number, NUMBER, lambda rng: int(rng.gamma(2, 20))),
    DATE: lambda number: _one(number, DATE, _day),
    RANKING: _ranking,
    CONSENT: lambda number: _one(number, CONSENT, lambda rng: _chosen(rng, ("Ja", "Nej")), options=["Ja", "Nej"]),
    TEXT: _text,
    UPLOAD: lambda number: _one(number, UPLOAD, lambda rng: f"bilaga{rng.integers(1, 9)}.pdf"),
    METADATA: lambda number: _one(number, METADATA, lambda rng: "Ja"),
}


def questions(count: int) -> list[Question]:
    """As many columns of questions as asked for, every kind of the model in turn. KeyError for a kind with no maker."""
    kinds = cycle([kind for kind in KINDS if kind not in (MEMBER, ROLE)])
    made: list[Question] = []
    while sum(len(one.headings) for one in made) < count:
        made.append(MAKERS[next(kinds)](len(made) + 1))
    return made


def _toml(keys: Mapping[str, object], table: str = "items") -> str:
    lines = [f"[[{table}]]"]
    lines += [f"{key} = {_value(value)}" for key, value in keys.items() if key != "rows"]
    rows = keys.get("rows", ())
    assert isinstance(rows, tuple)
    return "\n".join([*lines, *(_toml(row, f"{table}.rows") for row in rows)])


def _value(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def survey_text(year: int, asked: Sequence[Question]) -> str:
    """survey.toml of a year that asks these questions after member and role."""
    head = {
        "year": year, "title": f"Provenkäten {year}", "opened": date(year, 1, 19), "closed": date(year, 2, 13),
        "frame_date": date(year, 1, 1), "synthetic": True,
    }  # fmt: skip
    roles = {side: [label for label, its in ROLES.items() if its == side] for side in ("politicians", "officials")}
    first = [
        {"id": "member", "kind": MEMBER, "text": "Vilken kommun svarar du för?"},
        {"id": "role", "kind": ROLE, "text": "Vilken roll har du?", "options": list(ROLES), **roles},
    ]
    stated = [f"{key} = {_value(value)}" for key, value in head.items()]
    scale = ["[scales.need]", f"options = {_value(list(NEEDS))}", "top = 2"]
    return (
        "\n\n".join(["\n".join(stated), "\n".join(scale), *map(_toml, [*first, *(one.keys for one in asked)])]) + "\n"
    )


def write_export(path: Path, year: int, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """An export as Microsoft Forms writes it; a row holds member, role and a cell for each heading."""
    path.parent.mkdir(parents=True)
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet, clock = book.add_worksheet("Sheet1"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    first = (
        "ID",
        "Starttid",
        "Slutförandetid",
        "E-post",
        "Namn",
        "Vilken kommun svarar du för?",
        "Vilken roll har du?",
    )
    sheet.write_row(0, 0, [*first, *headings])
    for number, row in enumerate(rows, 1):
        sheet.write_number(number, 0, number)
        for column in (1, 2):
            sheet.write_datetime(
                number, column, datetime(year, 2, 2, 8) + timedelta(minutes=number % 600 + 9 * column), clock
            )
        sheet.write_row(number, 3, ["", "", *row])
    book.close()


def _respondents(names: list[str], asked: list[Question], rng: np.random.Generator) -> Iterator[list[object]]:
    """Member, role and answers of those who answer; some in both roles."""
    answering = sorted(rng.permutation(len(names))[: round(ANSWERING * len(names))].tolist())
    both = [place for place in answering if rng.random() < BOTH_ROLES]
    for number, place in enumerate([*answering, *both], 1):
        role = list(ROLES)[(number + (number > len(answering))) % 2]
        cells = [cell for one in asked for cell in one.draw(rng)]
        yield [names[place], role, *("" if rng.random() < EMPTY else cell for cell in cells)]


def make(folder: Path, members: int, count: int) -> Path:
    """The year's folder under `folder`, beside last year's with the same questions."""
    asked, names = questions(count), member_names(members)
    for year in (YEAR - 1, YEAR):
        home = folder / str(year)
        home.mkdir(parents=True)
        (home / "survey.toml").write_text(survey_text(year, asked), encoding="utf-8")
        shutil.copy(EXAMPLE / "codebook.toml", home)
        write_members(home / "members.csv", names)
        headings = [heading for one in asked for heading in one.headings]
        rows = _respondents(names, asked, np.random.default_rng([SEED, year]))
        write_export(home / "export" / "svar.xlsx", year, headings, rows)
    return folder / str(YEAR)


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), *map(int, islice(sys.argv, 2, 4))))
