"""Matrices of files that put the question beside each row: the draft has the question, and parts one matrix from the next."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.year import analyse
from sekom_survey.upkeep.first_year.places import marks_of, settle
from sekom_survey.upkeep.first_year.plan import create, plan

GOOD = ("Dåligt", "Godtagbart", "Bra", "Mycket bra")
ROWS = {
    "Hur var dagen? [Lokalen]": GOOD,
    "Hur var dagen? [Är maten god?]": GOOD,
    "Hur var kvällen? [Lokalen]": GOOD,
    "Hur var kvällen? [Musiken]": GOOD,
    "Betygsätt talarna [Den första]": ("1", "2", "3", "4", "5"),
    "Betygsätt talarna [Den andra]": ("2", "3", "4", "5", "1"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("matriser")
    path = home / "Konferensen (svar).csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        target = csv.writer(stream)
        target.writerow(["Tidstämpel", *ROWS])
        for n in range(20):
            when = datetime(2026, 2, 2, 8) + timedelta(hours=n)
            target.writerow([when.strftime("%Y/%m/%d %I:%M:%S em EET"), *(one[n % len(one)] for one in ROWS.values())])
    create(plan(path, None, 2026), home / "2026")
    return home / "2026"


def test_the_question_over_the_rows_is_in_the_draft_and_not_asked_for(folder):
    """Only what the file does not tell is asked."""
    assert not any("frågan över" in place.what for place in marks_of(folder))
    text = (folder / "survey.toml").read_text(encoding="utf-8")
    assert all(
        f'text = "{question}"' in text for question in ("Hur var dagen?", "Hur var kvällen?", "Betygsätt talarna")
    )


def test_two_matrices_of_one_scale_are_two_and_ratings_are_one(folder):
    """A row that both have keeps the question in its text, and is called by its own name; every column finds its item."""
    for place in marks_of(folder):
        settle(folder, place.where)
    year = analyse(folder)
    items = year.wave.questionnaire.items
    assert [(item.group_text, item.short, item.kind) for item in items] == [
        ("Hur var dagen?", "Lokalen", "scale"),
        ("Hur var dagen?", "Är maten god?", "scale"),
        ("Hur var kvällen?", "Lokalen", "scale"),
        ("Hur var kvällen?", "Musiken", "scale"),
        ("Betygsätt talarna", "Den första", "rating"),
        ("Betygsätt talarna", "Den andra", "rating"),
    ]
    assert {(item.low, item.high) for item in items[4:]} == {(1, 5)}
    assert (year.estimates.groupby("item")["base"].max() == 20).all()


def test_rows_in_brackets_are_called_by_their_own_words_whatever_the_platform(tmp_path):
    """Also where the form's maker wrote the question before each row, which Microsoft Forms does not part."""
    rows = [
        f"Hur väl stämmer följande? [{row}]" for row in ("Materialet var användbart", "Tiden räckte", "Det var roligt")
    ]
    path = tmp_path / "kurs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        target = csv.writer(stream)
        target.writerow(["ID", "Starttid", "Slutförandetid", *rows])
        for n in range(12):
            target.writerow([n, "2026-02-02 08:00", "2026-02-02 08:09", *(GOOD[(n + place) % 4] for place in range(3))])
    create(plan(path, None, 2026), tmp_path / "2026")
    survey, problems = read_survey(tmp_path / "2026" / "survey.toml", "survey.toml")
    assert survey, problems
    items = survey.questionnaire.items
    assert [item.short for item in items] == ["Materialet var användbart", "Tiden räckte", "Det var roligt"]
    assert {item.group_text for item in items} == {"Hur väl stämmer följande?"}
    assert [item.text for item in items] == rows
