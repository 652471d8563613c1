"""A sheet of cells as clean text: what every reader is given, whatever the file was."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from sekom_survey.collected.options import NO_OPTIONS, Options
from sekom_survey.collected.table import SheetRows
from sekom_survey.model import Problem
from sekom_survey.model.cells import Cells
from sekom_survey.text.files import folded, heading

_HARD_SPACES = re.compile("[\u00a0\u2007\u202f]")
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]|(?<![\u0590-\u1fff\u2190-\U0010ffff])[\u200c\u200d]"
)  # a joiner stays in emoji and other scripts
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)  # and halves of characters, which no file can hold
_EXCEL_RETURN = "_x000D_"
_WHOLE = 1e15
TRUE, FALSE = "Sant", "Falskt"


def cell_text(value: object) -> str:
    """A typed cell as text: 6.0 is "6", a date is ISO, a truth value is Sant or Falskt; None is empty."""
    match value:
        case None:
            text = ""
        case bool():
            text = TRUE if value else FALSE
        case float():
            text = _number(value)
        case datetime():
            text = value.isoformat(" ", "seconds")
        case date() | time():
            text = value.isoformat()
        case _:
            text = clean_text(str(value))
    return text


def percent_text(share: float) -> str:
    """A share as a spreadsheet shows it in percent, with decimals as many as it has, at most ten figures: "62,5 %"."""
    return f"{share * 100:.10g}".replace(".", ",") + " %"


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)


def clean_texts(texts: Sequence[str]) -> list[str]:
    """Many texts as `clean_text` gives them, what seldom needs mending looked for in all of them at once."""
    together = "".join(texts)  # as each is: a form and a mark stay what they are when more text comes beside them
    if _EXCEL_RETURN in together or not unicodedata.is_normalized("NFC", together):
        return list(map(clean_text, texts))
    if together.isprintable():
        return list(map(str.strip, texts))
    return [text.strip() if text.isprintable() else clean_text(text) for text in texts]


def clean_text(text: str) -> str:
    """Text with hard spaces made plain, invisible and control characters gone, one kind of line end and no outer space.

    What stands inside is kept, line breaks and doubled spaces too: "N/A" and "None" are answers like others.
    """
    text = text.replace(_EXCEL_RETURN, "")
    if text.isprintable():  # which none of the characters below are
        return unicodedata.normalize("NFC", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _INVISIBLE.sub("", _HARD_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return _CONTROLS.sub("", text).strip()


WORKBOOK, TEXT_FILE, SPSS_FILE = "workbook", "text", "spss"


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet that hold something, each (its number in the file, its cells); the first line is row 1.

    `dates` are the (row number, column) of cells that the workbook holds as dates, `declared` the texts in a column that
    the file itself declares to be missing values; `above` is how many rows of titles were taken away, `hidden`,
    `struck` and `merged` are the numbers of rows that the spreadsheet hides, strikes text through or merges cells in, `hidden_columns` those of the
    columns it hides, from 1. `problems` gathers what the
    reader notices on the way; only errors stop a run.
    """

    file: str
    rows: SheetRows
    name: str = ""
    origin: str = TEXT_FILE
    options: Options = NO_OPTIONS
    dates: frozenset[tuple[int, int]] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    declared: Mapping[int, frozenset[str]] = field(default_factory=dict)
    above: int = 0
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()

    def below(self, rows: int) -> Grid:
        """The sheet without some of its first rows."""
        return replace(self, rows=self.rows.below(rows), above=self.above + rows) if rows else self

    def keeping(self, rows: NDArray[np.bool_]) -> Grid:
        """The sheet with only some of its rows."""
        return replace(self, rows=self.rows.keeping(rows))

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return int(self.rows.widths.max(initial=0))

    def level(self, number: int = 0) -> list[str]:
        """One of the first rows as column headings, normalised and as wide as the sheet."""
        cells = self.rows[number][1] if number < len(self.rows) else ()
        return [
            heading(self.options.heading(cell)) if self.options.headings else heading(cell)
            for cell in padded(cells, self.width)
        ]

    def keys(self, number: int = 0) -> list[str]:
        """The headings of a row as they compare."""
        return [folded(cell) for cell in self.level(number)]

    def column(self, index: int, header_rows: int) -> Cells:
        """The cells of a column below the headings."""
        return self.rows.columns[index][header_rows:]

    def filled(self, header_rows: int = 0) -> int:
        """The number of cells below the headings that hold something."""
        return sum(cells[header_rows:].filled for cells in self.rows.columns)


def padded(cells: Sequence[str], width: int) -> list[str]:
    """Cells with empty ones added up to a width."""
    return [*cells, *[""] * (width - len(cells))]


def column_letter(index: int) -> str:
    """The letters a spreadsheet shows over a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
