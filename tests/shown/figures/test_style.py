"""Colours are held to the contrasts that the association's sources state."""

import pytest

from sekom_survey.shown.figures.style import (
    BLUE,
    EDGE,
    GREEN,
    GREY,
    INK,
    MARKS,
    VERMILLION,
    contrast,
    edge_of,
    ink_on,
    ramp,
)

PUBLISHED = {"#000000": 21.0, "#0072B2": 5.2, "#D55E00": 3.9, "#009E73": 3.4, "#CC79A7": 3.06, "#E69F00": 2.25, "#56B4E9": 2.31,
             "#F0E442": 1.32, "#4f5859": 7.3}  # fmt: skip


@pytest.mark.parametrize(("colour", "expected"), PUBLISHED.items())
def test_contrast_agrees_with_published_values(colour, expected):
    """The contrasts of Okabe and Ito's colours on white, and of SKR's grey."""
    assert contrast(colour) == pytest.approx(expected, abs=0.06)


def test_contrast_does_not_mind_the_order():
    """Text on a ground is as the ground on the text; a colour on itself has none."""
    assert contrast(BLUE, INK) == contrast(INK, BLUE)
    assert contrast(BLUE, BLUE) == 1


@pytest.mark.parametrize("colour", [BLUE, VERMILLION, GREEN, GREY, INK, EDGE])
def test_colours_that_carry_meaning_reach_three_to_one(colour):
    """WCAG 2.1, 1.4.11."""
    assert contrast(colour) >= 3


def test_no_two_groups_share_shape_and_none_rests_on_colour():
    """The shape alone tells the groups apart."""
    shapes = [shape for shape, _ in MARKS]
    assert len(set(shapes)) == len(shapes) == 9


@pytest.mark.parametrize("parts", range(1, 11))
def test_a_ramp_darkens_step_by_step_and_its_numbers_can_be_read(parts):
    """One fill an option, never lighter than the one below; a written number reaches 4,5:1 on it, and its edge 3:1 on white."""
    fills = ramp(parts)
    depth = [contrast(fill) for fill in fills]
    assert len(fills) == parts
    assert depth == sorted(depth)
    assert all(contrast(ink_on(fill), fill) >= 4.5 for fill in fills)
    assert all(contrast(edge_of(fill)) >= 3 for fill in fills)
