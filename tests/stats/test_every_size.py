"""Every test has an answer at every size, in little memory: exact where that can be had, else drawn with a seed."""

import tracemalloc

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact, mannwhitneyu, wilcoxon

from sekom_survey.stats import batch, paired, permutation, power, rank_tests
from sekom_survey.stats.exact_tables import fisher_freeman_halton
from sekom_survey.stats.fixed_margins import fillings, number_of_fillings
from sekom_survey.stats.paired import signed_rank
from sekom_survey.stats.permutation import orders, permutation_matrix, permuted_tables
from sekom_survey.stats.rank_tests import cochran_armitage_exact, mann_whitney
from tests.stats.beside import cochran_armitage

RANDOM = np.random.default_rng(3)
FIRST, SECOND = RANDOM.integers(1, 11, 51), RANDOM.integers(2, 11, 43)
NOISE = 0.02  # four standard errors of 9 999 draws at p = .5


@pytest.mark.parametrize("times", [1, 12])
def test_mann_whitney_of_groups_too_large_to_go_through_is_drawn(times):
    """51 and 43 ratings of 1-10, and twelve times as many: close to SciPy's large-sample p."""
    first, second = np.tile(FIRST, times), np.tile(SECOND, times)[: 43 * times - 2]
    found = mann_whitney(first, second)
    reference = mannwhitneyu(first, second, method="asymptotic", use_continuity=False)
    assert found.how == "permutation"
    assert found.statistic == reference.statistic
    assert found.two_sided == pytest.approx(reference.pvalue, abs=NOISE)
    assert min(found.lower, found.upper) > 0


def test_a_drawn_mann_whitney_is_close_to_the_exact(monkeypatch):
    """The same answers both ways, every tail."""
    exact = mann_whitney(FIRST[:15], SECOND[:12])
    monkeypatch.setattr(rank_tests, "walk", lambda *_: None)
    drawn = mann_whitney(FIRST[:15], SECOND[:12])
    assert (exact.how, drawn.how) == ("exact", "permutation")
    for tail in ("statistic", "lower", "upper", "two_sided"):
        assert getattr(drawn, tail) == pytest.approx(getattr(exact, tail), abs=NOISE)


@pytest.mark.parametrize(("counts", "bases"), [([90, 100, 120, 95], [200, 190, 210, 150]), ([400] * 5, [800] * 5)])
def test_a_trend_in_shares_of_large_groups_is_drawn(counts, bases):
    """Close to the chi-square form, in a blink."""
    found = cochran_armitage_exact(counts, bases)
    assert found.how == "permutation"
    assert found.two_sided == pytest.approx(cochran_armitage(counts, bases).p_value, abs=NOISE + 0.01)


def test_a_drawn_trend_is_close_to_the_exact(monkeypatch):
    """The same shares both ways."""
    exact = cochran_armitage_exact([3, 6, 9], [12, 11, 13])
    monkeypatch.setattr(rank_tests, "LIMIT", 0)
    drawn = cochran_armitage_exact([3, 6, 9], [12, 11, 13])
    assert (exact.how, drawn.how) == ("exact", "permutation")
    for tail in ("lower", "upper", "two_sided"):
        assert getattr(drawn, tail) == pytest.approx(getattr(exact, tail), abs=NOISE)


@pytest.mark.parametrize("room", [(3, 2), (5, 5, 5), (1, 0, 7, 2), (4,)])
def test_fillings_are_counted_as_they_are_made(room):
    """Without making them, for every total, also one that does not fit."""
    for total in range(sum(room) + 1):
        assert number_of_fillings(total, room) == len(fillings(total, room))
    assert number_of_fillings(sum(room) + 1, room) == 0


def test_a_table_of_many_large_groups_is_refused_before_it_is_gone_through():
    """Six options by five groups of 500: all ways to fill one column would not fit in any memory."""
    tracemalloc.start()
    found = fisher_freeman_halton(np.full((5, 6), 83), draws=99)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.how == "permutation"
    assert peak < 60_000_000


def test_signed_ranks_of_many_who_moved_are_drawn(monkeypatch):
    """Two thousand pairs, against SciPy; and a small set both ways."""
    before = RANDOM.integers(1, 11, 2000).astype(float)
    after = np.clip(before + RANDOM.integers(-2, 3, 2000), 1, 10)
    found = signed_rank(before, after)
    reference = wilcoxon(after, before, correction=False, method="asymptotic", zero_method="wilcox")
    assert found.how == "permutation"
    assert found.two_sided == pytest.approx(reference.pvalue, abs=NOISE)
    exact = signed_rank(before[:40], after[:40])
    monkeypatch.setattr(paired, "LIMIT", 0)
    drawn = signed_rank(before[:40], after[:40])
    assert (exact.how, drawn.how) == ("exact", "permutation")
    assert (drawn.upper, drawn.two_sided) == pytest.approx((exact.upper, exact.two_sided), abs=NOISE)


def test_what_could_be_found_in_large_groups_is_told():
    """Groups of 1 500, where a binomial coefficient is larger than any number: a difference there is, within a step of the exact."""
    assert power.smallest_detectable(1500, 1400, 0.5) == pytest.approx(0.055, abs=power.STEP)
    chances = power._binomial(2000, np.array([0.5, 0.03]))
    assert chances[0] == pytest.approx(binom.pmf(np.arange(2001), 2000, 0.5), rel=1e-9, abs=1e-300)
    assert np.isfinite(chances).all()


@pytest.mark.parametrize("bases", [(300, 300), (400, 60), (1000, 40)])
def test_the_approximation_of_what_could_be_found_is_within_a_step_of_the_exact(monkeypatch, bases):
    """So that nothing leaps where one takes over from the other."""
    exact = power.smallest_detectable(*bases, 0.5)
    monkeypatch.setattr(power, "LIMIT", 0)
    power.smallest_detectable.cache_clear()
    near = power.smallest_detectable(*bases, 0.5)
    power.smallest_detectable.cache_clear()
    assert near == pytest.approx(exact, abs=power.STEP + 1e-9)


def test_every_fisher_p_is_scipys():
    """All tables of two groups, those equally rare counted as R does."""
    p = power.fisher_p_values(9, 6)
    for x in range(10):
        for y in range(7):
            assert p[x, y] == pytest.approx(fisher_exact([[x, 9 - x], [y, 6 - y]]).pvalue)


def test_orders_in_pieces_are_the_orders_in_one(monkeypatch):
    """However many members there are; also more than a short number can tell apart."""
    whole = permutation_matrix(30, 100, 5)
    monkeypatch.setattr(permutation, "MOST_ORDERS", 700)
    pieces = list(orders(30, 100, 5))
    assert len(pieces) > 1
    assert (np.vstack(pieces) == whole).all()
    assert sorted(permutation_matrix(40_000, 1, 5)[0].tolist()) == list(range(40_000))


def test_tables_made_a_few_items_at_a_time_are_the_tables_made_at_once(monkeypatch):
    """Three hundred questions are not all held at once; each gets the same tables."""
    groups = RANDOM.integers(0, 3, 40)
    items = [np.where(RANDOM.random(40) < 0.1 * (i % 3), -1, RANDOM.integers(0, 5, 40)) for i in range(12)]
    at_once = {i: tables.permuted for i, tables in permuted_tables(groups, items, 50)}
    monkeypatch.setattr(permutation, "MOST_COLUMNS", 6)
    monkeypatch.setattr(permutation, "MOST_ORDERS", 300)
    in_parts = {i: tables.permuted for i, tables in permuted_tables(groups, items, 50)}
    assert at_once.keys() == in_parts.keys() == set(range(12))
    assert all((at_once[i] == in_parts[i]).all() for i in at_once)


def test_a_test_holds_few_tables_at_a_time():
    """Sixty ratings of 300 members: what is held does not grow with the questions."""
    groups, items = RANDOM.integers(0, 4, 300), [RANDOM.integers(0, 10, 300) for _ in range(60)]
    permutation_matrix(300, 2000)
    tracemalloc.start()
    batch.levels(groups, items, draws=2000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000
