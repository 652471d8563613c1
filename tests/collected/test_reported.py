"""Fifteen inputs after what people report in public, none of which the readers were written on; docs/reliability.md lists them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from sekom_survey.collected import read_export
from sekom_survey.upkeep.guess import guess_columns
from sekom_survey.upkeep.inspect import inspect_file

from .files import column, noticed, read, refused, save_csv, save_xlsx

TIME = "2026-01-20 09:00:00"
TOWNS = ["Alby", "Bärby", "Ceby", "Dalby", "Edby", "Fryby", "Gårdby", "Höby"]


def google(*columns: list[str]) -> list[list[str]]:
    head = ["Tidstämpel", "Kommun", *(column[0] for column in columns)]
    return [head, *([TIME, town, *(column[i + 1] for column in columns)] for i, town in enumerate(TOWNS))]


def kinds(path: Path) -> dict[str, Any]:
    return {guess.heading: guess for guess in guess_columns(read(path))}


def test_options_that_hold_a_comma_and_are_chosen_together(tmp_path: Path) -> None:
    """OpnForm/OpnForm#864."""
    own, other = "Me, myself and I", "Wait, is it just me?"
    path = save_csv(
        tmp_path / "e.csv", google(["Q", own, other, f"{own}, {other}", own, other, own, f"{own}, {other}", other])
    )
    assert dict(kinds(path)["Q"].options) == {own: 5, other: 5}


def test_a_comma_in_a_question(tmp_path: Path) -> None:
    """SurveyMan/SurveyMan#210."""
    path = save_csv(tmp_path / "e.csv", google(["Vad, om något, saknas?", *"abcdefgh"]))
    assert read(path).headers == ("Kommun", "Vad, om något, saknas?")


def test_an_answer_whose_commas_were_never_quoted(tmp_path: Path) -> None:
    """simonv3/quick-survey#54."""
    rows = google(["Q", *["ja"] * 8], ["Sist", *["bra"] * 8])
    path = tmp_path / "e.csv"
    path.write_text(
        "\n".join(",".join(row) for row in rows).replace("Dalby,ja,bra", "Dalby,Slack, Teams, Zoom,bra"),
        encoding="utf-8",
    )
    assert refused(path).code == "row_too_long"


def test_boxes_told_as_numbers_in_one_cell(tmp_path: Path) -> None:
    """ropensci/qualtRics#381: "1,2,3" is three choices, not 123."""
    codes = [["StartDate", "EndDate", "Finished", "ResponseId", "Q1"], ["Start Date", "End Date", "Finished", "Response ID", "Kanaler"],
             [f'{{"ImportId":"{key}"}}' for key in ("startDate", "endDate", "finished", "_recordId", "QID1")]]  # fmt: skip
    rows = [[TIME, TIME, "True", f"R_{i}", ("1,2,3", "2", "1,3")[i % 3]] for i in range(9)]
    assert dict(kinds(save_csv(tmp_path / "e.csv", [*codes, *rows]))["Kanaler"].options) == {"1": 6, "2": 6, "3": 6}


def test_qualtrics_older_two_rows_lose_no_answer(tmp_path: Path) -> None:
    """ropensci/qualtRics#43: the first answer was skipped as a third row of headings."""
    codes = [
        ["StartDate", "EndDate", "Finished", "ResponseID", "Q1"],
        ["StartDate", "EndDate", "Finished", "ResponseID", "Kommun"],
    ]
    rows = [[TIME, TIME, "1", f"R_{i}", town] for i, town in enumerate(TOWNS)]
    assert column(read(save_csv(tmp_path / "e.csv", [*codes, *rows])), "Kommun") == TOWNS


def test_a_merged_and_coloured_heading_row(tmp_path: Path) -> None:
    """SheetJS/sheetjs#133: columns under merged or coloured headings were dropped."""
    path = save_xlsx(tmp_path / "e.xlsx", {"Blad": [[*row, None] for row in google(["Q", *"abcdefgh"])]})
    book = openpyxl.load_workbook(path)
    book["Blad"].merge_cells("C1:D1")
    for cell in book["Blad"][1][:3]:
        cell.fill = PatternFill("solid", fgColor="FFAA00")
    book.save(path)
    assert column(read(path), "Q") == list("abcdefgh")


def test_a_hidden_column(tmp_path: Path) -> None:
    """SheetJS/sheetjs#755: its answers are answers."""
    path = save_xlsx(tmp_path / "e.xlsx", {"Blad": google(["Q", *"abcdefgh"])})
    book = openpyxl.load_workbook(path)
    book["Blad"].column_dimensions["C"].hidden = True
    book.save(path)
    assert column(read(path), "Q") == list("abcdefgh")


def test_the_first_row_hidden_and_others_too(tmp_path: Path) -> None:
    """dream-num/Luckyexcel#3."""
    path = save_xlsx(tmp_path / "e.xlsx", {"Blad": google(["Q", *"abcdefgh"])})
    book = openpyxl.load_workbook(path)
    for row in (1, 4, 5):
        book["Blad"].row_dimensions[row].hidden = True
    book.save(path)
    problems = read_export(path, "e.xlsx")[1]
    assert [(p.code, p.where) for p in problems] == [("rows_hidden", "rad 4, 5")]


def test_a_csv_for_excel_with_a_quoted_separator_line(tmp_path: Path) -> None:
    """Pierre-Sassoulas/django-survey#78."""
    path = save_csv(tmp_path / "e.csv", google(["Q", *["a; b"] * 8]))
    path.write_bytes(b'"sep=,"\r\n' + path.read_bytes())
    assert column(read(path), "Q") == ["a; b"] * 8


def test_line_ends_inside_answers_in_a_file_with_other_line_ends(tmp_path: Path) -> None:
    """betagouv/zam#171, gr8b/zabbix-module-sqlexplorer#18."""
    path = save_csv(tmp_path / "e.csv", google(["Q", *["ett\r\ntvå\ntre"] * 8]), end="\n")
    assert column(read(path), "Q") == ["ett\ntvå\ntre"] * 8


def test_several_choices_as_noughts_and_ones_in_one_cell(tmp_path: Path) -> None:
    """Tangerine-Community/Tangerine#771: nothing is made of them without a person."""
    path = save_csv(tmp_path / "e.csv", google(["Q", *["0,1,1", "1,0,0"] * 4]))
    assert set(column(read(path), "Q")) == {"0,1,1", "1,0,0"}


def test_a_row_for_every_answer(tmp_path: Path) -> None:
    """rokwire/illinois-app#5160: the form's name comes again below it, and no question is made of it."""
    rows = [[town, question, "ja"] for town in TOWNS for question in ("Fråga ett", "Fråga två")]
    found, problems = inspect_file(save_csv(tmp_path / "e.csv", rows), "e.csv")
    assert found is None
    assert [problem.code for problem in problems] == ["header_missing"]


def test_a_list_whose_quotes_were_escaped(tmp_path: Path) -> None:
    """thorprojects.com on Power Automate to SharePoint: `[\\"A\\",\\"C\\"]` is no list, and is kept as it stands."""
    rows = [
        ["Response Id", "Submission time", "Kommun", "Kanaler"],
        *([str(i), "1/20/2026 8:15 AM", town, '[\\"A\\",\\"C\\"]'] for i, town in enumerate(TOWNS)),
    ]
    assert column(read(save_xlsx(tmp_path / "e.xlsx", {"Tabell1": rows})), "Kanaler") == ['[\\"A\\",\\"C\\"]'] * 8


def test_yes_and_no_converted_to_one_and_two(tmp_path: Path) -> None:
    """LimeSurvey's option to convert Y and N: 2 is no, and no box that is ticked."""
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    rows = [[str(i), TIME, "3", "sv", "7", town, str(i % 2 + 1), "2"] for i, town in enumerate(TOWNS)]
    export = read(save_csv(tmp_path / "e.csv", [[*own, "G01Q01", "Q2[SQ001]", "Q2[SQ002]"], *rows]))
    assert column(export, "Q2[SQ002]") == ["2"] * 8


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_googles_zip_with_a_name_that_is_no_ascii(tmp_path: Path, ending: str) -> None:
    """Google sends Formulär.csv in a zip (its help pages): read, whatever the line ends."""
    made = save_csv(tmp_path / "a.csv", google(["Q", *"abcdefgh"]), end=ending)
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as target:
        target.write(made, "Enkät åäö (svar).csv")
    assert column(read(tmp_path / "e.zip"), "Q") == list("abcdefgh")
    assert noticed(tmp_path / "e.zip") == []
