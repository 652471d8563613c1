"""Text files as people save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.text.files import NotText, decode, delimiter, folded, heading, rows, squeeze

SWEDISH = "namn;län\nPiteå;Norrbottens län\nÖrnsköldsvik;Västernorrlands län\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_swedish_text_survives_every_usual_encoding(encoding):
    """Whatever a person's program saved, å ä ö come back."""
    assert decode(SWEDISH.encode(encoding))[0] == SWEDISH


@given(st.text(alphabet="abcåäöÅÄÖé ,;\n", min_size=1))
def test_utf8_is_read_as_written(text):
    """Strict UTF-8 comes before any guess."""
    assert decode(text.encode("utf-8"))[0] == text


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_text_or_refused(data):
    """No bytes lead to anything but text or NotText."""
    try:
        text, _ = decode(data)
    except NotText:
        return
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("line", "mark"), [("a;b;c", ";"), ("a,b", ","), ("a\tb", "\t"), ('"a,b";c', ";"), ("ensam", ",")]
)
def test_the_delimiter_is_seen_in_the_first_line(line, mark):
    """Quoted delimiters do not count."""
    assert delimiter(line) == mark


def test_excels_sep_line_is_obeyed():
    """A first line `sep=;` names the delimiter and is no row."""
    assert rows("sep=;\na;b,c\n1;2,5\n") == [["a", "b,c"], ["1", "2,5"]]


def test_line_breaks_inside_quotes_stay_in_the_cell():
    """A free text with line breaks is one cell."""
    assert rows('a;b\n"rad ett\nrad två";2\n')[1] == ["rad ett\nrad två", "2"]


def test_headings_compare_without_hard_spaces_tags_and_breaks():
    """What platforms add to a heading does not change it."""
    assert heading("Hur nöjda\u00a0är\u200b ni?<br>\n(1–10)") == "Hur nöjda är ni? (1–10)"
    assert folded("  VAD, om ja? ") == folded("vad, om ja")
    assert squeeze("a\u00a0\u00a0b") == "a b"
