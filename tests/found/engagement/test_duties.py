"""The duty card: the plan's four commitments."""

import pandas as pd
import pytest

from sekom_survey.found.engagement.duties import DUTY_IDS, duty_card

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


def card(answered=frozenset({"m1"}), spreads=None):
    return duty_card(ENGAGED, answered, {"m1": "Ja, ibland"} if spreads is None else spreads).set_index("member_id")


def test_each_duty_from_its_source():
    """Both roles at the meeting, indicators reported, survey answered, letter read and spread."""
    assert card().loc["m1", list(DUTY_IDS)].tolist() == [True, True, True, True]
    assert card().loc["m1", ["kept", "known"]].tolist() == [4, 4]


def test_one_role_at_the_meeting_is_not_the_duty():
    """The plan says both; a member that does not read is known not to keep the last one."""
    assert card().loc["m2", list(DUTY_IDS)].tolist() == [False, False, False, False]


def test_unknown_is_not_a_broken_promise():
    """No meeting yet, and a reader that has not said whether it spreads the letter."""
    assert card().loc["m3", list(DUTY_IDS)].tolist() == [None, True, False, None]
    assert card().loc["m3", ["kept", "known"]].tolist() == [1, 2]


@pytest.mark.parametrize(("answer", "kept"), [("Ja, varje gång", True), ("Nej", False)])
def test_reading_without_spreading_is_not_enough(answer, kept):
    """Both halves are in the plan's words."""
    assert card(spreads={"m1": answer}).at["m1", "newsletter"] is kept


def test_without_a_survey_two_duties_are_unknown():
    """Nothing is held against anyone."""
    empty = duty_card(ENGAGED, None, None)
    assert empty["survey"].isna().all()
    assert empty["newsletter"].isna().all()
