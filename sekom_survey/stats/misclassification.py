"""A share found by an imperfect reader: put right, and with an interval that holds the reader's errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

from sekom_survey.stats.arrays import Interval
from sekom_survey.stats.proportions import normal_quantile

NO_BETTER_THAN_CHANCE = 0.05  # sensitivity + specificity - 1 from which nothing can be put right


@dataclass(frozen=True)
class Rate:
    """How often a reader was right, out of how many that were checked; neither needs to be whole."""

    right: float
    base: float

    @property
    def share(self) -> float:
        """Right of those checked, 0-1."""
        return self.right / self.base

    @property
    def hedged(self) -> Rate:
        """One right and one wrong more, so that few that were all right do not count as never wrong."""
        return Rate(self.right + 1, self.base + 2)

    @property
    def variance(self) -> float:
        """The variance of the share."""
        return self.share * (1 - self.share) / self.base


def reading_interval(
    count: float, base: float, sensitivity: Rate, specificity: Rate, level: float = 0.95
) -> tuple[float, float, float]:
    """Give how many of just these `base` truly have what was found in `count`: estimate, low and high.

    The published interval of a true share without its sampling part, P (1 - P) / n: which ones were drawn is no longer in
    doubt, only how they were read. Anything from 0 to `base` when the reader is no better than chance.
    Source: Lang & Reiczigel (2014), Preventive Veterinary Medicine 113:13-22, equations 4, 7, 16 and 17.
    """
    if not base:
        return 0.0, 0.0, 0.0
    z = normal_quantile(level)
    right, without = sensitivity.hedged, specificity.hedged
    power = right.share + without.share - 1
    if power <= NO_BETTER_THAN_CHANCE:
        return count, 0.0, base
    middle, error = _put_right(count / base, right, without, z)
    true = min(1.0, max(0.0, middle))
    misread = (true * right.share * (1 - right.share) + (1 - true) * without.share * (1 - without.share)) / base
    half = z * sqrt(misread / power**2 + error)
    return base * true, base * max(0.0, middle - half), base * min(1.0, middle + half)


def _put_right(share: float, sensitivity: Rate, specificity: Rate, z: float) -> tuple[float, float]:
    """The share put right and shifted for ratios of estimates, and the variance that the two rates bring."""
    power = max(sensitivity.share + specificity.share - 1, NO_BETTER_THAN_CHANCE)
    true = (share + specificity.share - 1) / power
    shift = 2 * z**2 * (true * sensitivity.variance - (1 - true) * specificity.variance)
    error = (true**2 * sensitivity.variance + (1 - true) ** 2 * specificity.variance) / power**2
    return true + shift, error


def together(estimate: float, *parts: tuple[float, float]) -> Interval:
    """Give one interval around an estimate from the distances, down and up, of intervals that are independent of each other.

    Source: the method of variance estimates recovery, MOVER; Zou & Donner (2008), Statistics in Medicine 27:1693-1702.
    """
    down, up = hypot(*(part[0] for part in parts)), hypot(*(part[1] for part in parts))
    return estimate - down, estimate + up
