"""A ranking with a column for every option or every place -> one column with the options in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial, reduce
from itertools import groupby

from sekom_survey.collected.assemble import Column, SheetParts
from sekom_survey.collected.grid import Grid
from sekom_survey.collected.table import together
from sekom_survey.model import RANKING
from sekom_survey.model.cells import Cells, cells_of
from sekom_survey.text.files import folded

FEWEST, FEWEST_ROWS = 3, 3
_BETWEEN = "\x1f"  # parts what is put together of several columns, and stands in no cell
_NUMBER = re.compile(r"\D*(\d{1,2})\D*")


def ranked(parts: SheetParts, mark: str, grid: Grid) -> SheetParts:
    """Parts with every ranking in one column of `A;B;C;`, first place first; what survey.toml does not tell is found for a person to confirm.

    Columns belong together when they stand side by side under one question: an option each, with its place from 1 and up,
    or a place each ("Rank 1", "2", ...), with the option put there. The cells that this makes fewer are counted.
    """
    kept, counts, found = list[Column](), list(parts.dropped), list(grid.options.ranking)
    for _, run in groupby(parts.columns, key=lambda column: folded(column.question)):
        before = list(run)
        told = _is_told(before, grid)
        if not (told or (told is None and _seems_ranked(before, mark))):
            kept += before
            continue
        question = before[0].question
        kept.append(_one(before, mark))
        counts.append((f"{question} (rangordning i egna kolumner)", sum(c.filled for c in before) - kept[-1].filled))
        found += [question] if told is None else []
    return SheetParts(tuple(kept), tuple(counts), (*parts.options, *([(RANKING, found)] if found else [])))


def _is_told(columns: Sequence[Column], grid: Grid) -> bool | None:
    """Whether survey.toml says that columns are a ranking, or rows; None when it says neither."""
    if len(columns) < 2 or not all(column.sub for column in columns):
        return False
    question = folded(columns[0].question)
    item = grid.options.asked.get(question)
    if (item and item.kind == RANKING) or question in map(folded, grid.options.ranking):
        return True
    rows = any(
        grid.options.asks(text) for column in columns for text in (column.sub, f"{column.question} [{column.sub}]")
    )
    return False if rows or question in map(folded, grid.options.matrix) else None


def _seems_ranked(columns: Sequence[Column], mark: str) -> bool:
    """Whether everybody who answers puts everything in its place, and not all alike."""
    names = [column.sub for column in columns]
    if len(names) < FEWEST or any(mark in name for name in names):
        return False
    rows = _together(columns)
    put = {text: text.split(_BETWEEN) for text in rows.present() if text.strip(_BETWEEN)}
    answered = sum(n for text, n in zip(rows.texts, rows.used().tolist(), strict=True) if text in put)
    if answered < FEWEST_ROWS or len(put) < 2:
        return False
    places = [str(n) for n in range(1, len(names) + 1)]
    return all(sorted(one) == places for one in put.values()) or (
        _are_places(names) and _are_options(list(put.values()), mark)
    )


def _are_places(names: Sequence[str]) -> bool:
    """Whether headings are the places of a ranking, first to last."""
    found = [_NUMBER.fullmatch(name) for name in names]
    return [int(one[1]) for one in found if one] == list(range(1, len(names) + 1))


def _are_options(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Whether every row holds the same options, each once, and none is a number or holds the mark."""
    alike = len({frozenset(row) for row in rows}) == 1 and all(len(set(row)) == len(row) for row in rows)
    return alike and not any(not one or one.isdecimal() or mark in one for one in rows[0])


def _together(columns: Sequence[Column]) -> Cells:
    return reduce(
        partial(together, join=lambda one, two: f"{one}{_BETWEEN}{two}"), (cells_of(c.cells) for c in columns)
    )


def _one(columns: Sequence[Column], mark: str) -> Column:
    """Columns of a ranking as one; what is no place stays as it is written, to be told as an answer that cannot be read."""
    names = [column.sub for column in columns]

    def in_order(text: str) -> str:
        put = text.split(_BETWEEN)
        given = [cell for cell in put if cell]
        if given and all(map(str.isdecimal, given)) and len(set(given)) == len(given):
            given = [
                name for _, name in sorted((int(cell), name) for cell, name in zip(put, names, strict=True) if cell)
            ]
        return "".join(one + mark for one in given)

    first, last = columns[0].place, columns[-1].place
    hidden = frozenset.intersection(*(column.hidden for column in columns))
    return Column(
        columns[0].question, _together(columns).changed(in_order), "", hidden, f"{first}–{last}", columns[0].key
    )
