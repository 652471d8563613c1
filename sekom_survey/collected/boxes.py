"""A multiple choice with a column for every option -> one column with the options chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sekom_survey.collected.assemble import Column, SheetParts
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.ranks import ranked
from sekom_survey.collected.table import together
from sekom_survey.model import MULTI, WARNING, Problem
from sekom_survey.model.cells import Cells, cells_of
from sekom_survey.text.files import folded

OTHER = "Other"
BOXES, ROWS, UNTOLD = "boxes", "matrix", ""
_OTHER = re.compile(
    r"-oth-|(an(nat|nan|dra|net|det)|övriga?t?|others?|sonstiges)"
    r"([\s.:…]*|\s*\(.*\)|[\s,:–-]+(ange|specificera|beskriv|skriv|vad|vilke[nt]|vilka|nämligen|please|specify|bitte)\b.*)"
)


@dataclass(frozen=True)
class Ticks:
    """How a platform writes a box that is ticked and one that is not; `own` when a ticked box repeats its option."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    own: bool = False

    def knows(self, column: Column) -> bool:
        """Whether every cell of a column is a ticked or an empty box."""
        return all(
            self.ticked(cell, column) or folded(cell) in self.no for cell in cells_of(column.cells).present() if cell
        )

    def ticked(self, cell: str, column: Column) -> bool:
        """Whether a cell is a ticked box."""
        return bool(cell) and (folded(cell) in self.yes or (self.own and folded(cell) == folded(column.sub)))

    def says_no(self, columns: Sequence[Column]) -> bool:
        """Whether some cell says that its box is not ticked, which an answer to a row does as well."""
        return not self.own and any(
            folded(cell) in self.no for column in columns for cell in cells_of(column.cells).present()
        )


YES_NO = Ticks(frozenset({"yes", "ja", "y"}), frozenset({"no", "nej", "nein", "n"}))
ONE_ZERO = Ticks(frozenset({"1"}), frozenset({"0"}))
ONLY_ONES = Ticks(frozenset({"1"}))
CROSS = Ticks(frozenset({"x"}))
OWN_TEXT = Ticks(no=frozenset({"0"}), own=True)


def joined(parts: SheetParts, ways: Sequence[Ticks], mark: str, grid: Grid) -> SheetParts:
    """Parts with every ranking and multiple choice in one column of `A;B;` and a question's own words beside its choices.

    Columns belong together when they stand side by side under one question. They are boxes when all their cells
    fit one way of ticking and at least one is ticked, and nothing tells that they are rows answered with yes and no
    (`_told`); what no file can tell is found for a person to confirm. The cells that this makes fewer are counted.
    """
    parts = ranked(parts, mark, grid)
    kept, counts = [], list(parts.dropped)
    unsure: dict[str, list[str]] = {BOXES: [], ROWS: []}
    for question, run in groupby(parts.columns, key=lambda column: folded(column.question)):
        before = list(run)
        way = _way(before, ways)
        told = _told(before, grid) if way and way.says_no(before) else BOXES
        after = before if told == ROWS or question in _folded(grid.options.matrix) else _boxes(before, way, mark)
        if told == UNTOLD:
            rows = _answered_in_part(before)
            after = before if rows else after
            unsure[ROWS if rows else BOXES].append(before[0].question)
        elif len(after) == 1 < len(before) and way and way.says_no(before) and _answered_in_part(before):
            grid.problems.append(_maybe_rows(grid, before))
        kept += after
        fewer = sum(column.filled for column in before) - sum(column.filled for column in after)
        if fewer:
            counts.append((f"{before[0].question} (rutor i egna kolumner)", fewer))
    stated = {BOXES: grid.options.boxes, ROWS: grid.options.matrix}
    return SheetParts(
        tuple(kept),
        tuple(counts),
        (*parts.options, *((key, [*stated[key], *names]) for key, names in unsure.items() if names)),
    )


def _folded(names: Iterable[str]) -> set[str]:
    return {folded(name) for name in names}


def _told(columns: Sequence[Column], grid: Grid) -> str:
    """Whether survey.toml tells that columns of yes and no are boxes, or rows of a matrix."""
    question = folded(columns[0].question)
    item = grid.options.asked.get(question)
    if question in _folded(grid.options.boxes) or (item and item.kind == MULTI):
        return BOXES
    if question in _folded(grid.options.matrix) or any(grid.options.asks(column.sub) for column in columns):
        return ROWS
    return UNTOLD


def _answered_in_part(columns: Sequence[Column]) -> bool:
    """Whether somebody answered some of the columns and left others: rows may be left, boxes say yes or no together."""
    rows = [column for column in columns if column.sub and not is_other(column)]
    filled = [cells_of(column.cells).codes > 0 for column in rows]
    left = [~cells & ~_at(column.hidden, len(cells)) for column, cells in zip(rows, filled, strict=True)]
    return bool((np.logical_or.reduce(filled) & np.logical_or.reduce(left)).any())


def _at(places: Iterable[int], length: int) -> NDArray[np.bool_]:
    found = np.zeros(length, bool)
    found[list(places)] = True
    return found


def _maybe_rows(grid: Grid, columns: Sequence[Column]) -> Problem:
    question = columns[0].question
    found = f"”{question[:80]}” läses som kryssrutor, men några har svarat på en del av raderna och lämnat andra: då är Nej ett svar."
    todo = f'Är det en fråga rad för rad: skriv matrix = ["{question}"] under [reader_options] i survey.toml, och raderna som egna frågor.'
    return Problem("boxes_or_rows", grid.file, f"kolumn {_span(columns)}", found, todo, WARNING)


def _way(columns: Sequence[Column], ways: Sequence[Ticks]) -> Ticks | None:
    """How columns under one question are ticked; None where they are no boxes."""
    options = [column for column in columns if column.sub]
    if len(options) < len(columns) or not options:
        return None
    return next((way for way in ways if _fits(options, way)), None)


def _boxes(columns: list[Column], way: Ticks | None, mark: str) -> list[Column]:
    options = [column for column in columns if column.sub]
    plain = [column for column in columns if not column.sub]
    if len(plain) == 1 and len(options) == 1 and is_other(options[0]):
        return _with_own_words(plain[0], options[0])
    return [_one_column(options, way, mark)] if way else columns


def says_other(text: str) -> bool:
    """Whether a text is the choice of something else, as "Annat (ange gärna)" or "Other: please specify"."""
    return bool(_OTHER.fullmatch(folded(text)))


def is_other(column: Column) -> bool:
    """Whether a column is the text field beside "other"."""
    return says_other(column.sub)


def _fits(columns: Sequence[Column], way: Ticks) -> bool:
    boxes = [column for column in columns if not is_other(column) or way.knows(column)]
    ticked = any(way.ticked(cell, column) for column in boxes for cell in cells_of(column.cells).present())
    return ticked and (len(columns) > 1 or way.own) and all(way.knows(column) for column in boxes)


def _one_column(columns: Sequence[Column], way: Ticks, mark: str) -> Column:
    return Column(
        question=columns[0].question,
        cells=reduce(partial(together, join=str.__add__), (_chosen(column, way, mark) for column in columns)),
        hidden=frozenset.intersection(*(column.hidden for column in columns)),
        place=_span(columns),
        key=columns[0].key,
    )


def _span(columns: Sequence[Column]) -> str:
    """Where columns that were put together stand."""
    first, last = columns[0].place, columns[-1].place
    return first if first == last else f"{first}–{last}"


def _chosen(column: Column, way: Ticks, mark: str) -> Cells:
    """A column of boxes as its option where it is ticked; the words in a field for them as they stand."""
    words = not way.knows(column)

    def chosen(cell: str) -> str:
        return column.sub + mark if way.ticked(cell, column) else cell + mark if words and cell else ""

    return cells_of(column.cells).changed(chosen)


def _with_own_words(chosen: Column, words: Column) -> list[Column]:
    """A single choice and its text field in one column, unless somebody both chose and wrote."""
    choices, own = cells_of(chosen.cells), cells_of(words.cells)
    if together(choices, own, lambda choice, word: word if choice and not says_other(choice) else "").filled:
        return [chosen, replace(words, question=f"{words.question} [{words.sub}]", sub="")]
    cells = together(choices, own, lambda choice, word: word or choice)
    return [replace(chosen, cells=cells, place=_span([chosen, words]))]
