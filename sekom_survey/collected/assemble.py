"""Columns as read -> Export, with every cell accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sekom_survey.collected.choices import unpacked
from sekom_survey.collected.grid import Grid, column_letter
from sekom_survey.collected.header import Heading
from sekom_survey.collected.shape import ERRORS, as_typed, check_dates, check_errors, check_times, dates_unclear, named
from sekom_survey.collected.times import clocked, day_order, days, minutes, moments
from sekom_survey.model import NOT_SHOWN, UNANSWERED, Export, Problem, Unusable
from sekom_survey.model.cells import Cells, Columns, cells_of
from sekom_survey.text.files import folded

START, END, SECONDS, ABOUT = "start", "end", "seconds", "about"
_REPEATED = re.compile(r"\d+$")


@dataclass(frozen=True)
class Column:
    """A column of answers: the question, the row or option under it (`sub`), its cells, those not shown, where it stands and its key."""

    question: str
    cells: Sequence[str]
    sub: str = ""
    hidden: frozenset[int] = frozenset()
    place: str = ""
    key: str = ""

    @property
    def filled(self) -> int:
        """The number of cells that hold something."""
        return cells_of(self.cells).filled


@dataclass(frozen=True)
class SheetParts:
    """A sheet parted: its columns of answers, cells left behind as (what, how many), and what was found for [reader_options]."""

    columns: tuple[Column, ...]
    dropped: tuple[tuple[str, int], ...]
    options: tuple[tuple[str, object], ...] = ()


def part(
    grid: Grid,
    header_rows: int,
    headings: Sequence[Heading],
    about: Mapping[int, str],
    hidden_word: str = "",
    keys: Sequence[str] = (),
) -> SheetParts:
    """Part a sheet's columns into answers and columns about the form (`about`: column -> what it tells).

    `hidden_word` is the platform's word for a question not shown, `keys` what it keys each column on. Codes that the
    year's file explains are emptied and counted. A heading that the year's file asks for is a question, whatever the
    platform uses it for.
    """
    headings, numbering = named(grid, header_rows, headings)
    left = (about.keys() | numbering) - _asked_for(grid, headings, about)
    codes = dict(grid.options.missing) | ({hidden_word: NOT_SHOWN} if hidden_word else {})
    columns: list[Column] = []
    dropped: list[tuple[str, int]] = []
    coded = Counter[str]()
    for index, (question, sub) in enumerate(headings):
        cells = grid.column(index, header_rows)
        if index in left or grid.options.drops(sub or question) or grid.options.drops(question):
            dropped.append((_shown(question, sub), cells.filled))
        elif question:
            cells = as_typed(cells)
            missing = _declared(grid, index, question, sub).intersection(cells.texts)
            kept, unseen = _emptied(cells, {**dict.fromkeys(missing, UNANSWERED), **codes})
            coded.update(_counted(cells, missing, codes))
            kept = _as_choices(kept, grid.options.separator or ";", coded)
            columns.append(Column(question, kept, sub, unseen, column_letter(index), keys[index] if keys else ""))
            check_dates(grid, header_rows, index, _shown(question, sub), cells)
            check_errors(grid, index, _shown(question, sub), cells)
    return SheetParts(tuple(columns), (*dropped, *sorted((what, n) for what, n in coded.items() if n)))


def _as_choices(cells: Cells, mark: str, coded: Counter[str]) -> Cells:
    """A column of lists as choices, its empty lists counted; any other as it is."""
    lists = unpacked(cells, mark)
    if lists is None:
        return cells
    coded["tomma listor"] += cells.filled - lists.filled
    return lists


def _counted(cells: Cells, missing: Collection[str], codes: Collection[str]) -> dict[str, int]:
    """The cells of a column that are emptied, by what is said of them."""
    return {
        f"{'saknat värde' if text in missing else 'koden'} ”{text}”": n
        for text, n in zip(cells.texts, cells.used().tolist(), strict=True)
        if n and (text in missing or text in codes)
    }


def _declared(grid: Grid, index: int, question: str, sub: str) -> frozenset[str]:
    """The texts in a column that are no answers: a spreadsheet's errors, those that the file declares to be missing, and those
    that [reader_options] names for this question; but for those that survey.toml lists as options.
    """
    item = grid.options.asked.get(folded(sub or question))
    options = {folded(option.label) for option in item.options} if item else set()
    coded = frozenset[str]().union(*map(grid.options.coded, {sub, question, _shown(question, sub)}))
    declared = grid.declared.get(index, frozenset()) | ERRORS | coded
    return frozenset(text for text in declared if folded(text) not in options)


def _emptied(cells: Cells, codes: Mapping[str, str]) -> tuple[Cells, frozenset[int]]:
    """A column without some codes, and the rows where the code means that the question was not shown."""
    if not codes:
        return cells, frozenset()
    unseen = cells.where(code for code, state in codes.items() if state == NOT_SHOWN)
    return cells.changed(lambda text: "" if text in codes else text), frozenset(np.flatnonzero(unseen).tolist())


def _asked_for(grid: Grid, headings: Sequence[Heading], about: Mapping[int, str]) -> set[int]:
    """The columns about the form that survey.toml asks for and that no other column can be the answers to."""
    others = {
        _REPEATED.sub("", folded(sub or question))
        for index, (question, sub) in enumerate(headings)
        if index not in about
    }
    return {
        index for index in about if grid.options.asks(headings[index][0]) and folded(headings[index][0]) not in others
    }


def stated_times(grid: Grid, names: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns that survey.toml says tell when somebody began and ended, by any of each column's names."""
    wanted = {folded(name): told for name, told in ((grid.options.started, START), (grid.options.ended, END)) if name}
    return {
        index: wanted[folded(name)] for index, given in enumerate(names) for name in given if folded(name) in wanted
    }


def _shown(question: str, sub: str) -> str:
    return f"{question} [{sub}]" if sub else question


@dataclass(frozen=True)
class AnswerColumn:
    """A column of the export in its final form."""

    heading: str
    cells: Sequence[str]
    hidden: frozenset[int] = frozenset()
    place: str = ""
    over: str = ""


def plain(columns: Sequence[Column]) -> tuple[AnswerColumn, ...]:
    """Columns of answers under their shortest clear heading.

    A row of a matrix goes by its own text, since that is what the questionnaire knows it by; where two questions
    have a row of the same text both keep "Question [row]". Questions of the very same text are told apart by what the
    platform keys on, or by their order: "Question [QID4]", "Question [2]".
    """
    short = [column.sub or column.question for column in columns]
    times = Counter(map(folded, short))
    whole = [
        text if times[folded(text)] == 1 else _shown(column.question, column.sub)
        for column, text in zip(columns, short, strict=True)
    ]
    places: dict[str, list[int]] = {}
    for index, text in enumerate(whole):
        if columns[index].filled:
            places.setdefault(folded(text), []).append(index)
    alike = {index: order for same in places.values() if len(same) > 1 for order, index in enumerate(same, 1)}
    headings = [f"{text} [{columns[i].key or alike[i]}]" if i in alike else text for i, text in enumerate(whole)]
    return tuple(
        AnswerColumn(heading, column.cells, column.hidden, column.place, column.question if column.sub else "")
        for column, heading in zip(columns, headings, strict=True)
    )


def export(
    grid: Grid,
    platform: str,
    header_rows: int,
    about: Mapping[int, str],
    answers: Sequence[AnswerColumn],
    dropped: Sequence[tuple[str, int]],
    separator: str = ";",
    unfinished: frozenset[int] = frozenset(),
    options: tuple[tuple[str, object], ...] = (),
) -> Export:
    """The Export of a sheet: answers, row number, date and minutes of each row, what was left behind and what was found of the file."""
    if len(grid.rows) <= header_rows:
        raise Unusable(
            [
                Problem(
                    "no_answers",
                    grid.file,
                    "",
                    "Filen har rubriker men inga svar.",
                    "Exportera igen när någon har svarat.",
                )
            ]
        )
    day_first, certain = time_order(grid, header_rows, about)
    if not certain:
        grid.problems.append(dates_unclear(grid, day_first))
        options = (*options, ("day_first", day_first))
    return Export(
        file=grid.file,
        platform=platform,
        headers=tuple(answer.heading for answer in answers),
        cells=Columns(tuple(cells_of(answer.cells) for answer in answers), len(grid.rows) - header_rows),
        rows=_rows(grid, header_rows, about),
        dropped=tuple(dropped),
        separator=grid.options.separator or separator,
        hidden=frozenset((row, i) for i, answer in enumerate(answers) for row in answer.hidden),
        unfinished=unfinished,
        options=options,
        places=tuple(answer.place for answer in answers),
        over=tuple(answer.over for answer in answers),
    )


def _rows(grid: Grid, header_rows: int, about: Mapping[int, str]) -> pd.DataFrame:
    """Number, date and minutes of each row; every distinct time is read once."""
    start, end, seconds = (_cells(grid, header_rows, about, what) for what in (START, END, SECONDS))
    day_first, _ = time_order(grid, header_rows, about)
    started, ended = (moments(cells.texts, day_first)[cells.codes] for cells in (start, end))
    exact = clocked(start.texts)[start.codes] & clocked(end.texts)[end.codes]
    stated = np.array([_stated_minutes(text) for text in seconds.texts])[seconds.codes]
    check_times(grid, header_rows, [(start, started), (end, ended)])
    return pd.DataFrame(
        {
            "row": grid.rows.numbers[header_rows:],
            "date": pd.Series(days(np.where(np.isnat(ended), started, ended)), dtype="str"),
            "minutes": np.where(seconds.codes > 0, stated, np.where(exact, minutes(started, ended), np.nan)),
        }
    )


def time_order(grid: Grid, header_rows: int, about: Mapping[int, str]) -> tuple[bool, bool]:
    """Whether the day stands before the month in the times of a sheet, and whether that is certain."""
    if grid.options.day_first is not None:
        return grid.options.day_first, True
    survey = grid.options.survey
    texts = [text for what in (START, END) for text in _cells(grid, header_rows, about, what).present()]
    return day_order(texts, (survey.opened, survey.closed) if survey else None)


def _cells(grid: Grid, header_rows: int, about: Mapping[int, str], what: str) -> Cells:
    indexes = [index for index, told in about.items() if told == what]
    return grid.column(indexes[0], header_rows) if indexes else cells_of([""] * (len(grid.rows) - header_rows))


def _stated_minutes(seconds: str) -> float:
    return (
        round(float(seconds) / 60, 1) if seconds.replace(".", "", 1).isdecimal() and seconds.isascii() else float("nan")
    )


def cell_count(found: Export) -> int:
    """The non-empty cells an Export answers for: those kept and those left behind."""
    return sum(cells.filled for cells in found.cells.columns) + sum(n for _, n in found.dropped)
