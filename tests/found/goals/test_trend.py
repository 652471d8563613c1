"""A trend is claimed only from the same members, and only when it is no chance."""

from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.goals.judge import trend
from sekom_survey.found.goals.model import Measured
from sekom_survey.stats.paired import mcnemar_exact

EVERYONE = frozenset(map(str, range(30)))


def share(yes, asked=EVERYONE):
    return Measured(1.0, asked=asked, yes=frozenset(map(str, yes)))


def test_six_up_and_none_down_is_a_rise():
    """2 / 64 is under five per cent; five up (2 / 32) is not enough."""
    assert trend(share(range(6)), share([])) == "↗"
    assert trend(share(range(5)), share([])) == "–"
    assert trend(share([]), share(range(6))) == "↘"


def test_only_members_asked_both_years_count():
    """The others' coming and going is no change of mind."""
    assert trend(share(range(6)), share([], asked=frozenset("012"))) == "–"


def test_without_a_year_before_there_is_no_trend():
    """Nor for counts, which have no members behind them."""
    assert trend(share(range(6)), None) == "–"
    assert trend(Measured(7), Measured(4)) == "–"


@given(st.sets(st.integers(0, 29)), st.sets(st.integers(0, 29)))
def test_an_arrow_is_the_same_as_an_exact_test_that_rejects(now, before):
    """The interval leaves out one half exactly when McNemar's exact p is under 0.05."""
    arrow = trend(share(now), share(before))
    assert (arrow != "–") == (mcnemar_exact(len(before - now), len(now - before)) < 0.05)
