"""The platform's file in; an Export out. Every file in `platforms` is a platform."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sekom_survey.collected import generic, spss
from sekom_survey.collected.assemble import cell_count
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.opening import open_file
from sekom_survey.collected.options import read_options, with_survey
from sekom_survey.collected.platforms import PLATFORMS, Reader
from sekom_survey.collected.times import is_moment
from sekom_survey.model import WARNING, Export, Problem, Survey, Unusable, as_given, errors
from sekom_survey.text.files import folded
from sekom_survey.text.toml import did_you_mean

__all__ = ["READERS", "Reader", "cell_count", "read_export"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


READERS: Mapping[str, Reader] = {**PLATFORMS, "spss": spss, "generic": generic}


def read_export(
    path: Path,
    shown: str,
    reader: str | None = None,
    options: Mapping[str, object] | None = None,
    survey: Survey | None = None,
) -> tuple[Export | None, list[Problem]]:
    """A platform's file to an Export and the problems met; None when an error makes it unusable.

    The platform is told from the content unless `reader` names it; `options` is the table [reader_options] of
    survey.toml and `survey` the rest of it, whose questions are never taken for columns about the form. `shown` is the file's name as the user knows it. Never raises for what a file holds.
    """
    stated, problems = read_options(options)
    if reader is not None and reader not in READERS:
        problems.append(
            Problem(
                "reader_unknown",
                "survey.toml",
                "reader",
                f"Läsaren ”{reader}” finns inte.",
                "Välj bland " + ", ".join(READERS) + "." + did_you_mean(reader, READERS),
            )
        )
    if stated.header_rows is not None and reader != "generic":
        problems.append(
            Problem(
                "option_unused",
                "survey.toml",
                "reader_options.header_rows",
                "Antalet rubrikrader gäller bara läsaren generic.",
                'Ta bort header_rows, eller skriv reader = "generic".',
            )
        )
    if problems:
        return None, problems
    try:
        grids = open_file(path, shown, with_survey(stated, survey))
        grid, name = _chosen(grids, shown, stated.sheet, reader)
        found = _closed(READERS[name].read(grid), grid, [other for other in grids if other is not grid])
    except Unusable as error:
        return None, list(error.problems)
    said = {**(options or {}), **dict(found.options)}
    return (
        None if errors(grid.problems) else replace(found, cells=as_given(found, "cells"), options=tuple(said.items()))
    ), grid.problems


def _chosen(grids: Sequence[Grid], shown: str, sheet: str, reader: str | None) -> tuple[Grid, str]:
    """The sheet that holds the answers and the name of its reader. Raises Unusable."""
    if sheet:
        named = [grid for grid in grids if folded(grid.name) == folded(sheet)]
        if not named:
            raise Unusable(
                [
                    Problem(
                        "sheet_missing",
                        shown,
                        sheet,
                        f"Bladet ”{sheet}” finns inte eller är tomt.",
                        "Bladen med innehåll: " + ", ".join(grid.name for grid in grids) + ".",
                    )
                ]
            )
        grids = named
    fitting = [(grid, name) for grid in grids for name in _names(grid, reader)]
    if not fitting and reader:
        fitting = [(_headed(grid), reader) for grid in grids]
    if not fitting:
        raise _unknown(grids, shown)
    if len({id(grid) for grid, _ in fitting}) > 1:
        raise Unusable(
            [
                Problem(
                    "sheets_several",
                    shown,
                    ", ".join(grid.name for grid, _ in fitting),
                    "Flera blad kan vara enkätens svar.",
                    "Ta bort de andra, eller ange sheet under [reader_options] i survey.toml.",
                )
            ]
        )
    return fitting[0]


def _names(grid: Grid, reader: str | None) -> list[str]:
    return [name for name in ([reader] if reader else READERS) if READERS[name].detect(grid)][:1]


def _headed(grid: Grid) -> Grid:
    if grid.options.header_rows != 0 and _looks_like_answers(grid.rows[0][1]):
        raise _no_header(grid)
    return grid


def _unknown(grids: Sequence[Grid], shown: str) -> Unusable:
    if _looks_like_answers(grids[0].rows[0][1]):
        return _no_header(grids[0])
    known = ", ".join(f"{module.title} ({name})" for name, module in READERS.items())
    return Unusable(
        [
            Problem(
                "platform_unknown",
                shown,
                "",
                "Det syns inte vilket enkätverktyg filen kommer från.",
                f"Ange reader i survey.toml. Det här går att läsa: {known}. Kommandot sekom inspect visar vad filen innehåller.",
            )
        ]
    )


def _no_header(grid: Grid) -> Unusable:
    where = f"rad {grid.rows[0][0]}"
    return Unusable(
        [
            Problem(
                "header_missing",
                grid.file,
                where,
                "Första raden ser ut som ett svar, inte som rubriker.",
                "Exportera på nytt med rubrikraden kvar; frågorna känns igen på rubrikerna.",
            )
        ]
    )


def _looks_like_answers(cells: Sequence[str]) -> bool:
    return any(cell == "anonymous" or _EMAIL.fullmatch(cell) or is_moment(cell) for cell in cells)


def _closed(found: Export, grid: Grid, others: Sequence[Grid]) -> Export:
    """The Export with other sheets' cells counted as left behind. Raises Unusable when a cell was lost."""
    lost = grid.filled(len(grid.rows) - len(found.rows)) - cell_count(found)
    if lost:
        raise Unusable(
            [
                Problem(
                    "cells_lost",
                    grid.file,
                    "",
                    f"{abs(lost)} celler stämmer inte vid kontrollräkning.",
                    "Det är ett fel i programmet. Spara filen och meddela den som sköter det.",
                )
            ]
        )
    for other in others:
        grid.problems.append(
            Problem(
                "sheet_left",
                grid.file,
                f"blad {other.name}",
                f"Bladet har {other.filled()} ifyllda celler som inte läses.",
                "Kontrollera att inga enkätsvar står där.",
                WARNING,
            )
        )
    left = ((f"bladet ”{other.name}”", other.filled()) for other in others)
    return replace(found, cells=as_given(found, "cells"), dropped=(*found.dropped, *left))
