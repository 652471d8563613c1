"""The generic reader: what a platform without a published layout needs is told in survey.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekom_survey.collected import cell_count

from .files import column, read, refused, save_csv


def test_no_row_of_headings_gives_columns_by_letter(tmp_path: Path) -> None:
    """The year's file can give them their questions."""
    path = save_csv(tmp_path / "svar.csv", [["Ekby", "7"], ["Alvik", "8"]])
    assert read(path, "generic", header_rows=0).headers == ("Kolumn A", "Kolumn B")
    assert read(path, "generic", header_rows=0, headings={"Kolumn A": "Vilken kommun?"}).headers == (
        "Vilken kommun?",
        "Kolumn B",
    )


def test_three_rows_of_headings_are_block_question_and_row(tmp_path: Path) -> None:
    """The block above is passed over; a question without rows stands alone."""
    rows = [
        ["Om er", "", "Värdet", "", ""],
        ["Kommun", "Roll", "Hur stort värde?", "", "Fritt"],
        ["", "", "Nätverk", "Kurser", ""],
        ["Ekby", "a", "Stort", "Litet", "text"],
    ]
    assert read(save_csv(tmp_path / "svar.csv", rows, ";"), "generic", header_rows=3).headers == (
        "Kommun",
        "Roll",
        "Nätverk",
        "Kurser",
        "Fritt",
    )


@pytest.mark.parametrize("reader_options", [{"encoding": "utf-16", "delimiter": "|"}, {"delimiter": "|"}])
def test_delimiter_and_encoding_can_be_told(tmp_path: Path, reader_options: dict[str, object]) -> None:
    """A bar between cells, in UTF-16."""
    path = save_csv(tmp_path / "svar.csv", [["Kommun", "Åsikt"], ["Ekby", "å; ä, ö"]], "|", "utf-16")
    assert column(read(path, "generic", **reader_options), "Åsikt") == ["å; ä, ö"]


def test_codes_for_missing_are_emptied_counted_and_kept_apart(tmp_path: Path) -> None:
    """Questback: 0 is seen and unanswered, -77 not seen, -99 and -66 empty texts."""
    path = save_csv(
        tmp_path / "svar.csv",
        [["Kommun", "A", "B"], ["Ekby", "0", "-99"], ["Alvik", "-77", "-66"], ["Norrby", "10", "text -99"]],
    )
    missing = {"0": "unanswered", "-77": "not_shown", "-99": "unanswered", "-66": "unanswered"}
    export = read(path, "generic", missing=missing)
    assert column(export, "A") == ["", "", "10"]
    assert column(export, "B") == ["", "", "text -99"]
    assert export.hidden == {(1, 1)}
    assert cell_count(export) == 9
    assert dict(export.dropped) == {"koden ”0”": 1, "koden ”-77”": 1, "koden ”-99”": 1, "koden ”-66”": 1}


def test_a_column_about_a_person_is_left_behind(tmp_path: Path) -> None:
    """When the year's file names it: what is a question of the form, and what a column about the person, the tool cannot know."""
    path = save_csv(
        tmp_path / "svar.csv",
        [["Kommun", "E-postadress", "IP-adress", "Kontaktperson"], ["Ekby", "rut@ekby.example", "192.0.2.7", "Rut"]],
    )
    assert read(path, "generic", drop=["kontaktperson", "e-postadress"]).headers == ("Kommun", "IP-adress")


def test_the_separator_of_choices_can_be_told(tmp_path: Path) -> None:
    """The cleaning parts the cells by it."""
    path = save_csv(tmp_path / "svar.csv", [["Kommun", "Val"], ["Ekby", "A | B"]])
    assert read(path, "generic", separator="|").separator == "|"


def test_without_being_named_the_generic_reader_is_never_used(tmp_path: Path) -> None:
    """Nothing in a plain table tells how to read it."""
    assert refused(save_csv(tmp_path / "svar.csv", [["Kommun"], ["Ekby"]])).code == "platform_unknown"
