"""The first page: every year, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.app.asked import Asked, Rendered
from sekom_survey.app.coded import coded
from sekom_survey.app.steps import made
from sekom_survey.app.years import KnownYear, known
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import MUNICIPALITY, Survey
from sekom_survey.shown.summary import answered_of
from sekom_survey.upkeep.erase import DUE, LATER, plan

READ = 3  # so many of the newest years are read to tell how they stand


@dataclass(frozen=True)
class YearStanding:
    """A year in a row: what is known without opening it."""

    wave: str
    title: str
    synthetic: bool
    answered: tuple[int, int] | None
    names: int
    texts: tuple[int, int] | None
    made: date | None
    erased: tuple[str, date] | None


def show(asked: Asked) -> Rendered:
    """Every year, the newest first."""
    years = asked.place.years().items()
    rows = [_standing(name, folder, asked, n < READ) for n, (name, folder) in enumerate(years)]
    return Rendered("first.html.j2", {"rows": rows})


def _standing(wave: str, folder: Path, asked: Asked, read: bool) -> YearStanding:
    year = known(folder) if read else None
    survey = year.survey if year else read_survey(folder / "survey.toml", folder.name)[0]
    texts = coded(folder) if read else None
    return YearStanding(
        wave,
        survey.title if survey else folder.name,
        bool(survey and survey.synthetic),
        _answered(year),
        year.responses.accounting.row_count("unmatched") if year and year.responses else 0,
        (texts.done, texts.texts) if texts else None,
        made(folder, asked.place.reports),
        _erased(folder, survey, asked),
    )


def _answered(year: KnownYear | None) -> tuple[int, int] | None:
    return answered_of(year.wave, year.responses, MUNICIPALITY) if year and year.wave and year.responses else None


def _erased(folder: Path, survey: Survey | None, asked: Asked) -> tuple[str, date] | None:
    """What is next to be erased: whether it is due, and when."""
    table = plan(folder, survey, asked.today, asked.place.reports) if survey else ()
    return next(((state, one.rule.due) for state in (DUE, LATER) for one in table if one.state == state), None)
