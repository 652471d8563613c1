"""The exact interval for a count of members, its bounds without assumptions, and its coverage."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from sekom_survey.stats.arrays import Ints

Limits = tuple[int, int]
SMALL_TABLE = 100_000


def _require(count: int, base: int, population: int) -> None:
    if not 0 <= count <= base <= population:
        raise ValueError(f"need 0 <= count <= base <= population, got {count}, {base}, {population}")


def _log_choose(n: Ints | int, k: Ints) -> NDArray[np.float64]:
    inside = (k >= 0) & (k <= n)
    k = np.where(inside, k, 0)
    value = gammaln(np.add(n, 1)) - gammaln(k + 1) - gammaln(np.subtract(n, k) + 1)
    return np.where(inside, value, -np.inf)


@cache
def sampling_distribution(base: int, population: int) -> NDArray[np.float64]:
    """Give the hypergeometric probabilities of every count for every true total.

    Shape (population + 1, base + 1): row K, column k holds P(k of the base say yes | K of the members do).
    The array is cached and read-only.
    Source: Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, 3rd ed., ch. 6.
    """
    _require(0, base, population)
    totals = np.arange(population + 1)[:, None]
    counts = np.arange(base + 1)[None, :]
    log_ways = _log_choose(totals, counts) + _log_choose(population - totals, base - counts)
    probabilities = np.exp(log_ways - _log_choose(population, np.array(base)))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    probabilities.flags.writeable = False
    return probabilities


def _invert(upper: NDArray[np.float64], lower: NDArray[np.float64], level: float) -> NDArray[np.int64]:
    """Keep, for each count, the true totals that neither one-sided test rejects."""
    # A tail of exactly 2.5 % rejects, whatever its last binary digit says.
    tail = (1 - level) / 2 * (1 + 1e-9)
    kept = (upper > tail) & (lower > tail)
    first = kept.argmax(axis=0)
    last = kept.shape[0] - 1 - kept[::-1].argmax(axis=0)
    limits = np.stack([first, last], axis=1)
    limits.flags.writeable = False
    return limits


def _upper_tail(counts: Ints, bases: Ints, populations: Ints, totals: Ints) -> NDArray[np.float64]:
    """P(at least `count` of the base say yes | `total` of the members do), for many designs at once.

    Summed from the count away from the mean, until what is left cannot matter; source: as `sampling_distribution`.
    """
    beyond = counts * (populations + 2) > (bases + 1) * (totals + 1)  # past the mode: the upper tail is the shorter
    step = np.where(beyond, 1, -1)
    at = np.where(beyond, counts, counts - 1)
    term = np.exp(
        _log_choose(totals, at) + _log_choose(populations - totals, bases - at) - _log_choose(populations, bases)
    )
    total, number = np.zeros(len(counts)), np.arange(len(counts))
    while len(number):
        total[number] += term
        up = step > 0
        k = np.where(up, at, at - 1)  # the ratio of the terms k + 1 and k
        above, below = (totals - k) * (bases - k), (k + 1) * (populations - totals - bases + k + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            term = term * np.where(up, above / below, below / above)
        at = at + step
        going = np.isfinite(term) & (term > total[number] * 1e-17)
        number, term, at, step = number[going], term[going], at[going], step[going]
        bases, populations, totals = bases[going], populations[going], totals[going]
    return np.where(beyond, total, 1 - total)


def _lowest_total(counts: Ints, bases: Ints, populations: Ints, level: float) -> NDArray[np.int64]:
    """The lowest true total that the one-sided test keeps, by bisection: the upper tail grows with the total."""
    # A tail of exactly 2.5 % rejects, whatever its last binary digit says.
    tail = (1 - level) / 2 * (1 + 1e-9)
    low, high = counts - 1, counts + populations - bases  # rejected, kept
    low = np.where(counts == 0, high, low)
    high = np.where(counts == 0, 0, high)
    while (open_ := high - low > 1).any():
        middle = (low + high) // 2
        kept = _upper_tail(counts[open_], bases[open_], populations[open_], middle[open_]) > tail
        high[open_] = np.where(kept, middle[open_], high[open_])
        low[open_] = np.where(kept, low[open_], middle[open_])
    return high


def exact_limits(counts: Ints, bases: Ints, populations: Ints, level: float = 0.95) -> NDArray[np.int64]:
    """Give the exact intervals in members for many counts at once, each of its own base and population.

    The arguments have shape (n,); the result (n, 2): the lowest and the highest total of the population that the
    count does not reject. Each distinct design is worked out once; time grows with the root of the base.
    Raises ValueError unless 0 <= count <= base <= population.
    Source: inversion of the two one-sided hypergeometric tests; Buonaccorsi (1987), The American
    Statistician 41:215-218; Wang (2015), Journal of the American Statistical Association 110:1491-1499.
    """
    asked = np.stack([counts, bases, populations], axis=1).astype(np.int64)
    designs, which = np.unique(asked, axis=0, return_inverse=True)
    k, n, members = designs.T
    if ((k < 0) | (k > n) | (n > members)).any():
        raise ValueError("need 0 <= count <= base <= population")
    low = _lowest_total(k, n, members, level)
    high = members - _lowest_total(n - k, n, members, level)  # those who say no, seen from the other side
    return np.stack([low, high], axis=1)[which.ravel()]


@cache
def interval_table(base: int, population: int, level: float = 0.95) -> NDArray[np.int64]:
    """Give the exact interval in members for every possible count at once.

    Shape (base + 1, 2): row k holds the lowest and the highest total of the population, in members, that
    the count k does not reject. The array is cached and read-only.
    Raises ValueError unless 0 <= base <= population. Source: as `exact_limits`.
    """
    if (base + 1) * (population + 1) <= SMALL_TABLE:  # sooner done by the whole distribution
        probabilities = sampling_distribution(base, population)
        lower = probabilities.cumsum(axis=1)
        upper = probabilities[:, ::-1].cumsum(axis=1)[:, ::-1]
        return _invert(upper, lower, level)
    counts = np.arange(base + 1)
    limits = exact_limits(counts, np.full_like(counts, base), np.full_like(counts, population), level)
    limits.flags.writeable = False
    return limits


@cache
def mid_p_table(base: int, population: int, level: float = 0.95) -> NDArray[np.int64]:
    """Give the mid-p interval in members for every possible count: shorter, and right only on average.

    Shape (base + 1, 2), as `interval_table`, with half of the observed count's probability in each tail.
    Source: Lancaster (1961), Journal of the American Statistical Association 56:223-234.
    """
    probabilities = sampling_distribution(base, population)
    lower = probabilities.cumsum(axis=1) - probabilities / 2
    upper = probabilities[:, ::-1].cumsum(axis=1)[:, ::-1] - probabilities / 2
    return _invert(upper, lower, level)


def hypergeometric_interval(count: int, base: int, population: int, level: float = 0.95) -> Limits:
    """Give how many of the population's members may agree when `count` of the `base` that answered do.

    Unit: members. A census (base = population) gives (count, count).
    Raises ValueError unless 0 <= count <= base <= population.
    Source: as `interval_table`.

    >>> hypergeometric_interval(30, 50, 80)
    (41, 54)
    """
    _require(count, base, population)
    low, high = interval_table(base, population, level)[count]
    return int(low), int(high)


def tipping_point(count: int, base: int, population: int) -> int | None:
    """Give how many of those who are silent must agree for more than half of all members to agree.

    0 when those who answered are a majority already, None when not even all the silent would be enough.
    Raises ValueError unless 0 <= count <= base <= population.
    Source: arithmetic on `no_assumption_bounds`.

    >>> tipping_point(32, 50, 80)
    9
    """
    _require(count, base, population)
    needed = max(0, population // 2 + 1 - count)
    return needed if needed <= population - base else None
