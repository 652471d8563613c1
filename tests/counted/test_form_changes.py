"""Did the form change, and what lies in the folder."""

from dataclasses import replace

import pytest

from sekom_survey.asked.load import find_export
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.collected import read_export
from sekom_survey.counted.form_changes import export_changes
from sekom_survey.counted.year import read_year
from sekom_survey.counted.year_changes import year_changes
from sekom_survey.upkeep.check import FILES, folder_lines, form_lines
from tests.waves import QUESTIONS, SURVEY, answer, make_wave, write_export

NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro", "Fjällanda") * 2


def changes(tmp_path, rows=None, questions=QUESTIONS, survey=SURVEY):
    folder = make_wave(tmp_path / "2026", [], survey=survey)
    write_export(folder / "export" / "svar.xlsx", rows or [answer(name) for name in NAMES], questions=questions)
    path, _ = find_export(folder / "export", "")
    export, _ = read_export(path, path.name)
    return export_changes(export, read_survey(folder / "survey.toml", "")[0].questionnaire)


def said(found):
    return {(change.kind, change.item, change.breaks) for change in found}


def renamed(old, new):
    return tuple(new if text == old else text for text in QUESTIONS)


def test_an_unchanged_form_has_no_changes(tmp_path):
    """Own words and unanswered questions are none."""
    assert (
        changes(
            tmp_path,
            [
                answer(name, top=f"Nätverk;Fikat {i // 2};", voice="" if i else "Stort behov")
                for i, name in enumerate(NAMES)
            ],
        )
        == []
    )


def test_what_the_loader_would_let_pass_becomes_a_warning(tmp_path):
    """A renamed option where own words are allowed must not become "Annat" in silence."""
    rows = [answer(name, top="Samtal med andra;") for name in set(NAMES)]
    *_, problems = read_year(make_wave(tmp_path / "2026", rows))
    assert [(p.code, p.level, p.where) for p in problems] == [("form_options", "warning", "kolumn I")]


def test_a_reworded_question_is_paired_with_its_item_and_what_to_write(tmp_path):
    """With how alike they are; a core item breaks the trend."""
    found = changes(tmp_path, questions=renamed("Hur nöjda är ni?", "Hur nöjda är ni nu?"))
    assert said(found) == {("reworded", "satisfaction", True)}
    assert "likhet 91 %" in found[0].found
    assert 'wordings = ["Hur nöjda är ni nu?"]' in found[0].todo


def test_two_reworded_questions_go_to_their_own_items(tmp_path):
    """The likest pair first, whatever the order of the columns."""
    questions = [
        {"Hur nöjda är ni?": "Hur nöjda är ni idag?", "Har ni infört något?": "Har ni infört något nytt?"}.get(q, q)
        for q in QUESTIONS
    ]
    found = changes(
        tmp_path,
        [[*row[:5], row[6], row[5], *row[7:]] for row in (answer(n) for n in NAMES)],
        questions=[*questions[:5], questions[6], questions[5], *questions[7:]],
    )
    assert said(found) == {("reworded", "satisfaction", True), ("reworded", "introduced", True)}


def test_new_and_lost_questions(tmp_path):
    """One that is like nothing asked, and one without a column."""
    found = changes(tmp_path, questions=renamed("Hur nöjda är ni?", "Vilken färg har er logotyp?"))
    assert said(found) == {("new", "Vilken färg har er logotyp?", False), ("lost", "satisfaction", True)}


@pytest.mark.parametrize(
    ("rows", "expected", "words"),
    [
        (
            [answer(n, introduced="Japp") for n in NAMES],
            {("options", "introduced", True)},
            "alternativet ”Japp” (12 svar)",
        ),
        (
            [answer(n, support="Mycket stort behov") for n in NAMES],
            {("scale", "need_support", True)},
            "Närmast är ”Stort behov”",
        ),
        ([answer(n, support=3) for n in NAMES], {("type", "need_support", True)}, "svaren är tal"),
        ([answer(n, satisfaction=55) for n in NAMES], {("scale", "satisfaction", True)}, "utanför skalan 1–10"),
        ([answer(n, satisfaction=4) for n in NAMES], {("scale", "satisfaction", False)}, "inget av 12 svar är över 4"),
        ([answer(n, satisfaction="Bra") for n in NAMES], {("type", "satisfaction", True)}, "inte heltal"),
        ([answer(n, introduced="Ja;Nej;") for n in NAMES], {("type", "introduced", True)}, "flera alternativ"),
        (
            [answer(n, introduced="Ja", what="Alternativ A") for n in NAMES],
            {("type", "introduced_what", True)},
            "fasta alternativ",
        ),
        ([answer(n, top="Nätverks;") for n in NAMES[:1]], {("options", "top_value", True)}, "Närmast är ”Nätverk”"),
        (
            [answer(n, top="Samtal med andra;") for n in NAMES],
            {("options", "top_value", True)},
            "”Samtal med andra” (12 svar)",
        ),
    ],
)
def test_changed_answers_tell_what_changed(tmp_path, rows, expected, words):
    """Options, scale and type, each on the item it concerns."""
    found = changes(tmp_path, rows)
    assert said(found) == expected
    assert any(words in change.found + change.todo for change in found)


def test_a_question_that_is_not_core_breaks_no_trend(tmp_path):
    """Only core items do."""
    survey = SURVEY.replace('text = "Har ni infört något?"', 'text = "Har ni infört något?"\ncore = false')
    assert said(changes(tmp_path, [answer(n, introduced="Japp") for n in NAMES], survey=survey)) == {
        ("options", "introduced", False)
    }


@pytest.fixture
def questionnaire(tmp_path):
    return read_survey(make_wave(tmp_path / "w", []) / "survey.toml", "")[0].questionnaire


def altered(questionnaire, name, **values):
    return replace(
        questionnaire, items=tuple(replace(i, **values) if name in (i.id, i.group) else i for i in questionnaire.items)
    )


@pytest.mark.parametrize(
    ("name", "values", "kind", "breaks"),
    [
        ("satisfaction", {"text": "Hur glada är ni?"}, "reworded", True),
        ("satisfaction", {"text": "Hur glada är ni?", "trend": True}, "reworded", False),
        ("satisfaction", {"text": "HUR  nöjda är ni"}, None, False),
        ("satisfaction", {"high": 5}, "scale", True),
        ("satisfaction", {"kind": "nps"}, "type", True),
        ("top_value", {"max": 3}, "options", True),
        ("top_value", {"max": 3, "core": False}, "options", False),
        ("need", {"group_text": "Vad behöver ni?"}, "reworded", True),
        ("need", {"top": 2}, "scale", True),
    ],
)
def test_this_years_question_against_last_years(questionnaire, name, values, kind, breaks):
    """A difference in text, scale, type or number of choices; letter case and spaces are none."""
    found = year_changes(questionnaire, altered(questionnaire, name, **values))
    assert {(c.kind, c.breaks) for c in found} == ({(kind, breaks)} if kind else set())


def test_a_scale_with_new_options_is_told_once_for_its_matrix(questionnaire):
    """With the options that came and went."""
    items = questionnaire.item("need_support").options
    found = year_changes(
        questionnaire, altered(questionnaire, "need", options=(*items[1:], replace(items[0], label="Enormt behov")))
    )
    assert [(c.kind, c.item) for c in found] == [("scale", "need")]
    assert "nya ”Enormt behov”; borttagna ”Inget behov”" in found[0].found


def test_a_reordered_scale_is_a_changed_scale(questionnaire):
    """But a reordered list of choices is not."""
    turned = altered(questionnaire, "need", options=questionnaire.item("need_support").options[::-1])
    assert {c.kind for c in year_changes(questionnaire, turned)} == {"scale"}
    assert (
        year_changes(
            questionnaire, altered(questionnaire, "introduced", options=questionnaire.item("introduced").options[::-1])
        )
        == []
    )


def test_the_lines_mark_what_breaks_the_trend_even_when_the_run_would_stop(tmp_path):
    """Form against survey.toml, and survey.toml against the neighbouring year."""
    make_wave(
        tmp_path / "2025", [], survey=SURVEY.replace("year = 2026", "year = 2025").replace("Hur nöjda", "Hur belåtna")
    )
    folder = make_wave(tmp_path / "2026", [])
    write_export(
        folder / "export" / "svar.xlsx", [answer("Almköping")], questions=renamed("Stöd", "Vilken färg har er logotyp?")
    )
    lines = "\n".join(form_lines(folder))
    assert "BRYTER TRENDEN need_support: frågan ”Stöd” finns inte i enkätfilen." in lines
    assert "Ny fråga: ”Vilken färg har er logotyp?”" in lines
    assert "Frågorna 2026 jämförda med 2025: 1 skillnad, 1 fråga bryter trenden" in lines


def test_an_unreadable_folder_gives_no_lines_and_no_error(tmp_path):
    """What is wrong with the files is told by the loader."""
    (tmp_path / "2026").mkdir()
    assert form_lines(tmp_path / "2026") == []
    (tmp_path / "2026" / "survey.toml").write_bytes(b"\x00\xff")
    assert form_lines(tmp_path / "2026") == []


def test_an_empty_folder_lists_every_file_with_its_columns(tmp_path):
    """Found or missing, one by one."""
    lines = "\n".join(folder_lines(tmp_path))
    assert all(f"{one.name}: " in lines for one in FILES)
    assert lines.count("SAKNAS") == 3
    assert (
        "members.csv: SAKNAS – medlemmarna, en rad för varje. Kolumner: member_id, name, kind, status; frivilliga: code"
        in lines
    )


def test_files_that_are_there_are_found_with_what_they_lack(tmp_path):
    """Missing columns, lines still to fill in, several exports, strangers; Swedish headings are known."""
    folder = make_wave(
        tmp_path / "2026",
        [],
        survey=SURVEY + "# FYLL I: allt",
        members="id;namn;typ\nm1;X;kommun\n",
        files={"activities.csv": "datum;aktivitet\n", "kladd.txt": "hej", "decisions.csv": "\x00"},
    )
    (folder / "export" / "b.csv").write_text("a", encoding="utf-8")
    lines = "\n".join(folder_lines(folder))
    assert "survey.toml: finns – frågorna, datum och gränser. 1 rad är märkt FYLL I." in lines
    assert "kolumner som SAKNAS: status" in lines
    assert "kolumner som SAKNAS: title" in lines
    assert "går inte att läsa" in lines
    assert "export/: 2 filer" in lines
    assert "kladd.txt: läses inte" in lines


def test_a_whole_folder_has_nothing_missing(tmp_path):
    """The three files that a run needs."""
    assert "SAKNAS" not in "\n".join(folder_lines(make_wave(tmp_path / "2026", [])))
