"""Boxes in columns of their own are joined only when they are boxes, and every cell is counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.collected.assemble import Column, SheetParts
from sekom_survey.collected.boxes import CROSS, ONE_ZERO, OWN_TEXT, YES_NO, joined
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.options import Options
from sekom_survey.collected.table import numbered

WAYS = (YES_NO, OWN_TEXT, CROSS, ONE_ZERO)


def grid(matrix: tuple[str, ...] = ()) -> Grid:
    return Grid("svar.csv", numbered([]), options=Options(matrix=matrix))


def cells_of(parts: SheetParts) -> int:
    return sum(column.filled for column in parts.columns) + sum(count for _, count in parts.dropped)


def join(*columns: Column, matrix: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [tuple(column.cells) for column in joined(SheetParts(columns, ()), WAYS, ";", grid(matrix)).columns]


def test_columns_with_any_other_value_stay_columns() -> None:
    """A row of a matrix with words is no box."""
    assert len(join(Column("Q", ("Ja", "Nej"), "a"), Column("Q", ("Ja", "Vet inte"), "b"))) == 2


def test_columns_without_a_single_tick_stay_columns() -> None:
    """Nothing tells that they are boxes."""
    assert len(join(Column("Q", ("Nej", ""), "a"), Column("Q", ("", "Nej"), "b"))) == 2


def test_one_column_of_yes_and_no_is_a_question() -> None:
    """A box never comes alone, unless it repeats its option."""
    assert join(Column("Q", ("Ja", "Nej"), "a")) == [("Ja", "Nej")]
    assert join(Column("Q", ("a", ""), "a")) == [("a;", "")]


def test_the_same_question_further_on_is_another_question() -> None:
    """Only neighbours belong together."""
    columns = [
        Column("Q", ("x",), "a"),
        Column("Q", ("x",), "b"),
        Column("R", ("t",)),
        Column("Q", ("x",), "c"),
        Column("Q", ("x",), "d"),
    ]
    assert join(*columns) == [("a;b;",), ("t",), ("c;d;",)]


def test_a_row_is_hidden_when_all_its_boxes_were() -> None:
    """One box shown is a question shown."""
    columns = (Column("Q", ("", "", "Ja"), "a", frozenset({0, 1})), Column("Q", ("", "Nej", "Ja"), "b", frozenset({0})))
    assert joined(SheetParts(columns, ()), WAYS, ";", grid()).columns[0].hidden == {0}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("QRS"),
            st.sampled_from(["", "a", "b", "Other"]),
            st.lists(st.sampled_from(["", "Ja", "Nej", "1", "0", "x", "a", "eget"]), min_size=4, max_size=4),
        ),
        max_size=8,
    )
)
def test_no_cell_is_lost_whatever_the_columns(columns: list[tuple[str, str, list[str]]]) -> None:
    """Kept and counted cells are together as many as before."""
    parts = SheetParts(tuple(Column(question, tuple(cells), sub) for question, sub, cells in columns), (("ID", 3),))
    after = joined(parts, WAYS, ";", grid())
    assert cells_of(after) == cells_of(parts)
    assert all(count > 0 for _, count in after.dropped)
