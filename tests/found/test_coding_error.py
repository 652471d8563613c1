"""A theme's interval holds what is known of the errors in codes that nobody has read."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sekom_survey.coding.codebook import OTHER
from sekom_survey.coding.decisions import Decision
from sekom_survey.coding.sitting import DRAWN, ONE_STEP, check_passed
from sekom_survey.found.coding_error import FEWEST, KNOWN, Misread, coding_errors, with_coding_errors
from sekom_survey.stats.intervals import exact_limits
from sekom_survey.stats.misclassification import Rate
from tests.coding.books import small_codebook

BOOK = small_codebook()
ROW = {"item": "hinder", "option": "resurser", "count": 17.0, "base": 46, "population": 80, "suppressed": False}


def texts(*groups):
    """(How many, themes, proposed, reviewed) to coded texts."""
    rows = [(themes, proposed, reviewed) for many, themes, proposed, reviewed in groups for _ in range(many)]
    return pd.DataFrame(
        [(f"M{n:03}", "hinder", *row) for n, row in enumerate(rows)],
        columns=["respondent", "item", "themes", "proposed", "reviewed"],
    )


def errors(coded, rows=()):
    return coding_errors(coded, rows, BOOK, {"hinder": "hinder"})


def estimates(**changed):
    low, high = exact_limits(np.array([17]), np.array([46]), np.array([80]))[0]
    row = ROW | {"low_members": float(low), "high_members": float(high), "low": low / 80, "high": high / 80}
    row |= {"possible_low": 17 / 80, "possible_high": 51 / 80} | changed
    return pd.DataFrame([row])


def rows(number, comment, theme="resurser", decision="yes", first=0):
    return [
        Decision(f"M{n:03}", "hinder", "x", theme, decision, "AB", "2026-03-02", "1.0.0", comment)
        for n in range(first, first + number)
    ]


R, P = ("resurser",), ("politik",)


def test_seventeen_read_by_people_stay_as_sure_as_they_are():
    """Whoever read them: where nothing is unread, nothing changes."""
    found = errors(texts((17, R, R, True), (29, P, P, True)))
    assert found == {}
    assert with_coding_errors(estimates(), found).equals(estimates())


def test_seventeen_by_machine_are_not_as_sure():
    """The interval grows in both directions, the count and the bounds around it with it."""
    found = errors(texts((17, R, R, False), (29, P, P, False)))
    (before,), (after,) = (table.to_dict("records") for table in (estimates(), with_coding_errors(estimates(), found)))
    assert after["low_members"] < before["low_members"] < before["high_members"] < after["high_members"]
    assert after["count"] == before["count"]
    assert after["possible_low"] <= after["low"] < after["high"] <= after["possible_high"]


def test_the_more_that_is_read_the_surer():
    """Half by people lies between none and all."""
    widths = []
    for read in (0, 8, 17):
        coded = texts((read, R, R, True), (17 - read, R, R, False), (read, P, P, True), (29 - read, P, P, False))
        (row,) = with_coding_errors(estimates(), errors(coded)).itertuples()
        widths.append(row.high - row.low)
    assert widths[0] > widths[1] > widths[2]


def test_few_texts_are_filled_up_with_what_is_known_of_all():
    """A theme never decided takes the pooled rates, these what was measured on strangers' statements."""
    found = errors(texts((5, R, R, False), (5, P, P, False)))["hinder", "resurser"][0]
    assert found.sensitivity == KNOWN[0] and found.specificity == KNOWN[1]
    many = errors(texts((40, R, R, True), (40, P, R, True), (20, P, P, False)))["hinder", "resurser"][0]
    assert many.sensitivity == Rate(40, 40) and many.specificity == Rate(0, 40)
    few = errors(texts((4, R, P, True), (30, P, P, True), (20, P, P, False)))["hinder", "resurser"][0]
    assert few.sensitivity.base == FEWEST and few.sensitivity.share == pytest.approx(16 * 30 / 34 / 20)


def test_those_approved_in_one_step_are_held_to_the_drawn_sample():
    """Decided, but read by nobody: the drawn ones say how often such codes are right."""
    coded = texts((30, R, R, True), (20, R, R, True))
    drawn, at_once = rows(30, DRAWN), rows(20, ONE_STEP, first=30)
    (misread,) = errors(coded, [*drawn, *at_once])["hinder", "resurser"]
    assert (misread.texts, misread.found, misread.sensitivity) == (0.4, 0.4, Rate(30, 30))
    assert errors(coded, drawn) == {}
    again = [replace(row, coder="MK", comment="") for row in at_once]
    assert errors(coded, [*drawn, *at_once, *again]) == {}


def test_what_is_approved_unread_is_published_after_a_passed_check_only():
    """Nine of ten of a whole sample, by the same coder."""
    at_once = rows(20, ONE_STEP, first=30)
    assert check_passed([*rows(30, DRAWN), *at_once])
    assert not check_passed([*rows(29, DRAWN), *at_once])
    wrong = [row for n in range(4) for row in rows(1, DRAWN, "energi", "no", first=n)]
    assert not check_passed([*rows(30, DRAWN), *wrong, *at_once])
    assert not check_passed([*(replace(row, coder="MK") for row in rows(30, DRAWN)), *at_once])
    assert check_passed(rows(3, ""))


def test_a_hidden_row_stays_hidden_and_no_row_tells_of_another():
    """Each row is widened by its own numbers and what holds for the whole item."""
    found = errors(texts((17, R, R, False), (29, P, P, False)))
    hidden = estimates(suppressed=True, count=np.nan, low=np.nan)
    assert with_coding_errors(hidden, found).equals(hidden)
    bare = estimates(low=np.nan, high=np.nan, low_members=np.nan, high_members=np.nan)
    assert with_coding_errors(bare, found).equals(bare)
    both = pd.concat([estimates(), estimates(count=3.0, base=9, population=20)], ignore_index=True)
    assert with_coding_errors(both, found).iloc[[0]].equals(with_coding_errors(estimates(), found))


def test_the_interval_holds_the_truth_where_the_plain_one_does_not():
    """80 members, 50 answers, a machine that finds six of ten and invents one of twenty, 60 texts to know it by."""
    rng = np.random.default_rng(19)
    held = plain = 0
    for _ in range(100):
        true = np.arange(80) < 28
        drawn = rng.permutation(true)[:50]
        count = int(np.where(drawn, rng.random(50) < 0.6, rng.random(50) > 0.95).sum())
        rates = Rate(rng.binomial(25, 0.6), 25), Rate(rng.binomial(35, 0.95), 35)
        table = estimates(count=float(count), base=50)
        (row,) = with_coding_errors(table, {("hinder", "resurser"): (Misread(1.0, 1.0, *rates),)}).itertuples()
        low, high = exact_limits(np.array([count]), np.array([50]), np.array([80]))[0]
        held, plain = held + (row.low_members <= 28 <= row.high_members), plain + (low <= 28 <= high)
    assert held >= 92 and plain < 70


def test_an_answer_that_fits_no_theme_is_a_theme_of_its_own():
    """What the machine leaves uncoded counts as it does in the figures."""
    found = errors(texts((5, (), (), False), (5, P, P, False)))
    assert found["hinder", OTHER][0].found == 1.0
