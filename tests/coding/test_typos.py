"""Guarded spelling faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.coding.lexicon import SPELLING
from sekom_survey.coding.match import matchers
from sekom_survey.coding.shipped import start_codebook
from sekom_survey.coding.typos import near, ordinary

# Written down without looking at the list of ordinary words: everyday words, and words of meetings and letters.
_TEXT = (
    "alltför anledning annorlunda avsikt avtalade bakgrund barnbarn befinner begrepp behandling bekräfta beroende betraktas bilden "
    "blandning brukade byggnad dagordning delvis detalj diskuterar dröjer egentligen enskilda erbjuder ersättning exempelvis fastän "
    "flertal flytta fortsatt framtida fråga förhandla förklara förlängning försöker gemensam genomgång gränsen handläggare hemsida "
    "hittills hållning hänsyn ibland igenom inblandade inledning insyn istället kallades knyter koppling kraftigt kring kvarstår "
    "kvällen ledigt likadant lokalen lämnade lösning medför minnas motsvarar mottagare möten naturligt nivåer närvaro oftast områden "
    "orsaken osäker pekade plötsligt praktiken prövning redogörelse ringde rättighet samtliga senast sidorna skötsel slutlig snarare "
    "stadigt storleken styrelse ständigt svarande synpunkt särskild talade tidigare tillfälle torsdag troligen tvungen tänkbart "
    "ungefär uppdrag uppmana ursprung utanför utvecklad varandra varför vecka viktigast värdefull ändring återkomma öppnade"
)
EVERYDAY = _TEXT.split()

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


@pytest.mark.parametrize("question", ["utmaning", "styrka", "varde"])
def test_an_everyday_word_is_never_taken_for_a_misspelt_term(question):
    """By no term of the start codebook; a real slip in one of them still is."""
    rules = matchers(start_codebook())[question]._rules
    assert [word for word in EVERYDAY if SPELLING in rules.parts(word).values()] == []
    assert any(SPELLING in rules.parts(slip).values() for slip in ("ekonmi", "samvekran", "nätvärk", "kolektivtrafik"))


def test_ordinary_words_are_told_apart_from_what_they_resemble():
    """Neither "händer" nor "hinder" is the other."""
    assert {"händer", "hinder", "staden", "hunden", "ligger"} <= ordinary()
    assert not near("händer", "hinder") and not near("staden", "staten")
