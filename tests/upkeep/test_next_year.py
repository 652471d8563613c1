"""A new year from last year's folder: what is carried over, what is left to fill in, and nothing overwritten."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from sekom_survey.asked.load import load_wave
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.model import Unusable
from sekom_survey.upkeep.check import folder_lines
from sekom_survey.upkeep.next_year import new_year, year_folder
from sekom_survey.upkeep.next_year.goals import next_goals
from tests.waves import MEMBERS, SURVEY, answer, make_wave, write_export

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel"
GOALS_CSV = "goal,indicator,unit,baseline,outcome\nM1,M1a,antal,0,6\nM2,M2c,procent,,54.3\nlöfte,V2,antal,,1.8\nM4,M4a,antal,0,\n"


def real(text=SURVEY):
    return text.replace("synthetic = true", "synthetic = false")


@pytest.fixture
def example(tmp_path):
    """The example of 2026, with last year's outcome in its report folder."""
    shutil.copytree(EXAMPLE / "2026", tmp_path / "surveys" / "2026")
    report = tmp_path / "reports" / "2026" / "internal"
    report.mkdir(parents=True)
    (report / "goals.csv").write_text(GOALS_CSV, encoding="utf-8")
    return tmp_path


def made(example):
    lines = new_year(example / "surveys" / "2027", example / "surveys" / "2026", example / "reports")
    return example / "surveys" / "2027", "\n".join(lines)


def test_a_new_year_has_every_file_and_an_empty_export_folder(example):
    """And says what was done."""
    folder, told = made(example)
    assert {path.name for path in folder.iterdir()} == {
        "survey.toml",
        "members.csv",
        "corrections.csv",
        "codebook.toml",
        "claims.toml",
        "examples.csv",
        "indicators.toml",
        "annual.toml",
        "plan.csv",
        "goals.toml",
        "activities.csv",
        "decisions.csv",
        "export",
        "ATT_GORA.md",
    }
    assert list((folder / "export").iterdir()) == []
    assert "86 medlemmar följde med, 5 som lämnat uteslöts" in told
    assert "utgångsvärde för 3 mått" in told


def test_survey_toml_is_the_same_but_for_year_title_and_dates(example):
    """Same weekday, comments and order kept, and the guessed dates are marked."""
    made(example)
    before, after = (
        (example / "surveys" / year / "survey.toml").read_text(encoding="utf-8") for year in ("2026", "2027")
    )
    old, new = tomllib.loads(before), tomllib.loads(after)
    assert {key for key in old if old[key] != new[key]} == {"year", "title", "opened", "closed", "frame_date"}
    assert (new["year"], new["title"], new["frame_date"]) == (2027, "SEKOM-enkäten 2027", date(2027, 1, 1))
    assert new["opened"].weekday() == old["opened"].weekday()
    assert abs((new["opened"] - old["opened"]).days - 365) <= 3
    changed = set(after.splitlines()) - set(before.splitlines())
    assert len(changed) == 7 and after.count("\n") == before.count("\n") + 1
    (mark,) = read_survey(example / "surveys" / "2027" / "survey.toml", "")[0].marks
    assert mark == ("", "Stämmer dagarna? De är förra årets, på samma veckodag.")


def test_those_who_left_are_out_of_the_register_and_the_rest_unchanged(example):
    """The new register reads as the old one without those that had left by the frame's date."""
    folder, _ = made(example)
    write_export(folder / "export" / "svar.xlsx", [])
    survey, _ = read_survey(folder / "survey.toml", "")
    from sekom_survey.asked.register import read_members

    before, _ = read_members(example / "surveys" / "2026" / "members.csv", "", survey.region_overrides)
    after, problems = read_members(folder / "members.csv", "", survey.region_overrides)
    assert not problems
    assert after == tuple(m for m in before if not (m.left and m.left <= date(2027, 1, 1)))


def test_a_confirmed_name_is_remembered_and_a_struck_answer_is_not(tmp_path):
    """Matches by name follow to the next year and work there; row numbers, strikes and formulas do not."""
    corrections = (
        "action,row,found,member_id,item,reason\nmatch,4,Almköpnig,m1,,Felstavat\nmatch,5,,m2,,Rad fem\nstrike,3,,,satisfaction,Fel\n"
        'match,,"=1+1",m2,,Konstigt\nmatch,,Gammelby,m4,,Lämnade\n'
    )
    members = MEMBERS.replace(
        "m4,Duvhult,municipality,member,,Norrbottens län,60000,2001-01-01,,,",
        "m4,Duvhult,municipality,member,,Norrbottens län,60000,2001-01-01,2026-12-31,,",
    )
    source = make_wave(
        tmp_path / "2026", [answer("Almköpnig")], survey=real(), members=members, files={"corrections.csv": corrections}
    )
    new_year(tmp_path / "2027", source, tmp_path)
    write_export(tmp_path / "2027" / "export" / "svar.xlsx", [answer("almköpnig "), answer("Björkvalla")])
    wave, problems = load_wave(tmp_path / "2027")
    assert not problems
    assert [(c.action, c.row, c.found, c.member_id, c.reason) for c in wave.corrections] == [
        ("match", "", "Almköpnig", "m1", "Felstavat Bekräftat 2026.")
    ]
    from sekom_survey.counted.year import read_year

    _, _, responses, _ = read_year(tmp_path / "2027")
    assert sorted(responses.respondents["member_id"]) == ["m1", "m2"]


def test_headings_that_the_register_understands_are_understood_here_too(tmp_path):
    """ "Member ID" with a space, below a line that only looks empty."""
    members = "\u200b\n" + MEMBERS.replace("member_id", "Member ID", 1)
    source = make_wave(tmp_path / "2026", [], survey=real(), members=members)
    new_year(tmp_path / "2027", source, tmp_path)
    assert len((tmp_path / "2027" / "members.csv").read_text(encoding="utf-8").splitlines()) == len(
        MEMBERS.splitlines()
    )


def test_last_years_outcome_becomes_the_baseline(example):
    """In the file's own place, with comments kept; a value looked up by hand waits for a new one."""
    folder, _ = made(example)
    text = (folder / "goals.toml").read_text(encoding="utf-8")
    indicators = {i["id"]: i for goal in tomllib.loads(text)["goals"] for i in goal["indicators"]}
    assert indicators["M1a"]["baseline"] == {"value": 6, "date": date(2026, 12, 31), "source": "utfallet 2026"}
    assert indicators["M2c"]["baseline"]["value"] == 54.3
    assert indicators["M4a"]["baseline"]["value"] == 0
    assert {p["id"]: p for p in tomllib.loads(text)["promises"]}["V2"]["by_hand"] == []
    assert "# Målen i verksamhetsplanen" in text


def test_the_new_years_goals_can_be_followed_before_there_is_any_survey(example):
    """Nothing in the new folder stops the goals from being read."""
    folder, _ = made(example)
    outcome = goals_at(folder, date(2027, 1, 31))
    rows = [line.split(";") for line in (folder / "members.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert outcome.result("M1b").measured.value == sum(
        row[3] == "member" and not "0" < row[8] <= "2027-01-31" for row in rows
    )
    assert not [p for p in outcome.problems if p.level == "error"]


def test_without_an_outcome_goals_keep_their_baselines_and_it_is_said(tmp_path):
    """No report, no guess."""
    shutil.copytree(EXAMPLE / "2026", tmp_path / "2026")
    told = "\n".join(new_year(tmp_path / "2027", tmp_path / "2026", tmp_path / "reports"))
    assert "har kvar sina gamla utgångsvärden" in told
    assert "value = 84, date = 2025-12-31" in (tmp_path / "2027" / "goals.toml").read_text(encoding="utf-8")


def test_from_the_example_to_a_real_year_nobody_invented_follows(example):
    """A real year that starts from the invented one has its questions, and none of its members, names or outcomes."""
    new_year(example / "2027", example / "surveys" / "2026", example / "reports")
    folder = example / "2027"
    assert tomllib.loads((folder / "survey.toml").read_text(encoding="utf-8"))["synthetic"] is False
    assert "påhittade" not in (folder / "survey.toml").read_text(encoding="utf-8")
    assert len((folder / "members.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert len((folder / "corrections.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert "utfallet" not in (folder / "goals.toml").read_text(encoding="utf-8")


def test_nothing_is_ever_overwritten(example):
    """An existing folder, empty or not, is refused and left as it is."""
    (example / "surveys" / "2027").mkdir()
    with pytest.raises(Unusable) as stop:
        made(example)
    assert [p.code for p in stop.value.problems] == ["folder_exists"]
    assert list((example / "surveys" / "2027").iterdir()) == []
    assert [p.name for p in (example / "surveys").iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    "name",
    ["../../etc", "/etc/2027", "2027/..", "..", "", "20270", "2027\n", "a/../2027", "~/2027", "C:\\2027", "2027/"],
)
def test_a_path_is_no_name_of_a_year(tmp_path, name):
    """Only a year, or folders and a year, below surveys/."""
    with pytest.raises(Unusable):
        year_folder(name, tmp_path)


def test_a_year_under_a_folder_is_one(tmp_path):
    """Such as the example's."""
    assert year_folder("exempel/2027", tmp_path) == tmp_path / "exempel" / "2027"


@pytest.mark.parametrize("target", ["nästa", "2026", "2025"])
def test_a_target_that_is_no_later_year_is_refused(tmp_path, target):
    """With what to do about it."""
    source = make_wave(tmp_path / "a" / "2026", [], survey=real())
    with pytest.raises(Unusable) as stop:
        new_year(tmp_path / target, source, tmp_path)
    assert {p.code for p in stop.value.problems} <= {"wave_name", "year_order"}


def test_dates_spread_over_lines_are_told_not_guessed(tmp_path):
    """A survey.toml that cannot be changed line by line stops, and no folder is left behind."""
    survey = real().replace('title = "Provenkäten 2026"', 'title = """Provenkäten\n2026"""')
    source = make_wave(tmp_path / "2026", [], survey=survey)
    with pytest.raises(Unusable) as stop:
        new_year(tmp_path / "2027", source, tmp_path)
    assert stop.value.problems[0].code == "not_rewritten"
    assert [path.name for path in tmp_path.iterdir()] == ["2026"]


def test_a_rewritten_text_that_reads_otherwise_is_refused(tmp_path):
    """A key of the same name inside a text that spans lines is not mistaken for the key."""
    source = make_wave(tmp_path / "2026", [], survey='association = """\nyear = 1\n"""' + real())
    with pytest.raises(Unusable) as stop:
        new_year(tmp_path / "2027", source, tmp_path)
    assert stop.value.problems[0].code == "not_rewritten"


def test_windows_line_ends_and_a_byte_order_mark_are_no_obstacle(tmp_path):
    """As Notepad saves."""
    source = make_wave(tmp_path / "2026", [answer("Almköping")], survey=real())
    for name in ("survey.toml", "members.csv"):
        text = (source / name).read_text(encoding="utf-8")
        (source / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    new_year(tmp_path / "2027", source, tmp_path)
    assert read_survey(tmp_path / "2027" / "survey.toml", "")[0].year == 2027


def test_goals_written_on_one_line_or_many_are_changed_and_nothing_else():
    """A list on one line, a comment after it, and an indicator without baseline."""
    text = '[[promises]]\nid = "V1"\nunit = "antal"\nby_hand = [{ value = 1, date = 2026-01-01, source = "x" }]  # ja\n# slut\n[[promises]]\nid = "V2"\n'
    new = next_goals(text, 2026, {"V2": 2.5})
    assert tomllib.loads(new)["promises"][1]["baseline"]["value"] == 2.5
    assert "# slut" in new
    assert tomllib.loads(new)["promises"][0]["by_hand"] == []


def test_the_checklist_can_be_followed_alone(example):
    """Every step says in which file, which column, how long; and speaks of no other tool than the commands."""
    folder, _ = made(example)
    text = (folder / "ATT_GORA.md").read_text(encoding="utf-8")
    steps = [line for line in text.splitlines() if line.startswith("## ")]
    assert [line.split(".")[0] for line in steps] == [f"## {i}" for i in range(1, len(steps) + 1)]
    assert all("(" in line and ("timm" in line or "minut" in line) for line in steps)
    assert all(
        word in text
        for word in (
            "members.csv",
            "survey.toml",
            "goals.toml",
            "corrections.csv",
            "`left`",
            "`found`",
            "sekom check 2027",
            "sekom run 2027",
        )
    )
    assert "Lönnebyhult" in text
    assert not any(word in text.casefold() for word in ("python", "parse", "git", "dataframe", "json"))


def test_the_outcomes_of_the_example_are_said_to_be_left_out_on_purpose(example, tmp_path):
    """Not that they are missing: a person would look for them."""
    told = "\n".join(new_year(example / "2027", example / "surveys" / "2026", tmp_path / "reports"))
    assert "påhittade" in told and "finns inte i reports" not in told


def test_a_year_without_members_is_opened_after_another(tmp_path):
    """A course evaluation: no register is asked for, none is made, and no step, file or example name speaks of one."""
    text = "\n".join(line for line in real().splitlines() if not line.startswith("test_names"))
    kept = text.replace("synthetic = false", 'synthetic = false\nunit = "respondent"').split('[[items]]\nid = "member"')
    last = tmp_path / "2026"
    last.mkdir()
    (last / "survey.toml").write_text(kept[0] + "[[items]]" + kept[1].split("[[items]]", 1)[1], encoding="utf-8")
    told = "\n".join(new_year(tmp_path / "2027", last, tmp_path / "reports"))
    assert {path.name for path in (tmp_path / "2027").iterdir()} == {"ATT_GORA.md", "survey.toml", "export"}
    steps = (tmp_path / "2027" / "ATT_GORA.md").read_text(encoding="utf-8")
    assert not any(word in told + steps for word in ("medlem", "members.csv", "utgångsvärde", "Test`", "steg 8"))
    assert read_survey(tmp_path / "2027" / "survey.toml", "")[0].year == 2027
    assert not any("members.csv" in line for line in folder_lines(tmp_path / "2027"))
