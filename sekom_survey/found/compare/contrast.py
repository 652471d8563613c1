"""How far apart groups are: the difference that stands for an item."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sekom_survey.counted.choices import is_yes_no
from sekom_survey.found.compare.view import CodedItem, View
from sekom_survey.found.verdict import DECIMALS
from sekom_survey.stats.difference import Group, newcombe_interval

# Differences equal on paper are equal.


@dataclass(frozen=True)
class ShownContrast:
    """Two groups' shares of one option: difference first - second with its 95 % interval among these members."""

    option: str
    first: str
    second: str
    first_group: Group
    second_group: Group
    difference: float
    low: float
    high: float


def shown_contrast(coded: CodedItem, view: View) -> ShownContrast:
    """The contrast that stands for an item: the highest class against the lowest when ordered, else the widest pair.

    Where an item has several options it is the one that differs most, the first in order when several do.
    """
    pairs = [(coded.kept[-1], coded.kept[0])] if view.ordered else list(combinations(coded.kept, 2))
    options = 1 if is_yes_no(coded.item) else len(coded.choices)
    candidates = [_contrast(coded, view, option, pair) for option in range(options) for pair in pairs]
    return max(candidates, key=lambda contrast: round(abs(contrast.difference), DECIMALS))


def group_of(coded: CodedItem, view: View, option: int, group: int) -> Group:
    """How many of a group that said yes, of how many that answered and how many there are."""
    yes = coded.yes[view.groups == group, option]
    answered = yes[~np.isnan(yes)]
    return Group(int(answered.sum()), len(answered), view.populations[group])


def _contrast(coded: CodedItem, view: View, option: int, pair: tuple[int, int]) -> ShownContrast:
    first, second = (group_of(coded, view, option, group) for group in pair)
    low, high = newcombe_interval(first, second)
    return ShownContrast(
        coded.choices[option].label,
        view.names[pair[0]],
        view.names[pair[1]],
        first,
        second,
        first.share - second.share,
        low,
        high,
    )
