"""The codebook's proposals settled by what has been learnt from coded texts."""

import numpy as np
import pytest
from nltk.classify import NaiveBayesClassifier
from nltk.probability import LidstoneProbDist

from sekom_survey.coding.bayes import LIDSTONE, train
from sekom_survey.coding.judge import LIKENESS, SURE_FROM
from sekom_survey.coding.learning import FEWEST_DECIDED, FEWEST_TEXTS, judges, learn_to_store
from sekom_survey.coding.likeness import EVIDENCE, PENALTY, learn_likeness, learn_more
from sekom_survey.coding.match import CHECK, CODED, NONANSWER, SURE, UNCODED
from sekom_survey.coding.opinion import certainty, exactness, fit_logistic
from sekom_survey.coding.shipped import sentences, start_codebook
from sekom_survey.coding.signs import SIGNS, signs
from sekom_survey.coding.stored import stored_opinion
from sekom_survey.coding.suggest import Example
from tests.coding.books import small_codebook

PAIRS = [(["a", "b"], "x"), (["b", "c"], "y"), (["a"], "x"), (["a", "b", "c"], "y"), (["b"], "z")]


def verdicts(question, texts, codebook=None, decided=None):
    judge = judges(codebook or start_codebook(), decided)[question]
    return judge.settled(texts, [judge.matcher.code(text) for text in texts])


def test_the_classifier_gives_nltks_own_numbers():
    """Trained by NLTK's loops on the same features, every probability is the same."""
    classifier, table = train(PAIRS)
    ours = [[f for f in found if f in table.places] for found, _ in PAIRS]
    theirs = NaiveBayesClassifier.train(
        [(dict.fromkeys(found, True), theme) for found, (_, theme) in zip(ours, PAIRS, strict=True)],
        lambda counts, bins=None: LidstoneProbDist(counts, LIDSTONE, bins),
    )
    for asked in (["a"], ["b", "c"], ["a", "b", "c"], []):
        expected = theirs.prob_classify(dict.fromkeys(asked, True))
        textblobs = classifier.classifier.prob_classify(dict.fromkeys(asked, True))
        for theme, ours in zip(table.themes, table.spread(asked), strict=True):
            assert ours == pytest.approx(expected.prob(theme), abs=1e-12)
            assert textblobs.prob(theme) == pytest.approx(expected.prob(theme), abs=1e-12)


TEXTS = ["ont om pengar", "ont om tid", "pengar och tid", "vatten och skog", "skog och vatten", "vatten"]
THEMES = np.array([[1.0, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]])


def test_a_text_left_out_of_likeness_counts_as_never_taught():
    """The closed form against learning anew without it, at the same level and n-grams, in each way to compare."""
    evidence, trust = np.eye(6)[:, :2], np.array([1.0, 2, 1, 1, 1, 1])
    whole = learn_likeness(TEXTS, evidence, THEMES, trust)
    rows, concepts = whole.taught.grams, whole.taught.concepts
    words, spoken = np.asarray((rows @ rows.T).todense()), concepts @ concepts.T
    found = evidence @ evidence.T
    kept = slice(1, None)
    for kernel, said in zip(
        (words + EVIDENCE * found + words * found + spoken, words * spoken, words), whole.left_out, strict=True
    ):
        inverse = np.linalg.inv(kernel[kept, kept] + np.diag(PENALTY / trust[kept]))
        expected = whole.level + kernel[0, kept] @ inverse @ (THEMES - whole.level)[kept]
        assert said[0] == pytest.approx(expected, abs=1e-5)


def test_what_is_learnt_later_puts_right_what_was_said_before():
    """A further text of another theme draws what is like it to that theme, what is unlike stays; left out, it has taught nothing."""
    evidence, trust = np.zeros((6, 2)), np.ones(6)
    before = learn_likeness(TEXTS, evidence, THEMES, trust)
    after = learn_more(before, ["ont om vatten"], evidence[:1], np.array([[0.0, 1]]))
    asked = before.seen(["ont om vatten", "pengar"], evidence[:2])
    then, now = before.scores(asked), after.scores(asked)
    assert (now[:, 0, 1] > then[:, 0, 1] + 0.03).all()
    assert now[:, 1] == pytest.approx(then[:, 1], abs=0.02)
    assert after.left_out[:, 0] == pytest.approx(then[:, 0])


def test_logistic_regression_reaches_the_point_where_the_slope_is_nought():
    """At the weights the penalised likelihood is flat."""
    rng = np.random.default_rng(4)
    rows, truth = rng.normal(size=(200, 3)), rng.random(200) < 0.4
    weights = fit_logistic(rows, truth, 1.0)
    slope = rows.T @ (certainty(rows, weights) - truth) + weights[:3]
    assert np.abs(slope).max() < 1e-4


def test_what_was_taught_can_be_left_out_of_the_classifier():
    """As if it had been trained without one pair, where no other's features depend on it."""
    for place, (asked, _) in enumerate(PAIRS[:4]):
        rest = PAIRS[:place] + PAIRS[place + 1 :]
        fewer = train([*rest, *rest])[1]  # twice, so that no feature is left out for being rare
        twice = train([*PAIRS, *PAIRS])[1]
        assert twice.themes == fewer.themes
        assert twice.without(asked, [PAIRS[place]] * 2) == pytest.approx(fewer.spread(asked), abs=1e-12)


def test_an_answer_is_exact_as_far_as_every_theme_is():
    """The chance of what is proposed times the chance that each other theme is not there."""
    assert exactness(np.array([[0.9, 0.1, 0.8], [0.2, 0.1, 0.0]])) == pytest.approx([0.9 * 0.9 * 0.8, 0.8 * 0.9])


def test_two_themes_can_be_sure_together():
    """Two plain causes, each in words of its own; with a third thing hinted at, a person is to look."""
    text = "Sista bussen går vid sex och alla måste ta bilen. Kassan är tom och ingen budget finns."
    (verdict,) = verdicts("utmaning", [text])
    assert verdict.coding.themes == ("resursbrist", "transporter")
    assert verdict.coding.certainty == SURE


def test_every_sentence_has_themes_of_the_start_codebook():
    """And each is there once, with signs of known themes."""
    known = {
        question.id: {theme.id for theme in start_codebook().of(question.id)} for question in start_codebook().questions
    }
    assert len(sentences()) >= 500
    assert len({(one.question, one.text) for one in sentences()}) == len(sentences())
    for one in sentences():
        assert one.themes <= known[one.question] | {"ovrigt"}, one.text
        assert set(one.signs) <= known[one.question], one.text
        assert all(len(row) == len(SIGNS) for row in one.signs.values())


def test_likeness_finds_a_theme_without_a_word_of_it():
    """The evidence then is the text itself, and says so."""
    (verdict,) = verdicts("utmaning", ["Bussturerna är glesa och tågen hinner man inte med."])
    assert "transporter" in verdict.coding.themes
    assert set(verdict.likely) == {theme.id for theme in start_codebook().of("utmaning")}
    bare = [
        piece
        for piece in verdicts("varde", ["Man går stärkt därifrån, peppad!"])[0].coding.evidence
        if piece.how == LIKENESS
    ]
    assert all(piece.found for piece in bare)


def test_states_stay_what_they_are():
    """A non-answer is one, nonsense is uncoded, and what is coded has evidence for every theme."""
    found = [
        verdict.coding
        for verdict in verdicts("utmaning", ["-", "qwerty zxcv", "Pengar, tid och politisk vilja saknas."])
    ]
    assert [coding.state for coding in found] == [NONANSWER, UNCODED, CODED]
    assert {piece.theme for piece in found[2].evidence} == set(found[2].themes)
    assert found[1].certainty == CHECK


def test_where_nothing_is_learnt_two_pieces_of_evidence_make_sure():
    """A codebook of its own themes: the matcher's word stands, one theme twice is sure and one word is not."""
    book = small_codebook()
    codings = [
        verdict.coding for verdict in verdicts("hinder", ["Pengar och budget.", "Pengar.", "Pengar; politik"], book)
    ]
    assert [coding.themes for coding in codings] == [("resurser",), ("resurser",), ("resurser", "politik")]
    assert [coding.certainty for coding in codings] == [SURE, CHECK, CHECK]


def test_decisions_teach_a_codebook_that_nothing_was_brought_for():
    """With enough of them a theme is proposed that no term finds."""
    decided = [Example(f"Vi fryser i huset {n}", frozenset({"energi"})) for n in range(FEWEST_TEXTS // 2)]
    decided += [Example(f"Ingen vill rösta {n}", frozenset({"politik"})) for n in range(FEWEST_TEXTS // 2)]
    (before,) = verdicts("hinder", ["Vi fryser i skolan"], small_codebook())
    (after,) = verdicts("hinder", ["Vi fryser i skolan"], small_codebook(), {"hinder": decided})
    assert before.coding.themes == ()
    assert after.coding.themes == ("energi",)


def test_a_theme_that_there_are_no_texts_of_is_as_the_codebook_says():
    """A new theme of a year keeps its proposals."""
    decided = [Example(f"Vi fryser i huset {n}", frozenset({"energi"})) for n in range(FEWEST_TEXTS)]
    (verdict,) = verdicts("hinder", ["Pengar och budget saknas."], small_codebook(), {"hinder": decided})
    assert "resurser" in verdict.coding.themes
    assert verdict.coding.certainty == CHECK


def test_signs_tell_what_the_codebook_found():
    """A leading phrase, a weak word that did not count, and one that was taken away."""
    judge = judges(start_codebook())["utmaning"]
    themes = [theme.id for theme in start_codebook().of("utmaning")]
    text = "Pengar saknas"
    row = dict(zip(SIGNS, signs(judge.matcher.code(text), text, themes)[themes.index("resursbrist")], strict=True))
    assert (row["proposed"], row["leads"], row["cancelled"]) == (1, 1, 0)
    assert row["words"] + row["phrases"] >= 1


def test_what_is_stored_is_what_the_sentences_teach():
    """`python scripts/make_learnt.py` has been run since they changed: the same themes, terms, weights and counts."""
    for question, (themes, fresh, _) in learn_to_store().items():
        held = stored_opinion(question, themes)
        assert held is not None, "python scripts/make_learnt.py"
        assert stored_opinion(question, themes[1:]) is None
        ours, theirs = held.opinion, fresh.opinion
        assert ours.themes == theirs.themes and ours.likeness.grams.places == theirs.likeness.grams.places
        assert held.classifier.table.themes == fresh.classifier.table.themes
        assert held.classifier.table.places == fresh.classifier.table.places
        assert (held.classifier.table.counts == fresh.classifier.table.counts).all()
        texts = [one.text for one in sentences()[::40]]
        rows = np.zeros((len(texts), len(themes), len(SIGNS)))
        said = [one.certainties(texts, rows, rows[:, :, 0]) for one in (ours, theirs)]
        assert said[0] == pytest.approx(said[1], abs=1e-4)


def test_a_source_can_be_left_out():
    """What is measured by has then not been taught: the judge knows fewer texts and is not the stored one."""
    with_all, without = (judges(start_codebook(), without=names)["varde"].opinion for names in ((), ("strangers",)))
    taught = sum(one.question == "varde" and one.source == "strangers" for one in sentences())
    assert with_all.likeness.weights.shape[1] - without.likeness.weights.shape[1] == taught > 0


def test_one_text_that_many_wrote_does_not_vouch_for_itself():
    """Sixty times the same is one text, too few to teach."""
    decided = [Example("Vi fryser i huset", frozenset({"energi"}))] * FEWEST_TEXTS
    assert judges(small_codebook(), {"hinder": decided})["hinder"].opinion is None


def test_the_limit_of_sure_rises_when_people_see_it_fail():
    """Decided texts of which those above the limit were wrong raise it, however sure the machine was."""
    texts = [one.text for one in sentences() if one.question == "varde"]
    sure = [text for text, one in zip(texts, verdicts("varde", texts), strict=True) if one.coding.certainty == SURE]
    decided = [Example(text, frozenset({"ovrigt"})) for text in sure[:FEWEST_DECIDED]]
    judge = judges(start_codebook(), {"varde": decided})["varde"]
    assert judge.sure_from > SURE_FROM
