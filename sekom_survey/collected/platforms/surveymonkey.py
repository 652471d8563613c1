"""SurveyMonkey: csv or xlsx with two rows of headings, or one where they were put together."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.collected.assemble import ABOUT, END, START, export, part, plain
from sekom_survey.collected.boxes import ONE_ZERO, OTHER, OWN_TEXT, joined, says_other
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import Heading, bracketed, carried, dashed
from sekom_survey.model import Export
from sekom_survey.text.files import folded

title = "SurveyMonkey"

IDS = {"respondent id", "respondentid", "respondent-id"}
STARTS = {"start date", "startdatum"}
ENDS = {"end date", "slutdatum"}
OTHERS = IDS | {
    "collector id",
    "collectorid",
    "ip address",
    "ip-adress",
    "email address",
    "e-postadress",
    "first name",
    "förnamn",
    "last name",
    "efternamn",
    "date created",
    "date modified",
}
OWN_DATA = ("custom data", "anpassade data")
ANSWERS = {"response", "open-ended response", "svar", "öppet svar"}


def detect(grid: Grid) -> bool:
    """A heading for the respondent's number."""
    return bool(set(grid.keys()) & IDS)


def read(grid: Grid) -> Export:
    """One row a respondent; a box that is ticked holds its option's text, a blank question carries on from the left."""
    keys = grid.keys()
    header_rows = _header_rows(grid, keys)
    about = {index: told for index, key in enumerate(keys) if (told := _told(key))}
    headings = _two_rows(grid, about) if header_rows > 1 else _one_row(grid.level(), about)
    parts = joined(part(grid, header_rows, headings, about), (OWN_TEXT, ONE_ZERO), ";", grid)
    return export(grid, "surveymonkey", header_rows, about, plain(parts.columns), parts.dropped, options=parts.options)


def _header_rows(grid: Grid, keys: Sequence[str]) -> int:
    """Two where the second row has no respondent's number."""
    place = next((index for index, key in enumerate(keys) if key in IDS), 0)
    return 2 if len(grid.rows) > 1 and not grid.level(1)[place] else 1


def _told(key: str) -> str:
    if key in STARTS:
        return START
    if key in ENDS:
        return END
    return ABOUT if key in OTHERS or key.startswith(OWN_DATA) else ""


def _two_rows(grid: Grid, about: dict[int, str]) -> list[Heading]:
    upper = carried(["" if index in about else text for index, text in enumerate(grid.level())])
    return [
        (text, "") if index in about else _named(question, sub)
        for index, (text, question, sub) in enumerate(zip(grid.level(), upper, grid.level(1), strict=True))
    ]


def _one_row(headings: Sequence[str], about: dict[int, str]) -> list[Heading]:
    asked = ["" if index in about else text for index, text in enumerate(headings)]
    found = [both if both[1] else other for both, other in zip(bracketed(asked), dashed(asked), strict=True)]
    return [
        (text, "") if index in about else _named(*both)
        for index, (text, both) in enumerate(zip(headings, found, strict=True))
    ]


def _named(question: str, sub: str) -> Heading:
    if folded(sub) in ANSWERS:
        return question, ""
    return question or sub, (OTHER if says_other(sub) else sub) if question else ""
