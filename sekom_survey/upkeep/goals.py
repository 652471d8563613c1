"""`sekom goals`: the goals on a day as a csv, and as the board's page and paper, with or without a survey."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.goals.outcome import GoalsOutcome, goals_at
from sekom_survey.found.goals.text import goal_lines, write_goals_csv
from sekom_survey.model import PUBLIC, Problem, Unusable, errors
from sekom_survey.protected import publish
from sekom_survey.protected.derived import released_goals
from sekom_survey.protected.scan import ORDINARY_WORDS, scan
from sekom_survey.protected.second import refuse_another_edition
from sekom_survey.running.safe_folder import locked
from sekom_survey.shown.goal_lines import goals_page
from sekom_survey.text.places import report_folder
from sekom_survey.written.brand import read_brand
from sekom_survey.written.formats.goals import write_goals_page
from sekom_survey.written.word.goals import write_goals_paper


def make_goals(
    folder: Path, reports: Path, as_of: date | None = None, read: Callable[[Path], Year] = analyse
) -> tuple[GoalsOutcome, list[str], list[Problem]]:
    """Measure the goals on a day and write goals-<day>.csv, .html and .docx in the year's internal folder. Raises Unusable and OSError.

    The csv is the office's. The page and the paper are the board's, which may become public: of a survey they tell what is
    published, and they are searched as a public build is before they take their place. `read` analyses a year.
    """
    outcome = goals_at(folder, as_of, read)
    brand, faults = read_brand(folder, folder.name)
    problems = [*outcome.problems, *faults]
    if errors(problems):
        raise Unusable(problems)
    reports_home = report_folder(folder, reports)
    home, name = reports_home / "internal", f"goals-{outcome.as_of.isoformat()}"
    with locked(reports_home), TemporaryDirectory(prefix=".work-", dir=reports_home) as work:
        page = goals_page(_released(outcome, reports_home), outcome.facts.survey, PUBLIC)
        made = [Path(work) / f"{name}{ending}" for ending in (".html", ".docx")]
        write_goals_page(page, made[0])
        write_goals_paper(page, made[1], brand)
        leaks = scan(Path(work), _texts(outcome), _names(outcome))
        if leaks:
            raise Unusable(leaks)
        home.mkdir(parents=True, exist_ok=True)
        write_goals_csv(outcome, home / f"{name}.csv")
        for path in made:
            path.replace(home / path.name)
    written = f"{home} är skriven: {name}.csv för kansliet, {name}.html och {name}.docx för styrelsen."
    return outcome, [*goal_lines(outcome), "", written], problems


def _released(outcome: GoalsOutcome, home: Path) -> GoalsOutcome:
    if outcome.facts.year is None:
        return outcome
    year = publish(outcome.facts.year)[0]
    refuse_another_edition(home, year.estimates)
    return released_goals(outcome, year)


def _texts(outcome: GoalsOutcome) -> set[str]:
    """The answers' own words, none of which the board's paper may hold."""
    year = outcome.facts.year
    return set(year.frame.answers.table["text"]) if year else set()


def _names(outcome: GoalsOutcome) -> set[str]:
    return {member.name for member in outcome.facts.members} - ORDINARY_WORDS
