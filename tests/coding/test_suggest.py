"""What is learnt from decisions."""

import tempfile
from pathlib import Path

from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import Matcher
from sekom_survey.coding.suggest import (
    Example,
    certainties,
    codebook_texts,
    features,
    learn_pieces,
    suggestions,
    training_pieces,
)
from tests.coding.books import SMALL

EXAMPLES = [
    *(
        Example(text, frozenset({"kunskap"}))
        for text in (
            "Lära nytt om vatten",
            "lärorika kvällar",
            "Lärande om vatten och skog",
            "lärdomar",
            "vi lärde oss mycket",
            "lära mer",
        )
    ),
    *(
        Example(text, frozenset({"natverk"}))
        for text in (
            "kaffe med kollegor",
            "kollegerna",
            "träffa kollegor",
            "en kollega att luta sig mot",
            "kaffe och prat",
            "kollegial värme",
        )
    ),
]


def small_book():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.toml"
        path.write_text(SMALL, encoding="utf-8")
        return load_codebook(path)[0]


def small_matcher():
    return Matcher(small_book(), "nytta")


def taught(examples=EXAMPLES):
    return learn_pieces([training_pieces(one, small_matcher()) for one in examples], small_book().of("nytta"))


def learnt_top():
    matcher = small_matcher()
    text = "Vi lärde oss om skogen"
    return suggestions(taught(), text, matcher.code(text))[0].theme


def test_a_theme_the_terms_do_not_know_is_suggested():
    """The word "lärde" is in no term; decisions have taught it."""
    assert learnt_top() == "kunskap"


def test_nothing_is_learnt_from_too_little():
    """Under ten pieces of answers gives no classifier."""
    assert taught(EXAMPLES[:4]) is None
    assert taught([]) is None


def test_the_codebooks_own_words_teach_too():
    """A theme nobody has chosen yet is known by its definition."""
    matcher, text = small_matcher(), "det var inget"
    assert "ingen_nytta" in taught().themes
    assert suggestions(taught(), text, matcher.code(text))[0].theme == "ingen_nytta"
    assert "Ger inget." not in codebook_texts(small_book().theme("kunskap"))


def test_training_again_gives_the_same():
    """No randomness, nothing kept between trainings."""
    first, second = (certainties(taught(), "kaffe och lärande") for _ in range(2))
    assert first == second
    assert all(0 <= value <= 1 for value in first.values())


def test_segments_go_to_the_theme_the_matcher_sees_in_them():
    """The rest teaches the theme it does not see."""
    example = Example("Bra webbinarier, kaffe med grannen", frozenset({"kunskap", "natverk"}))
    assert training_pieces(example, small_matcher()) == [
        ("Bra webbinarier", "kunskap"),
        ("kaffe med grannen", "natverk"),
    ]


def test_what_the_matcher_proposes_is_not_suggested_again():
    """Suggestions are further themes; never ovrigt."""
    matcher = small_matcher()
    learnt = taught([*EXAMPLES, Example("helt annat", frozenset({"ovrigt"}))])
    text = "nätverk och lärande"
    assert {s.theme for s in suggestions(learnt, text, matcher.code(text))} <= {"kunskap", "ingen_nytta"}


def test_features_are_stems_and_fourgrams():
    """Each once, in reading order."""
    assert features("Ja, skolan ja") == ["w:ja", "c:_ja_", "w:skolan", "c:_sko", "c:skol", "c:kola", "c:olan", "c:lan_"]
