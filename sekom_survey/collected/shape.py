"""Whether a sheet's rows and columns fit its headings, and what to call a column that has none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sekom_survey.collected.grid import TEXT_FILE, Grid, column_letter
from sekom_survey.collected.header import Heading
from sekom_survey.collected.times import Moments
from sekom_survey.model import NOTE, WARNING, Problem, Unusable
from sekom_survey.model.cells import Cells
from sekom_survey.text.files import folded

ERRORS = frozenset(
    [
        "#N/A",
        "#SAKNAS!",
        "#REF!",
        "#REFERENS!",
        "#VALUE!",
        "#VÄRDEFEL!",
        "#DIV/0!",
        "#DIVISION/0!",
        "#NAME?",
        "#NAMN?",
        "#NUM!",
        "#OGILTIGT!",
        "#NULL!",
        "#SKÄRNING!",
        "#SPILL!",
        "#CALC!",
    ]
)  # what a spreadsheet shows where it could not work out a cell, in English and Swedish
MOST_ROWS = 10
LONGEST_ID, FEWEST_NUMBERED = 16, 2


def named(grid: Grid, header_rows: int, headings: Sequence[Heading]) -> tuple[list[Heading], set[int]]:
    """The headings, "Kolumn L" where there is none over cells that hold something, and the columns that only number the rows.

    Each is told. Raises Unusable for a row of a text file with more cells than there are headings.
    """
    wide = int(grid.rows.widths[:header_rows].max(initial=0)) if header_rows else grid.width
    found, numbering = list(headings), set[int]()
    for index, (question, _) in enumerate(headings):
        cells = grid.column(index, header_rows)
        if question or not cells.filled:
            continue
        if index >= wide and grid.origin == TEXT_FILE:
            raise _too_long(grid, int(grid.rows.numbers[header_rows:][cells.codes > 0][0]))
        found[index] = (f"Kolumn {column_letter(index)}", "")
        if numbers_rows(cells):
            numbering.add(index)
        grid.problems.append(_numbered(grid, index) if index in numbering else _no_heading(grid, index, cells.filled))
    _check_short_rows(grid, header_rows, wide)
    return found, numbering


NUMBERING = frozenset(
    [
        "id",
        "nr",
        "nummer",
        "löpnummer",
        "radnummer",
        "index",
        "respondent",
        "respondent-id",
        "respondentid",
        "svarande",
        "svars-id",
        "svarsnummer",
        "#",
        "no",
        "number",
    ]
) | {"response id", "respondent id", "svar nr", "svars nr"}  # what tools call the number that they give each answer


def numbers_answers(cells: Cells, sure: bool) -> bool:
    """Whether every row has a higher whole number than the row before, as an id; one after the other only when `sure`."""
    texts = list(cells)
    if not all(text.isascii() and text.isdigit() and len(text) < LONGEST_ID for text in texts):
        return False
    numbers = list(map(int, texts))
    rising = all(before < after for before, after in pairwise(numbers))
    return len(numbers) > FEWEST_NUMBERED and rising and (sure or numbers[-1] > len(numbers))


def numbers_rows(cells: Cells) -> bool:
    """Whether every cell is one more than the cell above, as an index that a program has added."""
    texts = list(cells[:1]) if len(cells) else []
    if not texts or not (texts[0].isascii() and texts[0].isdigit() and len(texts[0]) < 10):
        return False
    return len(cells) > 1 and list(cells) == [
        str(number) for number in range(int(texts[0]), int(texts[0]) + len(cells))
    ]


def _too_long(grid: Grid, row: int) -> Unusable:
    todo = "Ett skiljetecken i ett svar har förskjutit raden. Exportera på nytt, helst som xlsx."
    found = "Raden har fler celler än det finns rubriker."
    return Unusable([Problem("row_too_long", grid.file, f"rad {row}", found, todo)])


def _no_heading(grid: Grid, index: int, filled: int) -> Problem:
    letter = column_letter(index)
    todo = f'Är det en fråga: skriv dess text i rubriken. Annars: skriv drop = ["Kolumn {letter}"] under [reader_options] i survey.toml.'
    found = f"Kolumnen saknar rubrik och har {filled} {'ifylld cell' if filled == 1 else 'ifyllda celler'}."
    return Problem("heading_missing", grid.file, f"kolumn {letter}", found, todo, WARNING)


def numbered_answers(grid: Grid, header_rows: int, headings: Sequence[Heading]) -> dict[int, str]:
    """The columns of a plain table that only number its answers, under a heading that says so and that no question has; each is told."""
    found = {
        index: question
        for index, (question, sub) in enumerate(headings)
        if folded(question) in NUMBERING and not sub and not grid.options.asks(question)
        if numbers_answers(grid.column(index, header_rows), sure=True)
    }
    for index, question in found.items():
        told = f"Kolumnen ”{question}” numrerar bara svaren; den lämnas."
        todo = "Inget. Är det en fråga: lägg till den i survey.toml."
        grid.problems.append(
            Problem("column_numbers_rows", grid.file, f"kolumn {column_letter(index)}", told, todo, NOTE)
        )
    return dict.fromkeys(found, "about")


def _numbered(grid: Grid, index: int) -> Problem:
    found = "Kolumnen saknar rubrik och numrerar bara raderna; den lämnas."
    todo = "Inget. Är det en fråga: skriv dess text i rubriken."
    return Problem("column_numbers_rows", grid.file, f"kolumn {column_letter(index)}", found, todo, WARNING)


def _check_short_rows(grid: Grid, header_rows: int, wide: int) -> None:
    short = grid.rows.numbers[header_rows:][grid.rows.widths[header_rows:] < wide].tolist()
    if short:
        todo = "Filen kan vara avbruten, eller ett radbryt ha delat en rad. Jämför antalet svar med enkätverktygets."
        found = f"{len(short)} rader har färre celler än det finns rubriker."
        grid.problems.append(Problem("row_too_short", grid.file, f"rad {short[0]}", found, todo, WARNING))


def rows_out_of_sight(grid: Grid, rows: Sequence[int]) -> list[Problem]:
    """Tells of answers in rows that a spreadsheet hides, by hand or by a filter, strikes through, or merges cells of."""
    hidden, struck, merged = (
        [row for row in rows if row in marks] for marks in (grid.hidden, grid.struck, grid.merged)
    )
    todo = "Ska någon inte räknas: stryk den i corrections.csv."
    told = []
    if hidden:
        said = _told_rows(hidden, "är dold", "är dolda")
        told.append(Problem("rows_hidden", grid.file, _where(hidden), said, todo, WARNING))
    if struck:
        said = _told_rows(struck, "har överstruken text", "har överstruken text")
        told.append(Problem("rows_struck", grid.file, _where(struck), said, todo, WARNING))
    if merged:
        said = _told_rows(merged, "har sammanslagna celler", "har sammanslagna celler")
        lost = "Bara den första av cellerna har kvar sitt svar. Jämför med enkätverktyget, eller exportera på nytt."
        told.append(Problem("cells_merged", grid.file, _where(merged), said, lost, WARNING))
    return told


def columns_out_of_sight(grid: Grid, header_rows: int) -> list[Problem]:
    """Tells of columns with answers that a spreadsheet hides."""
    letters = [
        column_letter(number - 1)
        for number in sorted(grid.hidden_columns)
        if number <= len(grid.rows.columns) and grid.column(number - 1, header_rows).filled
    ]
    if not letters:
        return []
    several = len(letters) > 1
    found = f"{len(letters) if several else 'En'} {'kolumner är dolda' if several else 'kolumn är dold'} i kalkylbladet; {'de' if several else 'den'} läses som de andra."
    where = "kolumn " + ", ".join(letters[:MOST_ROWS]) + (" …" if len(letters) > MOST_ROWS else "")
    todo = "Ska någon inte läsas: skriv dess rubrik i drop under [reader_options] i survey.toml."
    return [Problem("columns_hidden", grid.file, where, found, todo, WARNING)]


def _told_rows(rows: Sequence[int], one: str, several: str) -> str:
    if len(rows) == 1:
        return f"En rad {one} i kalkylbladet; den räknas."
    return f"{len(rows)} rader {several} i kalkylbladet; de räknas."


def _where(rows: Sequence[int]) -> str:
    return "rad " + ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")


def dates_unclear(grid: Grid, day_first: bool) -> Problem:
    """Tells that nothing in a file shows which of day and month stands first in its times."""
    found = "Det syns inte om dagen eller månaden står först i svarens tider, som 03/02/2026; de läses som " + (
        "3 februari." if day_first else "2 mars."
    )
    todo = f"Stämmer det inte: skriv day_first = {str(not day_first).lower()} under [reader_options] i survey.toml."
    return Problem("dates_unclear", grid.file, "", found, todo, WARNING)


def check_dates(grid: Grid, header_rows: int, index: int, heading: str, cells: Cells) -> None:
    """Tells of answers in a column that a spreadsheet has made dates of, where others are none."""
    held = [number for number, column in grid.dates if column == index]
    dates = np.intersect1d(grid.rows.numbers[header_rows:], held).tolist() if held else []
    if dates and len(dates) < cells.filled:
        found = f"{len(dates)} svar på ”{heading}” har blivit datum i kalkylbladet."
        todo = "Jämför med enkätverktyget: svar som 3-4 görs ibland om till datum."
        grid.problems.append(Problem("answer_became_date", grid.file, f"rad {dates[0]}", found, todo, WARNING))


def check_errors(grid: Grid, index: int, heading: str, cells: Cells) -> None:
    """Tells of cells that hold a spreadsheet's error instead of an answer."""
    if met := ERRORS.intersection(cells.texts):
        found = f"{int(cells.where(met).sum())} svar på ”{heading[:80]}” är ett felvärde från ett kalkylblad, som #SAKNAS!, och räknas inte."
        todo = "Jämför med enkätverktyget, eller exportera på nytt."
        where = f"kolumn {column_letter(index)}"
        grid.problems.append(Problem("cell_error", grid.file, where, found, todo, WARNING))


def check_times(grid: Grid, header_rows: int, columns: Sequence[tuple[Cells, Moments]]) -> None:
    """Tells of answers whose time cannot be read."""
    numbers = grid.rows.numbers[header_rows:]
    unread = [(cells, (cells.codes > 0) & np.isnat(found)) for cells, found in columns]
    cells, rows = max(unread, key=lambda one: int(one[1].sum()))
    if rows.any():
        first = int(np.flatnonzero(rows)[0])
        found = f"{int(rows.sum())} svar har en tid som inte går att läsa, som ”{cells[first][:40]}”."
        todo = "Att svaren hör till årets enkät kan då inte prövas. Kontrollera det, eller exportera på nytt."
        grid.problems.append(Problem("times_unread", grid.file, f"rad {int(numbers[first])}", found, todo, WARNING))


def as_typed(cells: Cells) -> Cells:
    """A column without the apostrophe before every one of its cells, with which a spreadsheet keeps them as text."""
    texts = [text for text in cells.present() if text] if cells.texts[-1][:1] == "'" else []
    if len(texts) > 1 and all(text.startswith("'") and not text.endswith("'") for text in texts):
        return cells.changed(lambda text: text.removeprefix("'"))
    return cells
