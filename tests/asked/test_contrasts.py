"""[[contrasts]] of survey.toml: what may be declared, and every fault with its place."""

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import errors

SURVEY = """
year = 2031
title = "Provenkäten"
opened = 2031-02-01
closed = 2031-02-28
frame_date = 2031-01-01

[[items]]
id = "member"
kind = "member"
text = "Vem?"

[[items]]
id = "role"
kind = "role"
text = "Roll?"
options = ["P", "T"]
politicians = ["P"]
officials = ["T"]

[[items]]
id = "q1"
kind = "scale"
text = "Hur nöjda är ni?"
options = ["Inte", "Ganska", "Mycket"]
top = 2

[[items]]
id = "q2"
kind = "single"
text = "Var?"
options = ["Här", "Där"]

[[contrasts]]
item = "q1"
segmentation = "size"
first = "Stora"
second = "Små"
declared = 2031-01-15

[[contrasts]]
item = "q2"
option = "Här"
segmentation = "landsdel"
first = "Norrland"
second = "Götaland"
"""


def read(tmp_path, change=("", "")):
    path = tmp_path / "survey.toml"
    path.write_text(SURVEY.replace(*change), encoding="utf-8")
    return read_survey(path, "2031/survey.toml")


def test_contrasts_are_read_in_order(tmp_path):
    """The option is the scale's top when left out; a day before the survey opened means foreseen, no day does not."""
    survey, problems = read(tmp_path)
    assert not problems
    assert [(c.item, c.option, c.first, c.second) for c in survey.contrasts] == [
        ("q1", "", "Stora", "Små"),
        ("q2", "Här", "Norrland", "Götaland"),
    ]
    assert [survey.was_foreseen(c) for c in survey.contrasts] == [True, False]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (('item = "q1"', 'item = "q9"'), "unknown_item", "contrasts[1].item"),
        (('option = "Här"', 'option = "Hit"'), "unknown_name", "contrasts[2].option"),
        (('option = "Här"\n', ""), "unknown_name", "contrasts[2].option"),
        (('"size"', '"län"'), "unknown_value", "contrasts[1].segmentation"),
        (('"Stora"', '"Störst"'), "unknown_name", "contrasts[1].first"),
        (('"Götaland"', '"Götland"'), "unknown_name", "contrasts[2].second"),
        (('"Götaland"', '"Norrland"'), "same_group", "contrasts[2].second"),
        (("declared = 2031-01-15", 'declared = "i januari"'), "wrong_type", "contrasts[1].declared"),
        (("declared =", "deklared ="), "unknown_key", "contrasts[1].deklared"),
    ],
)
def test_every_fault_is_told_with_its_place(tmp_path, change, code, where):
    """In Swedish, with what to do."""
    survey, problems = read(tmp_path, change)
    assert survey is None
    assert [(p.code, p.where.rpartition(", ")[2]) for p in errors(problems)] == [(code, where)]
    assert all(p.todo for p in problems)


def test_too_many_contrasts_are_warned_of(tmp_path):
    """Eleven share the 5 % so thinly that hardly anything can be found."""
    block = SURVEY[SURVEY.index("[[contrasts]]") : SURVEY.index('[[contrasts]]\nitem = "q2"')]
    survey, problems = read(tmp_path, ('[[contrasts]]\nitem = "q2"', block * 9 + '[[contrasts]]\nitem = "q2"'))
    assert survey is not None
    assert [p.code for p in problems] == ["many_contrasts"]
