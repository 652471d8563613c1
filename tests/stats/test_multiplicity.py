"""Many tests at once: laws of the adjustments, and closed testing written out."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from sekom_survey.stats.multiplicity import benjamini_hochberg, holm
from tests.stats.beside import bonferroni

METHODS = [bonferroni, holm, benjamini_hochberg]
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(p_values)
def test_adjusting_keeps_the_order_and_never_helps(p):
    """Monotone in p, at least p, at most 1, for every method."""
    for method in METHODS:
        adjusted = method(p)
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= -1e-12).all()
        assert (adjusted >= np.array(p) - 1e-12).all()
        assert (adjusted <= 1).all()


def closed(p, local):
    """Adjust by the largest p of any family that the test is in."""
    tests = range(len(p))
    families = [f for size in range(1, len(p) + 1) for f in combinations(tests, size)]
    return [max(local(np.sort([p[j] for j in f])) for f in families if i in f) for i in tests]


@given(p_values)
def test_the_methods_stand_in_their_known_order(p):
    """Bonferroni >= Holm >= Benjamini-Hochberg, which is SciPy's."""
    assert (bonferroni(p) >= holm(p) - 1e-12).all()
    assert (holm(p) >= benjamini_hochberg(p) - 1e-12).all()
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_is_a_closed_test(p):
    """Holm closes Bonferroni's test."""
    assert holm(p) == pytest.approx(closed(p, lambda f: min(1, len(f) * f[0])))
