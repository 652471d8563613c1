"""Google Forms: csv, tsv, or the sheet saved as xlsx."""

from __future__ import annotations

import re

from sekom_survey.collected.assemble import ABOUT, END, export, part, plain
from sekom_survey.collected.choices import found_separator
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import Heading, bracketed
from sekom_survey.collected.ranks import ranked
from sekom_survey.model import Export
from sekom_survey.model.cells import cells_of

title = "Google Forms"

STARTS: set[str] = set()
ENDS = {"timestamp", "tidstämpel", "tidsstämpel"}
OTHERS = {"email address", "e-postadress", "username", "användarnamn"}
NOT_GOOGLES = {"user id", "user display name", "användar-id", "användarens visningsnamn", "visningsnamn för användare"}
QUIZ_TOTALS = {"score", "poäng", "resultat"}
QUIZ_PARTS = {"score", "feedback", "poäng"}
_POINTS = re.compile(r"\d+([.,]\d+)? / \d+")


def detect(grid: Grid) -> bool:
    """A heading is the time stamp's, and none the user's of another form."""
    keys = set(grid.keys())
    return bool(keys & ENDS) and not keys & NOT_GOOGLES


def read(grid: Grid) -> Export:
    """One row a respondent; a multiple choice is `A, B` or `A;B` in one cell, a grid has a column `Question [row]` for each row."""
    headings = bracketed(grid.level())
    about = _about(grid, headings)
    parts = part(grid, 1, headings, about)
    separator = found_separator((cells_of(column.cells) for column in parts.columns), ",")
    parts = ranked(parts, separator, grid)
    return export(grid, "google", 1, about, plain(parts.columns), parts.dropped, separator, options=parts.options)


def _about(grid: Grid, headings: list[Heading]) -> dict[int, str]:
    about = {index: END if key in ENDS else ABOUT for index, key in enumerate(grid.keys()) if key in ENDS | OTHERS}
    questions = {question for question, sub in headings if not sub}
    for index, (question, sub) in enumerate(headings):
        if sub.casefold() in QUIZ_PARTS and question in questions:
            about[index] = ABOUT
        if question.casefold() in QUIZ_TOTALS and all(
            _POINTS.fullmatch(cell) for cell in grid.column(index, 1) if cell
        ):
            about[index] = ABOUT
    return about
