"""A csv that people keep in Excel: rows added and taken out while every other stays as it was, and no text that is run.

The delimiter is the file's own; the encoding becomes UTF-8 with a byte-order mark, which Excel needs for å, ä and ö.
In xlsx files text is written as text cells and needs no more. A csv has no cell types: Excel and LibreOffice take a cell
that begins with one of `=`, `+`, `-`, `@`, tab or return for a formula. An apostrophe in front makes it text.
Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.text.files import decode, delimiter, rows, squeeze
from sekom_survey.text.table import column_name
from sekom_survey.text.turns import turn

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


BOM, MARK_LENGTH = "\ufeff", 16


def add_rows(path: Path, columns: Sequence[str], aliases: Mapping[str, str], added: Sequence[Mapping[str, str]]) -> int:
    """Adds those rows (column -> cell) that are not there yet, in one step and one program at a time; how many. Raises OSError and NotText.

    A file that is not there is begun with `columns`, as a Swedish Excel opens it; a column that it lacks is put last.
    """
    with turn(path):
        return _added(path, columns, aliases, added)


def _added(path: Path, columns: Sequence[str], aliases: Mapping[str, str], added: Sequence[Mapping[str, str]]) -> int:
    table, mark, end = _table(path, columns)
    header = [column_name(cell, aliases) for cell in table[0]]
    lacking = [name for name in columns if name not in header and any(row.get(name) for row in added)]
    names, before = [*header, *lacking], [*table[0], *lacking]
    there = {_as_read(names, line) for line in table[1:]}
    new = [line for row in added if _as_read(names, line := [row.get(name, "") for name in names]) not in there]
    if new:
        wider = [line + [""] * (len(header) - len(line) + len(lacking)) if lacking else line for line in table[1:]]
        write_whole(path, _text([before, *wider, *new], mark, end))
    return len(new)


def remove_rows(path: Path, marks: Mapping[int, str]) -> bool:
    """Takes out rows by number (the heading is 1), all or none: each must still have its mark. Whether they were taken out."""
    with turn(path):
        table, mark, end = _table(path, ())
        if not marks or any(not 1 < n <= len(table) or row_mark(table[n - 1]) != was for n, was in marks.items()):
            return False
        write_whole(path, _text([line for n, line in enumerate(table, 1) if n not in marks], mark, end))
        return True


def marked_rows(path: Path) -> dict[int, str]:
    """The mark of every row of a file, by its number; none when there is no file."""
    return {n: row_mark(line) for n, line in enumerate(_table(path, ())[0], 1)} if path.exists() else {}


def row_mark(cells: Sequence[str]) -> str:
    """What tells a row from every other content it could have."""
    return hashlib.sha256("\x1f".join(map(squeeze, cells)).encode()).hexdigest()[:MARK_LENGTH]


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file and move it there, once it is on the disk: a reader sees the old or the new, never half."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _table(path: Path, columns: Sequence[str]) -> tuple[list[list[str]], str, str]:
    """A file's rows, its delimiter and how its lines end; the headings alone of one that is not there or empty."""
    text = decode(path.read_bytes())[0] if path.exists() else ""
    found = rows(text.removeprefix(BOM)) if text.strip(BOM + " \r\n") else []
    return (found, delimiter(text), "\r\n" if "\r\n" in text else "\n") if found else ([list(columns)], ";", "\r\n")


def _as_read(names: Sequence[str], cells: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset((name, squeeze(cell)) for name, cell in zip(names, cells, strict=False) if squeeze(cell))


def _text(table: Sequence[Sequence[str]], mark: str, end: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark, lineterminator=end).writerows(table)
    return (BOM + target.getvalue()).encode()
