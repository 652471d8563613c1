"""The exact interval: named values, coverage by enumeration, and the laws it must obey."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from sekom_survey.stats.intervals import (
    exact_limits,
    hypergeometric_interval,
    interval_table,
    mid_p_table,
    sampling_distribution,
    tipping_point,
)
from sekom_survey.stats.means import mean_standard_error
from sekom_survey.stats.proportions import (
    clopper_pearson_interval,
    normal_quantile,
    wilson_finite_interval,
)
from tests.stats.beside import coverage, coverage_of, no_assumption_bounds

DESIGNS = [(80, 50), (38, 20), (16, 12), (10, 5)]


@st.composite
def designs(draw):
    """Draw a population, a base and a count."""
    population = draw(st.integers(1, 120))
    base = draw(st.integers(1, population))
    return draw(st.integers(0, base)), base, population


@pytest.mark.parametrize(
    ("count", "base", "population", "expected"),
    [(30, 50, 80, (41, 54)), (30, 50, 84, (43, 57)), (32, 50, 80, (44, 57)), (32, 50, 84, (46, 61)),
     (0, 8, 15, (0, 4)), (3, 8, 15, (3, 9))],
)  # fmt: skip
def test_the_named_intervals_hold(count, base, population, expected):
    """The values that the report's reader can check by hand."""
    assert hypergeometric_interval(count, base, population) == expected


@pytest.mark.parametrize(("population", "base"), DESIGNS)
def test_every_true_total_is_covered_at_least_as_often_as_promised(population, base):
    """Enumerated over every sample: coverage is 95 % or more whatever the members think."""
    covered = coverage(base, population)
    assert covered.shape == (population + 1,)
    assert covered.min() >= 0.95


def _wald(count, base, population):
    share = count / base
    half = normal_quantile(0.95) * mean_standard_error(base, population, share * (1 - share) * base / (base - 1))
    return share - half, share + half


@pytest.mark.parametrize(
    ("population", "base", "wald", "wilson", "clopper", "clopper_width", "exact", "exact_width"),
    [(80, 50, 0.625, 0.921, 0.998, 0.231, 0.955, 0.135), (38, 20, 0.526, 0.893, 0.997, 0.366, 0.965, 0.241),
     (16, 12, 0.750, 0.912, 1.000, 0.468, 0.981, 0.202), (10, 5, 0.500, 0.833, 1.000, 0.678, 0.952, 0.400)],
)  # fmt: skip
def test_the_exact_interval_is_the_only_one_both_honest_and_short(
    population, base, wald, wilson, clopper, clopper_width, exact, exact_width
):
    """Worst coverage and mean width of four intervals: the reasons for choosing the exact one."""

    def limits(interval):
        return np.array([interval(count) for count in range(base + 1)]) * population

    def worst(table):
        return coverage_of(table, population).min()

    assert worst(limits(lambda k: _wald(k, base, population))) == pytest.approx(wald, abs=5e-4)
    assert worst(limits(lambda k: wilson_finite_interval(k, base, population))) == pytest.approx(wilson, abs=5e-4)
    by_clopper = limits(lambda k: clopper_pearson_interval(k, base))
    assert worst(by_clopper) == pytest.approx(clopper, abs=5.1e-4)
    assert np.ptp(by_clopper, axis=1).mean() / population == pytest.approx(clopper_width, abs=5e-4)
    ours = interval_table(base, population)
    assert worst(ours) == pytest.approx(exact, abs=5e-4)
    assert np.ptp(ours, axis=1).mean() / population == pytest.approx(exact_width, abs=5e-4)


def test_mid_p_is_shorter_and_no_promise():
    """The mid-p interval lies within the exact one and covers less than promised somewhere."""
    exact, shorter = interval_table(50, 80), mid_p_table(50, 80)
    assert (exact[:, 0] <= shorter[:, 0]).all()
    assert (shorter[:, 1] <= exact[:, 1]).all()
    assert coverage_of(shorter, 80).min() < 0.95


@given(designs())
def test_the_interval_holds_the_estimate_and_stays_within_what_is_possible(design):
    """Low <= estimate <= high (to the nearest member), inside the bounds without assumptions."""
    count, base, population = design
    low, high = hypergeometric_interval(*design)
    least, most = no_assumption_bounds(*design)
    assert least <= low <= high <= most
    assert low <= np.ceil(count * population / base)
    assert np.floor(count * population / base) <= high


@given(designs())
def test_yes_and_no_mirror_each_other(design):
    """Counting those against gives the same interval from the other end."""
    count, base, population = design
    low, high = hypergeometric_interval(base - count, base, population)
    assert hypergeometric_interval(*design) == (population - high, population - low)


@given(st.integers(1, 100).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))))
def test_more_yes_never_moves_a_limit_down(design):
    """Both limits grow with the count; each count adds to the lower limit somewhere."""
    population, base = design
    table = interval_table(base, population)
    assert (np.diff(table, axis=0) >= 0).all()


@given(designs(), st.sampled_from([0.5, 0.8, 0.9]))
def test_more_confidence_needs_a_wider_interval(design, level):
    """The interval at a lower level lies within that at 95 %."""
    low, high = hypergeometric_interval(*design)
    inner_low, inner_high = hypergeometric_interval(*design, level)
    assert low <= inner_low
    assert inner_high <= high


@given(designs())
def test_the_interval_is_what_the_tests_do_not_reject(design):
    """Against SciPy's distribution: exactly the totals with both tails above 2.5 %."""
    count, base, population = design
    totals = np.arange(population + 1)
    tails = hypergeom.cdf(count, population, totals, base), hypergeom.sf(count - 1, population, totals, base)
    kept = totals[np.minimum(*tails) > 0.025 * (1 + 1e-9)]
    assert hypergeometric_interval(*design) == (kept.min(), kept.max())


def test_a_tail_of_exactly_the_level_rejects():
    """No of one answer, 78 of 80 yes: the chance is 2 of 80, 2.5 % to the digit; 77 is the most."""
    assert hypergeometric_interval(0, 1, 80) == (0, 77)


@given(st.integers(1, 60))
def test_a_census_is_certain(population):
    """When all have answered nothing is uncertain."""
    table = interval_table(population, population)
    assert (table == np.arange(population + 1)[:, None]).all()


def test_nobody_answered_says_nothing():
    """With no answers every total is possible."""
    assert hypergeometric_interval(0, 0, 15) == (0, 15)


def test_the_distribution_sums_to_one_for_every_total():
    """Each row is a probability distribution, also for a large population."""
    assert sampling_distribution(320, 1_000).sum(axis=1) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("design", [(-1, 5, 10), (6, 5, 10), (3, 11, 10)])
def test_impossible_numbers_are_refused(design):
    """More yes than answers or more answers than members is a mistake of the caller."""
    for function in (hypergeometric_interval, no_assumption_bounds, tipping_point):
        with pytest.raises(ValueError, match="need 0 <= count"):
            function(*design)


def test_a_cached_table_cannot_be_changed():
    """Tables are shared, so they are read-only."""
    with pytest.raises(ValueError, match="read-only"):
        interval_table(5, 10)[0] = 0


@given(designs())
def test_the_tipping_point_is_the_smallest_number_that_tips(design):
    """One fewer is no majority; that many is; None only when all together are too few."""
    count, base, population = design
    needed = tipping_point(*design)
    if needed is None:
        assert 2 * (count + population - base) <= population
    else:
        assert 2 * (count + needed) > population
        assert needed == 0 or 2 * (count + needed - 1) <= population


@pytest.mark.parametrize(("base", "population"), [(0, 0), (1, 1), (5, 9), (50, 80), (61, 84), (190, 290)])
def test_bisection_and_the_whole_distribution_give_the_same_limits(base, population):
    """Two ways to invert the same test."""
    counts = np.arange(base + 1)
    limits = exact_limits(counts, np.full_like(counts, base), np.full_like(counts, population))
    assert (limits == interval_table(base, population)).all()


def test_a_large_membership_is_inverted_without_its_table():
    """25,000 of 40,000: the limits are the outermost totals that neither one-sided test rejects, by SciPy's tails."""
    counts = np.array([0, 1, 312, 12_500, 24_999, 25_000])
    low, high = exact_limits(counts, np.full(6, 25_000), np.full(6, 40_000)).T

    def upper(totals):
        return hypergeom.sf(counts - 1, 40_000, totals, 25_000)

    def lower(totals):
        return hypergeom.cdf(counts, 40_000, totals, 25_000)

    assert (upper(low) > 0.025).all()
    assert (lower(high) > 0.025).all()
    assert ((low == counts) | (upper(np.maximum(low - 1, 0)) <= 0.025)).all()
    assert ((high == counts + 15_000) | (lower(np.minimum(high + 1, 40_000)) <= 0.025)).all()
