"""goals.toml is read strictly: every fault has its Problem, and "xxx" is none."""

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.found.goals.load import read_goals
from tests.found.goals.waves import HEAD, indicator
from tests.waves import SURVEY


def read(tmp_path, text):
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    survey, _ = read_survey(tmp_path / "survey.toml", "survey.toml")
    (tmp_path / "goals.toml").write_text(text, encoding="utf-8")
    return read_goals(tmp_path / "goals.toml", "2026/goals.toml", survey.questionnaire)


def codes(tmp_path, text):
    goals, problems = read(tmp_path, text)
    assert goals is None
    assert all(p.file == "2026/goals.toml" and p.where and p.found and p.todo for p in problems)
    return {p.code for p in problems}


def test_a_sound_file_gives_goals_and_no_problem(tmp_path):
    """The plan's words, the indicator and its decided target."""
    goals, problems = read(tmp_path, indicator())
    assert problems == []
    (goal,) = goals.goals
    assert (goal.measured_as, goal.ambition, goals.years) == ("Antal", "5", (2026, 2027))
    assert goal.indicators[0].decided_target(2026).value == 5
    assert not goal.indicators[0].has_target(2027)


@pytest.mark.parametrize("sign", ["xxx", "XXX", "xx"])
def test_xxx_is_a_target_that_is_missing_and_never_an_error(tmp_path, sign):
    """The sign is kept, so that it can be shown."""
    goals, problems = read(tmp_path, indicator(targets=f'[{{ year = 2026, value = "{sign}" }}]'))
    assert problems == []
    target = goals.goals[0].indicators[0].decided_target(2026)
    assert (target.value, target.words) == (None, sign)
    assert not goals.goals[0].indicators[0].has_target(2026)


def test_a_proposal_is_never_a_target(tmp_path):
    """It is kept apart with its reason."""
    goals, problems = read(
        tmp_path, indicator(targets='[{ year = 2026, value = 7, proposal = true, reason = "rimligt" }]')
    )
    (one,) = goals.goals[0].indicators
    assert problems == []
    assert one.decided_target(2026) is None
    assert [(t.value, t.reason) for t in one.proposals] == [(7, "rimligt")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": '"registret"'}, "unknown_value"),
        ({"source": None}, "key_missing"),
        ({"measure": '"member"'}, "unknown_value"),
        ({"unit": None}, "unit_missing"),
        ({"unit": '"kronor"'}, "unknown_value"),
        ({"rule": '"never"'}, "unknown_value"),
        ({"rule": None}, "rule_missing"),
        ({"plan": '"ambitions"'}, "unknown_value"),
        ({"targets": '[{ year = 2026, value = "fem" }]'}, "wrong_type"),
        ({"targets": "[{ year = 2026, value = nan }]"}, "wrong_type"),
        ({"targets": "[{ year = 2026, value = inf }]"}, "wrong_type"),
        ({"targets": '[{ year = "2026", value = 5 }]'}, "wrong_type"),
        ({"targets": "[{ value = 5 }]"}, "key_missing"),
        ({"targets": "[{ year = 2026 }]"}, "target_empty"),
        ({"targets": "[{ year = 2030, value = 5 }]"}, "target_year"),
        ({"targets": "[{ year = 2026, value = 5 }, { year = 2026, value = 6 }]"}, "target_double"),
        ({"unit": '"procent"', "targets": "[{ year = 2026, value = 120 }]"}, "target_range"),
        ({"baseline": '{ value = "många", date = 2025-12-31, source = "x" }'}, "wrong_type"),
        ({"baseline": "{ value = 4 }"}, "key_missing"),
        ({"baseline": '{ value = 4, date = "i fjol", source = "x" }'}, "wrong_type"),
        ({"targetz": "5"}, "unknown_key"),
        ({"shown_with": '["B"]'}, "reference_unknown"),
        ({"source": '"indicator"', "measure": None, "indicator": '"B"'}, "reference_unknown"),
        ({"source": '"indicator"', "measure": None, "indicator": '"A"'}, "reference_cycle"),
        ({"source": '"survey"', "measure": '"share"', "item": '"ned"', "options": '["topp2"]'}, "item_unknown"),
        ({"source": '"survey"', "measure": '"share"', "options": '["topp2"]'}, "item_unknown"),
        ({"source": '"survey"', "measure": '"share"', "item": '"introduced"', "options": '["Jaa"]'}, "option_unknown"),
        (
            {"source": '"survey"', "measure": '"share"', "item": '"introduced"', "options": '["Vet inte"]'},
            "option_unknown",
        ),
        ({"source": '"survey"', "measure": '"share"', "item": '"introduced"'}, "key_missing"),
        (
            {
                "source": '"survey"',
                "measure": '"share"',
                "item": '"top_value"',
                "options": '["Nätverk", "Kunskap; kurser"]',
            },
            "options_several",
        ),
        ({"source": '"log"', "measure": '"people"'}, "key_missing"),
        ({"source": '"log"', "measure": '"people"', "activities": '["webinars"]'}, "activity_unknown"),
        ({"source": '"log"', "measure": '"active"', "activities": '["webinar"]'}, "key_missing"),
        ({"id": None}, "key_missing"),
        ({"id": '""'}, "key_missing"),
        ({"name": None}, "key_missing"),
        ({"unit": '"procent"'}, "unknown_value"),
        ({"source": '"survey"', "measure": '"response_rate"'}, "unknown_value"),
        ({"rule": '"survey_share"'}, "unknown_value"),
        ({"targets": '"fem"'}, "wrong_type"),
        ({"targets": "[5]"}, "wrong_type"),
        ({"targets": '[{ year = 2026, over_baseline = "tio" }]'}, "wrong_type"),
        ({"targets": "[{ year = 2026, value = 5, over_baseline = 3 }]"}, "target_double"),
        ({"targets": "[{ year = 2026, value = 5, propsal = true }]"}, "unknown_key"),
        ({"baseline": '{ value = 4, source = "x" }'}, "key_missing"),
        ({"baseline": "{ value = 4, date = 2025-12-31 }"}, "key_missing"),
        ({"baseline": '{ value = 4, date = 2025-12-31T10:00:00, source = "x" }'}, "wrong_type"),
        ({"baseline": '{ value = 4, date = 2025-12-31, source = "x", dat = 1 }'}, "unknown_key"),
        ({"baseline": "4"}, "wrong_type"),
        ({"source": '"indicator"', "measure": None}, "reference_unknown"),
        (
            {
                "source": '"theme"',
                "measure": '"share"',
                "unit": '"procent"',
                "item": '"introduced"',
                "options": '["skog"]',
            },
            "item_unknown",
        ),
        ({"source": '"theme"', "measure": '"share"', "unit": '"procent"', "item": '"introduced_what"'}, "key_missing"),
        (
            {"source": '"log"', "measure": '"active"', "activities": '["webinar"]', "least": '{ months = "tolv" }'},
            "wrong_type",
        ),
        (
            {"source": '"log"', "measure": '"active"', "activities": '["webinar"]', "least": "{ months = 0 }"},
            "wrong_type",
        ),
        (
            {"source": '"log"', "measure": '"active"', "activities": '["webinar"]', "least": "{ months = 99999 }"},
            "wrong_type",
        ),
        (
            {"source": '"hand"', "measure": None, "by_hand": '[{ value = 3, date = "mars", source = "x" }]'},
            "wrong_type",
        ),
        ({"source": '"hand"', "measure": None, "by_hand": '[{ value = 3, source = "x" }]'}, "key_missing"),
        ({"by_hand": '[{ value = 3, date = 2026-03-01, source = "räknat" }]'}, "typed_twice"),
        (
            {"source": '"hand"', "measure": None, "by_hand": '[{ value = "3", date = 2026-03-01, source = "x" }]'},
            "wrong_type",
        ),
    ],
)
def test_every_fault_is_named(tmp_path, changes, code):
    """Unknown, missing, of the wrong type, or leading nowhere."""
    assert code in codes(tmp_path, indicator(**changes))


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"source": '"registers"'}, "register"),
        ({"unit": '"procant"'}, "procent"),
        ({"targetz": "5"}, "targets"),
        ({"measure": '"memers"'}, "members"),
    ],
)
def test_a_misspelling_gets_a_hint(tmp_path, changes, hint):
    """Menade du ...?"""
    _, problems = read(tmp_path, indicator(**changes))
    assert any(f"Menade du ”{hint}”?" in p.todo for p in problems)


def test_a_circle_of_several_is_found(tmp_path):
    """A from B, B from A."""
    second = '[[goals.indicators]]\nid = "B"\nname = "B"\nunit = "antal"\nsource = "indicator"\nindicator = "A"\n'
    first = indicator(source='"indicator"', measure=None, indicator='"B"', targets="[]")
    assert codes(tmp_path, first + second) == {"reference_cycle"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[chain]]\nname = "Led"\nindicators = ["Z"]\nstrength = "measured"\n', "reference_unknown"),
        ('[[chain]]\nname = "Led"\nstrength = "stark"\n', "strength_unknown"),
        (
            '[[effects]]\nid = "E1"\nname = "E"\nlinks = ["Led"]\n[[effects.proxies]]\nid = "E1.1"\nname = "P"\nunit = "antal"\nsource = "none"\n',
            "reference_unknown",
        ),
        ('[[promises]]\nid = "A"\nname = "P"\nunit = "antal"\nsource = "none"\n', "id_double"),
        ('[[goal]]\nid = "M2"\n', "unknown_key"),
        ('[[goals]]\nid = "M2"\nname = "Utan mått"\n', "key_missing"),
        (
            '[[goals]]\nid = "M1"\nname = "Igen"\n[[goals.indicators]]\nid = "B"\nname = "B"\nunit = "antal"\nsource = "none"\n',
            "id_double",
        ),
    ],
)
def test_effects_chain_and_promises_are_checked_too(tmp_path, text, code):
    """The same strictness throughout."""
    assert code in codes(tmp_path, indicator() + text)


@pytest.mark.parametrize("years", ["[]", "[2026.5]", '["tjugo"]', "2026"])
def test_a_plan_without_years_is_named(tmp_path, years):
    """Nothing could be judged against it."""
    assert codes(tmp_path, indicator().replace("[2026, 2027]", years)) <= {"key_missing", "wrong_type"}


@pytest.mark.parametrize("text", ['{ value = "xxx" }', '{ missing = "mäts först nu" }'])
def test_a_baseline_may_be_missing_with_or_without_a_reason(tmp_path, text):
    """Then it has no date either."""
    goals, problems = read(tmp_path, indicator(baseline=text))
    assert problems == []
    assert goals.goals[0].indicators[0].baseline.value is None


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    """The reader itself says so; a year without goals is the caller's choice."""
    goals, problems = read_goals(tmp_path / "goals.toml", "2026/goals.toml", None)
    assert (goals, [p.code for p in problems]) == (None, ["file_missing"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plan = ", "toml_syntax"),
        ("", "key_missing"),
        (HEAD, "key_missing"),
        ('plan = "P"\ngoals = []\n', "key_missing"),
    ],
)
def test_a_broken_or_empty_file_is_said_to_be_so(tmp_path, text, code):
    """Never a traceback."""
    (tmp_path / "goals.toml").write_text(text, encoding="utf-8")
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    survey, _ = read_survey(tmp_path / "survey.toml", "survey.toml")
    goals, problems = read_goals(tmp_path / "goals.toml", "g", survey.questionnaire)
    assert goals is None
    assert code in {p.code for p in problems}
