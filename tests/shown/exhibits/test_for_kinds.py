"""Every exhibit of a question draws the kinds it can, and says of the others what they are and where they are shown."""

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.model import SCALE, TEXT
from sekom_survey.shown.exhibits import choices, question, rating, scale_rows, segment_dots, segment_means, texts
from sekom_survey.shown.exhibits.amounts import amount, ranking, segment_quartiles, uploads
from sekom_survey.shown.exhibits.asked import WHAT, too_few
from sekom_survey.shown.exhibits.notes import under
from tests.forms import made_form

BY_SIZE = ("size", "Efter storlek")
EXHIBITS = {
    choices: (), scale_rows: (), rating: (), amount: (), ranking: (), uploads: (), texts: (),
    segment_dots: BY_SIZE, segment_means: BY_SIZE, segment_quartiles: BY_SIZE,
}  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return Findings(analyse(made_form(tmp_path_factory.mktemp("sorter") / "2026"))).year


@pytest.mark.parametrize("make", EXHIBITS, ids=lambda make: make.__name__)
def test_no_kind_ends_in_a_traceback(year, make):
    """A figure or a table, nothing, or a line; a line names the question and holds no id."""
    questionnaire = year.wave.questionnaire
    names = [*(item.id for item in questionnaire.items), *{item.group for item in questionnaire.items if item.group}]
    for name in [*names, "finns_inte"]:
        shown = make(year, name, *EXHIBITS[make])
        if shown is not None and not len(shown.data):
            assert shown.title.endswith(".") or "visas" in shown.title or "fil" in shown.title
            assert "zz_" not in shown.title
    assert make(year, "finns_inte", *EXHIBITS[make]) is None


def test_a_text_is_no_choice_and_a_matrix_no_single_question(year):
    """What it is, and what to write instead."""
    text = next(item for item in year.wave.questionnaire.of_kind(TEXT))
    assert f"är {WHAT[TEXT]} och kan inte visas på det sättet" in choices(year, text.id).title
    row = next(item for item in year.wave.questionnaire.of_kind(SCALE) if item.group)
    assert "r en matris och kan inte visas på det sättet" in choices(year, row.group).title
    assert [shown.kind for shown in question(year, row.group)] == ["stacked"]


def test_a_question_with_too_few_answers_is_named_by_group_too(year):
    """Three lines that say only that something is not shown are of no use in a list of contents."""
    item = next(one for one in year.wave.questionnaire.items if not one.group)
    assert too_few(year, item, f"{item.id}_size").title.startswith(item.short)


def test_a_question_is_not_told_twice():
    """Under a title that begins with it nothing is said; under one that has a short name for it, it is."""
    assert under("Har ni en plan? Flest svarar ”Ja”", "Har ni en plan?") == ""
    assert under("Har ni en plan? Flest svarar ”Ja”", "4. Har ni en plan?") == ""
    assert under("Plan: flest svarar ”Ja”", "Har ni en plan?") == "Har ni en plan?"
