"""SPSS .sav from any tool."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from sekom_survey.collected import cell_count, read_export, spss
from sekom_survey.model import SINGLE, Item, Option

from .files import column, read, refused, survey_with


@pytest.fixture
def path(tmp_path: Path) -> Path:
    frame = pd.DataFrame(
        {
            "kommun": ["Ekby", "Alvik", ""],
            "behov": [1.0, 99.0, None],
            "k1": [1.0, 0.0, 1.0],
            "k2": [0.0, 0.0, 1.0],
            "betyg": [7.0, 10.0, 2.5],
            "email": ["rut@ekby.example", "", ""],
        }
    )
    pyreadstat.write_sav(
        frame,
        tmp_path / "svar.sav",
        column_labels={
            "kommun": "Vilken kommun?",
            "behov": "Hur stort behov?",
            "k1": "Kanaler? [Teams]",
            "k2": "Kanaler? [Brev]",
            "betyg": None,
            "email": None,
        },
        missing_ranges={"behov": [99]},
        variable_value_labels={
            "behov": {1.0: "Stort", 99.0: "Vet ej"},
            "k1": {0.0: "Nej", 1.0: "Ja"},
            "k2": {0.0: "Nej", 1.0: "Ja"},
        },
    )
    return tmp_path / "svar.sav"


def test_values_become_labels_and_one_declared_missing_is_no_answer(path: Path) -> None:
    """ "Vet ej" = 99 is counted and left behind, as SPSS says; an empty text is no answer."""
    export = read(path)
    assert (export.platform, export.headers) == (
        "spss",
        ("Vilken kommun?", "Hur stort behov?", "Kanaler?", "betyg", "email"),
    )
    assert column(export, "Hur stort behov?") == ["Stort", "", ""]
    assert ("saknat värde ”Vet ej”", 1) in export.dropped
    assert column(export, "Vilken kommun?") == ["Ekby", "Alvik", ""]
    assert column(export, "betyg") == ["7", "10", "2.5"]
    assert column(export, "Kanaler?") == ["Teams;", "", "Teams;Brev;"]


def test_the_first_case_is_row_two_and_all_cells_are_accounted_for(path: Path) -> None:
    """As if the names stood in row one."""
    export = read(path)
    assert list(export.rows["row"]) == [2, 3, 4]
    assert cell_count(export) == 2 + 2 + 3 + 3 + 3 + 1


@pytest.mark.parametrize("stated", [[99], [{"lo": 98, "hi": 99}], [{"lo": 98, "hi": 98}, 99.0]])
def test_every_way_to_declare_a_missing_value_holds_with_and_without_a_label(tmp_path: Path, stated: list[Any]) -> None:
    """A code, a range and both; 99 has a label in the file only sometimes."""
    frame = pd.DataFrame({"betyg": [1.0, 99.0, 5.0]})
    for labels in ({}, {99.0: "Vet ej"}):
        pyreadstat.write_sav(
            frame, tmp_path / "svar.sav", missing_ranges={"betyg": stated}, variable_value_labels={"betyg": labels}
        )
        assert column(read(tmp_path / "svar.sav"), "betyg") == ["1", "", "5"]


def test_a_text_declared_missing_is_no_answer(tmp_path: Path) -> None:
    """SPSS takes texts too."""
    pyreadstat.write_sav(
        pd.DataFrame({"fritt": ["bra", "NA", "nej"]}), tmp_path / "svar.sav", missing_ranges={"fritt": ["NA"]}
    )
    assert column(read(tmp_path / "svar.sav"), "fritt") == ["bra", "", "nej"]


def test_a_missing_value_that_the_year_lists_as_an_option_is_an_answer(path: Path) -> None:
    """survey.toml decides."""
    survey = survey_with(
        Item("need", SINGLE, "Hur stort behov?", (), (Option("Stort"), Option("Vet ej", outside=True)))
    )
    export, _ = read_export(path, "svar.sav", survey=survey)
    assert export is not None
    assert column(export, "Hur stort behov?") == ["Stort", "Vet ej", ""]


def test_nothing_is_the_persons_own_unless_the_year_says_so(path: Path) -> None:
    """A variable may be called anything."""
    assert "email" not in read(path, drop=["email"]).headers


def test_a_set_of_boxes_goes_by_the_sets_question(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SPSS can say itself which variables are one multiple choice."""
    real = pyreadstat.read_sav

    def with_sets(*args: Any, **kwargs: Any) -> tuple[pd.DataFrame, Any]:
        frame, meta = real(*args, **kwargs)
        told = SimpleNamespace(
            column_names=meta.column_names,
            variable_value_labels={},
            column_names_to_labels={"k1": "Teams", "k2": "Brev"},
            mr_sets={
                "$k": {
                    "label": "Vilka kanaler?",
                    "is_dichotomy": True,
                    "counted_value": 1,
                    "variable_list": ["k1", "k2"],
                }
            },
        )
        return frame, told

    monkeypatch.setattr(pyreadstat, "read_sav", with_sets)
    assert column(read(path), "Vilka kanaler?") == ["Teams;", "", "Teams;Brev;"]


def test_without_the_extra_the_message_names_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user learns what to install."""
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    problem = refused(path)
    assert problem.code == "extra_missing"
    assert "sekom-survey[spss]" in problem.todo


def test_a_truncated_file_is_refused(path: Path) -> None:
    """Half a header is no file."""
    path.write_bytes(path.read_bytes()[:300])
    assert refused(path).code == "file_broken"


def test_more_cases_than_a_survey_can_have_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of cells is limited before they become text."""
    monkeypatch.setattr(spss, "MAX_CELLS", 12)
    assert refused(path).code == "file_too_large"
