"""An unknown export is described in Swedish and drafted as a survey.toml that can be read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Export
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.guess import guess_columns
from sekom_survey.upkeep.inspect import (
    DAMAGED,
    FORMULA,
    LONG,
    inspect_file,
    inspection_lines,
    suspicious_cells,
)
from tests.collected.files import FORMS_HEAD, read, save_csv, save_xlsx

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel" / "2026"
QUESTIONS = [
    "Vilken kommun svarar du för?",
    "Vilken roll har du?",
    "Nätverk",
    "Kurser",
    "Kanaler",
    "Hur nöjd är du?",
    "Skulle du rekommendera oss?",
    "Fritt",
]
ANSWERS = [
    ["Ekby", "Politiker", "Stort", "Litet", "Teams;Brev;", 7, 10, "Ring 070-174 06 05 eller rut@ekby.example"],
    ["Alvik", "Tjänsteperson", "Litet", "Stort", "Teams;", 8, 8, "=HYPERLINK(1)"],
    ["Norrby", "Tjänsteperson", "Stort", "Vet inte", "Brev;Teams;fika;", 10, 9, "Lång text" * 400],
    ["Sörby", "Politiker", "Litet", "Litet", "Brev;", 3, 0, "Ã…tervinning"],
    ["Västby", "Politiker", "Stort", "Litet", "Brev;", 5, 6, "- ja"],
    ["Österby", "Politiker", "Stort", "Litet", "Teams;", 5, 6, ""],
]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    start, end = datetime(2026, 2, 3, 12, 50), datetime(2026, 2, 5, 12, 57)
    rows: list[list[Any]] = [
        [*FORMS_HEAD, *QUESTIONS],
        *([i, start, end, "anonymous", "", "", *row] for i, row in enumerate(ANSWERS, 1)),
    ]
    return read(save_xlsx(tmp_path / "svar.xlsx", {"Sheet1": rows}))


def test_kinds_are_guessed_from_headings_and_cells(export: Export) -> None:
    """Neighbours with the same answers are rows of a scale; whole numbers from nought are a recommendation."""
    assert [guess.kind for guess in guess_columns(export)] == [
        "member",
        "role",
        "scale",
        "scale",
        "multi",
        "rating",
        "nps",
        "text",
    ]


def test_options_are_counted(export: Export) -> None:
    """A multiple choice by its options, the most chosen first."""
    assert guess_columns(export)[4].options == (("Brev", 4), ("Teams", 4), ("fika", 1))


def test_suspicious_cells_are_pointed_out_by_row_and_kind(export: Export) -> None:
    """Address, telephone, formula, damage and length; the row is the file's."""
    assert [(row, what) for row, _, what in suspicious_cells(export)] == [
        (2, "telefon"),
        (2, "e-post"),
        (3, FORMULA),
        (4, LONG),
        (5, DAMAGED),
    ]


def test_what_is_told_holds_no_free_text_and_no_address(export: Export) -> None:
    """The lines may be sent on; the answers in them are counted options."""
    told = "\n".join(inspection_lines(export))
    for line in (
        "Microsoft Forms, 6 svar, 8 kolumner",
        "Svaren kom in 2026-02-05",
        "medlem, 6 svar",
        "Brev (4)",
        "rad 2, Fritt: telefon",
        "E-post: 6 celler",
    ):
        assert line in told
    for text in ("Ekby", "rut@", "070", "HYPERLINK", "återvinning"):
        assert text not in told


def test_the_draft_is_a_questionnaire_with_every_question(export: Export, tmp_path: Path) -> None:
    """Reader, dates, kinds, options and what lies outside a scale come along."""
    (tmp_path / "survey.toml").write_text(draft_survey(export), encoding="utf-8")
    survey, problems = read_survey(tmp_path / "survey.toml", "survey.toml")
    assert survey is not None, problems
    assert (survey.year, survey.reader, survey.closed.isoformat()) == (2026, "msforms", "2026-02-05")
    assert [item.text for item in survey.questionnaire.items] == QUESTIONS
    assert [option.label for option in survey.questionnaire.items[2].options if option.outside] == ["Vet inte"]
    assert [option.role for option in survey.questionnaire.items[1].options] == ["politician", "official"]
    assert survey.questionnaire.items[4].other


def test_the_example_year_drafts_to_the_kinds_of_its_questionnaire() -> None:
    """At least nine in ten of the example's questions get the kind a person gave them."""
    survey, _ = read_survey(EXAMPLE / "survey.toml", "survey.toml")
    found, _ = inspect_file(next((EXAMPLE / "export").glob("*.xlsx")), "svar.xlsx")
    assert survey is not None
    assert found is not None
    right = {item.text: item.kind for item in survey.questionnaire.items}
    guessed = [(guess.kind, right[guess.heading]) for guess in guess_columns(found) if guess.heading in right]
    assert sum(kind == true for kind, true in guessed) >= 0.9 * len(guessed) > 30


def test_an_unknown_table_is_read_with_as_many_heading_rows_as_it_needs(tmp_path: Path) -> None:
    """Two rows here, since the first leaves columns without a heading; the draft says so."""
    rows = [
        ["Kommun", "Hur stort värde?", "", "Fritt"],
        ["", "Nätverk", "Kurser", ""],
        ["Ekby", "Stort", "Litet", "a"],
        ["Alvik", "Litet", "Stort", "b"],
    ]
    found, problems = inspect_file(save_csv(tmp_path / "svar.csv", rows, ";"), "svar.csv")
    assert found is not None, problems
    assert found.headers == ("Kommun", "Nätverk", "Kurser", "Fritt")
    assert "header_rows = 2" in draft_survey(found)


def test_what_cannot_be_read_gives_problems(tmp_path: Path) -> None:
    """As when a year is run."""
    (tmp_path / "tom.xlsx").write_bytes(b"")
    found, problems = inspect_file(tmp_path / "tom.xlsx", "tom.xlsx")
    assert found is None
    assert [problem.code for problem in problems] == ["file_empty"]
