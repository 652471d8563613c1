"""Cells to answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.counted.cells import read_choice, read_choices, read_number
from sekom_survey.model import MULTI, NPS, RATING, SINGLE, Item, Option

MULTIPLE = Item(
    "top",
    MULTI,
    "Vad?",
    (),
    (Option("Nätverk"), Option("Kunskap; kurser"), Option("1–3 år"), Option("Inget", exclusive=True)),
    max=2,
    other=True,
)
CLOSED = Item("once", SINGLE, "Vad?", (), (Option("Ja, infört", 1.0), Option("Nej", 2.0)))


def chosen(reading):
    return [answer.option for answer in reading.answers]


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("Nätverk;", ["Nätverk"]),
        ("Kunskap; kurser;Nätverk;", ["Kunskap; kurser", "Nätverk"]),
        ("nätverk ;NÄTVERK;", ["Nätverk"]),
        ("1-3 år;", ["1–3 år"]),
    ],
)
def test_choices_are_a_set_of_known_options(cell, options):
    """Trailing separators, case, dashes and doubled choices do not matter; an option with the separator in it is found whole."""
    assert chosen(read_choices(cell, MULTIPLE, ";")) == options


def test_own_words_become_annat_with_the_text_kept():
    """What is no option is "Annat" when the item allows it."""
    reading = read_choices("Nätverk;Fika;", MULTIPLE, ";")
    assert chosen(reading) == ["Nätverk", "Annat"]
    assert reading.answers[1].text == "Fika"


@pytest.mark.parametrize(
    ("separator", "cell", "own"),
    [
        (";", "Nätverk;Fika; och mer;", "Fika; och mer"),
        (";", "Fika;kaka;", "Fika;kaka"),
        (",", "Nätverk, Fika, och mer", "Fika, och mer"),
    ],
)
def test_own_words_keep_their_separators(separator, cell, own):
    """As the respondent wrote them, whichever sign the platform puts between choices."""
    assert [answer.text for answer in read_choices(cell, MULTIPLE, separator).answers if answer.text] == [own]


def test_own_words_alone_keep_the_respondent_in_the_base():
    """A respondent whose only choice is unknown has still answered."""
    assert chosen(read_choices("Fika;", MULTIPLE, ";")) == ["Annat"]


def test_words_near_an_option_are_pointed_out():
    """A misspelt option is not quietly "Annat"."""
    assert "misspelt" in read_choices("Nätverkk;", MULTIPLE, ";").notes


def test_an_exclusive_option_gives_way_and_is_told():
    """ "Inget" beside another choice cannot be true."""
    reading = read_choices("Inget;Nätverk;", MULTIPLE, ";")
    assert chosen(reading) == ["Nätverk"]
    assert "exclusive" in reading.notes


def test_more_choices_than_allowed_are_all_kept_and_told():
    """The form's limit failed; the answers are not ours to drop."""
    reading = read_choices("Nätverk;Kunskap; kurser;1–3 år;", MULTIPLE, ";")
    assert len(reading.answers) == 3
    assert "max" in reading.notes


@pytest.mark.parametrize("cell", ["Ja, infört", " ja, infört ", "Ja, infört;"])
def test_a_single_choice_is_known_by_its_text(cell):
    """Stray spaces, case and a separator do not matter."""
    assert chosen(read_choice(cell, CLOSED)) == ["Ja, infört"]


def test_an_unknown_choice_is_unreadable_never_dropped():
    """Nothing is guessed."""
    assert read_choice("Kanske", CLOSED).unreadable == ("Kanske",)


@pytest.mark.parametrize(
    ("kind", "low", "cell", "value"),
    [(RATING, 1, "8", 8), (NPS, 0, "0", 0), (RATING, 1, "10.0", 10), (RATING, 1, " 7 ", 7)],
)
def test_ratings_are_whole_numbers_on_the_scale(kind, low, cell, value):
    """Zero is an answer."""
    assert read_number(cell, Item("x", kind, "?", (), low=low, high=10)).answers[0].value == value


@pytest.mark.parametrize("cell", ["0", "11", "7,5", "sju", "nan", "inf", "-1", "1e1000"])
def test_numbers_off_the_scale_are_unreadable(cell):
    """Out of range, halves and words are listed, not counted."""
    assert read_number(cell, Item("x", RATING, "?", (), low=1, high=10)).unreadable == (cell,)


@given(st.text(max_size=60))
def test_nothing_in_a_cell_is_lost(cell):
    """Every cell gives an answer or is listed."""
    reading = read_choices(cell, MULTIPLE, ";")
    assert reading.answers or reading.unreadable
