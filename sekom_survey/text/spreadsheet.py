"""Text that a spreadsheet would run: how it is told, and how it is kept as text in csv files.

In xlsx files text is written as text cells and needs no more. A csv has no cell types: Excel and LibreOffice take a cell
that begins with one of `=`, `+`, `-`, `@`, tab or return for a formula. An apostrophe in front makes it text.
Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_START = re.compile(r"\s*[=+\-@]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a csv would take a cell for a formula; negative numbers are none."""
    return bool(_START.match(text)) and not _NUMBER.fullmatch(text)


def as_text(value: object) -> object:
    """A cell for a csv: text that would be taken for a formula gets an apostrophe in front, all else is as it was."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a csv, with every text cell as `as_text`."""
    texts = [name for name in table.columns if table[name].dtype.kind not in "biufcmM"]
    return table.assign(**{name: table[name].map(as_text) for name in texts}) if texts else table
