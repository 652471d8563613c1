"""A segmentation as numbers: which group each answering unit is in, what it said, and how far apart the groups are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import CLASSED, VALUED, Choice, choices_of, is_multiple, is_yes_no
from sekom_survey.counted.count import picks, ticks, unit_names, values
from sekom_survey.counted.segment import LANDSDEL, SEGMENT_ROLE, SIZE, UNKNOWN, role_name, segment_order
from sekom_survey.found.verdict import DECIMALS
from sekom_survey.model import OFFICIAL, POLITICIAN, REGION, Frame, Item, Survey
from sekom_survey.model.codes import Answers
from sekom_survey.stats.arrays import Floats, Ints
from sekom_survey.stats.proportions import Group, newcombe_interval


@dataclass(frozen=True, eq=False)
class View:
    """A segmentation of municipalities: `units` answered, `groups` are codes of `names`.

    A unit is a member, or a member and role when roles are compared. `populations` counts the members of each group.
    """

    segmentation: str
    names: tuple[str, ...]
    populations: tuple[int, ...]
    ordered: bool
    units: tuple[str, ...]
    groups: Ints
    answers: Answers


@dataclass(frozen=True, eq=False)
class CodedItem:
    """An item in a view: `codes` (units,) in order of value or option, -1 where not compared; `yes` (units, choices).

    `kept` are the groups with enough answers; units of other groups have code -1 and NaN.
    """

    item: Item
    choices: tuple[Choice, ...]
    codes: Ints
    yes: Floats
    kept: tuple[int, ...]

    @property
    def base(self) -> int:
        """The answers compared."""
        return int((~np.isnan(self.yes[:, 0])).sum())


def views(frame: Frame, survey: Survey) -> Iterator[View]:
    """Size class, landsdel and role, over municipalities; members without a known group are left out."""
    members = frame.members[frame.members["kind_of_member"] != REGION]
    ids = members["member_id"]
    for segmentation in (SIZE, LANDSDEL):
        place = dict(zip(ids, members[segmentation], strict=True))
        yield _view(segmentation, frame.answers, place, members.groupby(segmentation).size(), survey)
    units = frame.by_role.units
    inside = units["member_id"].isin(ids)
    place = dict(zip(unit_names(frame.by_role)[inside], units["role"][inside].map(role_name), strict=True))
    sizes = pd.Series(len(ids), index=[role_name(POLITICIAN), role_name(OFFICIAL)])
    yield _view(SEGMENT_ROLE, frame.by_role, place, sizes, survey)


def _view(segmentation: str, answers: Answers, place: Mapping[str, str], sizes: pd.Series, survey: Survey) -> View:
    names = [n for n in segment_order(segmentation, sizes.index, survey.size_classes) if n != UNKNOWN]
    units = tuple(unit for unit in sorted(unit_names(answers)) if place.get(unit) in names)
    groups = np.array([names.index(place[unit]) for unit in units], dtype=np.int64)
    populations = tuple(int(sizes[name]) for name in names)
    return View(segmentation, tuple(names), populations, segmentation == SIZE, units, groups, answers)


def code(item: Item, view: View, minimum: int) -> CodedItem:
    """An item's answers in a view, groups with fewer than `minimum` answers set aside."""
    choices, yes = _over_the_median(item, view) if item.kind in CLASSED else _chosen(item, view)
    answered = ~np.isnan(yes[:, 0])
    bases = np.bincount(view.groups[answered], minlength=len(view.names))
    kept = tuple(int(g) for g in np.flatnonzero(bases >= minimum))
    inside = answered & np.isin(view.groups, kept)
    codes = np.where(inside, _raw_codes(item, view), -1)
    return CodedItem(item, choices, codes, np.where(inside[:, None], yes, np.nan), kept)


def _chosen(item: Item, view: View) -> tuple[tuple[Choice, ...], Floats]:
    choices = choices_of(item)
    return choices, ticks(view.answers, item, view.units, choices)


def _over_the_median(item: Item, view: View) -> tuple[tuple[Choice, ...], Floats]:
    """A number or a day as whether it lies over the median of all."""
    said = values(view.answers, item, view.units)
    middle = np.median(said[~np.isnan(said)]) if (~np.isnan(said)).any() else np.nan
    yes = np.where(np.isnan(said), np.nan, said > middle)
    return (Choice("över medianen", ()),), yes[:, None]


def _raw_codes(item: Item, view: View) -> Ints:
    if is_multiple(item):
        return np.zeros(len(view.units), dtype=np.int64)
    if item.kind not in (*VALUED, *CLASSED):
        return picks(view.answers, item, view.units)
    scores = values(view.answers, item, view.units)
    return np.searchsorted(np.unique(scores[~np.isnan(scores)]), scores).astype(np.int64)


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
