"""From a table of answers to codes, and what is asked of long arrays of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sekom_survey.model import ANSWERED, NOT_SHOWN
from sekom_survey.model.codes import FIRST, LEFT_OUT, PARTS, UNSEEN, Answers, Ints, ItemAnswers, words_of

SPARSE = 20
UNIT_COLUMNS = ("respondent", "member_id", "role")


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
