"""Means of finite populations, held against every possible sample."""

from __future__ import annotations

from itertools import combinations
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.stats.means import mean_interval, mean_standard_error

MEMBERS = np.array([1, 4, 4, 5, 7, 10, 3])


def test_the_standard_error_is_that_of_all_possible_samples():
    """Over all samples of 4 of 7 the squared standard error is on average the variance of the mean."""
    samples = [MEMBERS[list(chosen)] for chosen in combinations(range(7), 4)]
    squared = [mean_standard_error(4, 7, s.var(ddof=1)) ** 2 for s in samples]
    assert np.mean(squared) == pytest.approx(np.var([s.mean() for s in samples]))


def test_the_interval_uses_t_and_the_correction():
    """Worked by hand: mean 2.5, s2 = 5/3, t(3) = 3.182446, half width 3.182446 sqrt(0.6 x 5/12)."""
    assert mean_interval([1, 2, 3, 4], 10) == pytest.approx((2.5, 0.9087768, 4.0912232), abs=1e-6)


@given(st.lists(st.integers(1, 10), min_size=1, max_size=30))
def test_a_census_has_no_uncertainty(values):
    """When every member has answered the mean is the mean."""
    mean, low, high = mean_interval(values, len(values))
    assert low == mean == high == pytest.approx(sum(values) / len(values))


@given(st.lists(st.integers(1, 10), min_size=2, max_size=30), st.integers(1, 50))
def test_the_interval_lies_around_the_mean(values, silent):
    """Symmetric, and never inside out."""
    mean, low, high = mean_interval(values, len(values) + silent)
    assert low <= mean <= high
    assert mean - low == pytest.approx(high - mean)


def test_one_answer_of_several_has_no_interval():
    """A single answer tells nothing of the spread."""
    mean, low, high = mean_interval([4], 9)
    assert mean == 4
    assert isnan(low)
    assert isnan(high)


@pytest.mark.parametrize("values", [[], [1, 2, 3, 4]])
def test_none_or_too_many_values_are_refused(values):
    """No values, or more than members, is a mistake of the caller."""
    with pytest.raises(ValueError, match="need 1 to 3 values"):
        mean_interval(values, 3)
