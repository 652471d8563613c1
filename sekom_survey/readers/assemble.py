"""Columns as read -> Export, with every cell accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from sekom_survey.model import NOT_SHOWN, WARNING, Export, Problem, Unusable
from sekom_survey.readers.grid import TEXT_FILE, Grid, column_letter
from sekom_survey.readers.times import has_clock, minutes, moments
from sekom_survey.textfile import folded

START, END, SECONDS, ABOUT = "start", "end", "seconds", "about"


@dataclass(frozen=True)
class Column:
    """A column of answers: the question, the row or option under it (`sub`), its cells and those not shown."""

    question: str
    cells: tuple[str, ...]
    sub: str = ""
    hidden: frozenset[int] = frozenset()

    @property
    def filled(self) -> int:
        """The number of cells that hold something."""
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True)
class Parts:
    """A sheet parted: its columns of answers, and cells left behind as (what, how many)."""

    columns: tuple[Column, ...]
    dropped: tuple[tuple[str, int], ...]


def part(grid: Grid, header_rows: int, headings: Sequence[tuple[str, str]], about: Mapping[int, str],
         hidden_word: str = "") -> Parts:
    """Part a sheet's columns into answers and columns about the form (`about`: column -> what it tells).

    `hidden_word` is the platform's word for a question not shown. Codes that the year's file explains are emptied
    and counted.
    """
    _check_shape(grid, header_rows, headings)
    codes = dict(grid.options.missing) | ({hidden_word: NOT_SHOWN} if hidden_word else {})
    columns, dropped, coded = [], [], Counter[str]()
    for index, (question, sub) in enumerate(headings):
        cells = grid.column(index, header_rows)
        if index in about or grid.options.drops(sub or question) or grid.options.drops(question):
            dropped.append((_shown(question, sub), sum(1 for cell in cells if cell)))
        elif question or any(cells):
            coded.update(cell for cell in cells if cell in codes)
            hidden = frozenset(row for row, cell in enumerate(cells) if codes.get(cell) == NOT_SHOWN)
            columns.append(Column(question, tuple("" if cell in codes else cell for cell in cells), sub, hidden))
            _check_dates(grid, header_rows, index, _shown(question, sub), cells)
    return Parts(tuple(columns), (*dropped, *((f"koden ”{code}”", n) for code, n in sorted(coded.items()))))


def _shown(question: str, sub: str) -> str:
    return f"{question} [{sub}]" if sub else question


def _check_shape(grid: Grid, header_rows: int, headings: Sequence[tuple[str, str]]) -> None:
    for index, (question, _) in enumerate(headings):
        rows = [] if question else [number for number, cells in grid.rows[header_rows:] if index < len(cells) and cells[index]]
        if rows and grid.origin == TEXT_FILE:
            raise Unusable([Problem("row_too_long", grid.file, f"rad {rows[0]}", "Raden har fler celler än det finns rubriker.",
                                    "Ett skiljetecken i ett svar har förskjutit raden. Exportera på nytt, helst som xlsx.")])
        if rows:
            grid.problems.append(Problem("heading_missing", grid.file, f"kolumn {column_letter(index)}",
                                         f"Kolumnen har {len(rows)} svar men ingen rubrik.", "Skriv frågans text i rubriken.", WARNING))
    short = [number for number, cells in grid.rows[header_rows:] if len(cells) < len(grid.rows[0][1])]
    if short:
        grid.problems.append(Problem("row_too_short", grid.file, f"rad {short[0]}", f"{len(short)} rader har färre celler än det finns rubriker.",
                                     "Filen kan vara avbruten, eller ett radbryt ha delat en rad. Jämför antalet svar med enkätverktygets.", WARNING))


def _check_dates(grid: Grid, header_rows: int, index: int, heading: str, cells: Sequence[str]) -> None:
    numbers = [number for number, _ in grid.rows[header_rows:]]
    dates = [number for number in numbers if (number, index) in grid.dates]
    if dates and len(dates) < sum(1 for cell in cells if cell):
        grid.problems.append(Problem("answer_became_date", grid.file, f"rad {dates[0]}", f"{len(dates)} svar på ”{heading}” har blivit datum i kalkylbladet.",
                                     "Jämför med enkätverktyget: svar som 3-4 görs ibland om till datum.", WARNING))


@dataclass(frozen=True)
class Answer:
    """A column of the export in its final form."""

    heading: str
    cells: tuple[str, ...]
    hidden: frozenset[int] = frozenset()


def plain(columns: Sequence[Column]) -> tuple[Answer, ...]:
    """Columns of answers under their shortest clear heading.

    A row of a matrix goes by its own text, since that is what the questionnaire knows it by; where two questions
    have a row of the same text both keep "Question [row]".
    """
    short = [column.sub or column.question for column in columns]
    times = Counter(folded(text) for text in short)
    return tuple(
        Answer(text if times[folded(text)] == 1 else _shown(column.question, column.sub), column.cells, column.hidden)
        for column, text in zip(columns, short, strict=True)
    )


def export(grid: Grid, platform: str, header_rows: int, about: Mapping[int, str], answers: Sequence[Answer],
           dropped: Sequence[tuple[str, int]], separator: str = ";", unfinished: frozenset[int] = frozenset()) -> Export:
    """The Export of a sheet: answers, row number, date and minutes of each row, and what was left behind."""
    if not grid.rows[header_rows:]:
        raise Unusable([Problem("no_answers", grid.file, "", "Filen har rubriker men inga svar.", "Exportera igen när någon har svarat.")])
    return Export(
        file=grid.file,
        platform=platform,
        headers=tuple(answer.heading for answer in answers),
        cells=pd.DataFrame({i: list(answer.cells) for i, answer in enumerate(answers)},
                           index=range(len(grid.rows) - header_rows), dtype=object),
        rows=_rows(grid, header_rows, about),
        dropped=tuple(dropped),
        separator=grid.options.separator or separator,
        hidden=frozenset((row, i) for i, answer in enumerate(answers) for row in answer.hidden),
        unfinished=unfinished,
    )


def _rows(grid: Grid, header_rows: int, about: Mapping[int, str]) -> pd.DataFrame:
    starts, ends = _times(grid, header_rows, about, START), _times(grid, header_rows, about, END)
    stated = _cells(grid, header_rows, about, SECONDS)
    return pd.DataFrame({
        "row": [number for number, _ in grid.rows[header_rows:]],
        "date": [_day(end or start) for (start, _), (end, _) in zip(starts, ends, strict=True)],
        "minutes": [_stated_minutes(seconds) if seconds else minutes(start, end) if exact and exact_end else float("nan")
                    for (start, exact), (end, exact_end), seconds in zip(starts, ends, stated, strict=True)],
    })


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _times(grid: Grid, header_rows: int, about: Mapping[int, str], what: str) -> list[tuple[datetime | None, bool]]:
    texts = _cells(grid, header_rows, about, what)
    return list(zip(moments(texts), map(has_clock, texts), strict=True))


def _cells(grid: Grid, header_rows: int, about: Mapping[int, str], what: str) -> tuple[str, ...]:
    indexes = [index for index, told in about.items() if told == what]
    return grid.column(indexes[0], header_rows) if indexes else ("",) * (len(grid.rows) - header_rows)


def _stated_minutes(seconds: str) -> float:
    return round(float(seconds) / 60, 1) if seconds.replace(".", "", 1).isdecimal() and seconds.isascii() else float("nan")


def cell_count(found: Export) -> int:
    """The non-empty cells an Export answers for: those kept and those left behind."""
    return int((found.cells != "").to_numpy().sum()) + sum(n for _, n in found.dropped)
