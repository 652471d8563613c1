"""The duty card: the plan's commitments, four a year and two that always hold."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from sekom_survey.found.engagement.duties import DUTIES, duty_card, standing_duties
from tests.indicator_files import member

ENGAGED = pd.DataFrame(
    {
        "member_id": ["m1", "m2", "m3"],
        "name": ["A", "B", "C"],
        "kind": "municipality",
        "annual_meeting": [1.0, 0.5, float("nan")],
        "indicators": [1.0, 0.0, 1.0],
        "newsletter": [1.0, 0.0, 1.0],
    }
)

YEARLY = [duty.id for duty in DUTIES]
STANDING = {"m1": (True, True), "m2": (False, None)}


def card(answered=frozenset({"m1"}), spreads=None):
    said = {"m1": True} if spreads is None else spreads
    return duty_card(ENGAGED, answered, said, STANDING).set_index("member_id")


def test_each_duty_from_its_source():
    """Both roles at the meeting, indicators reported, survey answered, letter read and spread."""
    assert card().loc["m1", YEARLY].tolist() == [True, True, True, True]
    assert card().loc["m1", ["kept", "known"]].tolist() == [6, 6]


def test_one_role_at_the_meeting_is_not_the_duty():
    """The plan says both; a member that does not read is known not to keep the last one."""
    assert card().loc["m2", YEARLY].tolist() == [False, False, False, False]


def test_unknown_is_not_a_broken_promise():
    """No meeting yet, and a reader that has not said whether it spreads the letter."""
    assert card().loc["m3", YEARLY].tolist() == [None, True, False, None]
    assert card().loc["m3", ["kept", "known"]].tolist() == [1, 2]


@pytest.mark.parametrize(("answer", "kept"), [(True, True), (False, False)])
def test_reading_without_spreading_is_not_enough(answer, kept):
    """Both halves are in the plan's words."""
    assert card(spreads={"m1": answer}).at["m1", "newsletter"] is kept


def test_without_a_survey_two_duties_are_unknown():
    """Nothing is held against anyone."""
    empty = duty_card(ENGAGED, None, None, {})
    assert empty["survey"].isna().all()
    assert empty["newsletter"].isna().all()


def test_two_duties_always_hold():
    """What the register does not say is unknown; a member outside it too."""
    assert card().loc["m2", ["programme", "contacts"]].tolist() == [False, None]
    assert card().loc["m3", ["programme", "contacts"]].tolist() == [None, None]


@pytest.mark.parametrize(("adopted", "kept"), [
    (date(2021, 5, 28), True), (date(2021, 5, 27), False), (date(2026, 5, 28), True), (date(2026, 6, 1), False), (date.min, False),
    (None, None),
])  # fmt: skip
def test_a_programme_is_up_to_date_for_so_many_years(adopted, kept):
    """The day it turns five included; one to come is none yet; unknown stays unknown."""
    one = member("m1", "A")
    found = standing_duties([replace(one, programme=adopted, contacts=False)], date(2026, 5, 28), 5)
    assert found == {"m1": (kept, False)}
