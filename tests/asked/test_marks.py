"""A place of survey.toml that nobody has confirmed is named, and stops a run."""

import pytest

from sekom_survey.asked.marks import Mark, taken_out, unconfirmed
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.year import read_year
from sekom_survey.model import Unusable
from sekom_survey.running.run import run
from sekom_survey.upkeep.before_run import run_problems
from tests.waves import SURVEY, answer, make_wave

MARKED = 'confirm = "Stämmer datumen?"\n' + SURVEY.replace(
    '[scales.need]', '[scales.need]\nconfirm = "Ligger den lägsta först?"'
).replace('id = "satisfaction"', 'id = "satisfaction"\nconfirm = "Betyg 1–10?"').replace(
    'id = "need_voice"', 'id = "need_voice"\nconfirm = "Hör raden hit?"'
)  # fmt: skip
FOUND = (
    Mark("", "Stämmer datumen?"),
    Mark("scales.need", "Ligger den lägsta först?"),
    Mark("items.need.rows.need_voice", "Hör raden hit?"),
    Mark("items.satisfaction", "Betyg 1–10?"),
)


def survey_of(tmp_path, text):
    (tmp_path / "survey.toml").write_text(text, encoding="utf-8")
    return read_survey(tmp_path / "survey.toml", "survey.toml")


def test_a_mark_may_stand_in_any_table(tmp_path):
    """Nothing else is read differently; the marks keep the file's order."""
    marked, problems = survey_of(tmp_path, MARKED)
    plain, _ = survey_of(tmp_path, SURVEY)
    assert problems == []
    assert marked.marks == FOUND
    assert (marked.questionnaire, marked.comparisons) == (plain.questionnaire, plain.comparisons)


def test_a_mark_that_is_no_text_is_a_problem(tmp_path):
    """`confirm = true` says nothing to look at."""
    assert [problem.where for problem in survey_of(tmp_path, "confirm = true\n" + SURVEY)[1]] == ["rad 1, confirm"]


def test_a_mark_is_told_with_its_question_and_column(tmp_path):
    """The reader finds the place in the form and in the file."""
    survey, _ = survey_of(tmp_path, MARKED)
    folder = make_wave(tmp_path / "2026", [answer("Almköping")])
    told = unconfirmed(survey, tmp_path / "survey.toml", "survey.toml", read_year(folder)[1])
    assert {problem.code for problem in told} == {"unconfirmed"}
    assert told[3].found == "”Hur nöjda är ni?” (kolumn L): Betyg 1–10?"
    assert told[2].found == "”Påverkan” (kolumn K): Hör raden hit?"


def test_check_lists_what_a_run_stops_for(tmp_path):
    """Every mark, all at once; without them the year is whole."""
    folder = make_wave(tmp_path / "2026", [answer("Almköping")], MARKED)
    listed = [
        problem.where.partition(", ")[2]
        for problem in run_problems(read_year(folder)[0])
        if problem.code == "unconfirmed"
    ]
    assert listed == ["confirm", *(mark.where for mark in FOUND[1:])]
    with pytest.raises(Unusable) as stop:
        run(folder, tmp_path / "reports", print)
    assert {problem.code for problem in stop.value.problems} == {"unconfirmed"} and len(stop.value.problems) == len(
        FOUND
    )
    assert not (tmp_path / "reports" / "2026" / "internal").exists()


def test_the_texts_taken_out_are_those_of_marks_alone():
    """An option or key of the same word elsewhere is left."""
    assert taken_out({"items": [{"id": "a", "options": ["confirm"]}]})[1] == ()
