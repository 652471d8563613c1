"""LimeSurvey, with the traps of real files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sekom_survey.collected import cell_count
from sekom_survey.model import Export

from .files import column, read, save_csv, save_xlsx

CODES = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
TEXTS = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action"]
BOTH = [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)]
SENT = ["4", "2026-02-03 12:57:30", "4", "sv", "2065333712", "2026-02-03 12:50:00", "2026-02-03 12:57:30"]
PARTIAL = ["5", "", "2", "sv", "2065333713", "2026-02-04 12:50:00", "2026-02-04 12:51:00"]


def survey(
    tmp_path: Path, head: list[str], headings: list[str], *answers: list[str], partial: list[str] | None = None
) -> Export:
    rows = [[*head, *headings], *([*SENT, *row] for row in answers), *([[*PARTIAL, *partial]] if partial else [])]
    return read(save_csv(tmp_path / "svar.csv", rows, ",", "utf-8-sig", "\n", csv.QUOTE_ALL))


@pytest.mark.parametrize(
    ("head", "headings"),
    [
        (TEXTS, ["Värde [Nätverk]", "Värde [Kurser]", "Kanaler [Teams]", "Kanaler [Brev]", "Fritt"]),
        (
            BOTH,
            [
                "Q1[SQ1]. Värde [Nätverk]",
                "Q1[SQ2]. Värde [Kurser]",
                "Q2[A]. Kanaler [Teams]",
                "Q2[B]. Kanaler [Brev]",
                "Q3. Fritt",
            ],
        ),
        (CODES, ["Värde [Nätverk]", "Värde [Kurser]", "Kanaler [Teams]", "Kanaler [Brev]", "Fritt"]),
    ],
)
def test_texts_codes_with_texts_and_a_mixture_give_the_same(
    tmp_path: Path, head: list[str], headings: list[str]
) -> None:
    """A matrix row goes by its text, boxes become one column."""
    export = survey(
        tmp_path, head, headings, ["Stort", "Litet", "Ja", "Nej", "N.B. fritt"], ["Litet", "", "Ja", "Ja", "NA"]
    )
    assert (export.platform, export.headers) == ("limesurvey", ("Nätverk", "Kurser", "Kanaler", "Fritt"))
    assert column(export, "Kanaler") == ["Teams;", "Teams;Brev;"]
    assert column(export, "Fritt") == ["N.B. fritt", "NA"]


def test_codes_alone_stay_codes_until_the_years_file_explains_them(tmp_path: Path) -> None:
    """A code in brackets is no wording; [reader_options.headings] gives the text."""
    headings, answer = ["Q1[SQ001]", "Q1[SQ002]", "Q2"], ["Stort", "Litet", "svar"]
    assert survey(tmp_path, CODES, headings, answer).headers == ("Q1[SQ001]", "Q1[SQ002]", "Q2")
    told = read(
        tmp_path / "svar.csv", headings={"Q1[SQ001]": "Värde [Nätverk]", "Q1[SQ002]": "Värde [Kurser]", "q2": "Fritt"}
    )
    assert told.headers == ("Nätverk", "Kurser", "Fritt")


@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("Ja", "Nej"), ("Y", ""), ("Ja", "Nein"), ("Y", "N")])
def test_boxes_are_known_in_every_form(tmp_path: Path, yes: str, no: str) -> None:
    """Long, short and translated; nothing ticked is no answer; own words come last."""
    headings = ["Kanaler [Teams]", "Kanaler [Brev]", "Kanaler [Other]"]
    export = survey(tmp_path, TEXTS, headings, [yes, no, ""], [yes, yes, "Fika; möten"], [no, no, ""])
    assert column(export, "Kanaler") == ["Teams;", "Teams;Brev;Fika; möten;", ""]


def test_cells_of_boxes_are_all_accounted_for(tmp_path: Path) -> None:
    """Seven metadata cells and the boxes of each row, kept or counted."""
    export = survey(
        tmp_path, TEXTS, ["Kanaler [Teams]", "Kanaler [Brev]"], ["Ja", "Nej"], ["Nej", "Nej"], ["N/A", "N/A"]
    )
    assert cell_count(export) == 3 * (7 + 2)
    assert ("Kanaler (rutor i egna kolumner)", 3) in export.dropped


def test_what_was_not_shown_is_kept_apart_from_what_was_not_answered(tmp_path: Path) -> None:
    """N/A is LimeSurvey's own word for a question not shown."""
    export = survey(
        tmp_path, TEXTS, ["Om ja, vad?", "Kanaler [Teams]", "Kanaler [Brev]"], ["N/A", "N/A", "N/A"], ["", "Ja", "N/A"]
    )
    assert export.hidden == {(0, 0), (0, 1)}
    assert column(export, "Om ja, vad?") == ["", ""]
    assert ("koden ”N/A”", 4) in export.dropped


def test_visits_never_sent_in_are_marked(tmp_path: Path) -> None:
    """Their "No" is no answer; the row and its cells are still there to be counted."""
    export = survey(tmp_path, CODES, ["Fråga"], ["Ja"], partial=["Nej"])
    assert export.unfinished == {1}
    assert list(export.rows["date"]) == ["2026-02-03", "2026-02-04"]


def test_timings_and_the_persons_own_data_are_left_behind(tmp_path: Path) -> None:
    """Timing columns are about the form; address and name about the person."""
    headings = [
        "token",
        "ipaddr",
        "email",
        "interviewtime",
        "groupTime5",
        "Q1Time",
        "Group time: Om er",
        "Question time: Q1",
        "Q1",
        "Fritid",
    ]
    assert survey(tmp_path, CODES, headings, [*"12345678", "ja", "svar"]).headers == ("Q1", "Fritid")


def test_a_code_that_ends_in_time_is_a_question(tmp_path: Path) -> None:
    """Only the time of a question that is there itself is a timing."""
    assert survey(tmp_path, CODES, ["Q1", "Q7worktime", "mealtime"], ["ja", "heltid", "tolv"]).headers == (
        "Q1",
        "Q7worktime",
        "mealtime",
    )


def test_a_choice_with_own_words_is_one_answer(tmp_path: Path) -> None:
    """The chosen word for other gives way to what was written."""
    export = survey(tmp_path, TEXTS, ["Roll", "Roll [Other]"], ["Politiker", ""], ["Other", "Strateg"], ["", "Ekolog"])
    assert column(export, "Roll") == ["Politiker", "Strateg", "Ekolog"]
    assert cell_count(export) == 3 * 7 + 4


def test_a_choice_and_a_comment_stay_two_columns(tmp_path: Path) -> None:
    """Nothing is thrown away where somebody both chose and wrote."""
    export = survey(tmp_path, TEXTS, ["Roll", "Roll [Other]"], ["Politiker", "sedan i maj"])
    assert export.headers == ("Roll", "Roll [Other]")


def test_rows_answered_with_yes_and_no_stay_rows_when_the_year_says_so(tmp_path: Path) -> None:
    """An array of yes and no looks like boxes; only a person knows."""
    survey(tmp_path, TEXTS, ["Har ni? [Plan]", "Har ni? [Mål]"], ["Yes", "No"])
    assert read(tmp_path / "svar.csv", matrix=["Har ni?"]).headers == ("Plan", "Mål")


def test_the_workbook_with_dates_as_text_is_read(tmp_path: Path) -> None:
    """Numbers come as 4.0, times as text."""
    rows = [[*CODES, "Fråga"], [4.0, SENT[1], 4.0, "en", 2065333712.0, SENT[5], SENT[6], 3.0]]
    export = read(save_xlsx(tmp_path / "svar.xlsx", {"Enkät": rows}))
    assert column(export, "Fråga") == ["3"]
    assert list(export.rows["minutes"]) == [7.5]


def test_a_file_edited_by_hand_to_two_rows_of_headings_is_read_as_a_table(tmp_path: Path) -> None:
    """With semicolons and without metadata, as the generic reader's two header rows."""
    rows = [
        ["Bakgrund?", "", "", "Hur ofta?", ""],
        ["Teknik", "Juridik", "Annat", "Möten", "Brev"],
        ["Ja", "Nein", "Biologi", "Ofta", "N/A"],
        ["Nein", "Ja", "", "Aldrig", "Ofta"],
    ]
    export = read(save_csv(tmp_path / "svar.csv", rows, ";", "utf-8-sig"), "generic", header_rows=2)
    assert export.headers == ("Bakgrund?", "Möten", "Brev")
    assert column(export, "Bakgrund?") == ["Teknik;Biologi;", "Juridik;"]
    assert column(export, "Brev") == ["N/A", "Ofta"]
    assert cell_count(export) == 9
