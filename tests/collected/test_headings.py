"""Headings that tell both question and row are parted where neighbours agree on it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sekom_survey.collected.header import bracketed, carried, dashed


def test_brackets_part_only_what_two_columns_share() -> None:
    """Inner brackets stay, an empty bracket and a lone one are wording."""
    assert bracketed(["V [a [b]]", "V [c]", "Antal [st]", "W []", "[x]", "y]"]) == [
        ("V", "a [b]"),
        ("V", "c"),
        ("Antal [st]", ""),
        ("W []", ""),
        ("[x]", ""),
        ("y]", ""),
    ]


def test_dashes_part_only_a_question_of_three_words_that_two_columns_share() -> None:
    """The longest shared start is the question."""
    assert dashed(["Hur stort värde - a - b", "Hur stort värde - a - c", "Mål: x", "Mål: y"]) == [
        ("Hur stort värde - a", "b"),
        ("Hur stort värde - a", "c"),
        ("Mål: x", ""),
        ("Mål: y", ""),
    ]


def test_blanks_carry_on_from_the_left() -> None:
    """Nothing stands to the left of the first."""
    assert carried(["", "a", "", "b", ""]) == ["", "a", "a", "b", "b"]


@example(["", " [:]"])
@given(st.lists(st.text("ab [] -:", max_size=20), max_size=6))
def test_no_heading_vanishes(headings: list[str]) -> None:
    """Every column keeps a question, and its words."""
    for part in (bracketed, dashed):
        for text, (question, sub) in zip(headings, part(headings), strict=True):
            assert question or not text
            assert (question, sub) == (text, "") or (question in text and sub in text and sub)
