"""LimeSurvey: csv or xlsx with codes, full texts, both ("code. text") or a mixture as headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sekom_survey.collected.assemble import ABOUT, END, START, Column, SheetParts, export, part, plain
from sekom_survey.collected.boxes import ONLY_ONES, YES_NO, joined
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import Heading, bracketed
from sekom_survey.model import Export
from sekom_survey.model.cells import Cells, cells_of
from sekom_survey.text.files import folded

title = "LimeSurvey"

NOT_SHOWN_WORD, VV_NOT_SHOWN = "N/A", "{question_not_shown}"
VV_WORDS = {"{newline}": "\n", "{cr}": "", "{tab}": "\t", "{quote}": '"', "{lbrace}": "{"}
_BRACED = re.compile("|".join(map(re.escape, VV_WORDS)))
STARTS = {"startdate", "date started", "startdatum", "datum gestartet"}
SENT = {"submitdate", "date submitted", "datum inskickat", "datum abgeschickt"}
LAST_SEEN = {"datestamp", "date last action", "datum letzte aktivität"}
ENDS = SENT | LAST_SEEN
FORM = {
    "lastpage",
    "last page",
    "letzte seite",
    "sista sidan",
    "startlanguage",
    "start language",
    "start-sprache",
    "startspråk",
    "seed",
    "zufallsstartwert",
}
OTHERS = FORM | {
    "id",
    "response id",
    "antwort id",
    "svars-id",
    "token",
    "access code",
    "ipaddr",
    "ip address",
    "refurl",
    "referrer url",
    "firstname",
    "first name",
    "lastname",
    "last name",
    "email",
    "email address",
    "interviewtime",
    "total time",
}
_TIMING = re.compile(r"grouptime\d*|\d+x\d+(x\d+)?time|(group|question) time: .*")
_CLOCKED = "time"  # after the code of the question that it took this long to answer
_CODE = re.compile(r"[A-Za-z]\w*")
_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\]]*\]){0,2})\.\s+(.+)")


def detect(grid: Grid) -> bool:
    """At least two of when sent, last page, language and seed stand in the first row, or in the second as in VV."""
    return any(_is_own(grid, row) for row in (0, 1))


def _is_own(grid: Grid, row: int) -> bool:
    return sum(bool(_told(key)) and key in SENT | FORM for key in _codes_and_texts(grid.level(row))) > 1


def read(grid: Grid) -> Export:
    """One row a visit; `N/A` is a question not shown, boxes are Yes and No in columns of their own.

    A row without a time of sending was never sent in: it is marked as unfinished, and its "No" is no answer. A VV file
    has the codes in a second row of headings and writes what is not shown, and line ends, as {words} in braces.
    """
    vv = _is_own(grid, 1)
    rows, hidden = (2, VV_NOT_SHOWN) if vv else (1, NOT_SHOWN_WORD)
    headings = [folded(text) for text in grid.level(rows - 1)]
    about = {index: told for index, text in enumerate(headings) if (told := _told(_code(text)) or _told(_text(text)))}
    codes = {code for text in headings for code in (_code(text), _code(text).partition("[")[0])}
    about |= {
        index: ABOUT
        for index, text in enumerate(headings)
        if text.endswith(_CLOCKED) and text.removesuffix(_CLOCKED) in codes
    }
    sent = [index for index, text in enumerate(headings) if {_code(text), _text(text)} & SENT]
    about |= {index: ABOUT for index, told in about.items() if told == END and sent and index not in sent}
    parts = part(grid, rows, _questions(grid.level(), about), about, hidden_word=hidden, keys=grid.level(rows - 1))
    parts = joined(_unbraced(parts) if vv else parts, (YES_NO, ONLY_ONES), ";", grid)
    unfinished = {row for index in sent[:1] for row in _never_sent(grid.column(index, rows))}
    columns = [_whole_code(column, set(grid.level())) for column in parts.columns]
    return export(
        grid,
        "limesurvey",
        rows,
        about,
        plain(columns),
        parts.dropped,
        unfinished=frozenset(unfinished),
        options=parts.options,
    )


def _never_sent(cells: Cells) -> list[int]:
    return np.flatnonzero((cells.codes == 0) | cells.where([VV_NOT_SHOWN])).tolist()


def _unbraced(parts: SheetParts) -> SheetParts:
    """The answers of a VV file as they were written."""
    columns = (replace(column, cells=cells_of(column.cells).changed(_written)) for column in parts.columns)
    return SheetParts(tuple(columns), parts.dropped)


def _written(text: str) -> str:
    return _BRACED.sub(lambda found: VV_WORDS[found[0]], text).strip()


def _codes_and_texts(headings: Sequence[str]) -> set[str]:
    return {part for text in map(folded, headings) for part in (_code(text), _text(text))}


def _code(text: str) -> str:
    found = _CODED.fullmatch(text)
    return found[1] if found else text


def _text(text: str) -> str:
    found = _CODED.fullmatch(text)
    return found[2] if found else text


def _told(key: str) -> str:
    if key in STARTS:
        return START
    if key in ENDS:
        return END
    return ABOUT if key in OTHERS or _TIMING.fullmatch(key) else ""


def _questions(headings: Sequence[str], about: dict[int, str]) -> list[Heading]:
    """Headings parted in question and row, without codes where most of them have both code and text."""
    asked = [text for index, text in enumerate(headings) if index not in about and text]
    both = sum(1 for text in asked if _CODED.fullmatch(text)) * 2 > len(asked)
    return bracketed([_text(text) if both else text for text in headings])


def _whole_code(column: Column, headings: set[str]) -> Column:
    """A matrix row known only by codes keeps both: `Q6[SQ001]` has no space, and the row's code is no wording."""
    whole = f"{column.question}[{column.sub}]"
    return replace(column, question=whole, sub="") if whole in headings and _CODE.fullmatch(column.question) else column
