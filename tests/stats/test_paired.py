"""Change among the same members, against every pattern of signs and against SciPy."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, rankdata, wilcoxon

from sekom_survey.stats.paired import (
    mcnemar_exact,
    mcnemar_mid_p,
    signed_rank,
)

FIRST = [3, 4, 2, 5, 4, 3, 4, 2, 3, 4, 5, 3, 1, 2, 4]
SECOND = [5, 4, 3, 5, 5, 4, 3, 4, 5, 5, 4, 4, 4, 2, 5]


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_exact_mcnemar_is_the_binomial_test(lost, gained):
    """Two-sided binomial with chance one half; the mid-p lies below it, above zero."""
    exact = mcnemar_exact(lost, gained)
    reference = binomtest(lost, lost + gained).pvalue if lost + gained else 1.0
    assert exact == pytest.approx(reference)
    assert 0 < mcnemar_mid_p(lost, gained) <= exact <= 1


def test_the_mid_p_keeps_its_level_on_average_where_the_exact_test_is_timid():
    """With 20 changed members, rejecting at 5 %: the exact test errs in 4.1 %, the mid-p in no less."""
    chances = binom.pmf(np.arange(21), 20, 0.5)
    exact = sum(c for k, c in enumerate(chances) if mcnemar_exact(k, 20 - k) <= 0.05)
    mid = sum(c for k, c in enumerate(chances) if mcnemar_mid_p(k, 20 - k) <= 0.05)
    assert exact <= mid <= 0.055
    assert exact == pytest.approx(0.0414, abs=1e-4)


def test_the_signed_rank_counts_every_pattern_of_signs():
    """Seven changes with ties: all 128 patterns written out."""
    change = np.array([2, -1, 1, 3, -1, 2, 1])
    ranks = rankdata(abs(change))
    sums = np.array([ranks[np.array(signs) > 0].sum() for signs in product((-1, 1), repeat=7)])
    observed = ranks[change > 0].sum()
    found = signed_rank(np.zeros(7), change)
    assert found.statistic == observed
    assert found.upper == pytest.approx((sums >= observed).mean())
    assert found.two_sided == pytest.approx((abs(sums - ranks.sum() / 2) >= abs(observed - ranks.sum() / 2)).mean())


def test_scipys_automatic_choice_is_not_exact_with_ties():
    """The reason for our own: SciPy's default takes the normal curve here and gives a smaller p."""
    assert wilcoxon(FIRST, SECOND).pvalue == pytest.approx(0.0148, abs=5e-5)
    assert signed_rank(FIRST, SECOND).two_sided == pytest.approx(0.01806640625)


def test_nobody_changed_is_no_evidence():
    """No discordant member: p = 1."""
    assert mcnemar_exact(0, 0) == mcnemar_mid_p(0, 0) == 1


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=25))
def test_swapping_the_years_mirrors_the_tails(pairs):
    """A rise seen backwards is a fall; every p in (0, 1]."""
    first, second = zip(*pairs, strict=True)
    there, back = signed_rank(first, second), signed_rank(second, first)
    assert there.upper == pytest.approx(back.lower)
    assert 0 < there.two_sided <= 1
    assert there.two_sided == pytest.approx(back.two_sided)
