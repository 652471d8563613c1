"""What can be counted as yes on an item: each option, the top of a scale, the high end of a rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.estimate import COUNTED_KINDS, PROMOTERS, TOP, top_labels
from sekom_survey.model import ANSWERED, MULTI, NPS, OTHER_OPTION, RATING, ROLE, SCALE, SINGLE, Item, Questionnaire

Floats = NDArray[np.float64]

HIGH_STEPS, LONG_SCALE = 2, 7
VALUED = (SCALE, RATING, NPS)


@dataclass(frozen=True)
class Choice:
    """A way to say yes: any of `options` chosen or, for a rating, a value of at least `least`."""

    label: str
    options: tuple[str, ...] = ()
    least: int | None = None


def countable(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items whose answers are counted and compared; the respondent's role, numbers and days are left out."""
    return tuple(item for item in questionnaire.of_kind(*COUNTED_KINDS) if item.kind != ROLE)


def choices_of(item: Item) -> tuple[Choice, ...]:
    """The ways to say yes to an item, labelled as the options of estimates.csv.

    A scale has its top ("topp2"), a recommendation 9-10, another rating its three highest steps together ("8–10"), or the two highest of a short one,
    a single or multi-choice question each option within the scale. A scale without `top` counts its highest step.
    """
    if item.kind == SCALE:
        return (
            (Choice(TOP, top_labels(item)),) if item.top else (Choice(item.inside[-1].label, (item.inside[-1].label,)),)
        )
    if item.kind == NPS:
        return (Choice(PROMOTERS, least=9),)
    if item.kind == RATING:
        high = item.high or 10
        least = high - high_steps(item)
        return (Choice(f"{least}–{high}", least=least),)
    labels = [option.label for option in item.inside] + ([OTHER_OPTION] if item.other else [])
    return tuple(Choice(label, (label,)) for label in labels)


def high_steps(item: Item) -> int:
    """How many steps under the highest count as high: two of a long scale, one of a short one such as five stars."""
    return HIGH_STEPS if (item.high or 10) - (item.low or 0) >= LONG_SCALE else 1


def choice_of(item: Item, label: str) -> Choice:
    """The choice of an item with a label, any option outside the top included. KeyError when there is none."""
    known = {choice.label: choice for choice in choices_of(item)}
    known |= {
        option.label: Choice(option.label, (option.label,)) for option in item.inside if option.label not in known
    }
    return known[label]


def is_yes_no(item: Item) -> bool:
    """Whether an item is a choice between two options."""
    return item.kind == SINGLE and len(item.inside) == 2 and not item.other


@dataclass(frozen=True, eq=False)
class Said:
    """The answers to an item within its scale as parallel arrays: the place of who gave it, -1 for others, option and value."""

    unit: NDArray[np.int64]
    option: NDArray[np.object_]
    value: Floats


def _said(answers: pd.DataFrame, item: Item, units: Sequence[str], key: str) -> Said:
    """What was said on an item; `answers` is long, as in Frame."""
    outside = {option.label for option in item.options if option.outside}
    whole = [answers[name].to_numpy(dtype=object) for name in ("item", "state", "option")]
    rows = np.flatnonzero((whole[0] == item.id) & (whole[1] == ANSWERED))
    rows = rows[[option not in outside for option in whole[2][rows]]]
    place = pd.Index(units).get_indexer(answers[key].to_numpy(dtype=object)[rows])
    return Said(place.astype(np.int64), whole[2][rows], answers["value"].to_numpy(dtype=float)[rows])


def values(answers: pd.DataFrame, item: Item, units: Sequence[str], key: str = "member_id") -> Floats:
    """Each unit's score or rating, shape (units,), NaN where it gave none."""
    said = _said(answers, item, units, key)
    given = (said.unit >= 0) & ~np.isnan(said.value)
    sums, counts = (np.bincount(said.unit[given], part, len(units)) for part in (said.value[given], None))
    with np.errstate(invalid="ignore"):
        means: Floats = sums / counts
    return means


def ticks(
    answers: pd.DataFrame, item: Item, units: Sequence[str], choices: Sequence[Choice], key: str = "member_id"
) -> Floats:
    """Whether each unit said yes, shape (units, choices): 1, 0, or NaN where it did not answer within the scale."""
    said = _said(answers, item, units, key)
    given = said.unit >= 0
    if item.kind in (RATING, NPS):
        given &= ~np.isnan(said.value)
    yes = np.full((len(units), len(choices)), np.nan)
    yes[said.unit[given]] = 0.0
    for column, choice in enumerate(choices):
        yes[said.unit[given & _says_yes(said, choice)], column] = 1.0
    return yes


def _says_yes(said: Said, choice: Choice) -> NDArray[np.bool_]:
    if choice.least is None:
        return np.array([option in choice.options for option in said.option], dtype=bool)
    return np.floor(said.value + 0.5) >= choice.least


def picks(answers: pd.DataFrame, item: Item, units: Sequence[str], key: str = "member_id") -> NDArray[np.int64]:
    """The option each unit picked of a single-choice item, as a number in the order of `choices_of`, else -1."""
    marked = ticks(answers, item, units, choices_of(item), key)
    return np.where(np.nansum(marked, axis=1) > 0, np.argmax(np.nan_to_num(marked), axis=1), -1).astype(np.int64)


def is_multiple(item: Item) -> bool:
    """Whether several options may be chosen."""
    return item.kind == MULTI
