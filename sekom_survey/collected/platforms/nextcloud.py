"""Nextcloud Forms: csv, ods or xlsx; the newer xlsx has a hidden second row with the columns' ids."""

from __future__ import annotations

import re

from sekom_survey.collected.assemble import ABOUT, END, export, part, plain
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import Heading
from sekom_survey.model import Export

title = "Nextcloud Forms"

STARTS: set[str] = set()
ENDS = {"timestamp", "tidsstämpel", "tidstämpel"}
PERSONS = {"user id", "user display name", "användar-id", "användarens visningsnamn", "visningsnamn för användare"}
OTHERS = PERSONS | {"submission id", "inlämnings-id"}
_ROW = re.compile(r"(.+) \(([^()]+)\)")
_COLUMN_ID = re.compile(r"question-id-\d+(-\d+)*|submission_id|user_id|user_display_name|timestamp")


def detect(grid: Grid) -> bool:
    """The user's id or name as Nextcloud heads them, beside the time."""
    keys = set(grid.keys())
    return bool(keys & PERSONS) and bool(keys & ENDS)


def read(grid: Grid) -> Export:
    """One row a submission; several choices are `A; B` in one cell, a grid has a column `Question (row)` for each row."""
    keys = grid.keys()
    ids = [text for text in grid.level(1) if text]
    rows = 2 if ids and all(map(_COLUMN_ID.fullmatch, ids)) else 1
    about = {index: END if key in ENDS else ABOUT for index, key in enumerate(keys) if key in ENDS | OTHERS}
    parts = part(grid, rows, _questions(grid.level()), about, keys=grid.level(1) if rows > 1 else ())
    return export(grid, "nextcloud", rows, about, plain(parts.columns), parts.dropped)


def _questions(headings: list[str]) -> list[Heading]:
    """ "Question (row)" parted where neighbours share the question; else the bracket is part of the wording."""
    parted = [_ROW.fullmatch(text) for text in headings]
    questions = [found[1] if found else "" for found in parted]
    return [
        (found[1], found[2]) if found and questions.count(found[1]) > 1 else (text, "")
        for found, text in zip(parted, headings, strict=True)
    ]
