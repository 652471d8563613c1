"""Small csv tables that people keep in Excel: known columns, strictly checked."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.model import Problem
from sekom_survey.text.files import NotText, read_rows, squeeze
from sekom_survey.text.toml import did_you_mean

MAX_BYTES, MAX_ROWS = 5_000_000, 50_000


@dataclass(frozen=True)
class TableRead:
    """A table read from csv: its rows as header -> cell, with line numbers."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    problems: tuple[Problem, ...] = ()


def read_sheet(
    path: Path, shown: str, columns: tuple[str, ...], required: Iterable[str], aliases: Mapping[str, str]
) -> TableRead:
    """A csv with known columns to a Sheet; BOM, `;` and Swedish headings accepted, unknown ones reported."""
    try:
        if path.exists() and path.stat().st_size > MAX_BYTES:
            return TableRead((), (_too_large(shown),))
        lines = read_rows(path)
    except FileNotFoundError:
        return TableRead(
            (),
            (
                Problem(
                    "file_missing",
                    shown,
                    "",
                    "Filen finns inte.",
                    "Lägg den i årets mapp med kolumnerna " + ", ".join(columns) + ".",
                ),
            ),
        )
    except (OSError, NotText, UnicodeDecodeError, csv.Error):
        return TableRead(
            (),
            (Problem("file_unreadable", shown, "", "Filen går inte att läsa som text.", "Spara den som csv i UTF-8."),),
        )
    if len(lines) > MAX_ROWS:
        return TableRead((), (_too_large(shown),))
    filled = [(i, cells) for i, cells in enumerate(lines, 1) if any(squeeze(cell) for cell in cells)]
    if not filled:
        return TableRead(
            (),
            (
                Problem(
                    "file_empty", shown, "", "Filen är tom.", "Fyll i den med kolumnerna " + ", ".join(columns) + "."
                ),
            ),
        )
    header = [column_name(cell, aliases) for cell in filled[0][1]]
    problems = _header_faults(header, shown, columns, required)
    problems += width_faults(filled, shown)
    rows = [(i, {name: squeeze(cell) for name, cell in zip(header, cells, strict=False)}) for i, cells in filled[1:]]
    return TableRead(tuple(rows), tuple(problems))


def width_faults(rows: Sequence[tuple[int, Sequence[str]]], shown: str) -> list[Problem]:
    """A problem for every row with more or fewer cells than the first, which has the headings.

    Empty cells beyond the last heading, as Excel writes them, do not count, and an empty row is no fault.
    """
    wide = _extent(rows[0][1]) if rows else 0
    return [
        _wrong_width(shown, line, held if held > wide else len(cells), wide)
        for line, cells in rows[1:]
        if (held := _extent(cells)) and (len(cells) < wide or held > wide)
    ]


def _extent(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that holds something."""
    return next((place for place in range(len(cells), 0, -1) if squeeze(cells[place - 1])), 0)


def _wrong_width(shown: str, line: int, cells: int, wide: int) -> Problem:
    found = f"Antal celler i raden: {cells}. Antal rubriker: {wide}."
    todo = "Ett skiljetecken saknas eller är ett för mycket: sätt citattecken om en text som har skiljetecken i sig, eller spara filen på nytt ur Excel."
    return Problem("row_width", shown, f"rad {line}", found, todo)


def _too_large(shown: str) -> Problem:
    todo = "Kontrollera att rätt fil ligger här."
    return Problem("file_too_large", shown, "", f"Filen är större än 5 MB eller har fler än {MAX_ROWS} rader.", todo)


def column_name(cell: str, aliases: Mapping[str, str]) -> str:
    """The column that a heading means, whatever its case, spaces and other names."""
    name = squeeze(cell).casefold()
    return aliases.get(name, aliases.get(name.replace(" ", "_"), name.replace(" ", "_")))


def _header_faults(header: list[str], shown: str, columns: tuple[str, ...], required: Iterable[str]) -> list[Problem]:
    problems = [
        Problem("column_missing", shown, name, f"Kolumnen {name} saknas.", f"Lägg till kolumnen {name}.")
        for name in required
        if name not in header
    ]
    for name, n in Counter(header).items():
        if name and name not in columns:
            problems.append(
                Problem(
                    "column_unknown",
                    shown,
                    name,
                    f"Kolumnen {name} är okänd.",
                    "Ta bort eller döp om den." + did_you_mean(name, columns),
                )
            )
        elif name and n > 1:
            problems.append(Problem("column_double", shown, name, f"Kolumnen {name} finns {n} gånger.", "Behåll en."))
    return problems
