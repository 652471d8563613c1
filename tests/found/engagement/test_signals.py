"""Exit signals: open rules, spelled out."""

from datetime import date

import pytest

from sekom_survey.found.engagement.hand_log import Heard, read_hand_log
from sekom_survey.found.engagement.signals import CALL_LEVELS, RULES, Signs, exit_signals, level
from sekom_survey.found.engagement.signs import signs_of
from tests.found.engagement.logs import log, someone

DAY = date(2026, 12, 31)


def row(signs, member=None):
    member = member or someone()
    return exit_signals([member], {member.member_id: signs}, DAY).iloc[0]


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (0, "Inga signaler"),
        (2, "Inga signaler"),
        (3, "Håll kontakt"),
        (5, "Håll kontakt"),
        (6, "Ring nu"),
        (30, "Ring nu"),
    ],
)
def test_levels_at_their_limits(points, name):
    """0-2, 3-5, 6 and over."""
    assert level(points) == name
    assert name in CALL_LEVELS


@pytest.mark.parametrize(
    ("signs", "points", "words"),
    [
        (Signs(active=False), 3, "inget deltagande på tolv månader"),
        (Signs(met=False), 2, "ingen på årsmötet två år i rad"),
        (Signs(answered=False), 2, "inget svar på enkäten två år i rad"),
        (Signs(stays=False), 3, "osäker på att vara kvar som medlem"),
        (Signs(sure=False), 1, "vet inte om man är kvar"),
        (Signs(worth=False), 2, "inte att medlemskapet är värt"),
        (Signs(detractor=True), 1, "rekommenderar knappast"),
        (Signs(detractor=False), 0, ""),
        (Signs(heard=frozenset({"exit_matter"})), 5, "utträde"),
        (Signs(heard=frozenset({"contact_changed", "savings", "other_network"})), 4, "besparingar"),
        (Signs(), 0, ""),
    ],
)
def test_each_rule_gives_its_points_and_says_why(signs, points, words):
    """The sign is spelled out, never only a number."""
    assert row(signs)["points"] == points
    assert words in row(signs)["signals"]


def test_coverage_says_how_many_rules_could_be_judged():
    """Nothing known: none of eleven; no note by hand counts as judged once such a log is kept."""
    assert row(Signs())[["judged", "rules"]].tolist() == [0, len(RULES)]
    assert row(Signs(heard=frozenset(), met=True))["judged"] == 5


def test_the_action_is_that_of_the_gravest_sign():
    """A matter about leaving goes before all else; without signs nothing is proposed."""
    found = row(Signs(active=False, heard=frozenset({"exit_matter"})))
    assert found["action"].startswith("Ring ordföranden")
    assert row(Signs())["action"] == ""


def test_rules_stand_in_order_of_gravity():
    """So that the first found is the gravest."""
    assert [rule.points for rule in RULES] == sorted((rule.points for rule in RULES), reverse=True)


def test_those_who_have_decided_to_leave_are_not_called():
    """Nor are observers or those who left."""
    gone = [someone("m1", left=date(2027, 6, 30)), someone("m2", left=date(2026, 3, 1))]
    assert exit_signals(gone, {}, DAY).empty


def test_the_list_never_speaks_of_probability():
    """No column and no word of it."""
    assert not any("sannolik" in rule.text or "risk" in rule.text for rule in RULES)


def test_two_meetings_missed_need_two_meetings_held():
    """With one year's log it is unknown."""
    two = log(
        ("2025-05-22", "annual_meeting", "m2", "official", "Å"), ("2026-05-28", "annual_meeting", "m2", "official", "Å")
    )
    one = log(("2026-05-28", "annual_meeting", "m2", "official", "Å"))
    assert signs_of([someone()], two, None, (None, None), DAY)["m1"].met is False
    assert signs_of([someone("m2")], two, None, (None, None), DAY)["m2"].met is True
    assert signs_of([someone()], one, None, (None, None), DAY)["m1"].met is None
    assert signs_of([someone(joined=date(2026, 1, 1))], two, None, (None, None), DAY)["m1"].met is None


def test_reporting_figures_and_opening_letters_is_not_activity():
    """The member that left had reported every year."""
    rows = [
        ("2026-01-02", "teams_month", "m2", "", "T"),
        ("2026-04-01", "indicators", "m1", "official", "N"),
        ("2026-04-02", "newsletter", "m1", "", "L"),
    ]
    assert signs_of([someone()], log(*rows), None, (None, None), DAY)["m1"].active is False
    active = log(*rows, ("2026-05-01", "webinar", "m1", "official", "W"))
    assert signs_of([someone()], active, None, (None, None), DAY)["m1"].active is True


def test_a_log_that_does_not_reach_back_a_year_says_nothing_of_activity():
    """Unknown, not inactive."""
    assert (
        signs_of([someone()], log(("2026-08-01", "webinar", "m2", "", "W")), None, (None, None), DAY)["m1"].active
        is None
    )


def test_the_notes_by_hand_are_read_and_checked(tmp_path):
    """Row, unknown member with a hint, unknown signal with a hint, no date."""
    path = tmp_path / "signals.csv"
    path.write_text(
        "datum;medlem;signal\n2026-03-01;m1;savings\n2026-03-01;m9;savings\n2026-03-01;m1;saving\nmars;m1;savings\n",
        "utf-8",
    )
    heard, problems = read_hand_log(path, "signals.csv", ["m1"])
    assert heard == (Heard(date(2026, 3, 1), "m1", "savings"),)
    assert [(p.code, p.where) for p in problems] == [
        ("member_unknown", "rad 3"),
        ("signal_unknown", "rad 4"),
        ("cell_value", "rad 5"),
    ]
    assert "savings" in problems[1].todo
    assert read_hand_log(tmp_path / "none.csv", "", ["m1"]) == (None, [])
