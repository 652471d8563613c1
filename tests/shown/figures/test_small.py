"""Small drawings say no more than is known."""

from dataclasses import replace

import pytest

from sekom_survey.shown.figures.small import SmallBox, SmallText, Stroke, goal_bar
from tests.written.documents import GOALS


def boxes(line):
    return [shape.width for shape in goal_bar(line).shapes if isinstance(shape, SmallBox)]


def test_a_bar_is_as_long_as_its_measure_came_towards_the_target():
    """Three of five: three fifths of the way to the line."""
    whole, filled = boxes(GOALS[0])
    reached = boxes(replace(GOALS[0], value=5))[1]
    assert filled / reached == pytest.approx(3 / 5)
    assert filled < whole


def test_a_percent_is_drawn_of_a_hundred_and_what_passes_its_target_is_seen():
    """85 % against 50 %: the bar ends at 85 of 100 and the line stands at 50; of a count twice its target, the line is at the middle."""
    for line, share, target in (
        (replace(GOALS[0], value=85, target=50, last=None, full=100.0), 0.85, 0.5),
        (replace(GOALS[0], value=4, target=2, last=None, full=None), 1.0, 0.5),
    ):
        whole, filled = boxes(line)
        (stroke,) = [shape for shape in goal_bar(line).shapes if isinstance(shape, Stroke)]
        assert (filled / whole, stroke.x / whole) == pytest.approx((share, target))


def test_a_count_without_a_target_is_no_bar():
    """Nobody has said what is much: last year's number stands alone."""
    drawn = goal_bar(replace(GOALS[0], target=None, full=None))
    assert [shape.text for shape in drawn.shapes if isinstance(shape, SmallText)] == ["2025: 0"]
    assert boxes(replace(GOALS[0], target=None, full=None)) == []
    assert drawn.alt == "2025: 0"
