"""What no codebook was written for: no tracebacks, evidence that points at its words, and the same proposal however a text is stored."""

import csv
import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sekom_survey.coding.codebook import RESERVED, Answer, load_codebook, text_hash
from sekom_survey.coding.many import code_many
from sekom_survey.coding.match import MOST_THEMES, matchers
from sekom_survey.coding.proposals import proposals, proposed_themes
from sekom_survey.coding.quick import first_further
from sekom_survey.coding.shipped import START, start_codebook
from sekom_survey.coding.suggest_file import suggest_file
from sekom_survey.collected.grid import clean_text

BOOK = start_codebook()
QUESTIONS = [question.id for question in BOOK.questions]
ORDINARY = (
    "Vi saknar pengar till vattnet. ", "energi- och klimatmål ", "Nätverket ger inget nytt, ", "mål- och -resurser ", "politikerna är inte överens; ",
    "Återbruk av möbler ", "för få som hinner ", "inga problem med budgeten ", "cykelväg\n", "att det i på och ", "resursbirst ",
)  # fmt: skip
ODD = (
    "\x00", "\u200b", "\u200d", "\u202e", "\u2067", "\ufeff", "\u00ad", "\u0308", "a\u030a", "o\u0308", "🌱", "👩\u200d🔬", "\ud800", "\udfff", "\u2028", "\r\n",
    "İ", "ß", "ﬁ", "１２", "²", "½", "Ǆ", "القرية", "预算不足", "Бюджет ", "The budget is too small ", "-", "–", "- ", "...", "''", "(", ")", "<b>", "</script>", "&amp;",
    "%s", "{0}", "=1+1", "https://a.example/x?y=1&z ", "www.a.se ", "namn@a.example ", "070-123 45 67 ", "19900101-0017", "1 000 000 kr ", "99 %", "\t", "\n\n",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(ORDINARY + ODD) | st.text(max_size=6) | st.characters(), max_size=12).map("".join)
EXAMPLES = (
    "Pengarna räcker inte till åkermarken och sjön.",
    "Återbruket växer, köken köper från gårdarna",
    "nån att fråga när man kör fast",
)


def proposed(texts, question, clean=clean_text):
    """Each text's proposal, in the order of the texts."""
    answers = [Answer(f"M{n:03}-official", question, question, clean(text)) for n, text in enumerate(texts)]
    found = {one.answer.key: one for one in proposals(answers, BOOK)}
    return [found[answer.key] for answer in answers]


def told(one):
    """What a proposal says, without the places."""
    return proposed_themes(one), one.certainty, first_further(one), [piece.term for piece in one.coding.evidence]


def assert_lawful(one):
    """Known themes, at most four, the fixed states alone, and evidence that is what stands there."""
    themes, text = proposed_themes(one), one.redacted.text
    known = {theme.id for theme in BOOK.of(one.answer.question)}
    assert len(themes) <= MOST_THEMES and len(set(themes)) == len(themes)
    assert set(themes) <= known or (len(themes) == 1 and themes[0] in RESERVED)
    assert not set(themes) & {further.theme for further in one.further} and first_further(one) not in RESERVED
    for piece in (*one.coding.evidence, *one.coding.cancelled, *one.coding.faint):
        assert 0 <= piece.start < piece.end <= len(text) and text[piece.start : piece.end] == piece.found
    assert {piece.theme for piece in one.coding.evidence} == set(themes) & known


@settings(max_examples=20)
@given(TEXTS, st.sampled_from(QUESTIONS))
@example("pengar \ud800 saknas", "utmaning")
def test_any_text_is_coded_by_the_rules_as_it_is_and_as_it_is_read(text, question):
    """Not only cleaned: whoever calls the functions may have a text from anywhere."""
    for one in proposed([text], question, str) + proposed([text], question):
        assert_lawful(one)
    assert text_hash(clean_text(text)) == text_hash(clean_text(clean_text(text)))


@pytest.mark.parametrize("piece", ["energi- och ", "mål- och -resurser ", "tid, ", "a-", "🌱"])
def test_twenty_thousand_characters_are_coded_as_others_are(piece):
    assert_lawful(proposed([(piece * 20_000)[:20_000]], "utmaning")[0])


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "🌱🌱", "\x00", "\u200b\u200b", "\ud800", "-", "...", "\u202e", "\ufeff", "vet ej"]
)
def test_what_says_nothing_is_no_answer_and_nothing_is_suggested(text):
    for question in QUESTIONS:
        one = proposed([text], question)[0]
        assert (proposed_themes(one), one.further) == (("inget",), ())


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(ORDINARY + EXAMPLES), min_size=1, max_size=3).map("".join),
    st.sampled_from(QUESTIONS),
    st.data(),
)
def test_how_a_text_is_stored_does_not_change_what_is_proposed(text, question, data):
    """Letters in parts, wider or harder spaces, soft hyphens and marks that are not seen."""
    space = data.draw(st.sampled_from(["  ", "\u00a0", "\t", " \u200b", "\u202f"]))
    place = data.draw(st.integers(0, len(text)))
    others = (
        unicodedata.normalize("NFD", text), f"\ufeff  {text.replace(' ', space)}\r\n ", f"{text[:place]}\u00ad{text[place:]}", f"{text}\x00",
    )  # fmt: skip
    first, *rest = proposed([text, *others], question)
    assert [told(one) for one in rest] == [told(first)] * len(others)


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=2, max_size=6), st.sampled_from(QUESTIONS), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_other_answers_change_a_proposal(texts, question, rng):
    order = rng.sample(range(len(texts)), len(texts))
    shuffled = dict(zip(order, proposed([texts[n] for n in order], question), strict=True))
    assert [told(shuffled[n]) for n in range(len(texts))] == [told(one) for one in proposed(texts, question)]
    assert told(proposed(texts[:1], question)[0]) == told(shuffled[0])


HANGING = ("mål- ", "och ", "-resurser ", "energi- ", "klimatfrågor ", "klimatmål ", "-strategier ", "pengar ")


@example(before="mål- och -resurser mål- och -resurser ", text="mål- och -resurser ")
@given(*[st.lists(st.sampled_from(HANGING), min_size=1, max_size=7).map("".join)] * 2)
def test_a_hanging_hyphen_is_read_by_its_own_place_whatever_was_read_before(before, text):
    """The same words in the same order, begun at another of them, are remembered apart."""
    matcher = matchers(BOOK)["utmaning"]
    matcher._rules.coordinated.clear()
    alone = matcher.code(text)
    matcher._rules.coordinated.clear()
    matcher.code(before)
    assert matcher.code(text) == alone


def test_another_process_proposes_the_same():
    """Nothing hangs on how a process happens to order its sets."""
    code = (
        "import sys; from sekom_survey.coding.many import code_many; from sekom_survey.coding.shipped import start_codebook;"
        "print([one[:2] for one in code_many([('utmaning', text) for text in sys.argv[1:]], start_codebook())])"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    asked = [sys.executable, "-c", code, *EXAMPLES, *ORDINARY]
    found = subprocess.run(asked, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    here = code_many([("utmaning", text) for text in EXAMPLES + ORDINARY], BOOK)
    assert found.stdout.strip() == str([one[:2] for one in here])


def test_a_file_or_a_codebook_with_letters_in_parts_is_read_as_others_are(tmp_path):
    """As some programs write them."""
    book, source, out = tmp_path / "codebook.toml", tmp_path / "in.csv", tmp_path / "out.csv"
    book.write_text(unicodedata.normalize("NFD", START.read_text(encoding="utf-8")), encoding="utf-8")
    assert load_codebook(book) == load_codebook(START)
    lines = [f'{n},utmaning,"{unicodedata.normalize("NFD", text)}\u00ad"' for n, text in enumerate(EXAMPLES)]
    source.write_text("\n".join(["id,question,text", *lines]), encoding="utf-8")
    assert suggest_file(source, book, out) == []
    with out.open(encoding="utf-8", newline="") as stream:
        themes = [row["themes"] for row in csv.DictReader(stream)]
    assert themes == [";".join(proposed_themes(one)) for one in proposed(EXAMPLES, "utmaning")]
