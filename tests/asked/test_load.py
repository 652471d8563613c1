"""A year's folder: everything wrong with it is named at once, in Swedish, before anything is computed."""

from pathlib import Path

import pytest

from sekom_survey.asked.load import find_wave, load_wave
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Unusable
from tests.waves import answer, make_wave


def codes(folder):
    with pytest.raises(Unusable) as stop:
        load_wave(folder)
    return {problem.code for problem in stop.value.problems}


@pytest.fixture
def folder(tmp_path):
    return make_wave(tmp_path / "2026", [answer("Almköping")])


def test_a_good_folder_becomes_a_wave(folder):
    """Survey, members and export, with the files that went in."""
    wave, problems = load_wave(folder)
    assert problems == []
    assert len(wave.members) == 8
    assert [path.name for path in wave.inputs] == ["survey.toml", "members.csv", "svar.xlsx"]


def test_every_missing_file_is_named_at_once(tmp_path):
    """An empty folder says all that it lacks."""
    (tmp_path / "2027").mkdir()
    assert codes(tmp_path / "2027") == {"file_missing", "export_missing"}


def test_two_exports_are_never_chosen_between(folder):
    """A person decides which file counts."""
    (folder / "export" / "gammal.csv").write_text("a", encoding="utf-8")
    assert codes(folder) == {"export_several"}


def test_excels_lock_file_is_no_export(folder):
    """An open workbook leaves `~$svar.xlsx` behind."""
    (folder / "export" / "~$svar.xlsx").write_text("x", encoding="utf-8")
    assert load_wave(folder)[1] == []


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    """An export is a file in the year's folder."""
    outside = tmp_path / "annan.xlsx"
    (folder / "export" / "svar.xlsx").rename(outside)
    (folder / "export" / "svar.xlsx").symlink_to(outside)
    assert codes(folder) == {"export_link"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("mtch,,X,m1,,skäl", "action_unknown"),
        ("match,,X,m99,,skäl", "member_unknown"),
        ("match,,X,m1,,", "reason_missing"),
        ("strike,2,,,nedd,skäl", "item_unknown"),
        ("strike,,,,,skäl", "correction_target"),
    ],
)
def test_a_correction_that_cannot_be_carried_out_is_a_problem(folder, line, code):
    """Row, reason, member and item are checked."""
    (folder / "corrections.csv").write_text(f"action,row,found,member_id,item,reason\n{line}\n", encoding="utf-8")
    assert code in codes(folder)


def test_an_unknown_wave_lists_the_years_there_are(tmp_path):
    """With a hint for a slip of the key."""
    make_wave(tmp_path / "surveys" / "2026", [answer("Almköping")])
    with pytest.raises(Unusable) as stop:
        find_wave("2062", tmp_path / "surveys")
    assert "2026" in stop.value.problems[0].todo


def test_a_survey_of_the_first_version_is_still_read():
    """Its keys are keys today, and every question is asked of as many options as then; what is no key is told with the nearest."""
    path = Path(__file__).with_name("survey_of_first_version.toml")
    survey, problems = read_survey(path, path.name)
    assert problems == []
    assert len(survey.questionnaire.items) == 44
    assert sum(len(item.options) for item in survey.questionnaire.items) == 193


def test_a_key_that_is_no_longer_one_is_told_in_swedish(tmp_path):
    """With its row, and what to write instead."""
    text = Path(__file__).with_name("survey_of_first_version.toml").read_text(encoding="utf-8")
    path = tmp_path / "survey.toml"
    path.write_text(text.replace("frame_date", "frame_day", 1), encoding="utf-8")
    survey, problems = read_survey(path, path.name)
    assert survey is None
    told = {problem.code: problem for problem in problems}
    assert "frame_date" in told["unknown_key"].todo and told["unknown_key"].where.startswith("rad ")
