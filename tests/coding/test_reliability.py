"""Agreement of coders, accuracy of machines, drift and trend."""

import math
import random
from dataclasses import replace

import pytest

from sekom_survey.coding.codebook import Answer
from sekom_survey.coding.decisions import ADJUDICATION, Decision
from sekom_survey.coding.match import matchers
from sekom_survey.coding.reliability import accuracy, agreement, coder_pair, drift, trend, vocabulary
from sekom_survey.found.themes import themes_by_codebook
from tests.coding.books import ANSWERS, book

ROW = Decision("r01", "q22", "h", "a", "yes", "AB", "2026-03-02", "1.0.0")


def sets(*themes):
    return {(f"r{n}", "q"): frozenset(filter(None, given.split())) for n, given in enumerate(themes)}


def test_two_random_coders_agree_by_chance_only():
    """Kappa and alpha about 0; a formula with the wrong chance term gives .30 on such coders."""
    draw = random.Random(1)
    first, second = (sets(*("a" if draw.random() < 0.3 else "" for _ in range(4000))) for _ in range(2))
    _, theme = agreement(first, second, ["a"])
    assert abs(theme.kappa) < 0.05
    assert abs(theme.alpha) < 0.05
    assert theme.interval[0] < 0 < theme.interval[1]


def test_two_empty_sets_agree():
    """An uncoded answer is the empty set; ovrigt and inget are no themes."""
    whole, _ = agreement(sets("", "a", "ovrigt"), sets("", "a", "inget"), ["a"])
    assert whole.both == 3
    assert whole.alpha == pytest.approx(1.0)


def test_a_worked_example_of_kappa():
    """20 yes-yes, 5 and 10 apart, 15 no-no: kappa .4 (Cohen's formula by hand: (.7 - .5) / (1 - .5))."""
    first = sets(*["a"] * 20, *["a"] * 5, *[""] * 10, *[""] * 15)
    second = sets(*["a"] * 20, *[""] * 5, *["a"] * 10, *[""] * 15)
    _, theme = agreement(first, second, ["a"])
    assert (theme.both, theme.first_only, theme.second_only) == (20, 5, 10)
    assert theme.kappa == pytest.approx(0.4)
    assert theme.interval[0] <= theme.alpha <= theme.interval[1]


def test_only_answers_both_coded_count():
    """And none at all gives nan, not an error."""
    whole, theme = agreement(sets("a"), {}, ["a"])
    assert (whole.answers, theme.answers) == (0, 0)
    assert math.isnan(theme.kappa)
    assert all(map(math.isnan, theme.interval))


def test_the_pair_who_share_most_answers():
    """Consensus is no coder."""
    rows = [ROW, replace(ROW, coder="CD"), replace(ROW, coder=ADJUDICATION), replace(ROW, coder="EF", item="q9")]
    assert coder_pair(rows) == ("AB", "CD")
    assert coder_pair(rows[:1]) is None


def test_precision_recall_and_f1():
    """Counted over reviewed answers, pooled over themes."""
    machine, person = sets("a b", "a", "", "a"), sets("a", "b", "a", "a")
    pooled, a, b = accuracy(machine, person, ["a", "b"])
    assert (pooled.right, pooled.wrong, pooled.missed) == (2, 2, 2)
    assert (a.precision, a.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert math.isnan(b.f1) is False
    assert pooled.f1 == pytest.approx(0.5)


def test_drift_counts_uncoded_nonanswers_and_unseen_words(tmp_path):
    """Against last year's words."""
    codebook, _ = book(tmp_path)
    asked = [answer for answer in ANSWERS if answer.question == "nytta"] + [Answer("r4", "q24", "nytta", "-")]
    proposed = [themes_by_codebook(matchers(codebook)["nytta"].code(answer.text)) for answer in asked]
    texts = [answer.text for answer in asked]
    found = drift(texts, proposed, vocabulary(texts[:2]))
    assert (found.answers, found.uncoded, found.nonanswers) == (4, 0.25, 0.25)
    assert found.unseen_words == pytest.approx(3 / 13)


def test_trend_as_published_and_recoded(tmp_path):
    """Both counts for every theme and year."""
    codebook, _ = book(tmp_path)
    years = {2025: (sets("politik"), sets("")), 2026: (sets("politik", ""), sets("politik", "politik"))}
    points = {
        (point.theme, point.year): (point.published, point.recoded, point.answers) for point in trend(years, codebook)
    }
    assert points["politik", 2025] == (1, 0, 1)
    assert points["politik", 2026] == (1, 2, 2)
