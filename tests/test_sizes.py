"""The years that the matrix of sizes is measured on hold every kind of question there is, and are good years."""

from benchmarks.make_year import MAKERS, make, questions
from sekom_survey.counted.year import read_year
from sekom_survey.model import KINDS, MEMBER, ROLE, errors


def test_a_made_year_has_every_kind_and_can_be_read(tmp_path):
    """A kind that is added to the model and not here fails; every row and cell is counted."""
    assert set(MAKERS) == set(KINDS) - {MEMBER, ROLE}
    assert {one.keys["kind"] for one in questions(40)} == set(MAKERS)
    _, _, responses, problems = read_year(make(tmp_path, 20, 40))
    assert errors(problems) == []
    assert responses.accounting.closes
    assert len(responses.respondents) >= 12
