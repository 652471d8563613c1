"""Groups out of estimates.csv and the p values that belong to their intervals."""

from __future__ import annotations

from collections.abc import Callable

from sekom_survey.counted.estimate import share_row
from sekom_survey.found.claims.finding import Basis
from sekom_survey.stats.difference import Group, newcombe_interval

STEPS = 40


def segment_group(basis: Basis, item: str, option: str, segmentation: str, segment: str) -> Group | None:
    """A segment's count, base and population as estimates.csv has them; None when suppressed or not there."""
    try:
        row = share_row(basis.estimates, item, option, segmentation, segment)
    except KeyError:
        return None
    if row["suppressed"]:
        return None
    return Group(int(row["count"]), int(row["base"]), int(row["population"]))


def smallest_alpha(holds: Callable[[float], bool]) -> float:
    """The smallest one-sided error at which an interval shows what it should, by halving; 0.5 when it never does."""
    if not holds(0.5 - 1e-9):
        return 0.5
    low, high = 0.0, 0.5
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def one_sided_p(first: Group, second: Group) -> float:
    """The one-sided p for first > second that goes with Newcombe's interval; 0.5 when the difference is not positive."""
    return smallest_alpha(lambda alpha: newcombe_interval(first, second, 1 - 2 * alpha)[0] > 0)


def equivalence_p(first: Group, second: Group, margin: float) -> float:
    """The p of the two one-sided tests that two shares differ by less than `margin`."""

    def inside(alpha: float) -> bool:
        low, high = newcombe_interval(first, second, 1 - 2 * alpha)
        return -margin < low and high < margin

    return smallest_alpha(inside)
