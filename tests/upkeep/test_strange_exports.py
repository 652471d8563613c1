"""Exports with headings, rows and cells that nobody has prepared for: what is asked is kept, who answered is not."""

from __future__ import annotations

import tomllib
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import openpyxl

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.form_changes import form_problems
from sekom_survey.model import Export
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.inspect import inspect_file
from tests.collected.files import FORMS_HEAD, save_csv, save_xlsx

ROWS = 12


def looked_at(path: Path, columns: dict[str, list[Any]], head: bool = True) -> Export:
    """The export of a workbook with these answers, each column's over and over; with Microsoft's own columns first."""
    about = [
        ["anonymous" if name == "Email" else "2026-02-01 10:00:00" if "time" in name else ""] for name in FORMS_HEAD[:5]
    ]
    filled = {**(dict(zip(FORMS_HEAD[:5], about, strict=True)) if head else {}), **columns}
    rows = zip(*(islice(cycle(cells), ROWS) for cells in filled.values()), strict=True)
    save_xlsx(path / "svar.xlsx", {"Sheet1": [list(filled), *map(list, rows)]})
    export, _ = inspect_file(path / "svar.xlsx", "svar.xlsx")
    assert export is not None
    return export


def drafted(export: Export) -> dict[str, Any]:
    """The draft's questions by their text."""
    found: dict[str, Any] = tomllib.loads(draft_survey(export, 2026, "respondent"))
    return {item["text"]: item for item in found["items"]}


def test_a_row_called_e_mail_is_a_row_and_a_column_of_addresses_is_not(tmp_path: Path) -> None:
    """Answered as the rows beside it, on a scale of its own, or with its own heading; addresses and names are left behind."""
    asked = {
        "Möten": ["Bra", "Sådär"],
        "Mejl": ["Sådär", "Bra"],
        "Telefon": ["Mycket nöjd", "Missnöjd", "Nöjd"],
        "Mail": ["Mail", ""],
    }
    who = {"E-mail": ["rut@ekby.example", "bo@ekby.example"], "Namn": ["Rut Prov", "Bo Test", "Kim Prov"]}
    assert looked_at(tmp_path, {**asked, **who}).headers == tuple(asked)


def test_a_field_for_other_is_a_box_whatever_it_asks_for(tmp_path: Path) -> None:
    """SurveyMonkey's boxes become one question with the own words beside the choices."""
    head = ["Respondent ID", "Collector ID", "Start Date", "End Date", "Vilka kanaler?", "", ""]
    rows = [
        [
            n,
            1,
            "02/13/2026 10:00:00 AM",
            "02/13/2026 10:09:00 AM",
            "Webb",
            "E-post" if n % 2 else "",
            "Fika" if n == 3 else "",
        ]
        for n in range(ROWS)
    ]
    save_csv(tmp_path / "svar.csv", [head, [*[""] * 4, "Webb", "E-post", "Annat, ange gärna vad"], *rows])
    export, _ = inspect_file(tmp_path / "svar.csv", "svar.csv")
    assert export is not None and export.headers == ("Vilka kanaler?",)
    assert export.cells.columns[0][3] == "Webb;E-post;Fika;"


def test_a_question_is_told_by_its_column_and_its_own_words(tmp_path: Path) -> None:
    """A problem names no id."""
    export = looked_at(tmp_path, {"Hur bra?": [1, 2], "Vad saknas?": [""]})
    (tmp_path / "survey.toml").write_text(draft_survey(export, 2026, "respondent"), encoding="utf-8")
    survey, _ = read_survey(tmp_path / "survey.toml", "survey.toml")
    assert survey is not None
    told = {(problem.where, problem.found) for problem in form_problems(export, survey.questionnaire)}
    assert told == {
        ("kolumn F", "”Hur bra?”: inget av 12 svar är över 2 på skalan 1–5."),
        ("kolumn G", "Frågan ”Vad saknas?” har en kolumn men inte ett enda svar."),
    }


def test_cells_merged_among_the_answers_are_told(tmp_path: Path) -> None:
    """Their answers but the first are gone; a title merged above the headings is no matter."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Enkät"], ["Kommun", "Hur bra?", "Fritt"], *([f"Ort {n}", "Bra", "text"] for n in range(ROWS))):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B5:B6")
    book.save(tmp_path / "e.xlsx")
    _, problems = inspect_file(tmp_path / "e.xlsx", "e.xlsx")
    assert [problem.where for problem in problems if problem.code == "cells_merged"] == ["rad 5, 6"]


def test_a_plain_table_is_drafted_with_its_questions_over_their_rows(tmp_path: Path) -> None:
    """What stands before a dash or >> in several headings; keys are left out, and the day of the answer is told."""
    columns = {
        "Nyckel": [f"a{n}x{n * 7}" for n in range(ROWS)],
        "Submission Date": [f"Feb {n + 1}, 2026" for n in range(ROWS)],
        "Appointment": [f"2026-03-0{n % 9 + 1} 10:00" for n in range(ROWS)],
        "Hur viktigt är följande? - Klimat": ["Viktigt", "Oviktigt"],
        "Hur viktigt är följande? - Vatten": ["Oviktigt", "Viktigt"],
        "How satisfied are you? >> Möten": ["Satisfied", "Dissatisfied"],
        "How satisfied are you? >> Stöd": ["Dissatisfied", "Satisfied"],
    }
    export = looked_at(tmp_path, columns, head=False)
    assert {text: len(item.get("rows", ())) for text, item in drafted(export).items()} == {
        "Hur viktigt är följande?": 2, "How satisfied are you?": 2}  # fmt: skip
    options = dict(export.options)
    assert (options["ended"], options["drop"]) == ("Submission Date", ["Nyckel", "Appointment"])
    assert export.rows["date"].tolist() == [f"2026-02-{n + 1:02}" for n in range(ROWS)]


def test_two_questions_of_one_wording_keep_apart_in_their_names(tmp_path: Path) -> None:
    """A short name that both would have is taken away."""
    rows = [
        ["Tidstämpel", "Vad tycker du?", "Vad tycker du?"],
        *(["2026-02-01 10:00:00", "Bra", "Ja"], ["2026-02-01 11:00:00", "Sämst", "Nej"]) * 6,
    ]
    save_csv(tmp_path / "svar.csv", rows)
    export, _ = inspect_file(tmp_path / "svar.csv", "svar.csv")
    assert export is not None
    assert [item.get("label") for item in drafted(export).values()] == [None, None]
