"""SurveyMonkey, with the traps of real files."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.collected import cell_count
from sekom_survey.model import Export

from .files import column, read, save_csv

ABOUT = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
]
VISIT = [
    "3237565956",
    "1",
    "02/03/2026 12:50:00 PM",
    "02/03/2026 12:57:30 PM",
    "192.0.2.7",
    "rut@ekby.example",
    "Rut",
    "Exempel",
    "x",
]


def survey(
    tmp_path: Path, questions: list[str], subs: list[str], *answers: list[str], encoding: str = "utf-8"
) -> Export:
    rows = [[*ABOUT, *questions], ["", *[""] * 8, *subs], *([*VISIT, *row] for row in answers)]
    return read(save_csv(tmp_path / "svar.csv", rows, encoding=encoding))


def test_two_rows_of_headings_with_blanks_carried_on(tmp_path: Path) -> None:
    """Open and single answers go by the question, rows of a matrix by the row, boxes become one column."""
    export = survey(
        tmp_path,
        ["Fritt?", "Roll?", "", "Värde?", "", "Kanaler?", "", ""],
        [
            "Open-Ended Response",
            "Response",
            "Other (please specify)",
            "Nätverk",
            "Kurser",
            "Teams",
            "Brev, mejl",
            "Annat (specificera)",
        ],
        ["text", "Politiker", "", "Stort", "Litet", "Teams", "", ""],
        ["N/A", "", "Ekolog", "Litet", "", "Teams", "Brev, mejl", "fika"],
    )
    assert export.headers == ("Fritt?", "Roll?", "Nätverk", "Kurser", "Kanaler?")
    assert list(export.cells.table.iloc[1]) == ["N/A", "Ekolog", "Litet", "", "Teams;Brev, mejl;fika;"]
    assert cell_count(export) == 2 * 9 + 5 + 6
    assert list(export.rows["minutes"]) == [7.5, 7.5]


def test_the_persons_data_are_left_behind(tmp_path: Path) -> None:
    """Number, collector, address, names and own data are counted, one cell a row."""
    export = survey(tmp_path, ["Fråga"], ["Response"], ["svar"])
    assert export.dropped == tuple((heading, 1) for heading in ABOUT)
    assert "Rut" not in f"{export.cells.table.to_dict()}{export.rows.to_dict()}"


def test_headings_with_tags_and_an_old_encoding_are_read(tmp_path: Path) -> None:
    """Files are not always UTF-8, and questions hold <br>."""
    export = survey(
        tmp_path, ["Tänk på:<br>1. mål<br>2. medel", ""], ["Åtgärd", "Nästa"], ["Ömsom", "å"], encoding="cp1252"
    )
    assert export.headers == ("Åtgärd", "Nästa")
    assert survey(tmp_path, ["Tänk på:<br>mål?"], ["Response"], ["å"], encoding="cp1252").headers == ("Tänk på: mål?",)


def test_one_row_of_joined_headings_is_read(tmp_path: Path) -> None:
    """Somebody put the two rows together with a dash or brackets."""
    heads = [
        "Vilken är er roll? - Response",
        "Vilken är er roll? - Other (please specify)",
        "Vilka kanaler använder ni? - Teams",
        "Vilka kanaler använder ni? - Brev",
        "Hur stort värde har? - Nätverk",
        "Hur stort värde har? - Kurser",
        "Mål: lokala",
        "Mål: andra",
    ]
    rows = [
        [*ABOUT, *heads],
        [*VISIT, "Politiker", "", "Teams", "Brev", "Stort", "Litet", "a", "b"],
        [*VISIT, "", "Ekolog", "Teams", "", "", "", "", ""],
    ]
    export = read(save_csv(tmp_path / "svar.csv", rows))
    assert export.headers == (
        "Vilken är er roll?",
        "Vilka kanaler använder ni?",
        "Nätverk",
        "Kurser",
        "Mål: lokala",
        "Mål: andra",
    )
    assert column(export, "Vilka kanaler använder ni?") == ["Teams;Brev;", "Teams;"]
    assert column(export, "Vilken är er roll?") == ["Politiker", "Ekolog"]


def test_boxes_exported_as_one_and_nought_are_read(tmp_path: Path) -> None:
    """The numeric export has 1 in a ticked box."""
    export = survey(tmp_path, ["Kanaler?", ""], ["Teams", "Brev"], ["1", "0"], ["1", "1"])
    assert column(export, "Kanaler?") == ["Teams;", "Teams;Brev;"]
