"""Google Forms, with the traps of real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .files import column, noticed, read, save_csv, save_xlsx

STAMP = "2026-02-03 12.57.30"


@pytest.mark.parametrize("stamp", ["Timestamp", "Tidstämpel", "Tidsstämpel"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_csv_and_tsv_are_known_by_the_time_stamp(tmp_path: Path, stamp: str, mark: str) -> None:
    """The date stays; how long it took is not known."""
    export = read(
        save_csv(tmp_path / "svar.csv", [[stamp, "Fråga", "E-postadress"], [STAMP, "N/A", "rut@ekby.example"]], mark)
    )
    assert (export.platform, export.headers) == ("google", ("Fråga",))
    assert list(export.rows["date"]) == ["2026-02-03"]
    assert export.rows["minutes"].isna().all()
    assert export.dropped == ((stamp, 1), ("E-postadress", 1))


def test_choices_are_left_whole_with_a_comma_as_separator(tmp_path: Path) -> None:
    """Options hold commas themselves, so only the questionnaire can part them."""
    export = read(save_csv(tmp_path / "svar.csv", [["Timestamp", "Val"], [STAMP, "Kurser, korta, Nätverk"]]))
    assert column(export, "Val") == ["Kurser, korta, Nätverk"]
    assert export.separator == ","


def test_a_grid_goes_by_its_rows_and_a_lone_bracket_belongs_to_the_wording(tmp_path: Path) -> None:
    """Two columns under one question are a grid."""
    rows = [["Timestamp", "Värde [Nätverk]", "Värde [Kurser [korta]]", "Antal [st]"], [STAMP, "Stort", "Litet", "3"]]
    assert read(save_csv(tmp_path / "svar.csv", rows)).headers == ("Nätverk", "Kurser [korta]", "Antal [st]")


def test_a_row_that_two_grids_share_keeps_its_question(tmp_path: Path) -> None:
    """Otherwise two columns would have one heading."""
    rows = [["Timestamp", "Värde [Kurser]", "Värde [Nätverk]", "Behov [Kurser]", "Behov [Möten]"], [STAMP, *"abcd"]]
    assert read(save_csv(tmp_path / "svar.csv", rows)).headers == (
        "Värde [Kurser]",
        "Nätverk",
        "Behov [Kurser]",
        "Möten",
    )


def test_the_sheet_saved_as_a_workbook_gives_whole_numbers_and_tells_of_dates(tmp_path: Path) -> None:
    """5.0 is 5, and free text that Sheets made a date of is pointed out."""
    rows = [
        ["Tidstämpel", "Betyg", "Fritt"],
        [date(2026, 2, 3), 5.0, "ofta"],
        [date(2026, 2, 4), 7.0, date(2026, 4, 3)],
    ]
    path = save_xlsx(tmp_path / "svar.xlsx", {"Formulärsvar 1": rows, "Diagram": [["x"]]})
    assert column(read(path), "Betyg") == ["5", "7"]
    assert noticed(path) == ["answer_became_date", "sheet_left"]


def test_points_of_a_quiz_are_about_the_form(tmp_path: Path) -> None:
    """The total and each question's score go; a question called Resultat stays."""
    rows = [
        ["Timestamp", "Score", "Fråga", "Fråga [Score]", "Fråga [Feedback]", "Resultat"],
        [STAMP, "1 / 2", "a", "1 / 1", "bra", "goda"],
    ]
    assert read(save_csv(tmp_path / "svar.csv", rows)).headers == ("Fråga", "Resultat")
