"""From nothing to a year that can be run: an export and a member list, and what is guessed confirmed."""

import tomllib

import pytest
from click.testing import CliRunner

from sekom_survey import cli
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.coding.shipped import START
from sekom_survey.counted.year import analyse
from sekom_survey.model import Unusable
from sekom_survey.text.toml_edit import with_keys
from sekom_survey.upkeep import terminal
from sekom_survey.upkeep.first_year.places import marks_of, settle
from sekom_survey.upkeep.first_year.plan import create, plan
from sekom_survey.upkeep.next_year import new_folder
from tests.collected.files import FORMS_HEAD, save_xlsx
from tests.upkeep.first_year.test_member_list import saved

PLACES = ["Sala", "Habo", "Malå", "Åre", "Ydre", "Heby", "Kiruna", "Tjörn"]
QUESTIONS = ["Vilken kommun svarar du för?", "Din roll", "Lokalerna", "Maten", "Hur nöjd är du? (1–5)", "Vad ska vi göra mer av?\nVälj högst två.", "Hur många resor, ungefär?"]  # fmt: skip
QUALITY = ["Mycket bra", "Ganska dåligt", "Vet ej", "Ganska bra"]


@pytest.fixture
def files(tmp_path):
    rows = [[*FORMS_HEAD, *QUESTIONS]]
    for i, place in enumerate(PLACES):
        role = ["Kommunalråd", "Miljöstrateg", "Revisor"][i % 3]
        more = ["Kurser, korta och långa;", "Kurser, korta och långa;Resor;", "Resor;"][i % 3]
        rows.append([i + 1, f"2026-02-0{i + 1} 10:00:00", f"2026-02-0{i + 1} 10:05:00", "anonymous", "", "",
                     place, role, QUALITY[i % 4], QUALITY[(i + 1) % 4], 1 + i % 5, more, f"Ungefär {i} gånger, sa någon {i}"])  # fmt: skip
    members = [
        ["Medlemslista"],
        [],
        ["Kommun", "Kontaktperson"],
        *([name, "Rut Testsson"] for name in PLACES),
        ["Summa"],
    ]
    return save_xlsx(tmp_path / "Årets enkät(1-8).xlsx", {"Sheet1": rows}), saved(tmp_path / "Lista.xlsx", members)


@pytest.fixture
def folder(files, tmp_path):
    create(plan(*files, 2026), tmp_path / "2026")
    return tmp_path / "2026"


def test_the_year_is_whole_and_waits_for_a_person(folder, files):
    """Export untouched, register, draft, checklist; a run stops until the marks are gone."""
    assert {p.name for p in folder.iterdir()} == {
        "survey.toml",
        "members.csv",
        "corrections.csv",
        "export",
        "ATT_GORA.md",
    }
    assert (folder / "export" / files[0].name).read_bytes() == files[0].read_bytes()
    assert "Testsson" not in "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.*"))
    with pytest.raises(Unusable) as stop:
        analyse(folder)
    assert {p.code for p in stop.value.problems if p.level == "error"} == {"unconfirmed"}


def test_a_plan_writes_nothing(files, tmp_path):
    """It only tells what would be made."""
    before = sorted(tmp_path.rglob("*"))
    first = plan(*files, 2026)
    assert sorted(tmp_path.rglob("*")) == before
    assert "8 medlemmar: 8 kommuner" in "\n".join(first.lines) and first.marks


def test_the_draft_knows_what_was_asked(folder):
    """A matrix by its scale, roles, the most choices, a comma within an option, the title from the file's name."""
    data = tomllib.loads((folder / "survey.toml").read_text(encoding="utf-8"))
    items = {item["kind"]: item for item in data["items"]}
    assert data["title"] == "Årets enkät"
    assert data["scales"]["kvalitet"]["options"] == ["Ganska dåligt", "Ganska bra", "Mycket bra"]
    assert [row["text"] for row in items["scale"]["rows"]] == ["Lokalerna", "Maten"]
    assert (items["role"]["politicians"], items["role"]["officials"]) == (["Kommunalråd"], ["Miljöstrateg"])
    assert (items["multi"]["max"], set(items["multi"]["options"])) == (2, {"Kurser, korta och långa", "Resor"})
    assert (items["rating"]["low"], items["rating"]["high"]) == (1, 5)


def test_places_are_shown_with_question_column_and_fields(folder):
    """What a menu needs; the scale is told by the question it answers."""
    places = {place.where: place for place in marks_of(folder)}
    assert places["items.role"].column == "H"
    assert [field.key for field in places["items.role"].fields] == ["options", "politicians", "officials"]
    assert places["items.kvalitet"].column == "I–J"


def test_everything_confirmed_is_a_year(folder):
    """Each place once; the answers are then counted."""
    for place in marks_of(folder):
        settle(folder, place.where)
    assert marks_of(folder) == ()
    year = analyse(folder)
    assert len(year.responses.respondents) == 8
    assert year.shares("kvalitet") is not None


def test_what_is_changed_is_written_and_nothing_else(folder):
    """The roles, and another kind of question drafted anew from the answers."""
    before = (folder / "survey.toml").read_text(encoding="utf-8")
    settle(folder, "items.role", {"officials": ["Miljöstrateg", "Revisor"]})
    name = next(item["id"] for item in tomllib.loads(before)["items"] if item["kind"] == "multi")
    settle(folder, f"items.{name}", {"kind": "single"})
    survey, problems = read_survey(folder / "survey.toml", "survey.toml")
    assert survey, problems
    assert [o.role for o in survey.questionnaire.item("role").options if o.label == "Revisor"] == ["official"]
    assert survey.questionnaire.item(name).kind == "single"
    assert set(before.split("[[items]]")[1].splitlines()) <= set(
        (folder / "survey.toml").read_text(encoding="utf-8").splitlines()
    )


def test_a_place_that_is_not_there_is_told(folder):
    """Nothing is written."""
    before = (folder / "survey.toml").read_bytes()
    with pytest.raises(Unusable):
        settle(folder, "items.saknas", {"low": 1})
    assert (folder / "survey.toml").read_bytes() == before


def test_without_a_list_everybody_answers_for_themselves(files, tmp_path):
    """No register and no question on the member."""
    first = plan(files[0], None, 2026)
    data = tomllib.loads(first.survey)
    assert (data["unit"], first.register) == ("respondent", None)
    assert "member" not in {item["kind"] for item in data["items"]}


def test_the_commands_do_the_same(files, tmp_path, monkeypatch):
    """new, confirm (Return all the way, one change), check: no line of TOML by hand."""
    for module in (cli, terminal):
        monkeypatch.setattr(module, "SURVEYS", tmp_path / "surveys")
    (tmp_path / "surveys").mkdir()
    tool = CliRunner()
    made = tool.invoke(cli.main, ["new", "2026", "--export", str(files[0]), "--members", str(files[1])])
    assert made.exit_code == 0 and "sekom confirm " in made.output, made.output
    left = len(marks_of(tmp_path / "surveys" / "2026"))
    asked = tool.invoke(cli.main, ["confirm", "2026"], input="ä\nVår enkät\n\n\n\n" + "\n" * (left - 1))
    assert f"{left} bekräftade, 0 kvar" in asked.output, asked.output
    assert 'title = "Vår enkät"' in (tmp_path / "surveys" / "2026" / "survey.toml").read_text(encoding="utf-8")
    checked = tool.invoke(cli.main, ["check", "2026"])
    assert checked.exit_code == 0 and "8 av 8 kommuner har svarat" in checked.output, checked.output


def test_stopping_keeps_what_was_confirmed(files, tmp_path, monkeypatch):
    """And the rest is asked about next time."""
    create(plan(*files, 2026), tmp_path / "2026")
    left = len(marks_of(tmp_path / "2026"))
    CliRunner().invoke(cli.main, ["confirm", str(tmp_path / "2026")], input="\nh\ns\n")
    assert len(marks_of(tmp_path / "2026")) == left - 1


@pytest.mark.parametrize("words", [["new", "2026"], ["new", "2026", "--from", "2025", "--export", "x.xlsx"]])
def test_a_year_begins_from_one_thing(words):
    """An export or a year, not neither and not both."""
    done = CliRunner().invoke(cli.main, words)
    assert done.exit_code == 2 and "--export" in done.output


def test_a_key_is_set_without_touching_the_rest():
    """A list over several lines is one key; comments stay."""
    text = 'a = 1  # skäl\n[[items]]\nid = "x"\noptions = [\n  "b",\n]\n\n# om y\n[[items]]\nid = "y"\n'
    changed = with_keys(text, "items.x", {"options": ["c"], "low": 1, "id": "x"})
    assert changed == 'a = 1  # skäl\n[[items]]\nid = "x"\noptions = ["c"]\nlow = 1\n\n# om y\n[[items]]\nid = "y"\n'
    assert with_keys(changed, "items.x", {"options": None, "low": None}) == text.replace('options = [\n  "b",\n]\n', "")


def test_what_is_to_be_tested_is_asked_before_anything_is_shown(folder):
    """A difference between groups is kept with the day it was decided, or goes; what measures what may be otherwise."""
    places = {place.where: place for place in marks_of(folder)}
    assert places["contrasts.1"].question == "Hur nöjd är du? (1–5)"
    satisfaction = next(field for field in places["measures"].fields if field.key == "satisfaction")
    assert satisfaction.shown[satisfaction.choices.index(satisfaction.value)] == "Hur nöjd är du? (1–5)"
    settle(folder, "contrasts.1", {"keep": False})
    settle(folder, "measures", {"satisfaction": ""})
    survey, problems = read_survey(folder / "survey.toml", "survey.toml")
    assert survey, problems
    assert survey.contrasts == () and survey.questionnaire.measured("satisfaction") == ()


def test_a_role_is_known_by_its_answers_and_a_sign_is_no_answer(tmp_path):
    """Whatever the heading says; "-" is an empty cell in other words."""
    head = ["Kommun", "Är du förtroendevald eller tjänsteperson?", "Vilken färg?"]
    rows = [[*FORMS_HEAD, *head]]
    for i, place in enumerate(PLACES):
        rows.append([i, f"2026-02-0{i + 1} 10:00:00", f"2026-02-0{i + 1} 10:05:00", "anonymous", "", "",
                     place, ["Förtroendevald", "Tjänsteperson"][i % 2], ["Röd", "Blå", "-"][i % 3]])  # fmt: skip
    data = tomllib.loads(plan(save_xlsx(tmp_path / "s.xlsx", {"Sheet1": rows}), None, 2026).survey)
    assert [item["kind"] for item in data["items"]][1:] == ["role", "single"]
    assert set(data["items"][2]["options"]) == {"Röd", "Blå"}
    assert data["reader_options"]["missing"] == {"-": "unanswered"}


def test_a_year_may_lie_anywhere(tmp_path):
    """A whole path that ends with a year; else a year under surveys/."""
    assert new_folder(str(tmp_path / "prov" / "2026"), tmp_path) == tmp_path / "prov" / "2026"
    assert new_folder("prov/2026", tmp_path) == tmp_path / "prov" / "2026"
    for name in ("../../etc", "2027/..", "a/../2027"):
        with pytest.raises(Unusable):
            new_folder(name, tmp_path)


def test_a_text_on_what_the_codebook_is_about_is_coded_by_it(tmp_path):
    """The codebook comes along when a question asks for it; else none does."""
    head = ["Kommun", "Vilken är er största utmaning?", "Något annat?"]
    rows = [[*FORMS_HEAD, *head]]
    rows += [[i, f"2026-02-0{i + 1} 10:00:00", f"2026-02-0{i + 1} 10:05:00", "anonymous", "", "", place, f"Pengarna räcker inte {i}", f"Nej {i} {place}"]
             for i, place in enumerate(PLACES)]  # fmt: skip
    first = plan(save_xlsx(tmp_path / "s.xlsx", {"Sheet1": rows}), None, 2026)
    assert [item.get("codebook") for item in tomllib.loads(first.survey)["items"]][1:] == ["utmaning", None]
    create(first, tmp_path / "2026")
    assert (tmp_path / "2026" / "codebook.toml").read_bytes() == START.read_bytes()
    place = next(place for place in marks_of(tmp_path / "2026") if place.question == "Vilken är er största utmaning?")
    assert next(field for field in place.fields if field.key == "codebook").shown[1] == "Utmaningar"


def test_the_codebook_that_comes_along_is_made_the_years_own(folder):
    """Once; never over another."""
    tool = CliRunner()
    assert tool.invoke(cli.main, ["codebook", str(folder), "--copy"]).exit_code == 0
    assert (folder / "codebook.toml").read_bytes() == START.read_bytes()
    assert tool.invoke(cli.main, ["codebook", str(folder), "--copy"]).exit_code == 2


def test_inspect_tells_what_a_first_year_would_be_and_writes_nothing(files, tmp_path):
    """The list's columns, and every place that would have to be confirmed."""
    before = sorted(tmp_path.rglob("*"))
    result = CliRunner().invoke(cli.main, ["inspect", str(files[0]), "--members", str(files[1])])
    assert result.exit_code == 0, result.output
    assert "8 medlemmar" in result.output and "ställen att bekräfta" in result.output
    assert sorted(tmp_path.rglob("*")) == before
