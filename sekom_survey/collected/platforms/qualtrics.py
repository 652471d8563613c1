"""Qualtrics: csv or xlsx with three rows of headings (code, text, ImportId), or the older two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, takewhile

import numpy as np

from sekom_survey.collected.assemble import ABOUT, END, SECONDS, START, export, part, plain
from sekom_survey.collected.boxes import ONE_ZERO, OTHER, OWN_TEXT, joined
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import Heading
from sekom_survey.collected.times import is_moment
from sekom_survey.model import Export
from sekom_survey.text.files import folded

title = "Qualtrics"

STARTS, ENDS, DURATIONS = {"startdate"}, {"enddate"}, {"duration", "duration (in seconds)"}
FINISHED, STATUS = {"finished"}, {"status"}
OTHERS = (
    FINISHED
    | STATUS
    | {
        "responseid",
        "_recordid",
        "responseset",
        "name",
        "externaldatareference",
        "externalreference",
        "emailaddress",
        "ipaddress",
        "progress",
        "recordeddate",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "locationlatitude",
        "locationlongitude",
        "locationaccuracy",
        "distributionchannel",
        "userlanguage",
    }
)
SIGNS = {
    "startdate",
    "enddate",
    "ipaddress",
    "finished",
    "recordeddate",
    "responseid",
    "responseset",
    "distributionchannel",
}
ENOUGH_SIGNS = 3
NOT_FINISHED = {"0", "false", "falskt", "falsch", "no", "nej"}
TRIALS = {"1", "2", "survey preview", "survey test"}
IMPORT_ID = re.compile(r'"ImportId"\s*:\s*"([^"]*)"')
_PART = re.compile(r"(.+?)[_#].*")
_CHOICE, _TEXT = "Selected Choice", " - Text"


def detect(grid: Grid) -> bool:
    """There is a row of ImportIds, or Qualtrics' own codes stand in one of the two first rows."""
    return _import_row(grid) is not None or any(len(set(grid.keys(row)) & SIGNS) >= ENOUGH_SIGNS for row in (0, 1))


def _import_row(grid: Grid) -> int | None:
    """Which of the first three rows holds an ImportId in most of its cells."""
    for row in range(3):
        texts = [text for text in grid.level(row) if text]
        if texts and sum(bool(IMPORT_ID.search(text)) for text in texts) * 2 > len(texts):
            return row
    return None


def read(grid: Grid) -> Export:
    """One row a visit, keyed on ImportId where there is one, since names repeat.

    A row not finished is marked so, and a trial from the form's preview too. Several choices are parted by a comma.
    """
    header_rows, keys, texts = _header(grid)
    about = {index: told for index, key in enumerate(keys) if (told := _told(folded(key)))}
    headings = [
        (text, "") if index in about else both
        for index, (text, both) in enumerate(zip(texts, _questions(keys, texts), strict=True))
    ]
    parts = joined(part(grid, header_rows, headings, about, keys=keys), (OWN_TEXT, ONE_ZERO), ",", grid)
    unfinished = _rows_with(grid, header_rows, keys, FINISHED, NOT_FINISHED) | _rows_with(
        grid, header_rows, keys, STATUS, TRIALS
    )
    return export(
        grid, "qualtrics", header_rows, about, plain(parts.columns), parts.dropped, ",", unfinished, parts.options
    )


def _header(grid: Grid) -> tuple[int, list[str], list[str]]:
    """The number of header rows, a key and a text for every column."""
    codes, second = grid.level(0), grid.level(1)
    if (ids := _import_row(grid)) is not None:
        found = [IMPORT_ID.search(text) for text in grid.level(ids)]
        texts = grid.level(max(ids - 1, 0))
        return ids + 1, [match[1] if match else code for match, code in zip(found, codes, strict=True)], texts
    if len(set(grid.keys(1)) & SIGNS) >= ENOUGH_SIGNS:
        return (
            2,
            [text if folded(text) in SIGNS | OTHERS else code for text, code in zip(second, codes, strict=True)],
            second,
        )
    return (1, codes, codes) if any(map(is_moment, second)) else (2, codes, second)


def _told(key: str) -> str:
    for keys, told in ((STARTS, START), (ENDS, END), (DURATIONS, SECONDS), (OTHERS, ABOUT)):
        if key in keys:
            return told
    return ""


def _questions(keys: Sequence[str], texts: Sequence[str]) -> list[Heading]:
    """Each column's question and the row or option under it, told by the start that a question's texts share."""
    found: list[Heading] = []
    for _, run in groupby(zip(keys, texts, strict=True), key=lambda column: _question_key(column[0])):
        columns = list(run)
        shared = _shared_start([text for _, text in columns]) if len(columns) > 1 else ""
        found += [_named(shared, key, text) for key, text in columns]
    return found


def _question_key(key: str) -> str:
    found = _PART.fullmatch(key)
    return found[1] if found else key


def _shared_start(texts: Sequence[str]) -> str:
    pairs = zip(min(texts), max(texts), strict=False)
    same = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return same.rpartition(" - ")[0].removesuffix(" - " + _CHOICE)


def _named(shared: str, key: str, text: str) -> Heading:
    if not shared:
        return text.removesuffix(" - " + _CHOICE), ""
    sub = text[len(shared) + 3 :].removeprefix(_CHOICE).removeprefix(" - ")
    return shared, OTHER if key.endswith("_TEXT") and sub.endswith(_TEXT) else sub


def _rows_with(grid: Grid, header_rows: int, keys: Sequence[str], names: set[str], values: set[str]) -> frozenset[int]:
    places = [index for index, key in enumerate(keys) if folded(key) in names]
    columns = [grid.column(index, header_rows) for index in places[:1]]
    hits = (cells.where(text for text in cells.present() if folded(text) in values) for cells in columns)
    return frozenset(row for hit in hits for row in np.flatnonzero(hit).tolist())
