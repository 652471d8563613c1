"""Effects, differences, equivalence, description of finite groups, and power."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact as scipy_fisher

from sekom_survey.stats.power import fisher_p_values, smallest_detectable
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.stats.rank_tests import cochran_armitage_exact
from sekom_survey.stats.weights import r_indicator, standardised_share_difference
from tests.stats.beside import equivalent, finite_z_test, fisher_power, standardised_mean_difference

groups = st.integers(1, 40).flatmap(lambda n: st.builds(Group, st.integers(0, n), st.just(n)))


@given(groups, groups)
def test_the_difference_lies_in_its_interval_and_swaps_sign(first, second):
    """Swapping the groups mirrors the interval; it stays within -1 to 1."""
    low, high = newcombe_interval(first, second)
    assert -1 - 1e-12 <= low <= first.share - second.share + 1e-12
    assert first.share - second.share - 1e-12 <= high <= 1 + 1e-12
    assert newcombe_interval(second, first) == pytest.approx((-high, -low))


def test_describing_members_is_surer_than_testing_a_pattern():
    """The same counts: 21 of 26 of 45 against 12 of 24 of 35, with and without the correction."""
    pattern = newcombe_interval(Group(21, 26), Group(12, 24))
    members = newcombe_interval(Group(21, 26, 45), Group(12, 24, 35))
    assert pattern[0] < members[0] < members[1] < pattern[1]
    census = newcombe_interval(Group(21, 26, 26), Group(12, 24, 24))
    assert census == pytest.approx((21 / 26 - 0.5, 21 / 26 - 0.5))


def test_alike_must_be_shown_not_assumed():
    """No difference seen among few is not equivalence; among many it is; a real difference never is."""
    assert not equivalent(Group(6, 8), Group(9, 12))
    assert equivalent(Group(300, 400), Group(300, 400))
    assert not equivalent(Group(320, 400), Group(200, 400))


def test_equivalence_is_seldom_claimed_at_the_margin():
    """Enumerated at a true difference of exactly 20 points: the error is 5 % or little more."""
    k = np.arange(61)
    logs = np.cumsum(np.log(np.maximum(k, 1)))
    ways = np.exp(logs[60] - logs - logs[::-1])
    chances = [ways * p**k * (1 - p) ** (60 - k) for p in (0.7, 0.5)]
    claimed = np.array([[equivalent(Group(i, 60), Group(j, 60)) for j in k] for i in k])
    assert 0.035 < chances[0] @ claimed @ chances[1] < 0.06


def test_a_finite_test_needs_populations():
    """Describing members takes their number."""
    with pytest.raises(ValueError, match="populations"):
        finite_z_test(Group(1, 2), Group(1, 2, 5))


@given(groups, groups)
def test_a_census_leaves_nothing_to_test(first, second):
    """Everybody answered: any difference is a fact, no difference is p = 1."""
    p = finite_z_test(Group(first.count, first.base, first.base), Group(second.count, second.base, second.base)).p_value
    assert p == (1.0 if first.share == second.share else 0.0)


def test_the_table_of_p_values_is_fishers():
    """Every pair of counts against SciPy."""
    p = fisher_p_values(7, 5)
    assert p == pytest.approx(
        np.array([[scipy_fisher([[i, 7 - i], [j, 5 - j]]).pvalue for j in range(6)] for i in range(8)]), rel=1e-6
    )


@given(st.integers(2, 15), st.integers(2, 15), st.floats(0, 1))
def test_fishers_test_keeps_its_level_for_any_share(base1, base2, share):
    """With equal true shares the chance of a finding is at most 5 %."""
    assert fisher_power(base1, base2, share, share) <= 0.05 + 1e-12


@pytest.mark.parametrize(("base1", "base2", "share"), [(20, 12, 0.5), (25, 25, 0.2)])
def test_the_smallest_detectable_difference_is_detected_and_half_a_point_less_is_not(base1, base2, share):
    """Power reaches 80 % exactly at the difference given."""
    gap = smallest_detectable(base1, base2, share)
    assert (
        fisher_power(base1, base2, share, share + gap) >= 0.8 > fisher_power(base1, base2, share, share + gap - 0.005)
    )


def test_some_comparisons_can_find_nothing():
    """8 against 8 at base 50 %: unattainable; and nothing is above 100 %."""
    assert smallest_detectable(8, 8, 0.5) is None
    assert smallest_detectable(50, 50, 1.0) is None


def test_r_is_one_when_all_answer_alike_and_falls_with_differences():
    """The indicator and the standardised differences at their ends."""
    assert r_indicator([10, 20], [20, 40]) == 1
    assert r_indicator([20, 0], [20, 20]) < r_indicator([15, 5], [20, 20]) < 1
    assert standardised_share_difference(3, 10, 6, 20) == 0
    assert standardised_share_difference(5, 5, 0, 5) == np.inf
    assert standardised_mean_difference([1, 3], [1, 3]) == 0
    assert standardised_mean_difference([2, 4], [1, 3]) == pytest.approx(1 / np.sqrt(2))


def test_a_trend_of_two_groups_is_fishers_one_sided_test():
    """With two groups the exact trend test has Fisher's tails."""
    tails = cochran_armitage_exact([5, 15], [13, 20])
    assert tails.upper == pytest.approx(scipy_fisher([[15, 5], [5, 8]], alternative="greater").pvalue)
    assert tails.lower == pytest.approx(scipy_fisher([[15, 5], [5, 8]], alternative="less").pvalue)


def test_the_scores_may_be_any_numbers_and_their_unit_does_not_matter():
    """Log population in thousands or in people: the same p."""
    first = cochran_armitage_exact([9, 6, 2], [12, 10, 9], np.log([8, 30, 90]))
    second = cochran_armitage_exact([9, 6, 2], [12, 10, 9], np.log10([8_000, 30_000, 90_000]))
    assert first.two_sided == pytest.approx(second.two_sided)
