"""The difference between two groups' shares: its interval, and whether they are shown to be alike."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from sekom_survey.stats.arrays import Interval
from sekom_survey.stats.proportions import wilson_finite_interval, wilson_interval


@dataclass(frozen=True)
class Group:
    """`count` of the `base` said yes; with `population` the group's members are described, not a pattern tested."""

    count: int
    base: int
    population: int | None = None

    @property
    def share(self) -> float:
        """The share that said yes, 0-1."""
        return self.count / self.base


def _share_interval(group: Group, level: float) -> Interval:
    if group.population is None:
        return wilson_interval(group.count, group.base, level)
    return wilson_finite_interval(group.count, group.base, group.population, level)


def newcombe_interval(first: Group, second: Group, level: float = 0.95) -> Interval:
    """Give the interval of first share - second share, -1 to 1, from the two score intervals.

    Without populations it speaks of a pattern; with them, of these members, by the corrected score interval.
    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    low1, high1 = _share_interval(first, level)
    low2, high2 = _share_interval(second, level)
    gap = first.share - second.share
    below = sqrt((first.share - low1) ** 2 + (high2 - second.share) ** 2)
    above = sqrt((high1 - first.share) ** 2 + (second.share - low2) ** 2)
    return gap - below, gap + above
