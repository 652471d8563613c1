"""Who said what: an item's answers as a table of members and options, from which everything that is counted is counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.choices import Choice, choices_of, inside_options, options_counted
from sekom_survey.model import NPS, RATING, Item
from sekom_survey.model.codes import Answers, Distinct, Ints
from sekom_survey.stats.arrays import Bools, Floats


def marks(answers: Answers, item: Item, options: Sequence[str], place: Ints, units: int) -> Bools:
    """Whether each unit gave each of some answers to an item, shape (units, options).

    `place` is the number of each of `answers.units`, below `units`; -1 for one that is not counted.
    """
    given = np.zeros((units, len(options)), bool)
    for one in answers.of(item.id):
        which, who = _numbers(item, one.words, options)[one.said], place[one.who]
        known = (which >= 0) & (who >= 0)
        given[who[known], which[known]] = True
    return given


def _numbers(item: Item, words: Distinct, options: Sequence[str]) -> Ints:
    """The option that each distinct answer counts as, by its place; -1 for none. A mean of two ratings is rounded half up."""
    if item.kind not in (RATING, NPS):
        return pd.Index(options).get_indexer(words.option)
    steps = np.floor(words.value + 0.5) - int(options[0])
    return np.where((steps >= 0) & (steps < len(options)), steps, -1).astype(np.int64)


def unit_values(answers: Answers, item: Item, place: Ints, units: int) -> Floats:
    """Each unit's score, rating or number, the mean where it gave several, shape (units,); NaN where it gave none."""
    sums, counts = np.zeros(units), np.zeros(units)
    for one in answers.of(item.id):
        value, who = one.words.value[one.said], place[one.who]
        known = (who >= 0) & ~np.isnan(value)
        sums += np.bincount(who[known], value[known], units)
        counts += np.bincount(who[known], minlength=units)
    with np.errstate(invalid="ignore"):
        means: Floats = sums / counts
    return means


def places(answers: Answers, units: Sequence[str]) -> Ints:
    """Where each of `answers.units` stands among some units, -1 where it does not; see `unit_names`."""
    return pd.Index(units).get_indexer(unit_names(answers))


def unit_names(answers: Answers) -> pd.Series:
    """What each unit is called: by its member, and where answers are by role as `member|role`."""
    table = answers.units
    return table["member_id"] + "|" + table["role"] if "role" in table else table["member_id"]


def ticks(answers: Answers, item: Item, units: Sequence[str], choices: Sequence[Choice]) -> Floats:
    """Whether each unit said yes, shape (units, choices): 1, 0, or NaN where it did not answer within the scale."""
    options = options_counted(item)
    given = marks(answers, item, options, places(answers, units), len(units))
    yes = np.full((len(units), len(choices)), np.nan)
    yes[any_of(given, options, inside_options(item))] = 0.0
    for column, choice in enumerate(choices):
        yes[any_of(given, options, choice.options), column] = 1.0
    return yes


def any_of(given: Bools, options: Sequence[str], some: Sequence[str]) -> Bools:
    """The units that gave at least one of `some` of the `options` that the columns of `given` stand for."""
    return np.logical_or.reduce(given[:, [options.index(option) for option in some]], axis=1)


def values(answers: Answers, item: Item, units: Sequence[str]) -> Floats:
    """Each unit's score or rating, shape (units,), NaN where it gave none."""
    return unit_values(answers, item, places(answers, units), len(units))


def picks(answers: Answers, item: Item, units: Sequence[str]) -> NDArray[np.int64]:
    """The option each unit picked of a single-choice item, as a number in the order of `choices_of`, else -1."""
    marked = ticks(answers, item, units, choices_of(item))
    return np.where(np.nansum(marked, axis=1) > 0, np.argmax(np.nan_to_num(marked), axis=1), -1).astype(np.int64)
