"""A problem in a TOML file is told with the row that an editor shows."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.model import Problem
from sekom_survey.text.toml_edit import rows_of, with_rows

TEXT = """year = 2026

[scales.need]
options = ["a"]

[[items]]
kind = "scale"
id = "need"

  [[items.rows]]
  id = "need_voice"
  text = "b"

[[items]]
id = "other"
"""
PLACES = {
    "year": 1,
    "scales.need": 3,
    "scales.need.options": 4,
    "items[1]": 6,
    "items[1].kind": 7,
    "items.need": 6,
    "items[1].rows[1].text": 12,
    "items.need_voice": 10,
    "items.need.rows.need_voice.text": 12,
    "items[2].id": 15,
}


def test_every_way_to_name_a_place_leads_to_its_row():
    """By number, by id, by the id of a matrix and its row."""
    rows = rows_of(TEXT)
    assert {place: rows[place] for place in PLACES} == PLACES


def test_the_row_stands_before_the_place(tmp_path):
    """A key that is not there is told by its table; a row that is known stays; another file's problems too."""
    path = tmp_path / "survey.toml"
    path.write_text(TEXT, encoding="utf-8")
    places = ["items[2].kind", "items.need_voice", "rad 3", "", "items.gone"]
    told = with_rows([Problem("x", "survey.toml", place, "", "") for place in places], path, "survey.toml")
    assert [problem.where for problem in told] == [
        "rad 14, items[2].kind",
        "rad 10, items.need_voice",
        "rad 3",
        "",
        "items.gone",
    ]
    assert with_rows([Problem("x", "b.toml", "year", "", "")], path, "survey.toml")[0].where == "year"


@given(st.lists(st.lists(st.sampled_from(["kind", "text", "label"]), unique=True), max_size=6))
def test_rows_are_those_of_the_keys(tables):
    """However many tables and keys, each found row holds its key."""
    lines = [line for keys in tables for line in ["", "[[items]]", *(f'{key} = "x"' for key in keys)]]
    rows = rows_of("\n".join(lines))
    items = tomllib.loads("\n".join(lines)).get("items", [])
    assert all(lines[rows[f"items[{i}].{key}"] - 1] == f'{key} = "x"' for i, one in enumerate(items, 1) for key in one)
