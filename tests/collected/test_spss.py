"""SPSS .sav from any tool."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from sekom_survey.collected import cell_count, sav

from .files import column, read, refused


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


def test_values_become_labels_and_a_missing_one_keeps_its_own(path: Path) -> None:
    """ "Vet ej" = 99 is an answer, though SPSS calls it missing; an empty text is no answer."""
    export = read(path)
    assert (export.platform, export.headers) == ("spss", ("Vilken kommun?", "Hur stort behov?", "Kanaler?", "betyg"))
    assert column(export, "Hur stort behov?") == ["Stort", "Vet ej", ""]
    assert column(export, "Vilken kommun?") == ["Ekby", "Alvik", ""]
    assert column(export, "betyg") == ["7", "10", "2.5"]
    assert column(export, "Kanaler?") == ["Teams;", "", "Teams;Brev;"]


def test_the_first_case_is_row_two_and_all_cells_are_accounted_for(path: Path) -> None:
    """As if the names stood in row one."""
    export = read(path)
    assert list(export.rows["row"]) == [2, 3, 4]
    assert cell_count(export) == 2 + 2 + 3 + 3 + 3 + 1
    assert ("email", 1) in export.dropped


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
    monkeypatch.setattr(sav, "MAX_CELLS", 12)
    assert refused(path).code == "file_too_large"
