"""Rows of a sheet that are no answers: the headings once more, and sums and notes below the table."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from sekom_survey.collected.grid import SPSS_FILE, Grid
from sekom_survey.model import WARNING, Problem

MOST_BELOW, FEWEST_HEADINGS, NOTE_CELLS = 10, 2, 1
LEFT = "rader som inte är svar"
_SUM = re.compile(
    r"(del)?(summa|summor|total|totalt|totalsumma|medel|medelvärde|medeltal|genomsnitt|snitt|median|antal|antal svar"
    r"|sum|grand total|average|mean|count)\W{0,2}",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\([^()]{1,30}\)|\[[^\[\]]{1,30}\]")  # a unit of its own under a heading
_NOTE = re.compile(
    r"(källa|obs|not|anm|anmärkning|fotnot|source|note)\s*[:.!]|\*+\s|(antal svar|exporterad|utskriven|hämtad|exported|generated)\b",
    re.IGNORECASE,
)


def without_asides(grid: Grid) -> tuple[Grid, tuple[tuple[str, int], ...]]:
    """A sheet without such rows, each told by its number, and their cells as (what, how many)."""
    if grid.origin == SPSS_FILE:  # whose first rows are the file's own, and which holds cases alone
        return grid, ()
    again, below = _headings_again(grid), _below(grid)
    left = again | below
    if not left.any():
        return grid, ()
    if rows := _rows(grid, again):
        found, todo = (
            "Rubrikraden står en gång till bland svaren; den läses inte där.",
            "Kontrollera att filen inte är hopklistrad av flera.",
        )
        grid.problems.append(Problem("headings_again", grid.file, rows, found, todo, WARNING))
    if rows := _rows(grid, below & ~again):
        found = "En rad är en summa, en enhet eller en anmärkning och inget svar; den läses inte."
        todo = "Är det ett svar: ta bort ordet först i raden."
        grid.problems.append(Problem("rows_below", grid.file, rows, found, todo, WARNING))
    kept = grid.keeping(~left)
    return kept, ((LEFT, grid.filled() - kept.filled()),)


def _rows(grid: Grid, rows: NDArray[np.bool_]) -> str:
    numbers = grid.rows.numbers[rows].tolist()
    return "rad " + ", ".join(map(str, numbers[:MOST_BELOW])) if numbers else ""


def _headings_again(grid: Grid) -> NDArray[np.bool_]:
    """The rows below the first whose every filled cell says what stands over it, for at least half of the headings."""
    if grid.options.header_rows == 0:
        return np.zeros(len(grid.rows), bool)
    headings = grid.rows[0][1]
    same, filled = np.zeros(len(grid.rows), np.int64), np.zeros(len(grid.rows), np.int64)
    for cells, heading in zip(grid.rows.columns, headings, strict=False):
        filled += cells.codes > 0
        if heading:
            same += cells.codes == cells.codes[0]
    for cells in grid.rows.columns[len(headings) :]:
        filled += cells.codes > 0
    stated = sum(map(bool, headings))
    again = (same == filled) & (same * 2 >= stated) & (same >= FEWEST_HEADINGS)
    again[0] = False
    return again


def _below(grid: Grid) -> NDArray[np.bool_]:
    """The last rows that begin with the word for a sum, or hold no more than a note; and a row of units under the headings."""
    found = np.zeros(len(grid.rows), bool)
    if len(grid.rows) > FEWEST_HEADINGS:
        units = [cell for cell in grid.rows[1][1] if cell]
        found[1] = 0 < len(units) * 2 < len(grid.rows[0][1]) and all(map(_UNIT.fullmatch, units))
    for row in range(len(grid.rows) - 1, max(len(grid.rows) - 1 - MOST_BELOW, 1), -1):
        cells = [cell for cell in grid.rows[row][1] if cell]
        wide = sum(map(bool, grid.rows[0][1])) > NOTE_CELLS + 1
        if not (_SUM.fullmatch(cells[0]) or (wide and len(cells) <= NOTE_CELLS and _NOTE.match(cells[0]))):
            break
        found[row] = True
    return found
