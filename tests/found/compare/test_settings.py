"""[comparisons] and trend in survey.toml."""

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Comparisons
from tests.waves import SURVEY


def read(tmp_path, text):
    path = tmp_path / "survey.toml"
    path.write_text(text, encoding="utf-8")
    return read_survey(path, "2026/survey.toml")


def with_table(body):
    head, first, rest = SURVEY.partition("[scales.need]")
    return f"{head}[comparisons]\n{body}\n{first}{rest}"


def test_without_the_table_every_item_is_one_family(tmp_path):
    """Benjamini-Hochberg over all, no headline, 20 points."""
    survey, problems = read(tmp_path, SURVEY)
    assert problems == []
    assert survey is not None
    assert survey.comparisons == Comparisons((), "bh", (), 0.20)
    assert not any(item.trend for item in survey.questionnaire.items)


def test_the_table_names_items_and_matrices(tmp_path):
    """Family, headline, correction and margin."""
    survey, problems = read(
        tmp_path, with_table('family = ["satisfaction"]\nheadline = ["need"]\ncorrection = "holm"\nequivalence = 0.15')
    )
    assert problems == []
    assert survey is not None
    assert survey.comparisons == Comparisons(("satisfaction",), "holm", ("need",), 0.15)


@pytest.mark.parametrize(
    ("body", "where", "told"),
    [
        ('correction = "bonferroni"', "comparisons.correction", "bh, holm"),
        ("equivalence = 20", "comparisons.equivalence", "Ange en andel"),
        ("equivalence = 0", "comparisons.equivalence", "Ange en andel"),
        ('headline = ["neeed"]', "comparisons.headline", "Menade du ”need”?"),
        ('family = ["satisfation"]', "comparisons.family", "Menade du ”satisfaction”?"),
        ('familj = ["need"]', "comparisons.familj", "Menade du ”family”?"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, body, where, told):
    """In Swedish, and nothing is computed."""
    survey, problems = read(tmp_path, with_table(body))
    assert survey is None
    assert [p.where.partition(", ")[2] for p in problems] == [where]
    assert told in f"{problems[0].found} {problems[0].todo}"


def test_trend_is_said_of_a_question_or_of_a_row(tmp_path):
    """A matrix passes it on to its rows."""
    matrix = SURVEY.replace('id = "need"\nkind', 'id = "need"\ntrend = true\nkind')
    row = SURVEY.replace('id = "need_voice"', 'id = "need_voice"\ntrend = true')
    found = [{item.id for item in read(tmp_path, text)[0].questionnaire.items if item.trend} for text in (matrix, row)]
    assert found == [{"need_support", "need_voice"}, {"need_voice"}]
