"""Several answers from one unit made one, by the rule of the item's kind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.codes import (
    FIRST,
    LEFT_OUT,
    UNSEEN,
    Given,
    Ints,
    ItemAnswers,
    Words,
    first_of,
    narrow,
    numbered,
    words_of,
)
from sekom_survey.model import MULTI, NPS, RATING, TEXT, Item

Kept = tuple[Ints, Ints, Words]


def one_each(given: Given, units: pd.DataFrame, official: NDArray[np.bool_], items: Mapping[str, Item]) -> Given:
    """One answer a unit and item: units with a single respondent pass through, the others are merged by rule.

    `units` names the unit of each respondent and `official` says who answered as one, both in the order of
    `given.units`. Facts and scales: the official's (the latest of several); ratings: the mean; multi-choice: the union,
    exclusive options only when nothing else was chosen; texts: all. Nothing answered: left out, or not shown to anybody.
    Units stand in the order they are met, first those that pass through.
    """
    unit, first = numbered(units)
    several = np.bincount(unit)[unit] > 1
    unit = unit.astype(np.int32)  # half as much to move
    passing, merged = [], []
    for one in given.items:
        alone, doubled = _parted(one, several)
        if alone is not None:
            passing.append(ItemAnswers(one.item, unit[alone.who], alone.said, one.words))
        if doubled is not None:
            merged.append(_merged(doubled, unit, len(first), official, items[one.item]))
    return Given(units.iloc[first].reset_index(drop=True), (*passing, *merged))


def _parted(one: ItemAnswers, several: NDArray[np.bool_]) -> tuple[ItemAnswers | None, ItemAnswers | None]:
    """The answers of units with one respondent, and of those with several."""
    if several.all() or not several.any():
        return (None, one) if several.any() else (one, None)
    doubled = several[one.who]
    return one.only(~doubled), one.only(doubled)


def _merged(one: ItemAnswers, unit: Ints, groups: int, official: NDArray[np.bool_], item: Item) -> ItemAnswers:
    """The answers to an item with one a unit, by unit."""
    group, rows = unit[one.who], np.flatnonzero(one.answered)
    if item.kind in (MULTI, TEXT):
        if item.kind == MULTI:
            rows = rows[_chosen(group[rows], one.said[rows], one.words, item, groups)]
        silent = _silent(group, one.said, groups)
        why = np.flatnonzero(silent >= 0)
        units, said = np.concatenate([group[rows], why]), np.concatenate([one.said[rows], silent[why]])
        order = np.argsort(narrow(units, groups), kind="stable")  # of small numbers much quicker
        return ItemAnswers(
            one.item, units[order].astype(np.int32), narrow(said[order], len(one.words.value)), one.words
        )
    answer, words = _silent(group, one.said, groups), one.words
    if item.kind in (RATING, NPS):
        units, said, words = _means(group[rows], one.said[rows], words, groups)
        answer[units] = said
    else:
        answer[group[rows]] = one.said[rows]  # written in order, so that the last of each unit stays
        rows = rows[official[one.who[rows]]]
        answer[group[rows]] = one.said[rows]
    units = np.flatnonzero(answer >= 0)
    return ItemAnswers(one.item, units.astype(np.int32), narrow(answer[units], len(words.value)), words)


def _means(group: Ints, said: Ints, words: Words, groups: int) -> Kept:
    """Each group's mean value."""
    counted = np.bincount(group, minlength=groups)
    who = np.flatnonzero(counted)
    distinct, which = np.unique(np.bincount(group, words.value[said], groups)[who] / counted[who], return_inverse=True)
    return who, which + FIRST, words_of("", distinct, "")


def _chosen(group: Ints, said: Ints, words: Words, item: Item, groups: int) -> NDArray[np.bool_]:
    """The choices of a union: each option once, exclusive ones only where there is no other."""
    places, labels = pd.factorize(words.option)
    exclusive = np.isin(labels, [option.label for option in item.options if option.exclusive])
    option = places[said]
    once = np.zeros(len(said), bool)
    first = first_of(group.astype(np.int64) * len(labels) + option, groups * len(labels))
    once[first[first >= 0]] = True
    alone = exclusive[option]
    others = np.bincount(group[once & ~alone], minlength=groups) > 0
    return once & ~(alone & others[group])


def _silent(group: Ints, said: Ints, groups: int) -> Ints:
    """For each group why nobody in it answered: left out by somebody, or shown to nobody; -1 where somebody did."""
    why = np.full(groups, -1)
    silent = np.flatnonzero(said < FIRST)
    for reason in (UNSEEN, LEFT_OUT):
        why[group[silent[said[silent] == reason]]] = reason
    if len(silent):
        why[group[said >= FIRST]] = -1
    return why
