"""Many tests at once: laws of the adjustments, and closed testing written out."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from sekom_survey.stats.multichoice import Pair, cochran_q_test, pairwise_mcnemar, rank_sets
from sekom_survey.stats.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    bonferroni,
    holm,
    hommel,
)

METHODS = [bonferroni, holm, hommel, benjamini_hochberg, benjamini_yekutieli]
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(p_values)
def test_adjusting_keeps_the_order_and_never_helps(p):
    """Monotone in p, at least p, at most 1, for every method."""
    for method in METHODS:
        adjusted = method(p)
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= -1e-12).all()
        assert (adjusted >= np.array(p) - 1e-12).all()
        assert (adjusted <= 1).all()


@given(p_values)
def test_the_methods_stand_in_their_known_order(p):
    """Bonferroni >= Holm >= Hommel, and Benjamini-Yekutieli >= Benjamini-Hochberg; BH as SciPy."""
    assert (bonferroni(p) >= holm(p) - 1e-12).all()
    assert (holm(p) >= hommel(p) - 1e-12).all()
    assert (benjamini_yekutieli(p) >= benjamini_hochberg(p) - 1e-12).all()
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))
    assert benjamini_yekutieli(p) == pytest.approx(false_discovery_control(p, method="by"))


def closed(p, local):
    """Adjust by the largest p of any family that the test is in."""
    tests = range(len(p))
    families = [f for size in range(1, len(p) + 1) for f in combinations(tests, size)]
    return [max(local(np.sort([p[j] for j in f])) for f in families if i in f) for i in tests]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_and_hommel_are_closed_tests(p):
    """Holm closes Bonferroni's test, Hommel closes Simes'."""
    assert holm(p) == pytest.approx(closed(p, lambda f: min(1, len(f) * f[0])))
    assert hommel(p) == pytest.approx(closed(p, lambda f: min(len(f) * f / np.arange(1, len(f) + 1))))


def test_cochrans_q_counts_every_way_to_tick():
    """Four members, three options: every way written out."""
    ticks = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 1]])
    ways = [[w for w in np.ndindex(2, 2, 2) if sum(w) == row.sum()] for row in ticks]
    squares = [
        (np.sum([a, b, c, d], axis=0) ** 2).sum() for a in ways[0] for b in ways[1] for c in ways[2] for d in ways[3]
    ]
    found = cochran_q_test(ticks)
    assert found.p_value == pytest.approx(np.mean(np.array(squares) >= (ticks.sum(axis=0) ** 2).sum()))


def test_members_who_tick_all_or_none_do_not_matter():
    """They say nothing about which option is chosen more often."""
    ticks = [[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 1]]
    more = [*ticks, [0, 0, 0], [1, 1, 1]]
    assert cochran_q_test(more).p_value == cochran_q_test(ticks).p_value


def test_many_options_fall_back_to_permutation():
    """Twelve options and fifty members are too many to go through."""
    ticks = np.random.default_rng(5).random((50, 12)) < 0.4
    found = cochran_q_test(ticks, draws=499)
    assert found.how == "permutation"
    assert 0 < found.p_value <= 1


def test_rank_sets_use_the_adjusted_p_values():
    """Seven against none, p = .016, is no longer sure beside five other pairs."""
    pairs = [Pair(0, 1, 7, 0, 0.0156, 0.0936)]
    assert rank_sets(2, pairs) == [(1, 2), (1, 2)]
    assert rank_sets(2, pairs, alpha=0.1) == [(1, 1), (2, 2)]


def test_rank_sets_hold_what_the_pairs_can_tell():
    """An option ticked by all leads; two that nobody tells apart share their ranks."""
    ticks = np.array([[1, 0, 0]] * 14 + [[1, 1, 0], [1, 0, 1]])
    pairs = pairwise_mcnemar(ticks)
    assert [(p.only_first, p.only_second) for p in pairs] == [(15, 0), (15, 0), (1, 1)]
    assert rank_sets(3, pairs) == [(1, 1), (2, 3), (2, 3)]
    assert rank_sets(3, pairwise_mcnemar(ticks[:3])) == [(1, 3)] * 3
