"""Nothing is cut, nothing covers anything, and all can be read: for every kind, ordinary and strained, on every page."""

from functools import cache

import pytest

from sekom_survey.shown.figures.style import contrast
from tests.shown.figures.drawn import PAGES, crosses, drawn
from tests.shown.figures.samples import ALL

PHONE = 320
LEAST_PRINT_SIZE = 9.5  # points; SKR:s chart manual
EVERYWHERE = pytest.mark.parametrize(("name", "page"), [(name, page) for name in ALL for page in PAGES])


@EVERYWHERE
def test_every_text_stands_inside_the_canvas(name, page):
    """However long the labels are, no text is cut at an edge."""
    seen = seen_on(name, page)
    width, height = seen.figure.get_size_inches() * 72
    for word, box in zip(seen.words, seen.boxes, strict=True):
        assert box.x0 >= -0.5, word
        assert box.y0 >= -0.5, word
        assert box.x1 <= width + 0.5, word
        assert box.y1 <= height + 0.5, word


@EVERYWHERE
def test_no_text_covers_another(name, page):
    """Labels, values, headings and ticks stand free of each other."""
    seen = seen_on(name, page)
    for i, box in enumerate(seen.boxes):
        for j in range(i):
            assert not crosses(box, seen.boxes[j]), (seen.words[i], seen.words[j])


@EVERYWHERE
def test_no_text_covers_a_mark(name, page):
    """Dots, diamonds and squares are not hidden under words."""
    seen = seen_on(name, page)
    for word, box in zip(seen.words, seen.boxes, strict=True):
        assert not any(crosses(box, point) for point in seen.points), word


@EVERYWHERE
def test_every_mark_stands_inside_the_canvas(name, page):
    """A mark at nought or at a hundred percent is drawn whole."""
    seen = seen_on(name, page)
    width, height = seen.figure.get_size_inches() * 72
    for box in seen.points:
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height


@EVERYWHERE
def test_text_is_large_enough(name, page):
    """At least 9,5 points in print; on a phone at least 11 pixels."""
    least = {"print": LEAST_PRINT_SIZE, "wide": 11, "narrow": 11 * PAGES["narrow"].width / PHONE}[page]
    assert min(text.get_fontsize() for text in seen_on(name, page).texts) >= least


@EVERYWHERE
def test_text_stands_out_from_what_is_behind_it(name, page):
    """4,5:1 against the part of a bar that a number stands in, else against white."""
    seen = seen_on(name, page)
    fills = [(box.get_window_extent(), box) for box in seen.rectangles]
    for text, box in zip(seen.texts, seen.boxes, strict=True):
        middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        behind = [hex_of(fill.get_facecolor()) for extent, fill in fills if extent.contains(*middle)]
        assert contrast(text.get_color(), behind[-1] if behind else "#ffffff") >= 4.5, text.get_text()


@EVERYWHERE
def test_every_surface_stands_out_from_white(name, page):
    """3:1 by the fill, or by the edge of a pale one; white ones only clear the ground for words."""
    for box in seen_on(name, page).rectangles:
        edge = box.get_edgecolor() if box.get_linewidth() else box.get_facecolor()
        if hex_of(box.get_facecolor()) != "#ffffff":
            assert contrast(hex_of(edge)) >= 3


@cache
def seen_on(name, page):
    """Each sample is drawn once a page for all tests."""
    return drawn(ALL[name], page)


def hex_of(colour):
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour[:3])
