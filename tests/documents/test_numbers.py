"""Every number in every document is one that the run's tables hold; a number that is changed is found."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from tests.documents.expected import OF_THEIR_OWN, Expected
from tests.documents.figures import phrases
from tests.documents.known import FURNITURE, Known, known_of
from tests.documents.reading import (
    DRAWING,
    Series,
    Unit,
    package_texts,
    page_units,
    slide_series,
    slide_units,
    word_units,
)

DOCUMENTS = {
    "report.docx": (word_units, 70),
    "slides.pptx": (slide_units, 120),
    "report.html": (page_units, 300),
    "goals.html": (page_units, 10),
}
BOARDS = ("report.docx", "slides.pptx")


@pytest.fixture(scope="module")
def known(build):
    return known_of(build)


@pytest.fixture(scope="module", params=DOCUMENTS)
def told(request, build, builds, known):
    """The units of a document and what they may say: the board's papers are made of the public build, and are read there."""
    if request.param in BOARDS and build.name == "internal":
        pytest.skip("the same bytes as in the public build, which a test holds")
    read, least = DOCUMENTS[request.param]
    found = read(build.folder / request.param)
    assert len(found) > least
    return found, known_of(builds["public"]) if request.param in BOARDS else known


def test_every_number_in_every_document_has_its_source(told):
    """Word for word an exhibit's text or row, a claim's sentence, a question, or a fact of the frame's accounting."""
    units, known = told
    assert [unit for unit in units if known.left_over(unit)] == []


# Labels that are themselves numbers: a rating's steps and the ends of its scale, of which there are two.
SPARED = (*FURNITURE, r"^\d\u2002", r"Svar: \d+;", r"\d–10$")


def changed(text: str, draw: random.Random) -> str:
    """The text with one of its numbers one higher in its last figure; numbers of pages and figures are left alone."""
    spared = [found.span() for pattern in SPARED for found in re.finditer(pattern, text)]
    places = [f for f in re.finditer(r"\d+", text) if not any(a <= f.start() < b for a, b in spared)]
    if not places:
        return text
    found = draw.choice(places)
    return f"{text[: found.start()]}{int(found[0]) + 1:0{len(found[0])}d}{text[found.end() :]}"


def tampered(unit: Unit, draw: random.Random) -> Unit:
    """A unit in which one number has been changed by one."""
    if not unit.cells:
        return replace(unit, text=changed(unit.text, draw))
    numbers = [i for i, cell in enumerate(unit.cells) if any(char.isdigit() for char in cell)]
    place = draw.choice([i for i in numbers if i] or numbers)
    return replace(unit, cells=tuple(changed(cell, draw) if i == place else cell for i, cell in enumerate(unit.cells)))


def test_the_boards_papers_are_the_same_in_both_builds(builds):
    """They hold what is released and no more, so that they may become public documents."""
    for name in BOARDS:
        assert (builds["internal"].folder / name).read_bytes() == (builds["public"].folder / name).read_bytes()


def test_a_number_changed_by_one_is_reported(told):
    """In every text and every row; in a drawing nearly always, since one number there may turn into a tick of the axis."""
    units, known = told
    draw = random.Random(2026)
    words = [other for unit in units if unit.place != DRAWING and (other := tampered(unit, draw)) != unit]
    drawn = [tampered(unit, draw) for unit in units if unit.place == DRAWING for _ in range(10)]
    assert [other for other in words if not known.left_over(other)] == []
    assert sum(not known.left_over(other) for other in drawn) <= 0.1 * len(drawn)


def test_nothing_in_the_office_files_is_passed_by(build):
    """Every run of text with a number in the package's parts stands in a unit that was looked at."""
    for name, read in (("report.docx", word_units), ("slides.pptx", slide_units)):
        seen = " ".join(unit.text + " ".join(unit.cells) for unit in read(build.folder / name))
        loose = [t for t in package_texts(build.folder / name) if len(phrases(t)) and t.strip() not in seen]
        assert [text for text in loose if not re.fullmatch(r"[\d ‹›#]+", text)] == []


def allowed(series: Series, known: Known) -> set[float]:
    """The numbers of the exhibits a chart shows, the lengths of their intervals, and where words stand beside dots."""
    found = {0.0, 1.04}
    for exhibit in known.exhibits_near(series.near):
        data = known.build.data(exhibit["id"])
        numbers = data.select_dtypes("number")
        found |= {round(float(v), 9) for v in numbers.to_numpy().ravel()}
        if {"low", "share", "high"} <= set(data):
            found |= {round(float(v), 9) for v in (*(data["share"] - data["low"]), *(data["high"] - data["share"]))}
    return found


def test_every_number_of_a_native_chart_is_its_exhibits(builds):
    """Bars, points and intervals, and the workbook that opens when a chart is edited."""
    build = builds["public"]
    known = known_of(build)
    series = slide_series(build.folder / "slides.pptx")
    assert len(series) > 20
    for one in series:
        assert {round(v, 9) for v in one.values} <= allowed(one, known), one
    shifted = [replace(one, values=(one.values[0] + 0.0037, *one.values[1:])) for one in series]
    assert sum({round(v, 9) for v in one.values} <= allowed(one, known) for one in shifted) <= len(series) // 20


@pytest.fixture(scope="module")
def expected(build):
    return Expected(build)


def test_every_exhibits_table_is_what_the_csv_files_give(build, expected):
    """Counts, shares, intervals, verdicts: formatted anew from estimates, themes, goals, claims, comparisons and changes."""
    held = [e for e in build.exhibits.values() if e["id"] not in OF_THEIR_OWN and e["rows"]]
    assert len(held) > 20
    assert {e["id"]: expected.wrong_rows(e) for e in held if expected.wrong_rows(e)} == {}


@pytest.mark.parametrize(
    ("table", "column"), [("estimates", "count"), ("goals", "outcome"), ("estimates", "high_members")]
)
def test_a_csv_file_that_says_otherwise_is_reported(build, table, column):
    """Every exhibit that shows the changed column stops agreeing."""
    other = Expected(build)
    other.tables = build.tables | {table: build.tables[table].assign(**{column: build.tables[table][column] + 1})}
    wrong = {e["id"] for e in build.exhibits.values() if other.wrong_rows(e)}
    assert wrong >= (
        {"goal_status", "promises"} if table == "goals" else {"top_value", "value", "need_size", "need", "contribute"}
    )
