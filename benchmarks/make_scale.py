"""A year of any size: the example's questionnaire, invented members and answers, the same bytes for the same seed.

    python benchmarks/make_scale.py FOLDER ANSWERS [SEED]

Answers are drawn from those of the example, each row from one respondent with a third of the cells from others; free
texts are put together of words from tests/data, so that hardly two are alike. The register has 1.6 members an answer
up to 40 000 (a register may hold 50 000); above that every member answers several times, in both roles.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.reference import municipalities
from sekom_survey.collected.grid import cell_text
from sekom_survey.model import MEMBER, TEXT
from sekom_survey.text.files import folded

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "surveys/exempel/2026"
MOST_MEMBERS, MEMBERS_PER_ANSWER = 40_000, 1.6
CHUNK = 20_000
SEED = 20260119
_STARTS = [
    "Alm",
    "Ask",
    "Berg",
    "Björk",
    "Bro",
    "Dal",
    "Ek",
    "Fager",
    "Fjäll",
    "Furu",
    "Gran",
    "Hav",
    "Hjort",
    "Hult",
    "Kalk",
    "Klint",
    "Kvarn",
    "Lind",
    "Ljung",
    "Lo",
    "Löv",
    "Mal",
    "Norr",
    "Ny",
    "Rönn",
    "Sand",
    "Sjö",
    "Skog",
    "Sten",
    "Sund",
    "Torp",
    "Tran",
    "Ugg",
    "Vall",
    "Vide",
    "Väst",
    "Åby",
    "Ås",
    "Öd",
    "Öst",
]
_MIDDLES = ["a", "e", "inge", "are", "sta", "unda", "ule", "ero", "ille", "orma", "anna", "evi", "ola", "ystra", "aga"]
_ENDS = [
    "berg",
    "by",
    "dal",
    "fors",
    "hammar",
    "hed",
    "hult",
    "hyttan",
    "köping",
    "landa",
    "lunda",
    "näs",
    "rum",
    "sele",
    "stad",
    "storp",
    "sund",
    "sö",
    "tuna",
    "um",
    "vad",
    "vik",
    "ås",
    "äng",
    "ö",
]


def member_names(count: int) -> list[str]:
    """Invented names, none of them a municipality's."""
    real = {one.name for one in municipalities()}
    made = ["".join(parts) for parts in product(_STARTS, _MIDDLES, _ENDS)]
    made += [f"{start} {name.lower()}" for start in ("Norra", "Södra", "Östra", "Västra") for name in made]
    rng = np.random.default_rng(SEED)
    chosen = [name for name in dict.fromkeys(made) if name not in real]
    return [chosen[place] for place in rng.permutation(len(chosen))[:count]]


def write_members(path: Path, names: list[str]) -> None:
    """members.csv: the example's counties, sizes and groups in turn, with other names."""
    with (EXAMPLE / "members.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    place = {column: number for number, column in enumerate(header)}
    usual = [
        row
        for row in rows
        if row[place["kind"]] == "municipality" and row[place["status"]] == "member" and not row[place["left"]]
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for number, name in enumerate(names):
            row = list(usual[number % len(usual)])
            row[place["member_id"]], row[place["name"]], row[place["joined"]] = f"M{number:05d}", name, "2001-01-01"
            writer.writerow(row)


def example_cells() -> tuple[list[str], NDArray[np.object_]]:
    """The headings and the cells (respondents x columns) of the example's export."""
    path = next((EXAMPLE / "export").glob("*.xlsx"))
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [cell_text(cell) for cell in header], np.array(
        [[cell_text(cell) for cell in row] for row in rows], dtype=object
    )


def words() -> list[str]:
    """The words of the answers in tests/data, in order."""
    found: list[str] = []
    for name in ("answers_blind.csv", "answers_dev.csv"):
        with (ROOT / "tests/data" / name).open(encoding="utf-8", newline="") as stream:
            found += [word for row in csv.DictReader(stream) for word in row["text"].split()]
    return found


def texts(filled: NDArray[np.bool_], pool: list[str], rng: np.random.Generator) -> list[str]:
    """A text of two runs of words where one is to be; empty elsewhere."""
    starts = rng.integers(0, len(pool) - 15, (len(filled), 2)).tolist()
    lengths = rng.integers(3, 15, (len(filled), 2)).tolist()
    return [
        " ".join(pool[a : a + m] + pool[b : b + n]) if is_filled else ""
        for is_filled, (a, b), (m, n) in zip(filled.tolist(), starts, lengths, strict=True)
    ]


def kinds(header: list[str]) -> list[str]:
    """What each column of the export is: an item's kind, or nothing for a column about the form."""
    survey, _ = read_survey(EXAMPLE / "survey.toml", "survey.toml")
    assert survey is not None
    known = {folded(text): item.kind for item in survey.questionnaire.items for text in (item.text, *item.wordings)}
    return [known.get(folded(heading), "") for heading in header]


def columns(size: int, names: list[str], rng: np.random.Generator) -> Iterator[list[str]]:
    """The cells of a piece of the export, column by column."""
    header, cells = example_cells()
    pool = words()
    rows = rng.integers(0, len(cells), size)
    for place, kind in enumerate(kinds(header)):
        mixed = np.where(rng.random(size) < 1 / 3, rng.integers(0, len(cells), size), rows)
        column = cells[mixed, place]
        if kind == MEMBER:
            yield [names[number] for number in rng.integers(0, len(names), size).tolist()]
        elif kind == TEXT:
            yield texts(column != "", pool, rng)
        else:
            yield column.tolist()


def make(folder: Path, answers: int, seed: int = SEED) -> Path:
    """The year's folder with `answers` rows in its export."""
    (folder / "export").mkdir(parents=True, exist_ok=True)
    for name in ("survey.toml", "codebook.toml"):
        shutil.copy(EXAMPLE / name, folder / name)
    names = member_names(min(MOST_MEMBERS, max(10, round(MEMBERS_PER_ANSWER * answers))))
    write_members(folder / "members.csv", names)
    rng = np.random.default_rng(seed)
    header, _ = example_cells()
    with (folder / "export" / "svar.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(header)
        for start in range(0, answers, CHUNK):
            size = min(CHUNK, answers - start)
            made = list(columns(size, names, rng))
            made[0] = [str(number) for number in range(start + 1, start + size + 1)]
            writer.writerows(zip(*made, strict=True))
    return folder


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:4]))
