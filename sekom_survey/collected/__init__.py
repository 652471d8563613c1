"""The platform's file in; an Export out. Every file in `platforms` is a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sekom_survey.collected import generic, spss
from sekom_survey.collected.asides import without_asides
from sekom_survey.collected.assemble import cell_count
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.header import MOST_TITLES, looks_like_answers, titles
from sekom_survey.collected.opening import open_file
from sekom_survey.collected.options import read_options, with_survey
from sekom_survey.collected.platforms import PLATFORMS, FileReader
from sekom_survey.collected.shape import columns_out_of_sight, rows_out_of_sight
from sekom_survey.model import WARNING, Export, Problem, Survey, Unusable, errors
from sekom_survey.text.files import folded
from sekom_survey.text.toml import did_you_mean

__all__ = ["READERS", "Reader", "cell_count", "read_export"]

READERS: Mapping[str, FileReader] = {**PLATFORMS, "spss": spss, "generic": generic}


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
    grids: list[Grid] = []
    try:
        grids = open_file(path, shown, with_survey(stated, survey))
        grid, name = _chosen(grids, shown, stated.sheet, reader)
        answers, asides = without_asides(grid)
        found = _closed(READERS[name].read(answers), answers, grid, grids)
        found = replace(found, dropped=(*found.dropped, *asides))
    except Unusable as error:
        return None, [*(problem for grid in grids for problem in grid.problems), *error.problems]
    if errors(grid.problems):
        return None, grid.problems
    said = {**(options or {}), **dict(found.options)}
    return replace(found, options=tuple(said.items())), grid.problems


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
    fitting = [found for grid in grids for found in _fitting(grid, reader)]
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


def _fitting(grid: Grid, reader: str | None) -> list[tuple[Grid, str]]:
    """The sheet, below any titles, and its reader; nothing when none fits."""
    placed = (grid.below(above) for above in range(titles(grid, MOST_TITLES) + 1))
    names = [reader] if reader else list(READERS)
    return [(one, name) for one in placed for name in names if READERS[name].detect(one)][:1]


def _headed(grid: Grid) -> Grid:
    """A sheet for a reader that recognises none, below any titles. Raises Unusable when an answer stands where headings should."""
    told = grid.options.header_rows
    if told == 0:
        return grid
    if looks_like_answers(grid):
        raise _no_header(grid)
    return grid.below(titles(grid, MOST_TITLES if told is None else told - 1))


def _unknown(grids: Sequence[Grid], shown: str) -> Unusable:
    if looks_like_answers(grids[0]):
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
                "Exportera på nytt med rubrikraden kvar; frågorna känns igen på rubrikerna. Finns ingen: se header_rows i docs/readers.md.",
            )
        ]
    )


def _closed(found: Export, answers: Grid, grid: Grid, sheets: Sequence[Grid]) -> Export:
    """The Export with titles' and other sheets' cells counted as left behind; `grid` is the sheet of its `answers`, with its asides.

    Raises Unusable when a cell was lost.
    """
    header = len(answers.rows) - len(found.rows)
    lost = answers.filled(header) - cell_count(found)
    if lost:
        said = f"{abs(lost)} celler stämmer inte vid kontrollräkning."
        todo = "Det är ett fel i programmet. Spara filen och meddela den som sköter det."
        raise Unusable([Problem("cells_lost", grid.file, "", said, todo)])
    left = [_sheet_left(grid, sheet) for sheet in sheets if sheet.problems is not grid.problems]
    whole = next(sheet for sheet in sheets if sheet.problems is grid.problems)
    grid.problems.extend(rows_out_of_sight(grid, found.rows["row"].tolist()))
    grid.problems.extend(columns_out_of_sight(answers, header))
    titles_left = [_titles_left(grid, whole)] if grid.above else []
    return replace(found, dropped=(*found.dropped, *titles_left, *left))


def _sheet_left(grid: Grid, other: Grid) -> tuple[str, int]:
    found, todo = (
        f"Bladet har {other.filled()} ifyllda celler som inte läses.",
        "Kontrollera att inga enkätsvar står där.",
    )
    grid.problems.append(Problem("sheet_left", grid.file, f"blad {other.name}", found, todo, WARNING))
    return f"bladet ”{other.name}”", other.filled()


def _titles_left(grid: Grid, whole: Grid) -> tuple[str, int]:
    cells, row = whole.filled() - grid.filled(), int(grid.rows.numbers[0])
    found = f"Rubrikerna står på rad {row}; {cells} {'cell' if cells == 1 else 'celler'} ovanför läses inte."
    todo = "Kontrollera att inget svar står där."
    grid.problems.append(Problem("headings_below", grid.file, f"rad {row}", found, todo, WARNING))
    return "raderna ovanför rubrikerna", cells
