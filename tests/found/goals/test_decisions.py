"""decisions.csv: the board's judgement needs a reason, and is kept beside the computed one."""

from datetime import date

import pytest

from sekom_survey.found.goals.decisions import latest, read_decisions
from sekom_survey.found.goals.model import LIKELY, REACHED

HEAD = "date,indicator,status,reason,who\n"


def read(tmp_path, text):
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return read_decisions(path, "2026/decisions.csv", {"M1", "M1a"})


def test_words_and_swedish_headings(tmp_path):
    """As the board writes it."""
    (one,), problems = read(
        tmp_path, "datum;mål;status;motivering;vem\n2026-09-18;M1;Målet bedöms kunna uppnås;Två på väg in;Styrelsen\n"
    )
    assert problems == []
    assert (one.day, one.target, one.status, one.who) == (date(2026, 9, 18), "M1", LIKELY, "Styrelsen")


def test_no_file_is_no_decision(tmp_path):
    """It is optional."""
    assert read_decisions(tmp_path / "none.csv", "", set()) == ((), [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-09-18,M1,reached,,Styrelsen", "reason_missing"),
        ("2026-09-18,M1,reached,Skäl,", "who_missing"),
        ("i höstas,M1,reached,Skäl,Styrelsen", "date_value"),
        ("2026-09-18,M1b,reached,Skäl,Styrelsen", "reference_unknown"),
        ("2026-09-18,M1,bra,Skäl,Styrelsen", "status_unknown"),
    ],
)
def test_a_decision_without_its_parts_does_not_count(tmp_path, row, code):
    """Named by row."""
    decisions, (problem,) = read(tmp_path, HEAD + row + "\n")
    assert (decisions, problem.code, problem.where) == ((), code, "rad 2")


def test_the_last_decision_made_by_the_day_holds(tmp_path):
    """Later ones are not yet made; forecasts give way to the outcome when the year is over."""
    decisions, _ = read(tmp_path, HEAD + "2026-12-18,M1a,reached,B,S\n2026-09-18,M1a,likely,A,S\n")
    assert latest(decisions, {"M1a"}, date(2026, 9, 17), False) is None
    assert latest(decisions, {"M1a"}, date(2026, 10, 1), False).status == LIKELY
    assert latest(decisions, {"M1a"}, date(2026, 12, 20), False).status == REACHED
    assert latest(decisions[:1], {"M1a"}, date(2026, 12, 31), True) is None
