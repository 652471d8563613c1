"""Rows that repeat another are found as by comparing whole rows."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.rows import is_asked, repeats
from sekom_survey.model import Member
from sekom_survey.model.cells import ColumnInMaking, cells_of
from tests.waves import make_wave

CELL = st.sampled_from(["", "a", "A", " a", "b", "ß", "ss"])


@settings(max_examples=200)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12), data=st.data())
def test_a_repeat_says_the_same_as_an_earlier_row_in_every_column(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    """But for case and outer space, among the rows asked about."""
    some = data.draw(st.lists(st.integers(0, len(rows) - 1), unique=True).map(sorted))
    table = pd.DataFrame([[cell.strip().casefold() for cell in rows[i]] for i in some], columns=range(3), index=some)
    wanted = table.index[table.duplicated(keep="first")].tolist()
    assert (
        sorted(
            repeats([cells_of(column) for column in zip(*rows, strict=True)], np.array(some, dtype=np.int64)).tolist()
        )
        == wanted
    )


@given(pieces=st.lists(st.lists(st.text(alphabet=" aåb", max_size=3), max_size=6), max_size=6))
def test_a_column_gathered_in_pieces_reads_as_its_clean_texts(pieces: list[list[str]]) -> None:
    """Each distinct text once, the empty one first."""
    column = ColumnInMaking(lambda texts: [text.strip() for text in texts])
    for piece in pieces:
        column.add(piece)
    cells = column.cells()
    assert list(cells) == [text.strip() for piece in pieces for text in piece]
    assert cells.texts[0] == ""
    assert len(set(cells.texts)) == len(cells.texts)


@pytest.mark.parametrize(
    ("joined", "left", "asked"),
    [
        (None, None, True),
        (None, date(2026, 1, 1), False),
        (None, date(2026, 1, 2), True),
        (date(2026, 1, 1), None, True),
        (date(2026, 1, 2), None, False),
    ],
)
def test_the_frame_is_the_members_on_its_day(tmp_path, joined, left, asked):
    """Who joins on the day is in; who leaves on the day is out."""
    survey, _ = read_survey(make_wave(tmp_path, []) / "survey.toml", "survey.toml")
    assert survey.frame_date == date(2026, 1, 1)
    assert is_asked(Member("m1", "Almköping", "municipality", "member", joined=joined, left=left), survey) == asked
