"""Whether the newsletter is spread is asked of the question that the year says measures it."""

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.goals.measure import _spreads
from tests.waves import SURVEY, answer, make_wave

SAID = {"Almköping": "Ja", "Björkvalla": "Nej", "Cedersö": "Vet inte", "Duvhult": ""}
DECLARED = '\n[measures]\nspreads = { item = "introduced", options = ["Ja"] }\n'


@pytest.mark.parametrize(("declared", "told"), [(DECLARED, {"m1": True, "m2": False}), ("", {})])
def test_who_spreads_is_told_of_the_declared_question_alone(tmp_path, declared, told):
    """Yes and no of those that said either; "vet inte", silence and a year that declares nothing tell nothing."""
    rows = [answer(name, introduced=said) for name, said in SAID.items()]
    year = analyse(make_wave(tmp_path / "2026", rows, survey=SURVEY + declared))
    assert _spreads(year.frame, year.survey.questionnaire) == told
