"""What a person can change at a place without typing TOML, also where it reaches beyond the place's own table."""

import tomllib

import pytest
from click.testing import CliRunner

from sekom_survey import cli
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.year import analyse, read_year
from sekom_survey.model import Unusable
from sekom_survey.upkeep.first_year.places import marks_of, settle
from sekom_survey.upkeep.first_year.plan import create, plan
from tests.collected.files import save_csv

NAMES = ["Sala", "Habo", "Malå", "Åre", "Ydre", "Heby", "Kiruna", "Tjörn"]
MEMBER, MEALS, SOUND, VIEW, WISH, PLAN = "Ort", "Maten", "Ljudet", "Utsikten", "Vad vill ni ha?", "Hur viktigt är det?"


def rows():
    """Eight answers whose member no heading tells, with a code for no answer and a number beside each."""
    quality = ["Bra", "Dåligt", "Ganska bra", "Ganska dåligt"]
    wishes = [
        "Kurser;",
        "Kurser;Resor;",
        "Resor;",
        "Resor;Kurser;",
        "Kurser;",
        "Resor;",
        "Kurser;Mer av allt;",
        "Resor;",
    ]
    return [
        ["Löpnummer", "Kommentar", MEMBER, MEALS, SOUND, VIEW, WISH, PLAN],
        *([i + 1, f"K{i}", name, quality[i % 4], quality[(i + 1) % 4], quality[i % 2], wishes[i], 99 if i == 3 else i % 5 + 1] for i, name in enumerate(NAMES)),
    ]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    members = save_csv(tmp_path / "lista.csv", [["Kommun"], *([name] for name in NAMES)], ";")
    create(plan(save_csv(tmp_path / "svar.csv", rows(), ";"), members, 2026), tmp_path / "2026")
    return tmp_path / "2026"


def place(folder, where):
    return next(one for one in marks_of(folder) if one.where == where)


def data(folder):
    return tomllib.loads((folder / "survey.toml").read_text(encoding="utf-8"))


def items(folder):
    return {item["id"]: item for item in data(folder)["items"]}


def matrix(folder):
    return next(item for item in data(folder)["items"] if "rows" in item)


def whole(folder):
    survey, problems = read_survey(folder / "survey.toml", "survey.toml")
    assert survey, problems
    return survey


def test_a_row_becomes_a_question_and_comes_back(folder):
    """With the same scale, under the same id, beside the matrix."""
    where = f"items.{matrix(folder)['id']}"
    assert [field.value for field in place(folder, where).fields if field.key == "rows"] == [[MEALS, SOUND, VIEW]]
    settle(folder, where, {"rows": [MEALS, SOUND]})
    assert [row["text"] for row in matrix(folder)["rows"]] == [MEALS, SOUND]
    alone = items(folder)["utsikten"]
    assert (alone["text"], alone["kind"]) == (VIEW, matrix(folder)["kind"])
    assert [item.id for item in whole(folder).questionnaire.items if item.id == "utsikten"] == ["utsikten"]
    text = (folder / "survey.toml").read_text(encoding="utf-8")
    (folder / "survey.toml").write_text(text.replace(f'id = "{matrix(folder)["id"]}"', f'id = "{matrix(folder)["id"]}"\nconfirm = "rader"'), encoding="utf-8")  # fmt: skip
    settle(folder, where, {"rows": [MEALS, SOUND, VIEW]})
    assert "utsikten" not in items(folder)
    assert [row["id"] for row in matrix(folder)["rows"]] == ["maten", "ljudet", "utsikten"]
    whole(folder)


def test_an_answer_that_nobody_gave_is_added_and_own_words_taken_away(folder):
    """A level of a scale; of options that one person wrote, "Annat" is what is left."""
    scale = next(one for one in marks_of(folder) if one.where.startswith("scales."))
    options = next(field.value for field in scale.fields if field.key == "options")
    settle(folder, scale.where, {"options": [*options[:2], "Varken eller", *options[2:]]})
    assert "Varken eller" in [option.label for option in whole(folder).questionnaire.item("maten").options]
    wish = next(item for item in items(folder).values() if item["text"] == WISH)
    settle(folder, f"items.{wish['id']}", {"own": ["Mer av allt"]} if "Mer av allt" in wish["options"] else {})
    item = whole(folder).questionnaire.item(wish["id"])
    assert [option.label for option in item.options] == ["Kurser", "Resor"]
    assert item.other


def test_who_answers_is_chosen_among_the_questions(tmp_path):
    """It is no other question then."""
    table = [["Plats i landet", "Plan?"], *([f"Ort {i}", ("Ja", "Nej")[i % 2]] for i in range(8))]
    members = save_csv(tmp_path / "lista.csv", [["Kommun"], *([name] for name in NAMES)], ";")
    create(plan(save_csv(tmp_path / "svar.csv", table, ";"), members, 2026), tmp_path / "2026")
    with pytest.raises(Unusable, match="Ingen fråga är vald"):
        settle(tmp_path / "2026", "items.member")
    (field,) = [one for one in place(tmp_path / "2026", "items.member").fields if one.key == "text"]
    assert "Plats i landet" in field.choices
    settle(tmp_path / "2026", "items.member", {"text": "Plats i landet"})
    assert [item["text"] for item in data(tmp_path / "2026")["items"]] == ["Plats i landet", "Plan?"]


def test_how_the_file_is_read_is_changed_and_the_questions_are_drafted_anew(folder):
    """A code that is an answer, a column that is a question; what the head says stays confirmed."""
    settle(folder, "", {"title": "Eget namn"})
    fields = {field.key: field for field in place(folder, "reader_options").fields}
    assert fields["missing_in"].value == [f"99: {PLAN}"]
    settle(folder, "reader_options", {"missing_in": []})
    assert data(folder)["title"] == "Eget namn"
    assert {"", "reader_options"}.isdisjoint(one.where for one in marks_of(folder))
    for one in marks_of(folder):
        settle(folder, one.where)
    _, export, _, _ = read_year(folder)
    assert "99" in list(export.cells.columns[export.headers.index(PLAN)])


def test_nothing_need_be_typed_in_a_file(folder):
    """The same in the terminal: a change at each place, and then a year that can be run."""
    where = [one.where for one in marks_of(folder)]
    words = {"items." + matrix(folder)["id"]: ["ä", "Hur var det?", "1 2"]}
    typed = [line for one in where for line in words.get(one, [""])]
    result = CliRunner().invoke(cli.main, ["confirm", str(folder)], input="\n".join([*typed, *[""] * 9, "s"]))
    assert result.exit_code == 0, result.output
    assert marks_of(folder) == ()
    assert len(analyse(folder).responses.respondents) == 8


def test_the_member_list_tells_which_question_says_who_answers(tmp_path):
    """Whatever its heading, and though some write "kommun" after the name."""
    names = ["Granfors", "Tallhult", "Ekbro", "Lindås", "Aspvik", "Hägghed"]
    table = [
        ["Plan?", "Avsändare"],
        *([("Ja", "Nej")[i % 2], f"{name} kommun" if i % 2 else name.upper()] for i, name in enumerate(names)),
    ]
    members = save_csv(tmp_path / "lista.csv", [["Medlem", "Län"], *([name, "Skåne"] for name in names)], ";")
    create(plan(save_csv(tmp_path / "svar.csv", table, ";"), members, 2026), tmp_path / "2026")
    assert items(tmp_path / "2026")["member"]["text"] == "Avsändare"
