"""Goals that are read from the members' indicators: by a key in goals.toml."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.found.goals.activities import activity_table, with_reports
from sekom_survey.found.goals.measure import measure_indicators
from sekom_survey.found.goals.model import INDICATORS, PERCENT, Indicator
from sekom_survey.found.indicators.gather import indicators_of
from tests.indicator_files import DECLARED, member
from tests.waves import SURVEY

MEMBERS = tuple(member(f"m{i}", f"Ort{'abcde'[i]}") for i in range(5))
ENERGY = "Kommun;2024;2025\nOrta;90;95\nOrtb;60;50\nOrtc;80;80\nOrtd;;70\n"


@pytest.fixture
def found(tmp_path):
    """Four of five have reported energy; waste is national."""
    (tmp_path / "indicators").mkdir()
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    text = DECLARED.replace('title = "Gröna nyckeltal"', 'title = "Gröna nyckeltal"\ncollected = 2026-06-15')
    (tmp_path / "indicators.toml").write_text(text, encoding="utf-8")
    (tmp_path / "indicators" / "7.csv").write_text(ENERGY, encoding="utf-8")
    waste = ENERGY.replace("Orta;90;95", "Orta;90;99")
    (tmp_path / "indicators" / "6a.csv").write_text(waste, encoding="utf-8")
    survey, _ = read_survey(tmp_path / "survey.toml", "survey.toml")
    indicators, problems = indicators_of(tmp_path, survey, MEMBERS)
    assert not [problem for problem in problems if problem.level == "error"]
    return indicators, survey


def measured(found, measure, codes=(), day=date(2026, 12, 31)):
    """What an indicator of a goal comes to."""
    indicator = Indicator("X", "X", PERCENT, INDICATORS, measure, codes=codes)
    return measure_indicators(indicator, SimpleNamespace(indicators=lambda: found[0], as_of=day))


def test_reported_is_of_all_members_and_counts_what_they_report_themselves(found):
    """Four of five, each with its name behind, for change among the same members."""
    result = measured(found, "reported")
    assert (result.value, result.base, result.detail) == (80.0, 5, "4 av 5 kommuner")
    assert result.yes == {"m0", "m1", "m2", "m3"}
    assert measured(found, "reported", ("6a",)).value == 0


def test_improved_is_of_those_with_both_years_and_asks_for_nothing_worse(found):
    """Energy: one better, one worse, one the same; with waste, which rose, nobody is better in one and worse in none."""
    assert (measured(found, "improved", ("7",)).value, measured(found, "improved", ("7",)).base) == (
        pytest.approx(100 / 3),
        3,
    )
    assert measured(found, "improved").yes == frozenset()


def test_before_they_are_gathered_and_for_another_set_nothing_is_known(found):
    """Unknown is not nought."""
    assert measured(found, "reported", day=date(2026, 6, 14)).cause == "data saknas"
    assert measured(found, "improved", ("7", "8a")).cause == "data saknas"
    assert measured((None,), "reported").cause == "data saknas"


def test_the_log_says_what_the_indicators_say(found):
    """Its own rows of it give way, so that goal, duty and index tell one thing; all other rows stay."""
    log = activity_table(
        [(date(2026, 3, 1), "indicators", "m4", "", 1, "x"), (date(2026, 3, 1), "webinar", "m4", "", 1, "y")]
    )
    rows = with_reports(log, *found)
    assert set(rows.loc[rows["activity"] == "indicators", "member_id"]) == {"m0", "m1", "m2", "m3"}
    assert set(rows.loc[rows["activity"] == "indicators", "date"]) == {date(2026, 6, 15)}
    assert (rows["activity"] == "webinar").sum() == 1
    assert with_reports(log, None, found[1]) is log
