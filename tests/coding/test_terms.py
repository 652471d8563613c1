"""The language of terms."""

import pytest

from sekom_survey.coding.terms import DEFAULT_GAP, LAST_RESORT, WEAK, BadTerm, parse


def test_place_in_a_compound_is_marked():
    """A star says what may stand before or after."""
    (pattern,) = parse("*brist").parts[0]
    assert (pattern.base, pattern.first, pattern.last) == ("brist", False, True)
    (pattern,) = parse("Budget*").parts[0]
    assert (pattern.base, pattern.first, pattern.last) == ("budget", True, False)


def test_gaps_stand_before_the_part_they_precede():
    """Three dots are four words; a number in angle brackets is that many."""
    assert parse("får ... stå <2> tillbaka").gaps == (0, DEFAULT_GAP, 2)


def test_strength_and_alone_are_marks_in_front():
    """~ is weak, ? a last resort, # alone."""
    assert parse("~företag").strength == WEAK
    assert parse("?stöd").strength == LAST_RESORT
    assert parse("#tid").alone


def test_lists_alternatives_and_conditions():
    """A list stands for its words; & needs and &! bars."""
    term = parse("@lack/fattas pengar & budget* &! gott", {"lack": ["brist", "sakna"]})
    assert [pattern.base for pattern in term.parts[0]] == ["brist", "sakna", "fattas"]
    assert [part[0].base for part in term.needs] == ["budget"]
    assert [part[0].base for part in term.bars] == ["gott"]


@pytest.mark.parametrize("text", ["", "...", "får ...", "a*", "@okänd", "får <99> stå", "hej,då"])
def test_what_cannot_be_read_says_so(text):
    """Every fault is a BadTerm with words for a person."""
    with pytest.raises(BadTerm, match=r".+"):
        parse(text)


def test_what_bars_does_so_inside_a_compound_too():
    """As the first or last part; short words and exact ones stand for themselves, and what is needed is not widened."""
    inside = {(pattern.first, pattern.last) for pattern in parse("vilja &! personal").bars[0]}
    assert inside == {(False, False), (True, False), (False, True)}
    assert [pattern.first for pattern in parse("vilja &! inte/=EUROPA").bars[0]] == [False, False]
    assert [pattern.first for pattern in parse("vilja & personal").needs[0]] == [False]
