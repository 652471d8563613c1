"""The fixed table of verdicts, at its limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.compare.contrast import detectable
from sekom_survey.found.compare.verdict import ALIKE, SURE, UNSURE, VERDICTS, verdict_of, verdict_text

WIDE = (-0.5, 0.5)


@pytest.mark.parametrize(
    ("p", "interval", "widest", "verdict"),
    [
        (0.05, (0.01, 0.6), WIDE, SURE),
        (0.0500001, (0.01, 0.6), WIDE, UNSURE),
        (0.05, (-0.6, -0.01), WIDE, SURE),
        (0.01, (0.0, 0.6), WIDE, UNSURE),
        (0.01, (-0.6, 0.0), WIDE, UNSURE),
        (0.9, (-0.3, 0.3), (-0.199, 0.199), ALIKE),
        (0.9, (-0.3, 0.3), (-0.20, 0.1), UNSURE),
        (0.9, (-0.3, 0.3), (-0.1, 0.20), UNSURE),
        (0.01, (0.01, 0.1), (0.01, 0.1), SURE),
    ],
)
def test_each_limit(p, interval, widest, verdict):
    """5 %, an interval touching nought, and a margin reached on either side."""
    assert verdict_of(p, interval, widest, 0.20) == verdict


@given(st.floats(0, 1), st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1), st.floats(0.01, 0.9))
def test_no_sure_difference_has_an_interval_with_nought(p, a, b, c, d, margin):
    """Whatever the figures, one of the four verdicts, and never sure around nought."""
    interval, widest = tuple(sorted((a, b))), tuple(sorted((c, d)))
    found = verdict_of(p, interval, widest, margin)
    assert found in VERDICTS
    assert found != SURE or not interval[0] <= 0 <= interval[1]
    assert found != ALIKE or round(max(-widest[0], widest[1]), 9) < round(margin, 9)


def test_an_unsure_verdict_says_what_could_have_been_missed():
    """45 points for 20 against 12, and nothing at all for 8 against 8, as the reference tables have it."""
    assert detectable(20, 12) == pytest.approx(0.45, abs=0.0051)
    assert detectable(12, 20) == detectable(20, 12)
    assert verdict_text(UNSURE, 0.45) == "ingen säker skillnad (en skillnad under 45 procentenheter kan ha missats)"
    assert "mycket stor skillnad" in verdict_text(UNSURE, detectable(8, 8))
    assert verdict_text(SURE, 0.45) == SURE
