"""The one set of verdicts, at its limits, and what it could have missed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.found.verdict import ALIKE, CHANCE, SURE, VERDICTS, judge_contrast, missed_phrase
from sekom_survey.stats.finite_tests import finite_estimated_test, finite_p_values
from sekom_survey.stats.intervals import sampling_distribution
from sekom_survey.stats.power import finite_detectable
from sekom_survey.stats.proportions import Group, newcombe_interval
from tests.stats.beside import finite_power


@settings(max_examples=60)
@given(st.integers(0, 26), st.integers(0, 10), st.integers(1, 8))
def test_any_verdict_can_be_recomputed_by_hand(small, large, declared):
    """The test among these members times the declared contrasts, then the 90 % interval inside 20 points."""
    first, second = Group(large, 10, 16), Group(small, 26, 38)
    found = judge_contrast(first, second, declared, 0.20)
    p = min(1.0, finite_estimated_test(first, second).p_value * declared)
    low, high = newcombe_interval(first, second, 0.90)
    assert found.verdict == (SURE if p <= 0.05 else ALIKE if low > -0.20 and high < 0.20 else CHANCE)
    assert (found.low, found.high) == pytest.approx(newcombe_interval(first, second))
    assert found.verdict in VERDICTS


def test_one_answer_flips_the_verdict():
    """15 of 26 against 0 ... 10 of 10: never less sure the farther apart, and each word is met."""
    words = [judge_contrast(Group(n, 10, 16), Group(15, 26, 38), 6, 0.20).verdict for n in range(11)]
    assert words[0] == words[10] == SURE
    assert (words[4], words[6]) == (CHANCE, ALIKE)
    assert judge_contrast(Group(20, 30, 32), Group(20, 30, 32), 6, 0.20).verdict == ALIKE


def test_every_p_value_at_once_is_the_same_as_one_by_one():
    """The table of a design, and the published case of Krishnamoorthy & Thomson (R, .0000811)."""
    table = finite_p_values(20, 38, 12, 16)
    assert table[15, 4] == pytest.approx(8.11085305553e-05, rel=1e-9)
    for x, y in ((0, 0), (20, 0), (7, 12), (13, 5)):
        one = finite_estimated_test(Group(x, 20, 38), Group(y, 12, 16)).p_value
        assert table[x, y] == pytest.approx(one, rel=1e-12)


@pytest.mark.parametrize("alpha", [0.05, 0.05 / 6])
def test_what_is_missed_belongs_to_the_rule_that_gave_the_verdict(alpha):
    """At the smallest difference the power is 80 %, one member less and it is not; a census misses nothing."""
    first, second = Group(0, 26, 38), Group(0, 10, 16)
    found = finite_detectable(first, second, alpha)
    count = round((found + 0.5) * 38)
    assert finite_power(Group(count, 26, 38), Group(8, 10, 16), alpha) >= 0.8
    assert finite_power(Group(count - 1, 26, 38), Group(8, 10, 16), alpha) < 0.8
    assert finite_detectable(Group(0, 38, 38), Group(0, 16, 16), alpha) == pytest.approx(1 / 38), (
        "a census misses nothing"
    )


def test_no_more_false_alarms_than_stated():
    """With equal shares in both groups, enumerated over every sample: at most 5 % in all for six contrasts."""
    rejected = finite_p_values(26, 38, 10, 16) <= 0.05 / 6
    for ones, others in ((19, 8), (0, 0), (38, 16)):
        chance = sampling_distribution(26, 38)[ones] @ rejected @ sampling_distribution(10, 16)[others]
        assert 6 * chance <= 0.05


def test_missed_is_said_in_points_or_not_at_all():
    """A sure verdict has missed nothing."""
    assert missed_phrase(judge_contrast(Group(5, 10, 16), Group(26, 26, 38), 6, 0.2).missed) == ""
    unsure = judge_contrast(Group(8, 10, 16), Group(24, 26, 38), 6, 0.2)
    assert missed_phrase(unsure.missed) == "en skillnad under 44 procentenheter kan ha missats"
