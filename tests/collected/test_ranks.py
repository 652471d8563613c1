"""A ranking with a column for each option or each place is one question; ratings and rows that survey.toml has are not."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.collected import cell_count, read_export
from sekom_survey.model import Export, Survey
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.first_year.rewrite import changed_reading
from sekom_survey.upkeep.inspect import inspect_file

from .files import save_csv

OPTIONS = ("Klimat", "Vatten", "Mat")
ORDERS = [*permutations(OPTIONS)][1:]  # five people, in orders of their own
QUESTION = "Rangordna"


def google(path: Path, rows: list[list[object]], subs: tuple[str, ...] = OPTIONS) -> Path:
    head = ["Tidstämpel", "Fritt", *(f"{QUESTION} [{sub}]" for sub in subs)]
    return save_csv(
        path / "svar.csv", [head, *(["2026-02-03 10:00:00", f"svar {n}", *row] for n, row in enumerate(rows))]
    )


def places(order: tuple[str, ...]) -> list[object]:
    return [order.index(option) + 1 for option in OPTIONS]


def drafted(path: Path) -> tuple[Export, Survey]:
    """The export as the draft has it read."""
    export, _ = inspect_file(path, "svar.csv")
    assert export is not None
    (path.parent / "survey.toml").write_text(draft_survey(export, 2026, "respondent"), encoding="utf-8")
    survey, problems = read_survey(path.parent / "survey.toml", "survey.toml")
    assert survey is not None, problems
    again, problems = read_export(path, "svar.csv", survey.reader, dict(survey.reader_options), survey)
    assert again is not None, problems
    return again, survey


@pytest.mark.parametrize("shape", ["options", "places"])
def test_columns_of_a_ranking_are_one_question_in_the_order_put(tmp_path: Path, shape: str) -> None:
    """Whoever answers gave every option its place, or every place its option; who left it has none. Every cell is accounted for."""
    rows = [places(order) if shape == "options" else list(order) for order in ORDERS]
    subs = OPTIONS if shape == "options" else ("Plats 1", "Plats 2", "Plats 3")
    export, survey = drafted(google(tmp_path, [*rows, ["", "", ""]], subs))
    item = next(item for item in survey.questionnaire.items if item.text == QUESTION)
    cells = list(export.cells.columns[export.headers.index(QUESTION)])
    assert (item.kind, {option.label for option in item.options}) == ("ranking", set(OPTIONS))
    mark = export.separator
    assert cells == [*(mark.join(order) + mark for order in ORDERS), ""]
    assert Counter(cell.partition(mark)[0] for cell in cells if cell) == Counter(order[0] for order in ORDERS)
    assert cell_count(export) == 6 * 2 + 5 * 3


@pytest.mark.parametrize(
    "rows",
    [
        [places(order) for order in ORDERS] + [[1, 1, 2]],
        [[1, 2, 3]] * 5,
        [places(order) for order in ORDERS] + [[1, 2, 4]],
    ],
    ids=["a grade given twice", "all alike", "beyond the places"],
)
def test_grades_are_no_ranking(tmp_path: Path, rows: list[list[object]]) -> None:
    """They stay rows."""
    export, _ = drafted(google(tmp_path, rows))
    assert export.headers == ("Fritt", *OPTIONS)


def test_what_a_person_says_is_no_ranking_stays_rows(tmp_path: Path) -> None:
    """By moving it to `matrix`, as the place to confirm does."""
    path = google(tmp_path, [places(order) for order in ORDERS])
    export, _ = inspect_file(path, "svar.csv")
    assert export is not None
    options = tomllib.loads(draft_survey(export, 2026, "respondent"))["reader_options"]
    said = changed_reading(options, {"ranking": []})
    rows, _ = read_export(path, "svar.csv", "google", said)
    assert (options["ranking"], said["matrix"]) == ([QUESTION], [QUESTION])
    assert rows is not None and rows.headers == ("Fritt", *OPTIONS)


def test_a_question_that_is_a_ranking_is_read_though_some_leave_places(tmp_path: Path) -> None:
    """In the order given; what is no place is kept as it is written, so that it is told."""
    _, survey = drafted(google(tmp_path, [places(order) for order in ORDERS]))
    path = google(tmp_path, [[2, "", 1], [1, 1, 2], ["", 3, ""], ["x", 1, 2]])
    export, _ = read_export(path, "svar.csv", "google", dict(survey.reader_options), survey)
    assert export is not None
    mark = export.separator
    assert list(export.cells.columns[1]) == [
        f"Mat{mark}Klimat{mark}", f"1{mark}1{mark}2{mark}", f"Vatten{mark}", f"x{mark}1{mark}2{mark}"]  # fmt: skip
