"""The attack on the example's public edition as a run makes it: every table, and every pair of numbers in any other file."""

import pytest
from openpyxl import load_workbook

from sekom_survey.counted.year import analyse
from tests.documents.made import YEAR
from tests.protected.attackers import anybody, one_or_two_of_a_cell, recovered, the_other_role
from tests.protected.editions import COUNTIES, Files, known_of
from tests.protected.files import (
    drawings_of_more,
    numbers_elsewhere,
    numbers_of_workbooks,
    of_last_years_log,
    pairs_in,
    texts_of,
    unknown_numbers,
)


@pytest.fixture(scope="module")
def public(builds):
    return builds["public"].folder


def test_nothing_is_recovered_from_the_edition_as_it_is_made(public):
    """Tables, record, what lies under each figure, what one or two of a cell know, and the other role of a member."""
    files = Files((public, YEAR, COUNTIES), known_of(analyse(YEAR)))
    assert recovered(files, attackers=(anybody, the_other_role, one_or_two_of_a_cell)) == []


def test_every_pair_of_numbers_anywhere_is_one_of_the_tables(public):
    """Pages, drawings and what is read aloud of them, Word, slides and the workbooks within, sheets, notebooks, the record."""
    assert len(pairs_in(public)) > 100
    assert numbers_elsewhere(public, of_last_years_log(YEAR)) == {}


def test_every_number_of_a_workbook_is_one_of_the_tables(public):
    """Also of the workbooks within charts, where cells may be hidden; but lengths between two published numbers, and places."""
    assert len(list(numbers_of_workbooks(public))) > 5000
    sheet = load_workbook(public / "tables.xlsx", read_only=True)["Kvalitet"].iter_rows(values_only=True)
    left_empty = {row[3] / row[1] for row in sheet if len(row) > 4 and isinstance(row[4], float)}
    found = unknown_numbers(public)
    assert {
        number: where for number, where in found.items() if "ppt/embeddings" not in where and number not in left_empty
    } == {}


def test_a_drawing_shows_nothing_but_its_published_table(public):
    """Made again of the table and the words beside it, it is the same to the last byte: no bar, dot or label knows more."""
    assert list(drawings_of_more(public, every=4)) == []


def test_a_number_is_read_wherever_it_stands(public):
    """In each kind of file, also in the workbook within a chart: without one of them the trial above would see less."""
    kinds = {}
    for path in sorted(public.rglob("*")):
        if path.suffix in (".html", ".docx", ".pptx", ".xlsx", ".svg", ".json", ".ipynb"):
            for name, text in texts_of(path.name, path.read_bytes()):
                kinds[path.suffix] = kinds.get(path.suffix, 0) + len(text)
                kinds["inner"] = kinds.get("inner", 0) + ("embeddings" in name and "sharedStrings" in name)
    assert all(kinds[kind] > 1000 for kind in (".html", ".docx", ".pptx", ".xlsx", ".svg", ".json", ".ipynb"))
    assert kinds["inner"] > 0
