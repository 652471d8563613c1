"""The first goals written on the page: what a person could have typed, checked as `sekom check` does, and taken out again."""

import tomllib

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.text.places import SURVEYS
from sekom_survey.upkeep.new_goal import begun, faults_in, ways, with_goal, with_measure, without
from tests.waves import make_wave

EXAMPLE = SURVEYS / "exempel" / "2026"

MAL = "/ar/2026/mal"
PLAN = {"ny_plan": "Plan för <nätverket>", "ny_fran": "2026", "ny_till": "2027"}
GOAL = {
    "ny_mal": "Fler medlemmar",
    "ny_mats": "Antal medlemmar",
    "ny_ambition": "Sex",
    "ny_satt": "0 Antal medlemmar",
    "ny_varde": "6",
}
WRITTEN = """# Målen i planen. Planens egna ord står i measured_as (mäts som) och ambition.

plan = "Plan för <nätverket>"
years = [2026, 2027]

[[goals]]
id = "M1"
name = "Fler medlemmar"
measured_as = "Antal medlemmar"
ambition = "Sex"

  [[goals.indicators]]
  id = "M1a"
  name = "Antal medlemmar"
  unit = "antal"
  source = "register"
  measure = "members"
  rule = "at_end"
  plan = "both"
  baseline = { missing = "mäts första gången 2026" }
  targets = [{ year = 2026, value = 6 }]
"""


def test_the_first_goal_begins_the_file(site, surveys):
    """A plan, a goal and its measure; then the page measures it, and a wrong form writes nothing."""
    path = surveys / "2026" / "goals.toml"
    assert "Skriv in planens mål" in site.get(MAL).text
    for wrong in (
        {"ny_mal": ""}, {"ny_plan": " "}, {"ny_till": "2025"}, {"ny_fran": "i år"}, {"ny_satt": "0 Något annat"}, {"ny_satt": "999"},
        {"ny_varde": "många"}, {"ny_utgang": "5"},
    ):  # fmt: skip
        answer = site.post(f"{MAL}/nytt", {**PLAN, **GOAL, **wrong})
        assert answer.status == 422 and "Inget är sparat." in answer.text and not path.exists()
    page = site.follow(site.post(f"{MAL}/nytt", {**PLAN, **GOAL})).text
    assert "Målet är inlagt." in page and "M1 Fler medlemmar" in page and "mål 6" in page
    assert path.read_text(encoding="utf-8") == WRITTEN


def test_a_measure_more_a_target_and_the_goal_taken_out(site, surveys):
    """The forms that follow work on what was begun; the last goal taken out leaves no file, and a copy with its date."""
    path = surveys / "2026" / "goals.toml"
    site.follow(site.post(f"{MAL}/nytt", {**PLAN, **GOAL}))
    (n,) = [f"{n} {one.words}" for n, one in enumerate(ways(read_survey(path.with_name("survey.toml"), "")[0])) if one.words == "Ett antal som någon räknar"]  # fmt: skip
    more = {"ny_for": "M1", "ny_satt": n, "ny_matt": "Samtal", "ny_utgang": "2,5", "ny_dag": "2025-12-31", "ny_kalla": "kansliet"}  # fmt: skip
    assert "Måttet är inlagt." in site.follow(site.post(f"{MAL}/matt", more)).text
    assert "Målvärdet är sparat." in site.follow(site.post(f"{MAL}/varde", {"measure": "M1b", "value": "7"})).text
    counted = {"measure": "M1b", "value": "3", "date": "2026-09-01", "source": "kansliet"}
    assert "Värdet är sparat." in site.follow(site.post(f"{MAL}/raknat", counted)).text
    measure = tomllib.loads(path.read_text(encoding="utf-8"))["goals"][0]["indicators"][1]
    assert (measure["name"], measure["targets"], measure["baseline"]["value"]) == ("Samtal", [{"year": 2026, "value": 7}], 2.5)  # fmt: skip
    assert "har ändrats" in site.follow(site.post(f"{MAL}/bort", {"id": "M9"})).text
    site.follow(site.post(f"{MAL}/bort", {"id": "M1b"}))
    assert path.read_text(encoding="utf-8") == WRITTEN
    assert site.post(f"{MAL}/bort", {"id": "M1a"}).status == 422  # a goal has a measure
    site.follow(site.post(f"{MAL}/bort", {"id": "M1"}))
    assert not path.exists() and len(list((surveys / "2026" / "replaced").glob("2026-03-14 goals*.toml"))) == 2


def test_every_way_to_count_reads_as_a_goal(tmp_path):
    """Each entry of the menu, of the example's form and of another, written and read back without a problem."""
    for folder in (EXAMPLE, make_wave(tmp_path / "2026", [])):
        survey, _ = read_survey(folder / "survey.toml", "")
        text = begun("Planen", [survey.year])
        for way in ways(survey):
            targets = [{"year": survey.year, "value": 5}] if "rule" in way.keys else []
            text = with_goal(text, {"name": way.words, "indicators": [{"name": way.words, **way.keys, "targets": targets}]})  # fmt: skip
        assert faults_in(text, survey.questionnaire) == []
        assert len(tomllib.loads(text)["goals"]) == len(ways(survey)) > 40


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_a_person_has_written_stays(ends):
    """Each goal and measure of the example is taken out, and one put in, without another line being touched."""
    text = (EXAMPLE / "goals.toml").read_text(encoding="utf-8")
    lines, added = text.splitlines(), {"name": "Nytt mått", "unit": "antal", "source": "none"}
    for goal in tomllib.loads(text)["goals"]:
        new = with_measure(text.replace("\n", ends), goal["id"], added).splitlines()
        at = new.index('  name = "Nytt mått"')
        assert new[: at - 3] + new[at + 3 :] == lines
        for name in (goal["id"], *(one["id"] for one in goal["indicators"])):
            left = without(text.replace("\n", ends), name).splitlines()
            assert len(left) < len(lines) and not [line for line in left if line not in lines]
    with pytest.raises(KeyError):
        without(text, "M99")


ODD = {
    "broken": "[[goals\nid = ",
    "no tables": "goals = 3\n",
    "one line": 'plan = "P"\nyears = [2026]\ngoals = [{id = "M1", indicators = [{id = "M1a"}]}]\n',
    "spaced": 'plan = "P"\nyears = [2026]\n\n[[ goals ]]\nid = "M1"\n\n  [[ goals . indicators ]]\n  id = "M1a"\n',
}


@pytest.mark.parametrize("form", ["nytt", "matt", "bort"])
@pytest.mark.parametrize("odd", ODD)
def test_a_file_that_a_person_has_written_otherwise_is_left_as_it_was_or_read_as_before(site, surveys, odd, form):
    """No traceback and nothing lost: what cannot be changed line by line is said to be changed in the file."""
    path = surveys / "2026" / "goals.toml"
    path.write_text(ODD[odd], encoding="utf-8")
    answer = site.post(f"{MAL}/{form}", {**PLAN, **GOAL, "ny_for": "M1", "id": "M1a"})
    if odd == "spaced" and form != "matt":
        assert answer.status == 303
        assert tomllib.loads(path.read_text(encoding="utf-8"))["goals"][0]["id"] == "M1"
    else:
        assert answer.status == 422 and "Ändra den i goals.toml." in answer.text
        assert path.read_text(encoding="utf-8") == ODD[odd]
