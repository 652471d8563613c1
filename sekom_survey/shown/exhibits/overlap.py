"""Which answers of a multi-choice question go together, told only where it is hardly chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sekom_survey.counted.choices import choices_of
from sekom_survey.counted.count import ticks
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.words import is_alone
from sekom_survey.model import MULTI, REGION, Item
from sekom_survey.stats.exact_tables import fisher_exact
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of

SURE = 0.01
Pair = tuple[float, int, int]


def overlap_words(year: Year, item: Item) -> str:
    """The two answers that go together most clearly; "" where none do, and in a public build, which tells of no pairs.

    Every pair of answers that enough have chosen and enough have not is tried with Fisher's exact test, and the p of the
    clearest is multiplied by the number of pairs (Bonferroni). An answer that is chosen instead of all others goes with none by
    definition and is left out.
    """
    if item.kind != MULTI or year.build == PUBLIC:
        return ""
    members = year.frame.members[year.frame.members["kind_of_member"] != REGION]
    given = ticks(year.frame.answers, item, list(members["member_id"]), choices_of(item))
    chosen = given[~np.isnan(given).any(axis=1)] > 0
    often = [n for n in _often(chosen, year.survey.minimum_base) if not is_alone(item, choices_of(item)[n])]
    tried = [_tried(chosen, *pair) for pair in combinations(often, 2)]
    if not tried or min(tried)[0] * len(tried) >= SURE:
        return ""
    return _told(chosen, item, *min(tried)[1:])


def _often(chosen: NDArray[np.bool_], minimum: int) -> list[int]:
    """The answers that at least so many have chosen and so many have not."""
    counts = chosen.sum(axis=0)
    return np.flatnonzero((counts >= minimum) & (len(chosen) - counts >= minimum)).tolist()


def _tried(chosen: NDArray[np.bool_], one: int, other: int) -> Pair:
    first, second = chosen[:, one], chosen[:, other]
    table = [[int(((first == a) & (second == b)).sum()) for b in (False, True)] for a in (False, True)]
    return fisher_exact(np.array(table)).two_sided, one, other


def _told(chosen: NDArray[np.bool_], item: Item, one: int, other: int) -> str:
    labels = [choice.label for choice in choices_of(item)]
    with_one, without = chosen[chosen[:, one], other], chosen[~chosen[:, one], other]
    how = "oftare" if with_one.mean() > without.mean() else "mer sällan"
    return (
        f"Utforskning: de som väljer {quoted(labels[one])} väljer {how} {quoted(labels[other])}, "
        f"{count_of(int(with_one.sum()), len(with_one))} mot {int(without.sum())} av de {len(without)} övriga."
    )
