"""What was worked out before is known again by everything it was worked out of, and by that alone."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sekom_survey.coding.codebook import Answer, Codebook, Question
from sekom_survey.coding.match import Coding
from sekom_survey.counted.year import analyse
from sekom_survey.found import themes
from sekom_survey.found.memory import Memory
from sekom_survey.protected import public, publish
from sekom_survey.protected.atoms import register_of
from tests.protected.editions import FORM, USUAL, register, rows_for
from tests.waves import make_wave

GIVEN = ("a", ("b", 1), np.array([1, 0], dtype=np.int64))
OTHERS = {
    "a word": ("å", ("b", 1), np.array([1, 0])),
    "where a word ends": ("ab", ("", 1), np.array([1, 0])),
    "a number that is a word": ("a", ("b", "1"), np.array([1, 0])),
    "a value": ("a", ("b", 1), np.array([1, 1])),
    "the kind of values": ("a", ("b", 1), np.array([True, False])),
    "the shape": ("a", ("b", 1), np.array([[1, 0]])),
    "an array cut short when it is shown": ("a", ("b", 1), np.arange(5000)),
    "one more": (*GIVEN, ""),
    "one less": GIVEN[:2],
}


def fail():
    raise AssertionError("worked out again")


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_was_given_otherwise_is_worked_out_anew(name):
    """And the same given again is not."""
    memory = Memory()
    assert memory.of(lambda: "first", *GIVEN) == "first"
    assert memory.of(lambda: "second", *OTHERS[name]) == "second"
    assert memory.of(fail, *GIVEN) == "first"


def test_two_long_arrays_that_differ_in_the_middle_are_two():
    """They look the same when they are shown."""
    one, other = np.zeros(5000, bool), np.zeros(5000, bool)
    other[2500] = True
    memory = Memory()
    assert [memory.of(lambda: n, array) for n, array in ((1, one), (2, other))] == [1, 2]  # noqa: B023


def test_only_what_was_asked_for_goes_on_to_the_next_run():
    """An answer that nobody asks for is not kept for ever."""
    first = Memory()
    first.of(lambda: 1, "a")
    first.of(lambda: 2, "b")
    second = Memory(first.now)
    assert second.of(fail, "a") == 1
    assert set(second.now.values()) == {1}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A small year as it may be published, and what was remembered of it as it is read from a file."""
    folder = tmp_path_factory.mktemp("år") / "2026"
    year = analyse(make_wave(folder, rows_for(range(60)), members=register(USUAL), survey=FORM))
    memory = Memory()
    return publish(year, memory), json.loads(json.dumps(memory.now)), year


def test_what_is_released_is_the_same_remembered(published, monkeypatch):
    """Nothing is audited again, and the tables and the certificate are equal; without a memory too."""
    (shown, protection), memory, year = published
    alone = publish(year)
    monkeypatch.setattr(public, "release", lambda *_: fail())
    monkeypatch.setattr(public, "audit_of", lambda _: fail())
    for again, certificate in (alone, publish(year, Memory(memory))):
        assert certificate == protection
        assert again.estimates.equals(shown.estimates) and again.means.equals(shown.means)
    assert shown.estimates["suppressed"].nunique() == 2


def test_another_register_is_audited_anew(published):
    """One member less: nothing of what was released is taken."""
    _, memory, year = published
    kept = Memory(memory)
    public.audited(register_of(replace(year.frame, members=year.frame.members.iloc[1:])), kept)
    assert not set(kept.now) & set(memory)


def test_proposals_rest_on_texts_and_codebook_and_not_on_decisions(monkeypatch):
    """The same texts are not coded again, whoever wrote them; another text or another codebook is."""
    book = Codebook("1.0.0", (Question("q", "Fråga", "lack_cancels"),), ())
    coded = []
    coding = Coding("coded", ("vatten", "klimat"), (), (), (), "säker")
    monkeypatch.setattr(themes, "code_many", lambda texts, book: coded.append((texts, book)) or [coding] * len(texts))
    memory = Memory()
    for who, text, by in (
        ("m1", "a", book),
        ("m2", "a", book),
        ("m1", "b", book),
        ("m1", "a", replace(book, version="2.0.0")),
    ):
        answer = Answer(who, "item", "q", text)
        memory = Memory(json.loads(json.dumps(memory.now | memory.last)))
        assert themes._proposals([answer], by, memory) == {answer.key: frozenset({"klimat", "vatten"})}
    assert [(texts[0][1], by.version) for texts, by in coded] == [("a", "1.0.0"), ("b", "1.0.0"), ("a", "2.0.0")]
