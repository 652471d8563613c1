"""Shares put right for an imperfect reader, against published values."""

import numpy as np
import pytest

from sekom_survey.stats.misclassification import Rate, reading_interval, together
from tests.stats.beside import lang_reiczigel_interval, rogan_gladen

KNOWN = 10**9  # so many that nothing is in doubt


@pytest.mark.parametrize(
    ("share", "sensitivity", "specificity", "published"),
    [(23 / 150, 0.96, 0.89, 0.051), (6 / 151, 0.964, 0.927, 0.0), (0.16, 0.9, 0.95, 0.1294)],
)
def test_published_prevalences(share, sensitivity, specificity, published):
    """Brucellosis in a herd and Moujaber et al. 2008, as R's epiR prints them; the example of R's bootComb."""
    assert rogan_gladen(share, sensitivity, specificity) == pytest.approx(published, abs=6e-4)


def test_two_hundred_checked_of_each_kind_make_the_interval_shorter_than_a_tenth():
    """Lee et al. 2025 (arXiv 2511.21140, figure 3): at .3 found, .9 and .7 right, roughly 200 are needed."""

    def length(checked):
        low, high = lang_reiczigel_interval(
            0.3 * KNOWN, KNOWN, Rate(0.9 * checked, checked), Rate(0.7 * checked, checked)
        )
        return high - low

    assert length(200) < 0.1 < length(175)


def test_a_perfect_known_reader_leaves_the_interval_of_agresti_and_coull():
    """Agresti & Coull 1998: 10 of 50 is .112 to .330 with z squared added, as R's binom prints it."""
    perfect = Rate(KNOWN, KNOWN)
    assert lang_reiczigel_interval(10, 50, perfect, perfect) == pytest.approx((0.1105, 0.3323), abs=2e-3)


@pytest.mark.parametrize("true", [0.05, 0.3, 0.8])
def test_the_interval_misses_the_truth_one_time_in_twenty(true):
    """Lee et al. 2025, figure 4b: close to 95 % whatever the truth, with 1 000 read and 250 checked of each kind."""
    rng = np.random.default_rng(2014)
    held = 0
    for _ in range(600):
        found = rng.binomial(1000, 0.9 * true + 0.3 * (1 - true))
        rates = Rate(rng.binomial(250, 0.9), 250), Rate(rng.binomial(250, 0.7), 250)
        low, high = lang_reiczigel_interval(found, 1000, *rates)
        held += low <= true <= high
    assert 0.93 < held / 600 < 0.98


def test_reading_and_sampling_make_up_the_whole():
    """What the published interval holds beyond sampling is what reading alone gives."""
    rates = Rate(40, 50), Rate(95, 100)
    whole = lang_reiczigel_interval(300, 1000, *rates)
    true, low, high = reading_interval(300, 1000, *rates)
    sampling = 1.96 * np.sqrt(1000 * true / 1000 * (1 - true / 1000))
    joined = together(true, (true - low, high - true), (sampling, sampling))
    assert [limit / 1000 for limit in joined] == pytest.approx(whole, abs=2e-3)


def test_a_reader_no_better_than_chance_says_nothing():
    """Anything between none and all; and of none there is nothing to read."""
    chance = Rate(10, 20), Rate(10, 20)
    assert lang_reiczigel_interval(5, 20, *chance) == (0, 1)
    assert reading_interval(5, 20, *chance) == (5, 0, 20)
    assert reading_interval(0, 0, *chance) == (0, 0, 0)
    assert rogan_gladen(0.4, 0.5, 0.5) == 0.4
