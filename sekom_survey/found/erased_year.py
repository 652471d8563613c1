"""What is left of a year whose answers are erased: its register, activity log and published numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.register import read_members
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.counted.rows import is_asked
from sekom_survey.found.goals.activities import read_activities
from sekom_survey.found.past_run import PUBLISHED, PastRun, kept_run
from sekom_survey.found.themes import CODEBOOK_FILE, CODED_COLUMNS, Themes
from sekom_survey.model import Survey, errors

ACTIVITIES_FILE = "activities.csv"
THEMES_FILE = "themes.csv"


@dataclass(frozen=True, eq=False)
class ErasedYear:
    """A year without answers: ids of the members that were asked, the activity log, published numbers and themes."""

    survey: Survey
    members: frozenset[str]
    log: pd.DataFrame | None
    run: PastRun | None
    themes: Themes | None


def read_erased(folder: Path) -> ErasedYear | None:
    """A year's folder to what is left of it; None when its questions or register cannot be read."""
    survey, _ = read_survey(folder / "survey.toml", folder.name)
    if survey is None:
        return None
    members, problems = read_members(folder / "members.csv", folder.name, survey.region_overrides)
    if errors(problems):
        return None
    asked = frozenset(member.member_id for member in members if is_asked(member, survey))
    path = folder / ACTIVITIES_FILE
    log, problems = read_activities(path, path.name, members, survey.year) if path.exists() else (None, [])
    return ErasedYear(survey, asked, None if errors(problems) else log, kept_run(folder), _themes(folder))


def _themes(folder: Path) -> Themes | None:
    """The published themes, all of them approved; no texts and no decisions are left."""
    path = folder / PUBLISHED / THEMES_FILE
    if not path.is_file() or not (folder / CODEBOOK_FILE).is_file():
        return None
    codebook, problems = load_codebook(folder / CODEBOOK_FILE, folder.name)
    try:
        estimates = pd.read_csv(path, dtype={"suppressed": bool}, keep_default_na=False, na_values=[""])
    except (OSError, ValueError):
        return None
    if errors(problems) or estimates.empty or not {"item", "option", "count", "base"} <= set(estimates.columns):
        return None
    return Themes(codebook, pd.DataFrame(columns=list(CODED_COLUMNS)), estimates, (), (), frozenset(estimates["item"]))
