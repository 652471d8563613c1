"""What two things that differ are told by differs, and what is not known is never taken for the same."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sekom_survey.running.quick.told import files_in, told


@dataclass
class Record:
    name: str
    parts: tuple = ()


TABLE = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
SAME = [
    (Record("a", (1, {"b": 2})), Record("a", (1, {"b": 2}))),
    (frozenset({"å", "b", "c"}), frozenset({"c", "b", "å"})),
    (TABLE, TABLE.copy()),
    (np.arange(3000), np.arange(3000)),
    (float("nan"), float("nan")),
]
OTHERS = {
    "words and numbers": ("1", 1),
    "whole numbers and fractions": (1, 1.0),
    "where one ends": (("ab", "c"), ("a", "bc")),
    "what is within": ((("a",), "b"), ("a", ("b",))),
    "order": (["a", "b"], ["b", "a"]),
    "a record's name": (Record("a"), Record("b")),
    "the last decimal": (0.1, 0.1 + 1e-16),
    "days": (date(2026, 1, 1), "2026-01-01"),
    "a cell": (TABLE, TABLE.assign(a=[1, 3])),
    "the kind of a column": (TABLE, TABLE.assign(a=[1.0, 2.0])),
    "the name of a column": (TABLE, TABLE.rename(columns={"a": "å"})),
    "the order of columns": (TABLE, TABLE[["b", "a"]]),
    "the rows' names": (TABLE, TABLE.set_axis([1, 0])),
    "nothing and empty": (None, ""),
    "the middle of a long array": (np.arange(3000), np.where(np.arange(3000) == 1500, 0, np.arange(3000))),
    "what is not known": (object, object),
}


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: type(pair[0]).__name__)
def test_equal_things_are_told_alike(pair):
    """Whatever order a set has."""
    assert told(pair[0]) == told(pair[1])


@pytest.mark.parametrize("name", OTHERS)
def test_things_that_differ_are_told_apart(name):
    """Also where equality or printing would not tell."""
    one, other = OTHERS[name]
    assert told(one) != told(other)


def test_a_file_is_told_by_what_it_holds_and_a_folder_by_its_files(tmp_path):
    """Not by where it lies or when it was written."""
    for place, text in (("a", "1"), ("b", "1"), ("c", "2")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "figur.png").write_text(text, encoding="utf-8")
    a, b, c = (told(files_in(tmp_path / place)) for place in "abc")
    assert a == b != c
    assert told(tmp_path / "a") == told(tmp_path / "c")
