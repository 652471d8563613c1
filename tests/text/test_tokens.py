"""Words and segments keep their places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.text.tokens import segments, tokens, words

TEXT = st.text(alphabet=st.sampled_from("abåäö ABÅ.,!?-:;\n()12\U0001f600"), max_size=60)


@given(TEXT)
def test_every_token_stands_where_it_says(text):
    """Offsets count code points and point at the token itself, in reading order."""
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXT)
def test_segments_lose_no_word(text):
    """Every word lies in exactly one segment."""
    pieces = segments(text)
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    for word in words(text):
        assert sum(piece.start <= word.start and word.end <= piece.end for piece in pieces) == 1


def test_an_abbreviation_ends_no_segment():
    """ "t.ex." and "bl.a." stand inside segments; hyphens and colons stay inside words."""
    text = "Vi gör mycket, t.ex. GC-vägar och bl.a. E4:an. Nu är det slut!"
    assert [piece.text for piece in segments(text)] == [
        "Vi gör mycket",
        "t.ex. GC-vägar och bl.a. E4:an",
        "Nu är det slut",
    ]
    assert "GC-vägar" in [word.text for word in words(text)]
    assert "E4:an" in [word.text for word in words(text)]
