"""Rank tests, against every order of the answers and against SciPy."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, kruskal, mannwhitneyu

from sekom_survey.stats import rank_tests
from sekom_survey.stats.rank_tests import mann_whitney
from tests.stats import beside
from tests.stats.beside import jonckheere_terpstra, kruskal_wallis

SMALL, MIDDLE, LARGE = [5, 4, 5, 4, 3, 5, 4, 5, 4, 4], [4, 3, 4, 5, 3, 4, 2, 4], [3, 2, 4, 3, 2, 3]
answers = st.lists(st.integers(1, 5), min_size=1, max_size=5)


def groupings(samples):
    """Give every way to deal the answers into groups of the same sizes."""
    pool = [value for sample in samples for value in sample]
    places = set(range(len(pool)))
    first, second = len(samples[0]), len(samples[1])
    for a in combinations(sorted(places), first):
        for b in combinations(sorted(places - set(a)), second):
            rest = sorted(places - set(a) - set(b))
            yield [[pool[i] for i in group] for group in (a, b, rest)]


def pairs_in_order(samples):
    """Count J pair by pair."""
    return sum(
        (y > x) + (y == x) / 2
        for i, earlier in enumerate(samples)
        for later in samples[i + 1 :]
        for x in earlier
        for y in later
    )


SAMPLES = [[1, 2, 2], [2, 3, 1], [3, 4]]


def test_kruskal_wallis_counts_every_grouping():
    """Eight answers with ties in three groups: all 560 ways written out, H by SciPy."""
    observed = kruskal(*SAMPLES).statistic
    values = [kruskal(*samples).statistic for samples in groupings(SAMPLES)]
    found = kruskal_wallis(SAMPLES)
    assert found.statistic == pytest.approx(observed)
    assert found.p_value == pytest.approx(np.mean(np.array(values) >= observed - 1e-9))


def test_jonckheere_counts_every_grouping():
    """The same answers, J counted pair by pair, both tails."""
    observed = pairs_in_order(SAMPLES)
    values = np.array([pairs_in_order(samples) for samples in groupings(SAMPLES)])
    found = jonckheere_terpstra(SAMPLES)
    assert found.statistic == observed
    assert found.upper == pytest.approx((values >= observed).mean())
    assert found.lower == pytest.approx((values <= observed).mean())


def test_the_two_tails_of_mann_whitney_are_not_doubled():
    """With ties the distribution is skewed: SciPy doubles its smaller tail, we count |U - mean|."""
    tails = mann_whitney(SMALL, LARGE)
    assert tails.statistic == 55
    assert tails.two_sided == pytest.approx(0.004995004995)
    assert 2 * tails.upper == pytest.approx(0.006243756, abs=1e-9)
    doubled = mannwhitneyu(SMALL, LARGE, method=PermutationMethod(n_resamples=10_000))
    assert doubled.pvalue == pytest.approx(2 * tails.upper, abs=1e-9)


@settings(max_examples=30)
@given(answers, answers, answers)
def test_p_values_are_probabilities_and_reversing_the_scale_mirrors_the_tails(a, b, c):
    """All p in (0, 1]; 6 - x turns an upward trend into a downward one."""
    mirrored = [[6 - x for x in sample] for sample in (a, b, c)]
    ahead, back = jonckheere_terpstra([a, b, c]), jonckheere_terpstra(mirrored)
    assert ahead.upper == pytest.approx(back.lower)
    assert ahead.two_sided == pytest.approx(back.two_sided)
    for p in (ahead.upper, ahead.lower, ahead.two_sided, kruskal_wallis([a, b, c]).p_value):
        assert 0 < p <= 1


def test_kruskal_wallis_of_two_groups_is_mann_whitney():
    """H is a function of |U - mean| when there are two groups."""
    assert kruskal_wallis([SMALL, LARGE]).p_value == pytest.approx(mann_whitney(SMALL, LARGE).two_sided)


def test_permutation_takes_over_beyond_the_limit(monkeypatch):
    """Without the exact distribution the seeded one is close to it, and says what it is."""
    exact, trend = kruskal_wallis([SMALL, MIDDLE, LARGE]), jonckheere_terpstra([LARGE, MIDDLE, SMALL])
    for module in (rank_tests, beside):
        monkeypatch.setattr(module, "walk", lambda *_: None)
    drawn, drawn_trend = kruskal_wallis([SMALL, MIDDLE, LARGE]), jonckheere_terpstra([LARGE, MIDDLE, SMALL])
    assert (drawn.how, drawn_trend.how) == ("permutation", "permutation")
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.004)
    assert drawn_trend.upper == pytest.approx(trend.upper, abs=0.002)
    assert drawn_trend.two_sided > 0


def test_equal_answers_cannot_differ():
    """One value only: p = 1, not a division by zero."""
    assert kruskal_wallis([[3, 3], [3], [3, 3]]).p_value == 1.0
    assert jonckheere_terpstra([[3, 3], [3], [3, 3]]).two_sided == 1.0
