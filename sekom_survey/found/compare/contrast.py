"""How far apart groups are: the difference that is shown, and the widest that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf, nan

import numpy as np

from sekom_survey.counted.yes import is_yes_no
from sekom_survey.found.compare.view import Coded, View
from sekom_survey.stats.difference import Group, newcombe_interval
from sekom_survey.stats.power import smallest_detectable

EQUIVALENCE_LEVEL = 0.90
HALF = 0.5
# Differences equal on paper are equal.
DECIMALS = 9


@dataclass(frozen=True)
class Contrast:
    """Two groups' shares of one option: difference first - second with its 95 % interval as a pattern."""

    option: str
    first: str
    second: str
    first_group: Group
    second_group: Group
    difference: float
    low: float
    high: float


def shown_contrast(coded: Coded, view: View) -> Contrast:
    """The contrast that stands for an item: the highest class against the lowest when ordered, else the widest pair.

    Where an item has several options it is the one that differs most, the first in order when several do.
    """
    pairs = [(coded.kept[-1], coded.kept[0])] if view.ordered else list(combinations(coded.kept, 2))
    options = 1 if is_yes_no(coded.item) else len(coded.choices)
    candidates = [_contrast(coded, view, option, pair) for option in range(options) for pair in pairs]
    return max(candidates, key=lambda contrast: round(abs(contrast.difference), DECIMALS))


def group_of(coded: Coded, view: View, option: int, group: int) -> Group:
    """How many of a group that said yes, of how many that answered and how many there are."""
    yes = coded.yes[view.groups == group, option]
    answered = yes[~np.isnan(yes)]
    return Group(int(answered.sum()), len(answered), view.populations[group])


def _contrast(coded: Coded, view: View, option: int, pair: tuple[int, int]) -> Contrast:
    first, second = (group_of(coded, view, option, group) for group in pair)
    low, high = pattern_interval(first, second)
    return Contrast(
        coded.choices[option].label,
        view.names[pair[0]],
        view.names[pair[1]],
        first,
        second,
        first.share - second.share,
        low,
        high,
    )


def pattern_interval(first: Group, second: Group) -> tuple[float, float]:
    """The 95 % interval of a difference that goes with a test of chance: without finite-population correction.

    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    return newcombe_interval(Group(first.count, first.base), Group(second.count, second.base))


def widest(coded: Coded, view: View) -> tuple[float, float]:
    """The lowest and the highest end of the 90 % intervals of every pair of groups and every option.

    They describe these members, with finite-population correction. Two one-sided tests: all lie inside the margin when each difference is shown to.
    Source: Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657-680; all pairs must pass, so
    no correction is needed (Berger 1982, Technometrics 24:295-300).
    """
    low, high = inf, -inf
    for first, second in _all_pairs(coded, view):
        ends = newcombe_interval(first, second, EQUIVALENCE_LEVEL)
        low, high = min(low, ends[0]), max(high, ends[1])
    return low, high


def _all_pairs(coded: Coded, view: View) -> Iterator[tuple[Group, Group]]:
    for option in range(len(coded.choices)):
        groups = [group_of(coded, view, option, group) for group in coded.kept]
        yield from combinations(groups, 2)


def detectable(first_base: int, second_base: int) -> float:
    """The smallest difference found four times in five when half of the larger group says yes; NaN when none would be."""
    larger, smaller = max(first_base, second_base), min(first_base, second_base)
    found = smallest_detectable(larger, smaller, HALF)
    return nan if found is None else found
