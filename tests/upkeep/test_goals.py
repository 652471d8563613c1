"""`sekom goals`: the board's page and paper for a meeting in the middle of the year, before there is any survey."""

from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest
from docx import Document

from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.model import Unusable
from sekom_survey.shown.goal_lines import goal_lines, goal_news, goals_page
from sekom_survey.text.places import SURVEYS
from sekom_survey.upkeep.goals import make_goals

DAY = date(2026, 8, 31)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The example's two years, the last without its survey."""
    tmp_path = tmp_path_factory.mktemp("mitt i året")
    for name in ("2025", "2026"):
        left = shutil.ignore_patterns("replaced", "notebooks", *(["export"] if name == "2026" else []))
        shutil.copytree(SURVEYS / "exempel" / name, tmp_path / "surveys" / name, ignore=left)
    (tmp_path / "surveys" / "2026" / "export").mkdir()
    return tmp_path / "surveys" / "2026"


def words_of(path):
    """Every paragraph and cell of a Word document."""
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_boards_page_and_paper_are_written_without_a_survey(year, tmp_path):
    """Both tell the headline, every goal with its outcome and who answers, the measures without target, and every motion."""
    outcome, lines, _ = make_goals(year, tmp_path / "reports", DAY)
    home = tmp_path / "reports" / "2026" / "internal"
    assert {path.name for path in home.iterdir()} == {f"goals-2026-08-31.{end}" for end in ("csv", "html", "docx")}
    assert all(f"goals-2026-08-31.{end}" in lines[-1] for end in ("csv", "html", "docx"))
    page, paper = (home / "goals-2026-08-31.html").read_text(encoding="utf-8"), words_of(home / "goals-2026-08-31.docx")
    told = goals_page(outcome, outcome.facts.survey, "public")
    assert told.brief.motions
    for text in (
        told.brief.title,
        *(line.name for line in told.brief.goals),
        *(line.who for line in told.brief.goals),
        *(one.measure for one in told.followed),
        "Ingen enkät är räknad den dagen",
    ):
        assert text in page, text
        assert text in paper, text
    assert all(motion in paper for motion in told.brief.motions)
    assert "Internt arbetsmaterial" not in page + paper


def test_a_member_named_in_a_reason_stops_it_and_nothing_is_written(year, tmp_path):
    """As in a public build: the paper may become a public document."""
    name = pd.read_csv(year / "members.csv")["name"].iloc[0]
    path = year / "decisions.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + f"2026-08-01,M5b,Målet är uppnått,{name} har skrivit under.,Styrelsen\n",
        encoding="utf-8",
    )
    with pytest.raises(Unusable) as stop:
        make_goals(year, tmp_path / "reports", DAY)
    assert {problem.code for problem in stop.value.problems} == {"public_leak"}
    assert not list((tmp_path / "reports").rglob("goals-*"))


def test_what_was_written_of_the_whole_year_is_not_told_of_a_day_before(year):
    """The reasons of goals.toml speak of December; in August the rule says what is left."""
    december, august = (goals_at(year, day) for day in (date(2026, 12, 31), DAY))
    told = [[line.why for line in goal_lines(outcome)] for outcome in (december, august)]
    assert "Två remissvar, som planerat" in told[0]
    assert "Två remissvar, som planerat" not in told[1]
    assert "En återstår till målet" in told[1]
    assert goal_news(december) == "Fler än 2025: aktiva medlemmar, 44 av 80 mot 33 av 81."
    gone = pd.read_csv(year / "members.csv")["left"].astype(str).str.startswith("2025").sum()
    members = (pd.read_csv(year.parent / "2025" / "members.csv")["status"] == "member").sum()
    assert gone == 4  # known to this year's register alone: they left when last year's was written
    assert [outcome.result("M1b").last.value for outcome in (december, august)] == [members - gone, members]
