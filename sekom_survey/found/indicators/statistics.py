"""Numbers in, numbers out: a census of those that report has coverage and bounds, and no confidence intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sekom_survey.model.indicators import HIGH


@dataclass(frozen=True)
class Summary:
    """What the values of some members say: `reported` of `members` have one.

    `mean` is unweighted, the quartiles those of the values. `low` and `high` are the mean of all members if each that is missing
    had 0 or 100; only for percentages, else None. Everything is None where nobody has a value.
    """

    members: int
    reported: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None


def summary(values: Sequence[float], members: int, percent: bool) -> Summary:
    """The values of those that report, of so many members, to a Summary.

    Quartiles interpolate between values (Hyndman and Fan 1996, type 7, as Excel's QUARTILE.INC). The bounds hold whatever the
    missing are: Manski (2003), Partial Identification of Probability Distributions, ch. 1.

    >>> one = summary([10, 20, 30, 40], 5, percent=True)
    >>> one.mean, one.low, one.high, one.median
    (25.0, 20.0, 40.0, 25.0)
    """
    if not len(values):
        return Summary(members, 0)
    known = np.asarray(values, dtype=float)
    total, missing = float(known.sum()), members - len(known)
    q1, median, q3 = (float(one) for one in np.percentile(known, (25, 50, 75)))
    low, high = (total / members, (total + 100 * missing) / members) if percent and members else (None, None)
    return Summary(members, len(known), float(known.mean()), low, high, q1, median, q3)


def place(value: float, values: Sequence[float], good: str) -> int:
    """The place of a value among all, 1 the best; those that are equal share the better place.

    >>> place(20, [10, 20, 20, 30], "high")
    2
    """
    better = [other for other in values if (other > value if good == HIGH else other < value)]
    return 1 + len(better)


def common_year(reported: Mapping[int, int], coverage: float) -> int | None:
    """The year members are compared on: the latest in which at least `coverage` of the best covered year's members report.

    `reported` is year -> members with a value. None when nobody has reported anything.

    >>> common_year({2022: 60, 2023: 57, 2024: 20}, 0.75)
    2023
    """
    most = max(reported.values(), default=0)
    fitting = [year for year, n in reported.items() if n and n >= coverage * most]
    return max(fitting, default=None)


@dataclass(frozen=True)
class Trend:
    """The same members in two years: how many, how many of them better, the same and worse, and the mean of each year."""

    first: int
    last: int
    members: int
    better: int
    same: int
    worse: int
    before: float
    after: float
    change: float


def trend(first: Mapping[str, float], last: Mapping[str, float], years: tuple[int, int], good: str) -> Trend | None:
    """Two years' values by member to a Trend of those with both; None when there are none."""
    both = sorted(first.keys() & last.keys())
    if not both:
        return None
    change = [last[member] - first[member] for member in both]
    signed = [one if good == HIGH else -one for one in change]
    return Trend(
        *years,
        len(both),
        sum(one > 0 for one in signed),
        sum(one == 0 for one in signed),
        sum(one < 0 for one in signed),
        float(np.mean([first[member] for member in both])),
        float(np.mean([last[member] for member in both])),
        float(np.mean(change)),
    )


def jump(before: float, after: float) -> float:
    """How many times larger or smaller a value is than the one before; infinite from or to nought.

    >>> jump(500, 0.5), jump(2, 2)
    (1000.0, 1.0)
    """
    if before == after:
        return 1.0
    if before * after <= 0:
        return float("inf")
    return max(before / after, after / before)
