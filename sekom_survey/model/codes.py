"""The answers item by item, as codes: what makes a million answers fit where a table of them would not.

Answers     everything that was answered, by item; `table` is the same as a DataFrame
ItemAnswers one item: who answered, and the place of each answer among the distinct ones
Distinct    the distinct answers to an item
answers_in  from a DataFrame of answers; below it what is asked of long arrays of codes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sekom_survey.model.answers import ANSWERED, NOT_SHOWN, UNANSWERED

Ints = NDArray[np.integer]
LEFT_OUT, UNSEEN, FIRST = 0, 1, 2
PARTS = ("state", "option", "value", "text")
UNIT_COLUMNS = ("respondent", "member_id", "role")
SPARSE = 20


@dataclass(frozen=True, eq=False)
class Distinct:
    """An item's distinct answers as parallel arrays, before them the two ways not to answer: LEFT_OUT and UNSEEN."""

    option: NDArray[np.object_]
    value: NDArray[np.float64]
    text: NDArray[np.object_]

    @property
    def state(self) -> NDArray[np.object_]:
        """The state of each."""
        return np.array([UNANSWERED, NOT_SHOWN, *[ANSWERED] * (len(self.option) - FIRST)], dtype=object)


def words_of(option: Sequence[str] | str, value: ArrayLike, text: Sequence[str] | str) -> Distinct:
    """The distinct answers, with the two ways not to answer before them; a single text stands for as many as are needed."""
    parts = np.broadcast_arrays(
        np.asarray(option, dtype=object), np.asarray(value, dtype=float), np.asarray(text, dtype=object)
    )
    return Distinct(
        *(
            np.concatenate([np.full(FIRST, blank, part.dtype), part])
            for blank, part in zip(("", np.nan, ""), parts, strict=True)
        )
    )


@dataclass(frozen=True, eq=False)
class ItemAnswers:
    """The answers to an item as parallel arrays: `who`, the place of a unit, and `said`, the place of an answer in `words`.

    A unit that did not answer has one row, one that chose several options a row for each.
    """

    item: str
    who: Ints
    said: Ints
    words: Distinct

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Which of the rows hold an answer."""
        return self.said >= FIRST

    def only(self, rows: NDArray[np.bool_]) -> ItemAnswers:
        """Some of the rows."""
        return ItemAnswers(self.item, self.who[rows], self.said[rows], self.words)


@dataclass(frozen=True, eq=False)
class Answers:
    """A long table of answers: `units`, one row for each that may answer, and the items in order (one may come twice)."""

    units: pd.DataFrame
    items: tuple[ItemAnswers, ...]

    def of(self, item: str) -> tuple[ItemAnswers, ...]:
        """The answers to one item."""
        return tuple(one for one in self.items if one.item == item)

    def nobody(self) -> Answers:
        """The same columns and no rows."""
        return Answers(self.units.head(0), ())

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows as a DataFrame, made when first asked for: the columns of `units`, item, state, option, value, text."""
        who = np.concatenate([np.zeros(0, np.int64), *(one.who for one in self.items)]).astype(np.int64)
        names = np.array([one.item for one in self.items], dtype=object)
        columns = {name: self.units[name].array.take(who) for name in self.units.columns}
        columns["item"] = pd.array(np.repeat(names, [len(one.who) for one in self.items]), dtype="str")
        for part, kind in zip(PARTS, ("str", "str", "float64", "str"), strict=True):
            values = [getattr(one.words, part)[one.said] for one in self.items]
            columns[part] = pd.array(np.concatenate(values), dtype=kind) if values else pd.array([], dtype=kind)
        return pd.DataFrame(columns)


def answers_in(table: pd.DataFrame) -> Answers:
    """A DataFrame of answers as Answers, its rows by item; equal answers are not looked for."""
    units = table[[name for name in UNIT_COLUMNS if name in table.columns]]
    who, first = numbered(units)
    items, names = pd.factorize(table["item"])
    order = np.argsort(items, kind="stable")
    bounds = np.searchsorted(items[order], np.arange(len(names) + 1))
    states = table["state"].to_numpy(dtype=object)
    option, value, text = (
        table[part].to_numpy(dtype=kind) for part, kind in zip(PARTS[1:], (object, float, object), strict=True)
    )
    made = []
    for name, a, b in zip(names, bounds, bounds[1:], strict=False):
        rows = order[a:b]
        silent = np.where(states[rows] == NOT_SHOWN, UNSEEN, LEFT_OUT)
        said = np.where(states[rows] == ANSWERED, np.arange(FIRST, len(rows) + FIRST), silent)
        made.append(ItemAnswers(str(name), who[rows], said, words_of(option[rows], value[rows], text[rows])))
    return Answers(units.iloc[first].reset_index(drop=True), tuple(made))


def numbered(units: pd.DataFrame) -> tuple[Ints, Ints]:
    """Each row's unit, numbered as they are met, and the first row of each."""
    key = np.zeros(len(units), np.int64)
    for name in units.columns:
        codes, uniques = pd.factorize(units[name])
        key = key * len(uniques) + codes
    who, _ = pd.factorize(key)
    return who.astype(np.int64), np.unique(who, return_index=True)[1]


def distinct(numbers: Ints, below: int) -> Ints:
    """The distinct of some numbers under a limit, in order; ticked off where the limit is small, else sorted."""
    if below <= SPARSE * len(numbers):
        met = np.zeros(below, bool)
        met[numbers] = True
        return np.flatnonzero(met)
    found = np.sort(numbers)
    return found[np.concatenate([np.ones(min(len(found), 1), bool), found[1:] != found[:-1]])]


def narrow(places: Ints, most: int) -> Ints:
    """Places below a number in the smallest whole numbers that hold them."""
    return places.astype(np.min_scalar_type(max(most - 1, 0)))


def first_of(group: Ints, groups: int) -> Ints:
    """The place of the first row of each group; -1 where there is none."""
    first = np.full(groups, -1)
    first[group[::-1]] = np.arange(len(group))[::-1]  # written backwards, so that the first of each group stays
    return first
