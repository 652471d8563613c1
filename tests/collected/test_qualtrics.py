"""Qualtrics, with the traps of real files."""

from __future__ import annotations

import json
from pathlib import Path

from sekom_survey.model import Export

from .files import column, read, save_csv

ABOUT = {
    "StartDate": "2026-02-03 12:50:00",
    "EndDate": "2026-02-03 12:57:30",
    "Status": "0",
    "IPAddress": "192.0.2.7",
    "Progress": "100",
    "Duration (in seconds)": "450",
    "Finished": "1",
    "RecordedDate": "2026-02-03 12:58:00",
    "ResponseId": "R_1",
    "RecipientLastName": "Exempel",
    "RecipientFirstName": "Rut",
    "RecipientEmail": "rut@ekby.example",
    "ExternalReference": "x",
    "LocationLatitude": "59.1",
    "LocationLongitude": "18.1",
    "DistributionChannel": "anonymous",
    "UserLanguage": "SV",
}


def survey(tmp_path: Path, columns: list[tuple[str, str, str]], *answers: list[str], **about: str) -> Export:
    visit = {**ABOUT, **about}
    rows = [
        [*ABOUT, *(code for code, _, _ in columns)],
        [*(f"Svensk {name}" for name in ABOUT), *(text for _, text, _ in columns)],
        [
            *(json.dumps({"ImportId": name[0].lower() + name[1:]}) for name in ABOUT),
            *(json.dumps({"ImportId": key}) for _, _, key in columns),
        ],
        *([*visit.values(), *row] for row in answers),
    ]
    return read(save_csv(tmp_path / "svar.csv", rows))


def test_three_rows_of_headings_give_the_questions_texts(tmp_path: Path) -> None:
    """Everything about the person goes, whatever language it is told in; the duration is Qualtrics' own."""
    export = survey(tmp_path, [("Q1", "Fråga ett?", "QID1"), ("Q2", "Fritt?", "QID2_TEXT")], ["a", "rad ett\nrad två"])
    assert (export.platform, export.headers) == ("qualtrics", ("Fråga ett?", "Fritt?"))
    assert column(export, "Fritt?") == ["rad ett\nrad två"]
    assert sum(count for _, count in export.dropped) == len(ABOUT)
    assert list(export.rows.iloc[0]) == [4, "2026-02-03", 7.5]


def test_two_questions_of_one_name_are_kept_apart_by_their_import_id(tmp_path: Path) -> None:
    """Q1 and Q1 are QID1 and QID9."""
    export = survey(
        tmp_path,
        [
            ("Q1", "Värde? - Kurser", "QID1_1"),
            ("Q1", "Värde? - Nätverk", "QID1_2"),
            ("Q1", "Behov? - Kurser", "QID9_1"),
            ("Q1", "Behov? - Stöd", "QID9_2"),
        ],
        ["a", "b", "c", "d"],
    )
    assert export.headers == ("Värde? [Kurser]", "Nätverk", "Behov? [Kurser]", "Stöd")


def test_boxes_in_columns_and_own_words_are_joined(tmp_path: Path) -> None:
    """A box holds its option's text; the text field of other comes last; the separator is a comma."""
    export = survey(
        tmp_path,
        [
            ("Q3_1", "Kanaler? - Selected Choice - Teams", "QID3_1"),
            ("Q3_2", "Kanaler? - Selected Choice - Brev", "QID3_2"),
            ("Q3_3_TEXT", "Kanaler? - Annat - Text", "QID3_3_TEXT"),
        ],
        ["Teams", "Brev", "fika"],
        ["", "Brev", ""],
    )
    assert column(export, "Kanaler?") == ["Teams,Brev,fika,", "Brev,"]
    assert export.separator == ","


def test_a_choice_with_a_text_field_is_one_answer(tmp_path: Path) -> None:
    """What was written takes the place of other."""
    export = survey(
        tmp_path,
        [("Q4", "Roll? - Selected Choice", "QID4"), ("Q4_9_TEXT", "Roll? - Annan - Text", "QID4_9_TEXT")],
        ["Politiker", ""],
        ["Annan", "Ekolog"],
    )
    assert export.headers == ("Roll?",)
    assert column(export, "Roll?") == ["Politiker", "Ekolog"]


def test_visits_not_finished_and_previews_are_marked(tmp_path: Path) -> None:
    """Neither is an answer."""
    question = [("Q1", "Fråga?", "QID1")]
    assert survey(tmp_path, question, ["a"]).unfinished == frozenset()
    assert survey(tmp_path, question, ["a"], Finished="False").unfinished == {0}
    assert survey(tmp_path, question, ["a"], Status="Survey Preview").unfinished == {0}


def test_codes_for_seen_and_not_seen_are_explained_by_the_years_file(tmp_path: Path) -> None:
    """-99 is seen and unanswered."""
    survey(tmp_path, [("Q1", "Fråga?", "QID1"), ("Q2", "Annan?", "QID2")], ["-99", "-77"])
    export = read(tmp_path / "svar.csv", missing={"-99": "unanswered", "-77": "not_shown"})
    assert list(export.cells.table.iloc[0]) == ["", ""]
    assert export.hidden == {(0, 1)}


def test_the_older_two_rows_of_headings_are_read(tmp_path: Path) -> None:
    """V1, V2 ... stand over Qualtrics' own names, and every line ends with a comma."""
    rows = [
        ["V1", "V2", "V3", "V5", "V6", "V8", "V9", "V10", "Q1", "LocationLatitude", ""],
        [
            "ResponseID",
            "ResponseSet",
            "Name",
            "EmailAddress",
            "IPAddress",
            "StartDate",
            "EndDate",
            "Finished",
            "Fråga?",
            "LocationLatitude",
            "",
        ],
        [
            "R_1",
            "Standard",
            "Rut",
            "rut@ekby.example",
            "192.0.2.7",
            "2026-02-03 12:50:00",
            "2026-02-03 12:57:30",
            "1",
            "svar",
            "59.1",
            "",
        ],
    ]
    export = read(save_csv(tmp_path / "svar.csv", rows, encoding="utf-8-sig"))
    assert export.headers == ("Fråga?",)
    assert list(export.rows["minutes"]) == [7.5]
    assert ("Name", 1) in export.dropped


def test_a_single_row_of_codes_is_read(tmp_path: Path) -> None:
    """Somebody deleted the two other rows."""
    export = read(save_csv(tmp_path / "svar.csv", [[*ABOUT, "Q1"], [*ABOUT.values(), "svar"]]))
    assert export.headers == ("Q1",)
    assert export.cells.rows == 1
