"""What page one says of goals in a plan that is not the example: decided and computed, reached and missing, years gone by."""

from datetime import date

import pytest

from sekom_survey.found.goals.faults import find_faults, motions
from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.found.goals.text import goal_headline, promise_headline
from sekom_survey.shown.goal_lines import goal_lines
from tests.found.goals.waves import year_folder

PLAN = 'plan = "Planen"\nyears = [2025, 2026, 2027]\n'
MEMBERS_OF_SEVEN, DECEMBER = 'source = "register"\nmeasure = "members"', date(2026, 12, 30)
REMARKS = 'source = "log"\nmeasure = "titles"\nactivities = ["consultation"]'


def goal(key, target, rule="at_end", counted=MEMBERS_OF_SEVEN, plan="both"):
    """A goal of one measure, with its target as TOML."""
    return f"""
[[goals]]
id = "{key}"
name = "Mål {key}"
measured_as = "Antal"
ambition = "{target}"
[[goals.indicators]]
id = "{key}1"
name = "Mått {key}"
unit = "antal"
{counted}
plan = "{plan}"
targets = [{{ year = 2026, value = {target} }}]
rule = "{rule}"
"""


def told(tmp_path, *goals, decided=(), day=DECEMBER):
    """The goals measured on a day; `decided` are (goal, status, reason)."""
    rows = "".join(f"2026-12-12,{key},{status},{reason},Stämman\n" for key, status, reason in decided)
    files = {"decisions": "date,indicator,status,reason,who\n" + rows} if decided else {}
    return goals_at(year_folder(tmp_path / "2026", PLAN + "".join(goals), **files), day)


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ((), "Av fyra mål är två uppnådda, ett osäkert och ett inte på väg att nås"),
        (
            (("B", "missed", "Det höll inte."), ("C", "reached", "Det räcker.")),
            "Av fyra mål är ett uppnått, ett genom beslut, ett inte på väg att nås och ett enligt beslut inte uppnått",
        ),
    ],
)
def test_a_title_says_what_was_decided_and_not_only_that_it_was(tmp_path, decided, said):
    """ "Ett inte genom beslut" was no sentence; "inte" alone goes straight after those that are reached."""
    goals = (
        goal("A", 1, "during_year", REMARKS), goal("B", 1, "during_year", REMARKS), goal("C", 70),
        goal("D", 9, "during_year", REMARKS),
    )  # fmt: skip
    assert goal_headline(told(tmp_path, *goals, decided=decided)) == said


def test_a_level_that_is_passed_during_the_year_has_nothing_left(tmp_path):
    """Seven of five in December is no "−2 återstår"."""
    assert [line.why for line in goal_lines(told(tmp_path, goal("A", 5), goal("B", 9)))] == [
        "Målvärdet är nått",
        "Två återstår till målet",
    ]


def test_why_is_the_reason_of_a_decision_against_the_rule_where_it_is_short(tmp_path):
    """The rule's words would speak against what was decided."""
    long = "Det tog längre tid än någon hade räknat med och står nu under nästa punkt i planen"
    decided = (("A", "missed", "Två är på väg ut."), ("B", "reached", long))
    assert [line.why for line in goal_lines(told(tmp_path, goal("A", 5), goal("B", 9), decided=decided))] == [
        "Två är på väg ut",
        "Två återstår till målet",
    ]


def test_a_year_that_has_passed_is_decided_no_more(tmp_path):
    """Of a plan for 2025–2027 only 2027 is left to decide in 2026."""
    outcome = told(tmp_path, goal("A", 5))
    assert [fault.text for fault in find_faults(outcome) if fault.kind == "years"] == [
        "Mål A har inte något beslutat målvärde för 2027, fast planen gäller 2025–2027."
    ]
    assert not any("2025" in motion for motion in motions(outcome))


def test_an_ambition_that_the_plan_has_not_is_unlike_no_measure(tmp_path):
    """ "xxx" is never printed."""
    more = '[[goals.indicators]]\nid = "A2"\nname = "Annat"\nunit = "antal"\nsource = "none"\nplan = "measure"\n'
    outcome = told(tmp_path, goal("A", '"xxx"', plan="ambition").replace('""xxx""', '"xxx"') + more)
    faults = find_faults(outcome)
    assert {"target"} <= {fault.kind for fault in faults}
    assert not any("xxx" in fault.text or fault.kind == "mismatch" for fault in faults)


def test_a_promise_that_is_uncertain_is_not_one_that_cannot_be_judged(tmp_path):
    """The title counts what the table says."""
    promise = '[[promises]]\nid = "L{}"\nname = "L"\nunit = "antal"\n{}\ntargets = [{{ year = 2026, value = {} }}]\nrule = "at_end"\nnote = ""\n'
    outcome = told(tmp_path, goal("A", 5), *(promise.format(n, MEMBERS_OF_SEVEN, n * 5) for n in (1, 2, 3)))
    assert promise_headline(outcome.of_goal("löfte")) == "Av tre löften: ett hålls och två är osäkra"
