"""The years that the matrix of sizes is measured on hold every kind of question there is, and are good years."""

from pathlib import Path

import sekom_survey
from benchmarks.make_year import MAKERS, make, questions
from benchmarks.steps import STEPS
from sekom_survey.counted.year import read_year
from sekom_survey.model import KINDS, MEMBER, ROLE, errors

PACKAGE = Path(sekom_survey.__file__).parent


def test_a_made_year_has_every_kind_and_can_be_read(tmp_path):
    """A kind that is added to the model and not here fails; every row and cell is counted."""
    assert set(MAKERS) == set(KINDS) - {MEMBER, ROLE}
    assert {one.keys["kind"] for one in questions(40)} == set(MAKERS)
    _, _, responses, problems = read_year(make(tmp_path, 20, 40))
    assert errors(problems) == []
    assert responses.accounting.closes
    assert len(responses.respondents) >= 12


def test_the_steps_of_a_run_are_looked_for_where_they_are():
    """Each place by which a sample is told to belong to a step is a function that there is; what moves is moved there too."""
    others = ("ipykernel/", "selectors.py:")  # of other libraries
    places = [place.partition(":") for _, place in STEPS if ".py:" in place and not place.startswith(others)]
    for file, _, function in places:
        found = [path for path in PACKAGE.rglob("*.py") if path.as_posix().endswith(f"/{file}")]
        assert any(f"def {function}" in path.read_text(encoding="utf-8") for path in found), (file, function)
