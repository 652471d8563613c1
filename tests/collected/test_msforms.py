"""Microsoft Forms, workbook and csv, with the traps of real files."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sekom_survey.collected import cell_count

from .files import FORMS_HEAD, column, noticed, read, save_csv, save_xlsx

START, END = datetime(2026, 2, 3, 12, 50), datetime(2026, 2, 3, 12, 57, 30)
ENGLISH_HEAD = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
PERSON = [1, START, END, "rut@ekby.example", "Rut Exempel", ""]


def forms(tmp_path: Path, headings: list[str], *answers: list[Any], head: list[str] = FORMS_HEAD) -> Path:
    rows = [[i, START, END, f"rut{i}@ekby.example", "Rut Exempel", "", *row] for i, row in enumerate(answers, 1)]
    return save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": [[*head, *headings], *rows]})


@pytest.mark.parametrize("head", [FORMS_HEAD, ENGLISH_HEAD, [text.upper() for text in FORMS_HEAD], ENGLISH_HEAD[:5]])
def test_swedish_and_english_headings_are_known_in_any_case(tmp_path: Path, head: list[str]) -> None:
    """Only the question is left as an answer."""
    rows = [[*head, "Fråga"], [*PERSON[: len(head)], "Svar"]]
    export = read(save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": rows}))
    assert (export.platform, export.headers) == ("msforms", ("Fråga",))


def test_columns_are_told_by_their_headings_wherever_they_stand(tmp_path: Path) -> None:
    """Microsoft documents that columns may come in another order."""
    rows = [
        ["Fråga", "E-post", "Slutförandetid", "ID", "Starttid", "Namn"],
        ["Svar", "rut@ekby.example", END, 1, START, "Rut"],
    ]
    export = read(save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": rows}))
    assert export.headers == ("Fråga",)
    assert (export.rows.at[0, "date"], export.rows.at[0, "minutes"]) == ("2026-02-03", 7.5)


def test_no_name_address_number_or_clock_time_is_left_in_memory(tmp_path: Path) -> None:
    """They are counted and gone; date and minutes stay."""
    export = read(forms(tmp_path, ["Fråga"], ["Svar"]))
    everything = f"{export!r} {export.cells.table.to_dict()} {export.rows.to_dict()}"
    assert "Rut" not in everything
    assert "ekby" not in everything
    assert "12:5" not in everything
    assert export.dropped == (
        ("ID", 1),
        ("Starttid", 1),
        ("Slutförandetid", 1),
        ("E-post", 1),
        ("Namn", 1),
        ("Ändrades senast klockan", 0),
    )


def test_an_anonymous_form_is_read(tmp_path: Path) -> None:
    """The address is the word anonymous and the name is empty."""
    rows = [[*FORMS_HEAD, "Fråga"], [2, START, END, "anonymous", "", "", "Svar"]]
    assert column(read(save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": rows})), "Fråga") == ["Svar"]


def test_every_filled_cell_is_kept_or_counted(tmp_path: Path) -> None:
    """Two rows of four filled metadata cells and three answers, one with two and an empty."""
    assert cell_count(read(forms(tmp_path, ["A", "B", "C"], ["x", "y", "z"], ["x", None, "\u00a0"]))) == 2 * 5 + 3 + 1


def test_answers_stay_text(tmp_path: Path) -> None:
    """Words for nothing are answers, numbers lose their .0, a number typed as text stays as typed."""
    path = forms(tmp_path, ["Text", "Betyg", "Fritt"], ["N/A", 6.0, "6"], ["None", 10, "0123"], ["NA", 7.5, True])
    export = read(path)
    assert column(export, "Text") == ["N/A", "None", "NA"]
    assert column(export, "Betyg") == ["6", "10", "7.5"]
    assert column(export, "Fritt") == ["6", "0123", "Sant"]


def test_a_multiple_choice_keeps_its_cell_and_line_breaks_stay_in_free_text(tmp_path: Path) -> None:
    """Click order and the trailing separator are left for the cleaning."""
    export = read(forms(tmp_path, ["Val", "Fritt"], ["B ;A\u00a0;eget ord;", "rad ett\r\nrad två  slut "]))
    assert list(export.cells.table.iloc[0]) == ["B ;A ;eget ord;", "rad ett\nrad två  slut"]
    assert export.separator == ";"


def test_headings_are_normalised_and_repeats_kept(tmp_path: Path) -> None:
    """Hard spaces, line breaks and tags go; "Fråga2" stays, and so does a dead column."""
    export = read(
        forms(
            tmp_path,
            ["Hur  ofta\u00a0används\ndet?\u200b", "<b>Fråga</b>", "Fråga2", "Död fråga"],
            ["a", "b", "c", None],
        )
    )
    assert export.headers == ("Hur ofta används det?", "Fråga", "Fråga2", "Död fråga")
    assert column(export, "Död fråga") == [""]


def test_quiz_columns_are_about_the_form(tmp_path: Path) -> None:
    """Points and feedback go when they belong to a question of the form; another such heading is a question."""
    quiz = [
        "Total points",
        "Quiz feedback",
        "Grade posted time",
        "Fråga",
        "Points - Fråga",
        "Feedback - Fråga",
        "Points - att tänka på",
    ]
    export = read(forms(tmp_path, quiz, [3, "bra", END, "Svar", 1, "ok", "inga"]))
    assert export.headers == ("Fråga", "Points - att tänka på")
    assert dict(export.dropped)["Feedback - Fråga"] == 1


def test_answers_that_became_dates_are_told(tmp_path: Path) -> None:
    """A spreadsheet makes a date of 3-4; a question of dates is left in peace."""
    path = forms(tmp_path, ["Antal", "Dag"], ["1-2 gånger", date(2026, 1, 7)], [datetime(2026, 4, 3), date(2026, 1, 8)])
    assert noticed(path) == ["answer_became_date"]
    assert column(read(path), "Antal")[1] == "2026-04-03"


@pytest.mark.parametrize(
    ("start", "end", "mark", "encoding"),
    [
        ("12/24/2019 8:41", "12/24/2019 8:48", ",", "utf-8-sig"),
        ("2019-12-24 08:41", "2019-12-24 08:48", ";", "cp1252"),
        ("2019-12-24 08:41:30", "2019-12-24 08:48:30", "\t", "utf-16"),
    ],
)
def test_the_form_saved_again_as_csv_gives_the_same(
    tmp_path: Path, start: str, end: str, mark: str, encoding: str
) -> None:
    """American order with a byte-order mark, or a Swedish Excel's semicolons."""
    rows = [[*FORMS_HEAD, "Fråga"], ["1", start, end, "anonymous", "", "", "Ja, ofta"]]
    export = read(save_csv(tmp_path / "svar.csv", rows, mark, encoding))
    assert (export.rows.at[0, "date"], export.rows.at[0, "minutes"]) == ("2019-12-24", 7.0)
    assert column(export, "Fråga") == ["Ja, ofta"]


def test_a_time_that_cannot_be_read_leaves_the_row_without_date(tmp_path: Path) -> None:
    """The answer counts all the same."""
    rows = [[*FORMS_HEAD, "Fråga"], ["1", "####", "####", "anonymous", "", "", "Svar"]]
    export = read(save_csv(tmp_path / "svar.csv", rows))
    assert export.rows.at[0, "date"] == ""
    assert math.isnan(export.rows.at[0, "minutes"])


def test_a_column_with_answers_but_no_heading_is_told(tmp_path: Path) -> None:
    """It is kept, so that its cells are accounted for."""
    path = forms(tmp_path, ["Fråga", ""], ["a", "b"])
    assert noticed(path) == ["heading_missing"]
    assert read(path).headers == ("Fråga", "Kolumn H")


def test_a_form_without_its_own_columns_is_read_when_named(tmp_path: Path) -> None:
    """Somebody may have deleted them before handing the file on."""
    export = read(save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": [["Fråga"], ["Svar"]]}), "msforms")
    assert column(export, "Fråga") == ["Svar"]
    assert export.rows.at[0, "date"] == ""


def test_a_file_whose_stated_size_is_wrong_is_read_whole(tmp_path: Path) -> None:
    """Microsoft writes the dimension A1 in some files, where other libraries see a single cell."""
    import re
    import zipfile

    from .files import altered_zip

    path = forms(tmp_path, ["Fråga"], ["a"], ["b"])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    shrunk = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet)
    assert shrunk != sheet
    assert column(read(altered_zip(path, tmp_path / "a1.xlsx", {"xl/worksheets/sheet1.xml": shrunk})), "Fråga") == [
        "a",
        "b",
    ]
