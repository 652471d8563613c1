"""Microsoft Forms: xlsx from the form or its workbook, or that saved again as csv; quiz forms too."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.collected.assemble import ABOUT, END, START, export, part, plain
from sekom_survey.collected.grid import Grid
from sekom_survey.model import Export

title = "Microsoft Forms"

STARTS = {"start time", "starttid"}
ENDS = {"completion time", "slutförandetid"}
OTHERS = {
    "id",
    "email",
    "e-mail",
    "e-post",
    "name",
    "namn",
    "last modified time",
    "ändrades senast klockan",
    "total points",
    "totalt antal poäng",
    "quiz feedback",
    "testfeedback",
    "grade posted time",
}
QUIZ_PREFIXES = ("points - ", "feedback - ", "poäng - ", "points – ", "feedback – ", "poäng – ")


def detect(grid: Grid) -> bool:
    """The headings of both times stand in the first row."""
    keys = set(grid.keys())
    return bool(keys & STARTS) and bool(keys & ENDS)


def read(grid: Grid) -> Export:
    """One row a respondent; a matrix gives one column a row, a multiple choice is `A;B;` in one cell."""
    about = _about(grid.keys())
    parts = part(grid, 1, [(heading, "") for heading in grid.level()], about)
    return export(grid, "msforms", 1, about, plain(parts.columns), parts.dropped)


def _about(keys: Sequence[str]) -> dict[int, str]:
    told = {index: _told(key) for index, key in enumerate(keys)}
    quiz = {index: ABOUT for index, key in enumerate(keys) if _quiz_question(key) in set(keys) - {""}}
    return {index: what for index, what in told.items() if what} | quiz


def _told(key: str) -> str:
    if key in STARTS:
        return START
    if key in ENDS:
        return END
    return ABOUT if key in OTHERS else ""


def _quiz_question(key: str) -> str:
    return next((key.removeprefix(prefix) for prefix in QUIZ_PREFIXES if key.startswith(prefix)), "")
