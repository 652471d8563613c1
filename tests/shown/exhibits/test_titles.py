"""Titles that are whole sentences, each out of the facts it tells."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, TREND, Fact
from sekom_survey.model import Contrast, Shown
from sekom_survey.shown.exhibits.compare import _compared_title, compared_dots, verdict_cell
from sekom_survey.shown.exhibits.goals import claims_table
from sekom_survey.shown.exhibits.news import change_pairs
from sekom_survey.shown.exhibits.quality import _response_title
from sekom_survey.written.messages import messages
from sekom_survey.written.office.outline import note_of_figure
from sekom_survey.written.passage import passage
from tests.small_year import ROWS
from tests.waves import SURVEY, make_wave

LABELS = {"a": "Stöd", "b": "Nätverk"}
ASKED = "Är förändringen större än svarens vanliga variation från år till år?"


def difference(item, verdict="säker skillnad", first="Små", second="Stora"):
    return Fact(DIFFERENCE, item, item, "Skiljer sig grupperna åt?", segmentation="size", first=first, second=second,
                verdict=verdict, sentence=f"{item} skiljer sig: {verdict}.")  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ([difference("a")], "a skiljer sig: säker skillnad"),
        ([difference("a"), difference("b", "kan vara slump")], "a skiljer sig: säker skillnad"),
        ([difference("a"), difference("b")], "Små och stora kommuner skiljer sig åt i ”Stöd” och ”Nätverk”: säker skillnad"),
        ([difference("a"), difference("b", second="Medelstora")], "Grupperna skiljer sig åt i ”Stöd” och ”Nätverk”: säker skillnad"),
        ([difference("a", "likvärdigt")], "Behoven efter kommunstorlek: inget skiljer säkert grupperna åt"),
        ([], "Behoven efter kommunstorlek (utforskning)"),
    ],
)  # fmt: skip
def test_what_surely_differs_is_the_title(facts, title):
    """One by the fact's own sentence, several by their names; nothing is called sure that is not."""
    rows = [LABELS[fact.item] for fact in facts]
    assert _compared_title("Behoven efter kommunstorlek", facts, rows, len(facts), "kommuner") == title


def test_where_some_declared_contrasts_are_not_told_nothing_is_said_of_all():
    """One of two is told, and it is alike; of two with too few answers nothing has been tried."""
    told, few = [difference("a", "likvärdigt")], [difference("a", "för få svar"), difference("b", "för få svar")]
    assert _compared_title("Behoven", told, ["Stöd"], 2, "kommuner") == "Behoven: ingen säker skillnad redovisas"
    assert _compared_title("Behoven", few, ["Stöd", "Nätverk"], 2, "kommuner") == "Behoven (utforskning)"


def test_who_answered_most_and_least_is_the_title():
    """Groups that have a name in a sentence; equal ones and others are told plainly."""
    rows = pd.DataFrame({"label": ["Små", "Stora"], "answered": [26, 5], "asked": [38, 16]})
    assert _response_title(rows, "size") == (
        "Svarsfrekvensen är högst bland små kommuner, 26 av 38, och lägst bland stora, 5 av 16"
    )
    parts = rows.assign(label=["Norrland", "Svealand"])
    assert _response_title(parts, "landsdel") == (
        "Svarsfrekvensen är högst bland kommuner i Norrland, 26 av 38, och lägst i Svealand, 5 av 16"
    )
    assert _response_title(rows.assign(answered=rows["asked"]), "size") == "Så svarade kommunerna, efter kommunstorlek"
    assert _response_title(rows, "skr_group") == "Så svarade kommunerna, efter kommungrupp enligt SKR"


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return analyse(make_wave(tmp_path_factory.mktemp("titlar") / "2026", ROWS))


def test_a_verdict_on_an_answer_stands_at_that_answer(year):
    """Of a question with several answers the declared contrast is about one of them; what is withheld is not said to be undeclared."""
    segment = "Götaland"
    fact = difference("top_value").but(option="Nätverk", segmentation="landsdel", first=segment, second="Norrland")
    shown = compared_dots(year, [fact], "top_value", "landsdel", "Värdet efter landsdel")
    told = {(row["Svar"] == "Nätverk", row["Omdöme"].partition(" (")[0]) for _, row in shown.table.iterrows()}
    drawn = {(row["label"] == "Nätverk", row["verdict"]) for _, row in shown.data.iterrows()}
    assert told == drawn == {(True, "säker skillnad"), (False, "")}
    asked = replace(year.survey, contrasts=(Contrast("top_value", "Nätverk", "landsdel", segment, "Norrland", None),))
    for survey, words in ((asked, "redovisas inte"), (year.survey, "Ingen jämförelse här är utvald")):
        bare = replace(year, wave=replace(year.wave, survey=survey))
        assert words in compared_dots(bare, [], "top_value", "landsdel", "Värdet efter landsdel").note


def test_measures_that_have_moved_stand_beside_the_changes(year):
    """A measure in members, or in percent where no base is told; each kind with its own question, and the sure ones first."""
    answers = Fact(CHANGE, "need_voice", "Påverkan", ASKED, option="topp2", first="2026", second="2025", first_count=5, first_base=8, second_count=4,
                   second_base=8, difference=0.125, verdict="kan vara slump", sentence="5 av 8, 4 av samma 8 år 2025: kan vara slump.")  # fmt: skip
    moved = Fact(TREND, "M1a", "Aktiva medlemmar", "Har fler gått åt ena hållet?", option="procent", first="2026", second="2025", first_count=66.25, second_count=39.5,
                 difference=0.2675, verdict="säker ökning", sentence="Aktiva: 66 %, 40 % samma dag 2025: säker ökning.")  # fmt: skip
    shown = change_pairs(year, [answers, moved])
    assert shown.table.to_numpy().tolist() == [
        ["Aktiva medlemmar", "40\u00a0%", "66\u00a0%", "+27\u00a0procentenheter", "säker ökning"],
        ["Påverkan", "4 av 8", "5 av 8", "+13\u00a0procentenheter", "kan vara slump"],
    ]
    assert shown.title == "Aktiva: 66 %, 40 % samma dag 2025: säker ökning"
    assert list(shown.data["after"]) == [0.6625, 0.625] and shown.data["base"].isna().tolist() == [True, False]
    assert "Omdömet svarar på: är förändringen större" in shown.note
    assert "Omdömet om ett mått svarar på: har fler gått" in shown.note
    alone = change_pairs(year, [answers])
    assert "mått" not in alone.note + alone.subtitle and next(iter(alone.table)) == "Fråga"
    counted = replace(moved, first_count=53, first_base=80, second_count=32, second_base=81)
    assert change_pairs(year, [counted]).table.to_numpy().tolist()[0][1:3] == ["32 av 81", "53 av 80"]
    assert "Bas: 8–80 kommuner" in change_pairs(year, [answers, counted]).note
    assert change_pairs(year, [moved]).note.startswith(
        "Källa: Provenkäten 2026. Bas: alla kommuner. Omdömet svarar på: har"
    )


def test_a_sign_is_explained_where_the_table_stands(tmp_path):
    """A figure without its table does not explain a sign that only the table has."""
    note = "Källa: enkäten. ”U”: visas inte, för få svar eller för att skydda enskilda. Exempeldata, påhittade svar."
    shown = Shown("a", "dots", "", "", note, "", ("Grupp",), (("U",),))
    assert note_of_figure(shown) == note
    drawn = replace(shown, png=tmp_path / "a.png")
    assert note_of_figure(drawn) == "Källa: enkäten. Exempeldata, påhittade svar."


def test_no_claim_is_counted_of_none(year):
    """A public edition that may tell of none of the claims says so."""
    claims = pd.DataFrame(
        {"claim": ["P1"], "quote": ["x"], "verdict": ["Redovisas inte"], "statement": [""], "questions": [""]}
    )
    assert claims_table(year, claims).title == "Inget omdöme om planens påståenden redovisas här"
    told = claims.assign(verdict="Stöds")
    both = pd.concat([told, told, claims])
    assert claims_table(year, both).title == "Enkäten stöder 2 av 2 påståenden i planen som redovisas här"
    assert claims_table(year, told).title == "Enkäten stöder 1 av 1 påstående i planen"


def test_an_answer_that_nobody_gave_does_not_come_next(year):
    """The passage names what comes after the most chosen, as long as somebody chose it."""
    share = Fact(
        "share", "top_value", "Mest värde", "Hur många?", first="alla", first_base=8, first_count=5, low=nan, high=nan
    )
    facts = [
        share.but(option="Nätverk"),
        share.but(option="Kunskap; kurser", first_count=3),
        share.but(option="Inget av detta", first_count=0),
    ]
    told = next(text for text in passage(year, facts, "", "") if "Därefter" in text)
    assert told.endswith("Därefter kommer ”Kunskap; kurser” med 3.")


def test_page_one_tells_no_fact_twice(tmp_path):
    """The row that most need has been told as the surest change: it is not the third message as well."""
    asked = analyse(make_wave(tmp_path / "2026", ROWS, SURVEY.replace('id = "need"\n', 'id = "need"\ncore = true\n')))
    share = Fact("share", "need_voice", "Påverkan", "Hur många?", option="topp2", first="alla", first_count=7, first_base=8, verdict="fler än hälften",
                 low=0.6, high=0.95, first_population=13, sentence="7 av 8 behöver påverkan.")  # fmt: skip
    other = share.but(item="need_support", first_count=5, sentence="5 av 8 behöver stöd.")
    change = Fact(CHANGE, "need_voice", "Påverkan", ASKED, first="2026", second="2025", first_count=7, first_base=8, second_count=2, second_base=8,
                  difference=0.6, p=0.01, verdict="säker ökning", sentence="7 av 8, 2 av samma 8 år 2025: säker ökning.")  # fmt: skip
    assert [one.sentence for one in messages(asked, [share, other, change])] == [change.sentence]
    assert [one.sentence for one in messages(asked, [share, other])] == ["7 av 8 behöver påverkan, flest av två."]


def test_a_place_keeps_its_capital_beside_a_verdict():
    """A size class is a word, a landsdel a name."""
    fact = Fact(DIFFERENCE, "a", "A", "?", verdict="kan vara slump", first="Norrland", second="Götaland")
    assert verdict_cell(fact.but(segmentation="landsdel")).endswith("(Norrland mot Götaland)")
    sizes = fact.but(segmentation="size", first="Mindre", second="Större")
    assert verdict_cell(sizes).endswith("(mindre mot större)")
