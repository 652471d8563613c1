"""A goal whose outcome comes from a course evaluation in a folder beside the year's."""

from __future__ import annotations

from datetime import date

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.goals.outcome import goals_at, goals_of
from sekom_survey.model import Unusable
from sekom_survey.protected.derived import released_goals
from sekom_survey.running.quick.inputs import inputs_of
from sekom_survey.stats.intervals import interval_table
from tests.forms import answers
from tests.found.goals.waves import indicator, year_folder
from tests.test_respondents import course

END = date(2026, 12, 31)
PLEASED = {
    "source": '"survey"',
    "measure": '"share"',
    "unit": '"procent"',
    "wave": '"akademin"',
    "item": '"satisfaction"',
    "options": '["4", "5"]',
    "targets": "[{ year = 2026, value = 30 }]",
}
MEASURES = '[measures]\nsatisfaction = "zz_stars"\n'


def folder_of(tmp_path, extra=MEASURES, rows=None, **changes):
    """The year, and the course beside it."""
    course(tmp_path / "akademin", extra, rows)
    return year_folder(tmp_path / "2026", indicator(**PLEASED | changes))


def test_the_outcome_is_the_share_in_the_other_survey(tmp_path):
    """Of those who answered, without interval, judged as a level; the measure names the question."""
    result = goals_at(folder_of(tmp_path), END).result("A")
    pleased = [row[5] >= 4 for row in answers()]
    assert result.measured.value == pytest.approx(100 * sum(pleased) / len(pleased))
    assert (result.measured.low, result.measured.high) == (None, None)
    assert result.measured.detail == f"{sum(pleased)} av {len(pleased)} svarande, Grannsamverkan 2026"
    assert result.status.id == ("reached" if result.measured.value >= 30 else "missed")


def test_with_a_known_number_of_invited_it_has_an_interval(tmp_path):
    """And may be judged as a share of a survey."""
    folder = folder_of(tmp_path, f"invited = 40\n{MEASURES}", rule='"survey_share"')
    measured = goals_at(folder, END).result("A").measured
    pleased = [row[5] >= 4 for row in answers()]
    low, high = interval_table(len(pleased), 40)[sum(pleased)]
    assert (measured.low, measured.high) == pytest.approx((100 * low / 40, 100 * high / 40))


def test_a_public_goal_rests_on_what_is_published_of_the_other_survey(tmp_path):
    """Where all answered alike nothing is told."""
    alike = [[*row[1:5], 5, *row[6:]] for row in answers()]
    folder = folder_of(tmp_path, rows=alike)
    year = analyse(folder)
    goals = goals_of(year, END)
    assert goals.result("A").measured.value == 100
    assert released_goals(goals, year).result("A").measured.value is None


def test_what_the_other_survey_holds_is_read_again_when_it_changes(tmp_path):
    """A run with nothing changed rests on the other survey's files too."""
    folder = folder_of(tmp_path)
    assert any(line.startswith("akademin/export/") for line in inputs_of(folder).every)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wave": '"akademien"'}, "wave_missing"),
        ({"wave": '"../2026"'}, "wave_missing"),
        ({"item": '"glad"'}, "item_unknown"),
        ({"options": '["7"]'}, "option_unknown"),
        ({"options": "[]"}, "key_missing"),
        ({"measure": '"response_rate"'}, "unknown_value"),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path, changes, code):
    """The survey, the question, the answer, the measure."""
    with pytest.raises(Unusable) as stop:
        goals_at(folder_of(tmp_path, **changes), END)
    assert code in {problem.code for problem in stop.value.problems}
