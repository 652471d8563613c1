"""Guarded spelling faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.coding.typos import near

WORDS = st.text(alphabet="abdegiklmnoprstuåäö", min_size=6, max_size=14)


@pytest.mark.parametrize(("word", "base"), [
    ("ekonmi", "ekonomi"), ("polotisk", "politisk"), ("trasporter", "transporter"), ("kolektivtrafik", "kollektivtrafik"),
    ("nätvärk", "nätverk"), ("samvekran", "samverkan"), ("univeristetet", "universitetet"), ("resusbrist", "resursbrist"),
    ("klimatkontarktet", "klimatkontraktet"), ("omvärdsbevaking", "omvärldsbevakning"),
])  # fmt: skip
def test_usual_faults_are_seen(word, base):
    """Transposed, dropped and doubled letters and mistaken vowels; two faults in long words."""
    assert near(word, base)


@pytest.mark.parametrize(("word", "base"), [
    ("inventering", "investering"), ("okunskap", "kunskap"), ("förvaring", "förvaltning"), ("resa", "resurs"), ("skolan", "skogen"),
])  # fmt: skip
def test_other_words_are_no_faults(word, base):
    """Words that merely look alike stay apart."""
    assert not near(word, base)


@given(WORDS)
def test_a_word_is_no_fault_of_itself(word):
    """Right spelling is not a fault."""
    assert not near(word, word)


@given(WORDS, WORDS)
def test_the_first_letter_must_be_right(word, base):
    """Whatever else differs."""
    if word[0] != base[0]:
        assert not near(word, base)
