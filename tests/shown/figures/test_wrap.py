"""Lines of text fit their width and lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.shown.figures.fonts import text_width
from sekom_survey.shown.figures.wrap import plain, wrap

SENTENCE = st.text(alphabet="abcåäö ÅÄÖ-/–&<$_{}^\u00a0 123%", min_size=1, max_size=120)


@given(SENTENCE, st.floats(40, 400))
def test_every_line_fits_and_no_letter_is_lost(text, width):
    """The letters are all there in their order, and no line is wider than it may be."""
    lines = wrap(text, width, 10)
    assert all(text_width(line, 10) <= width + 1e-6 for line in lines)
    bare = str.maketrans("", "", "- ")
    assert "".join(lines).translate(bare) == plain(text).translate(bare)


def test_a_text_that_fits_stays_on_one_line():
    """Nothing is broken without need."""
    assert wrap("Gröna nyckeltal", 500, 15) == ["Gröna nyckeltal"]


def test_lines_are_even():
    """Two lines of about the same length, not a full one and an orphan."""
    first, second = wrap(
        "Tillgång till forskning och experter i hela landet",
        text_width("Tillgång till forskning och experter i hela", 15),
        15,
    )
    assert abs(text_width(first, 15) - text_width(second, 15)) < text_width("forskning ", 15)


def test_a_fixed_space_is_never_broken():
    """A number and its percent sign stay together."""
    assert all(
        "68\u00a0%" in line for line in wrap("68\u00a0% 68\u00a0% 68\u00a0%", text_width("68\u00a0% 68", 15), 15)
    )


def test_a_long_compound_is_broken_before_a_consonant_and_a_vowel():
    """As Swedish words are divided: one consonant follows the hyphen."""
    lines = wrap("kompetensutvecklingsinsatser", text_width("kompetensutveckl-", 15), 15)
    assert lines[0].endswith("-")
    assert lines[1][0] not in "aeiouyåäö"
    assert lines[1][1] in "aeiouyåäö"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u0085b", "a\ud800b"])
def test_signs_that_no_xml_may_hold_are_left_out(text):
    """Control characters and lone surrogates in an answer cannot break a file."""
    assert plain(text) == "ab"
