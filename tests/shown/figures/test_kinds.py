"""What each kind of figure says: counts first, percent where enough answered, hidden numbers nowhere."""

import re
from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest

from tests.shown.figures.drawn import PAGES, crosses, drawn
from tests.shown.figures.samples import (
    ALL,
    MATRIX,
    NAN,
    ORDINARY_BARS,
    ORDINARY_DOTS,
    ORDINARY_SCALES,
    RESPONSE,
    SLOPE,
    STRIP,
    bar_rows,
    dot_rows,
    exhibit,
    map_rows,
    rating_rows,
    scale_rows,
)

SECRET = 987


def words(kind, data, page="wide", **more):
    return drawn(exhibit(kind, data, **more), page).words


def joined(kind, data, page="wide"):
    return " ".join(words(kind, data, page)).replace("\u00a0", " ")


def widths(seen):
    return [round(box.get_width(), 3) for box in seen.rectangles]


@pytest.mark.parametrize("page", PAGES)
def test_bars_write_members_before_percent(page):
    """34 av 50 · 68 %; nought is a value; under ten answers there is no percent."""
    text = joined("bars", bar_rows(("Ja", 34, 50), ("Nej", 0, 50), ("Kanske", 5, 8)), page)
    assert "34 av 50 · 68 %" in text
    assert "0 av 50 · 0 %" in text
    assert "5 av 8" in text
    assert "62" not in text
    assert "63" not in text


def test_a_scale_has_no_percent_when_no_row_may_have_it():
    """Only counts when all bases are under ten."""
    assert "%" not in joined("bars", bar_rows(("Ja", 5, 8), ("Nej", 3, 8)))


def test_bars_are_as_long_as_their_shares():
    """Half the share is half the bar, and nought has none."""
    seen = drawn(exhibit("bars", bar_rows(("a", 40, 50), ("b", 20, 50), ("c", 0, 50))), "wide")
    lengths = [box.get_width() for box in seen.rectangles if box.get_facecolor()[:3] != (1, 1, 1)]
    assert len(lengths) == 2
    assert lengths[1] + 1 == pytest.approx(lengths[0] / 2, abs=0.01)  # the pale bar's edge is drawn inside it


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["bars", "stacked", "dots"])
def test_a_hidden_number_is_written_nowhere(kind, page):
    """Whatever the data still hold of a suppressed row, the figure says that the answers are too few."""
    data = {"bars": ORDINARY_BARS, "stacked": ORDINARY_SCALES, "dots": ORDINARY_DOTS}[kind].copy()
    label = data["label"].iloc[0]
    hidden = data["label"] == label
    data.loc[hidden, ["count", "base"]] = SECRET
    data.loc[hidden, "share"] = NAN
    text = joined(kind, data, page)
    assert str(SECRET) not in text
    assert "visas inte" in text.lower()


@pytest.mark.parametrize("page", PAGES)
def test_a_row_marked_suppressed_is_hidden_though_its_numbers_are_there(page):
    """The flag is enough; the group is named among those with too few answers, without mark and number."""
    data = ORDINARY_DOTS.copy()
    data.loc[data["segment"] == "Stora", ["suppressed", "count", "base"]] = [True, SECRET, SECRET]
    seen = drawn(exhibit("dots", data), page)
    assert not any(str(SECRET) in word for word in seen.words)
    assert seen.words.count("Visas inte: Stora") == 6
    assert len(seen.points) == 12


@pytest.mark.parametrize("page", PAGES)
def test_hidden_change_difference_and_point_are_said_in_words(page):
    """Slope, strip and matrix name the row and say why nothing is drawn."""
    slope, strip, matrix = SLOPE.copy(), STRIP.copy(), MATRIX.copy()
    slope.loc[0, "after"] = strip.loc[0, "difference"] = matrix.loc[0, "x"] = NAN
    assert all(
        "visas inte" in joined(kind, data, page)
        for kind, data in (("slope", slope), ("strip", strip), ("matrix", matrix))
    )


def test_scales_write_the_top_share_and_those_outside():
    """The heading counts the options that the share adds up; "vet inte" stands apart with its number."""
    text = joined("stacked", scale_rows(("Rad", (1, 4, 20, 25), 7)))
    assert "De två högsta" in text
    assert "90 %" in text
    assert "45 av 50" in text
    assert "Har inte använt" in text
    assert text.endswith("7")


def test_a_stack_fills_its_width_and_its_parts_follow_the_shares():
    """The parts of one row lie side by side, in order, to the full hundred."""
    seen = drawn(exhibit("stacked", scale_rows(("Rad", (10, 10, 20, 10), 0))), "wide")
    parts = [box.get_window_extent() for box in seen.rectangles[4:]]
    starts = [part.x0 for part in parts]
    assert starts == sorted(starts)
    assert starts[3] - starts[2] == pytest.approx(2 * (starts[2] - starts[1]), abs=1.1)


def test_a_part_too_narrow_for_its_number_has_none():
    """One of two hundred is drawn without a number that would not fit."""
    text = words("stacked", scale_rows(("Rad", (1, 50, 99, 50), 0)))
    assert "25\u00a0%" in text
    assert not {"0,5\u00a0%", "1\u00a0%", "1"} & set(text)


def test_numbers_in_a_stack_stand_inside_their_own_part():
    """No number runs over into its neighbour."""
    seen = drawn(ALL["stacked"], "narrow")
    parts = [box.get_window_extent() for box in seen.rectangles]
    for word, box in zip(seen.words, seen.boxes, strict=True):
        touched = [part for part in parts if crosses(part, box)]
        assert len(touched) <= 1, word
        assert all(part.x0 <= box.x0 and box.x1 <= part.x1 for part in touched), word


def test_verdicts_stand_beside_the_question():
    """The word is written, and what may be leaned on is heavier."""
    seen = drawn(ALL["dots"], "wide")
    weights = {text.get_text(): text.get_fontweight() for text in seen.texts}
    assert weights["säker skillnad"] > weights["kan vara slump"]


@pytest.mark.parametrize("page", PAGES)
def test_no_verdict_leaves_no_trace(page):
    """A missing verdict is not written as "nan"."""
    for kind, data in (("dots", ORDINARY_DOTS), ("strip", STRIP), ("slope", SLOPE)):
        assert not {"nan", "None", ""} & set(words(kind, data.assign(verdict=NAN), page))


@pytest.mark.parametrize("page", PAGES)
def test_every_member_is_a_dot_and_the_good_end_is_told(page):
    """Small multiples: as many dots as values, the median with its coverage, the ends, and which is the better."""
    seen = drawn(ALL["multiples"], page)
    assert len(seen.points) == 61 + 23
    told = {"← lägre är bättre", "högre är bättre →", "61 av 80, 2025", "100,0", "60,5"}
    assert told <= set(seen.words)


def test_groups_keep_their_mark_from_question_to_question():
    """The same shape and colour for a group in every row, none shared."""
    lines = [
        line
        for line in drawn(ALL["dots"], "wide").figure.get_children()
        if getattr(line, "get_marker", lambda: "")() in set("osD")
    ]
    looks = [(line.get_marker(), line.get_markerfacecolor()) for line in lines]
    assert len(set(looks)) == 3
    assert looks == looks[:3] * 6


def test_response_writes_answered_of_asked():
    """9 av 16 with percent; three asked have only the count."""
    text = joined("response", RESPONSE)
    assert "9 av 16 · 56 %" in text
    assert "0 av 3" in text
    assert "0 av 3 ·" not in text


def test_flow_takes_away_from_the_right():
    """Each step that removes begins where the one before left off, and what is kept is the rest."""
    seen = drawn(ALL["flow"], "wide")
    extents = [box.get_window_extent() for box in seen.rectangles]
    for before, after in pairwise(extents):
        assert after.x1 in (pytest.approx(before.x0), pytest.approx(before.x1))
    assert [word for word in seen.words if word.startswith("−")] == ["−1", "−1", "−2", "−4", "−3"]


def test_distribution_writes_each_count_and_the_mean():
    """Nought is written without a column; the mean stands with its interval."""
    seen = drawn(exhibit("distribution", rating_rows([0, 3, 6], 1, 2.7, 0.2)), "wide")
    heights = [box.get_height() for box in seen.rectangles]
    assert seen.words.count("0") == 1
    assert "Medelvärde 2,7 (2,5–2,9)" in seen.words
    assert abs(heights[1]) == pytest.approx(2 * abs(heights[0]))


def test_a_hidden_distribution_shows_nothing():
    """No column, no mean."""
    seen = drawn(exhibit("distribution", rating_rows([1, 1], 1, 2.0, 1.0).assign(count=NAN)), "wide")
    assert seen.words == ["visas inte"]
    assert not seen.rectangles


def test_map_counts_all_members_and_names_those_missing():
    """A member without a place is counted and named though it cannot be drawn."""
    data = map_rows()
    text = words("map", data)
    missing = data[~data["answered"]]
    municipalities = int((~missing["region"]).sum())
    assert f"{municipalities} kommuner har inte svarat" in text
    assert "Okända" in text
    assert not set(data.loc[data["answered"], "label"]) & set(text)


def test_map_has_a_shape_of_its_own_for_each_sort_of_member():
    """Filled and hollow, round, pointed and square: colour is never alone."""
    marks = [
        line
        for line in drawn(ALL["map"], "wide").figure.get_children()
        if getattr(line, "get_marker", lambda: "")() in set("osD")
    ]
    assert {(line.get_marker(), line.get_markerfacecolor() == "none") for line in marks} == {
        ("o", False),
        ("D", True),
        ("s", False),
        ("s", True),
    }


def test_slope_rises_and_falls_with_the_values():
    """A rise goes up, a fall goes down, and both ends are written."""
    seen = drawn(ALL["slope"], "wide")
    assert {"71\u00a0%", "87\u00a0%", "74\u00a0%", "59\u00a0%"} <= set(seen.words)
    assert seen.points[1].y0 > seen.points[0].y0
    assert seen.points[5].y0 < seen.points[4].y0


def test_slope_of_means_writes_numbers():
    """Values over one are means, not shares."""
    data = SLOPE.copy()
    data[["before", "after", "before_low", "before_high", "after_low", "after_high"]] *= 10
    assert {"7,1", "8,7"} <= set(words("slope", data))


def test_strip_writes_signed_points_and_holds_nought():
    """+43 procentenheter with nought on the axis."""
    text = words("strip", STRIP)
    assert {"+43", "0", "procentenheter"} <= set(text)


def test_matrix_names_its_axes_and_points():
    """Axes by the table's headings; names beside the points when wide, numbers and a list when narrow."""
    wide, narrow = (drawn(ALL["matrix"], page).words for page in ("wide", "narrow"))
    assert {"Behov →", "↑ Värde", "Stöd i vardagen"} <= set(wide)
    assert "1" not in wide
    assert {"1", "6", "Nätverk"} <= set(narrow)


def test_shares_have_the_same_axis_both_ways():
    """So that the line where they are equal goes from corner to corner; every tick stands twice."""
    data = pd.DataFrame([("A", 0.52, 0.75), ("B", 0.9, 0.93)], columns=["label", "x", "y"])
    ticks = Counter(text for text in words("matrix", data) if re.fullmatch(r"\d+(\u00a0%)?", text))
    assert set(ticks.values()) == {2} and {"50", "60", "90", "100\u00a0%"} <= set(ticks)


@pytest.mark.parametrize("page", PAGES)
def test_only_the_page_that_stands_alone_has_title_and_note(page):
    """In HTML they are text beside the figure."""
    text = " ".join(drawn(ALL["bars"], page).words)
    assert ("Kollegerna i andra kommuner" in text) == (page == "print")
    assert ("Exempeldata" in text) == (page == "print")


def test_a_group_with_a_single_row_is_drawn():
    """One question, one group."""
    assert "20 av 23 · 87\u00a0%" in words("dots", dot_rows([("Fråga", "Alla", 20, 23, 38, "")]))


@pytest.mark.parametrize("page", PAGES)
def test_questions_of_which_nothing_is_shown_stand_on_one_line_below_the_others(page):
    """Not with a heading each and room for marks that are not there."""
    data = ORDINARY_DOTS.copy()
    label = data["label"].iloc[0]
    data.loc[data["label"] == label, ["share", "low", "high"]] = NAN
    data["suppressed"] = data["label"] == label
    words = drawn(exhibit("dots", data, "dots_some"), page).words
    assert label not in words
    assert any(text.startswith("Visas inte:") and label.split()[0] in text for text in words)
