"""A small year to press buttons on: an unknown name, a reworded question, an answer with markup, an impossible number."""

from __future__ import annotations

import pytest

from tests.app.served import served
from tests.waves import HEAD, QUESTIONS, SURVEY, answer, make_wave, write_export

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult")


@pytest.fixture
def surveys(tmp_path):
    """surveys/2026, in which one name is misspelt."""
    rows = [*(answer(name) for name in NAMES), answer("Ekbroo", satisfaction=7), answer(MARKUP)]
    make_wave(tmp_path / "surveys" / "2026", rows)
    return tmp_path / "surveys"


@pytest.fixture
def site(surveys, tmp_path):
    with served(surveys, tmp_path / "reports") as opened:
        yield opened.enter()


def reworded(folder, heading="Hur nöjda är ni just nu?"):
    """The same year with a question in other words."""
    questions = [heading if one == "Hur nöjda är ni?" else one for one in QUESTIONS]
    write_export(folder / "export" / "svar.xlsx", [answer(name) for name in NAMES], HEAD, questions)
    return heading


__all__ = ["SURVEY"]
