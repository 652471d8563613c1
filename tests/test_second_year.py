"""The second year as somebody who has never seen the tool goes through it: new, a changed form, what check says, and the numbers."""

import re
import tomllib

import pytest
from click.testing import CliRunner

from sekom_survey.cli import main
from sekom_survey.counted.year import analyse
from sekom_survey.found.change import NEW, REWORDED
from sekom_survey.found.findings import Findings
from sekom_survey.upkeep.next_year import new_year
from tests.small_year import contents
from tests.waves import MEMBERS, QUESTIONS, SURVEY, answer, make_wave, write_export

NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro", "Fjällanda")
CORRECTIONS = "action,row,found,member_id,item,reason\nmatch,,Almköpnig,m1,,Felstavat\n"
GOALS = """[[goals]]
id = "M1"
name = "Inför"
years = [2026, 2027]
  [[goals.indicators]]
  id = "M1a"
  name = "Har infört"
  unit = "procent"
  source = "survey"
  measure = "share"
  item = "introduced"
  options = ["Ja"]
"""
FORM = (
    "Vilken kommun svarar du för?",
    "Vilken roll har du?",
    "Vad ger mest värde?",
    "Stöd",
    "Påverkan",
    "Hur nöjda är ni på det hela taget?",
    "Får vi kontakta er?",
    "Hur ofta vill ni träffas på plats?",
)


def rows_2027():
    """The changed form's answers: another wording, an option renamed, two questions gone, one new, a name known and one misspelt."""
    names = ("almköpnig", "Björkvala", *NAMES[2:5])
    often = ("Varje år", "Varje år", "Sällan", "Sällan", "Varje år")
    return [
        [name, "Tjänsteperson", "Nätverken;", "Stort behov", "Litet behov", 9, "Ja", when]
        for name, when in zip(names, often, strict=True)
    ]


def check(folder):
    """What `sekom check` says, and whether it found something that must be mended; it writes nothing."""
    before = contents(folder.parent)
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code in (0, 2), done.output
    assert contents(folder.parent) == before
    return done.output, done.exit_code == 2


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Last year's folder, and the new one as `sekom new` leaves it with the new form's answers put in its export folder."""
    place = tmp_path_factory.mktemp("andra året")
    rows = [answer("Almköpnig", introduced="Ja"), *(answer(name) for name in NAMES[1:])]
    make_wave(
        place / "2026",
        rows,
        files={"corrections.csv": CORRECTIONS, "goals.toml": GOALS, "activities.csv": "date,activity,title\n"},
    )
    new_year(place / "2027", place / "2026", place / "reports")
    write_export(place / "2027" / "export" / "svar.xlsx", rows_2027(), questions=FORM)
    return place


@pytest.fixture(scope="module")
def mended(place):
    """The new folder after each thing that check named was done as it said; what it said each time."""
    folder, path = place / "2027", place / "2027" / "survey.toml"
    said = [check(folder)]
    text = path.read_text(encoding="utf-8").replace(
        'text = "Hur nöjda är ni?"', 'text = "Hur nöjda är ni på det hela taget?"'
    )
    wordings = re.search(r'contact_me: .*lägg till (wordings = \["[^"]+"\])', said[0][0])
    text = text.replace('text = "Får vi kontakta dig?"', f'text = "Får vi kontakta dig?"\n{wordings[1]}').replace(
        '"Nätverk"', '"Nätverken"'
    )
    for lost in ("introduced_what", "introduced"):
        assert f"{lost}: frågan" in said[0][0]
        text = re.sub(rf'\[\[items\]\]\nid = "{lost}"\n.*?(?=\[\[items\]\])', "", text, flags=re.DOTALL)
    draft = said[0][0].split("Klistra in sist i survey.toml")[1].split("\n", 1)[1].split("  Frågor som saknas")[0]
    path.write_text(text + "\n".join(line.strip() for line in draft.splitlines()) + "\n", encoding="utf-8")
    said.append(check(folder))
    assert "scales.ofta: Finns det ett steg som ingen valde?" in said[1][0] and "ta bort raden confirm" in said[1][0]
    path.write_text(re.sub(r"(?m)^confirm = .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "goals.toml").unlink()
    with (folder / "corrections.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("match;;Björkvala;m2;;Ringde dem;2027-02-20;AB\r\n")
    said.append(check(folder))
    return said


def test_the_first_check_names_every_change_of_the_form(mended):
    """Reworded, lost, new - with lines to paste - and the option; each with what to do."""
    told, stopped = mended[0]
    assert stopped
    for part in (
        "satisfaction: ”Hur nöjda är ni?” heter nu ”Hur nöjda är ni på det hela taget?”",
        "BRYTER TRENDEN introduced: frågan",
        "Ny fråga: ”Hur ofta vill ni träffas på plats?”",
        'options = ["Sällan", "Varje år"]',
        "alternativet ”Nätverken” (5 svar) finns inte i survey.toml. Närmast är ”Nätverk”",
    ):
        assert part in told


def test_when_the_questions_are_mended_the_goal_that_lost_its_question_is_named(mended):
    """Check finds all that a run would stop for, not only what is in the answers, and proposes the member's number."""
    told, stopped = mended[1]
    assert stopped
    assert "2027/goals.toml, M1a: Frågan ”introduced” finns inte i enkäten." in told
    assert "ta bort måttet" in told
    assert "Medlemmen ”Björkvala” finns inte i registret." in told
    assert "Förslag: Björkvalla (m2)." in told
    assert "almköpnig" not in told


def test_in_the_end_nothing_is_left_to_mend(mended):
    """And what breaks the trend is still said."""
    told, stopped = mended[2]
    assert not stopped
    assert "jämfört med survey.toml: inga skillnader." in told
    assert "BRYTER TRENDEN satisfaction" in told
    assert "Räkningen går ihop." in told


def test_the_new_years_numbers_come_out(place, mended):
    """The remembered name, the corrected one, the new question; a reworded question is not compared and a mended wording is no change."""
    found = Findings(analyse(place / "2027"))
    people = found.year.responses.respondents
    assert sorted(people["member_id"]) == ["m1", "m2", "m3", "m4", "m5"]
    new = [item for item in found.year.wave.questionnaire.items if item.id.startswith("ny2027_")]
    shares = found.year.estimates[
        (found.year.estimates["item"] == new[0].id) & (found.year.estimates["segment"] == "all")
    ]
    assert shares.set_index("option")["count"].to_dict() == {"Sällan": 2, "Varje år": 3, "topp2": 3}
    statuses = found.changes.groupby("item")["status"].agg(set).to_dict()
    assert (statuses["satisfaction"], statuses[new[0].id]) == ({REWORDED}, {NEW})
    assert statuses["need_support"] & {REWORDED, NEW} == set()
    assert (
        len(tomllib.loads((place / "2027" / "survey.toml").read_text(encoding="utf-8"))["items"])
        == len(QUESTIONS) - 1 - 2 + 1
    )


def test_the_year_after_remembers_both_names(place, mended):
    """Confirmed once, carried on from year to year, each with the year it was confirmed."""
    new_year(place / "2028", place / "2027", place / "reports")
    text = (place / "2028" / "corrections.csv").read_text(encoding="utf-8-sig")
    assert "match;;Almköpnig;m1;;Felstavat Bekräftat 2026.;;" in text
    assert "match;;Björkvala;m2;;Ringde dem Bekräftat 2027.;2027-02-20;AB" in text
    assert "2027" not in MEMBERS + SURVEY
