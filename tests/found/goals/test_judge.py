"""Status by the model's rules, at their limits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.goals.judge import count_status, judge, level_status, share_status
from sekom_survey.found.goals.model import (
    LIKELY,
    MISSED,
    REACHED,
    STATUSES,
    UNCERTAIN,
    UNLIKELY,
    Baseline,
    Indicator,
    Measured,
    Target,
)

HALF = Fraction(1, 2)
NUMBERS = st.floats(0, 200)
PARTS = st.fractions(Fraction(1, 365), 1)


def judged(measured, elapsed=HALF, target=10.0, rule="during_year", **indicator):
    targets = indicator.pop("targets", (Target(2026, target),))
    return judge(
        Indicator("A", "Mått", "antal", "hand", rule=rule, targets=targets, **indicator), 2026, measured, elapsed
    )


@pytest.mark.parametrize(
    ("value", "elapsed", "status"),
    [
        (10, HALF, REACHED),
        (11, Fraction(1, 365), REACHED),
        (4.5, HALF, LIKELY),  # 0.9 of half of ten
        (4.49, HALF, UNCERTAIN),
        (3, HALF, UNCERTAIN),  # 0.6 of half of ten
        (2.99, HALF, UNLIKELY),
        (0, HALF, UNLIKELY),
        (9.99, Fraction(1), MISSED),
        (10, Fraction(1), REACHED),
    ],
)
def test_counts_are_set_against_the_part_of_the_year_gone(value, elapsed, status):
    """k >= 0.9 t on course, k >= 0.6 t uncertain; at the end only met or not."""
    assert count_status(value, 10, elapsed) == status


def test_limits_hold_to_the_digit():
    """0.9 * 243/365 of 7.3 is 4.374, not a hair less."""
    assert count_status(4.374, 7.3, Fraction(243, 365)) == LIKELY
    assert count_status(4.373, 7.3, Fraction(243, 365)) == UNCERTAIN


@pytest.mark.parametrize(
    ("value", "final", "status"),
    [(10, False, LIKELY), (9.9, False, UNCERTAIN), (10, True, REACHED), (9.9, True, MISSED)],
)
def test_a_level_is_only_final_at_the_end(value, final, status):
    """Members may still leave."""
    assert level_status(value, 10, final) == status


@pytest.mark.parametrize(
    ("low", "high", "status"), [(60, 70, REACHED), (59.9, 70, UNCERTAIN), (40, 60, UNCERTAIN), (40, 59.9, MISSED)]
)
def test_a_share_is_judged_by_its_interval(low, high, status):
    """Met when the lower bound reaches the target, not met when the upper does not."""
    assert share_status(low, high, 60) == status


@given(NUMBERS, NUMBERS, st.floats(0.1, 200), PARTS)
def test_more_of_a_count_never_gives_a_worse_status(a, b, target, elapsed):
    """Whatever the target and the time of the year."""
    low, high = sorted((a, b))
    assert STATUSES.index(count_status(high, target, elapsed)) <= STATUSES.index(count_status(low, target, elapsed))


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_a_higher_level_never_gives_a_worse_status(a, b, target, final):
    """The same for levels."""
    low, high = sorted((a, b))
    assert STATUSES.index(level_status(high, target, final)) <= STATUSES.index(level_status(low, target, final))


@given(st.lists(NUMBERS, min_size=4, max_size=4), NUMBERS)
def test_a_higher_interval_never_gives_a_worse_status(ends, target):
    """Both ends moved up."""
    a, b, c, d = sorted(ends)
    assert STATUSES.index(share_status(b, d, target)) <= STATUSES.index(share_status(a, c, target))


@given(NUMBERS, st.floats(0.1, 200), PARTS, PARTS)
def test_the_same_count_never_looks_better_later(value, target, a, b):
    """Unless the target is met, time only goes against it."""
    early, late = sorted((a, b))
    assert STATUSES.index(count_status(value, target, early)) <= STATUSES.index(count_status(value, target, late))


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (judged(Measured(cause="mått saknas")), "mått saknas"),
        (judged(Measured(3), targets=()), "målvärde saknas"),
        (judged(Measured(3), targets=(Target(2026, words="xxx"),)), "målvärde saknas"),
        (judged(Measured(3), targets=(Target(2026, 5, proposal=True),)), "målvärde saknas"),
        (judged(Measured(3), targets=(Target(2027, 5),)), "målvärde saknas"),
        (judged(Measured(3), targets=(Target(2026, over_baseline=10),)), "utgångsvärde saknas"),
        (judged(Measured(cause="data saknas")), "data saknas"),
        (judged(Measured(cause="för få svar", base=4), rule="survey_share"), "för få svar"),
        (judged(Measured(50, 20, 80, base=9), rule="survey_share"), "för få svar"),
        (judged(Measured(50), rule="survey_share"), "data saknas"),
    ],
)
def test_what_cannot_be_judged_says_why(found, cause):
    """A symbol, words and the first cause."""
    assert (found.status.text, found.cause) == ("Kan inte bedömas", cause)


def test_ten_answers_are_enough():
    """Nine are not."""
    assert judged(Measured(50, 20, 80, base=10), target=50, rule="survey_share").status == UNCERTAIN


def test_a_target_over_the_baseline_is_added_to_it():
    """Baseline 40 and 10 more: 50."""
    over = {"targets": (Target(2026, over_baseline=10),), "rule": "at_end", "baseline": Baseline(40.0)}
    assert judged(Measured(50), Fraction(1), **over).status == REACHED
    assert judged(Measured(49), Fraction(1), **over).status == MISSED


def test_every_status_has_its_own_symbol_and_words():
    """Never colour alone."""
    assert len({s.symbol for s in STATUSES}) == len({s.text for s in STATUSES}) == 6
