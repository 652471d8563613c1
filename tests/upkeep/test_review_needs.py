"""What review says when there is nothing that it could code."""

from __future__ import annotations

import pytest

from sekom_survey.coding.shipped import START
from sekom_survey.model import Unusable
from sekom_survey.upkeep.review import export_review
from tests.waves import answer, make_wave

ROWS = [answer(name, introduced="Ja", what="Vi har bytt bilar.") for name in ("Almköping", "Björkvalla", "Cedersö")]


def test_without_a_codebook_the_one_that_comes_along_is_named(tmp_path):
    """And how to get it."""
    with pytest.raises(Unusable) as stop:
        export_review(make_wave(tmp_path / "2026", ROWS), tmp_path / "reports", None)
    (problem,) = [one for one in stop.value.problems if one.code == "file_missing"]
    assert "sekom codebook 2026 --copy" in problem.todo


def test_when_no_question_has_a_codebook_the_questions_and_the_codebooks_own_are_named(tmp_path):
    """So that a line can be written."""
    folder = make_wave(tmp_path / "2026", ROWS, files={"codebook.toml": START.read_text(encoding="utf-8")})
    with pytest.raises(Unusable) as stop:
        export_review(folder, tmp_path / "reports", None)
    (problem,) = [one for one in stop.value.problems if one.code == "nothing_to_code"]
    assert "introduced_what" in problem.todo and '"utmaning"' in problem.todo
