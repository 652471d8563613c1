"""Methods that the product does not use, to set beside those that it does: exact where it draws, approximate where it counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, ndtr

from sekom_survey.stats.arrays import Outcome, Tails
from sekom_survey.stats.exact_tables import jonckheere_statistic, kruskal_statistic, tabulate
from sekom_survey.stats.finite_tests import _z_values
from sekom_survey.stats.fixed_margins import (
    Ints,
    walk,
)
from sekom_survey.stats.intervals import Limits, _require, interval_table, sampling_distribution
from sekom_survey.stats.misclassification import NO_BETTER_THAN_CHANCE, Rate, _put_right
from sekom_survey.stats.permutation import DRAWS, SEED, permutation_p
from sekom_survey.stats.power import _binomial, _finite_p, fisher_p_values
from sekom_survey.stats.proportions import Group, Interval, newcombe_interval, normal_quantile
from sekom_survey.stats.rank_tests import (
    HAIR,
    Floats,
    _doubled_ranks,
    _permuted,
    _rank_sums,
    _scores,
    two_sided_tails,
    with_observed,
)
from sekom_survey.stats.weights import Calibrated, Margin, _classes, _fit, unexplained


def equivalent(first: Group, second: Group, margin: float = 0.2, alpha: float = 0.05) -> bool:
    """Say whether the shares are shown to differ by less than `margin` (0.2 = 20 points) in both directions.

    Two one-sided tests at `alpha`: the interval at level 1 - 2 alpha lies inside +-margin.
    Source: Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657-680.
    """
    low, high = newcombe_interval(first, second, 1 - 2 * alpha)
    return -margin < low and high < margin


def finite_z_test(first: Group, second: Group) -> Outcome:
    """Test whether the shares of two groups, counted to their last member, are equal; z and two-sided p.

    Both groups need a population (ValueError otherwise).
    Source: Krishnamoorthy & Thomson (2002), The American Statistician 56:215-222, the Z test.
    """
    z = float(_z_values(first, second)[first.count, second.count])
    return Outcome(z, float(2 * ndtr(-abs(z))), "asymptotic")


def fisher_power(base1: int, base2: int, share1: float, share2: float, alpha: float = 0.05) -> float:
    """Give the chance that Fisher's two-sided test finds a difference between two true shares.

    Source: enumeration; Casagrande, Pike & Smith (1978), Applied Statistics 27:176-180.
    """
    rejected = fisher_p_values(base1, base2) <= alpha
    first, second = _binomial(base1, np.array([share1])), _binomial(base2, np.array([share2]))
    return float((first @ rejected @ second.T)[0, 0])


def finite_power(first: Group, second: Group, alpha: float = 0.05) -> float:
    """Give the chance that `finite_estimated_test` finds the difference when these are the members' own counts.

    `count` is of the whole `population`, `base` is how many of it answer.
    Source: enumeration.
    """
    chances = [sampling_distribution(g.base, g.population or g.base)[g.count] for g in (first, second)]
    return float(chances[0] @ (_finite_p(first, second) <= alpha) @ chances[1])


def normal_power(base: int, share1: float, share2: float, alpha: float = 0.05) -> float:
    """Give the power for two groups of `base` by the normal approximation, for reference.

    Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., ch. 4.
    """
    mean = (share1 + share2) / 2
    pooled = normal_quantile(1 - alpha) * sqrt(2 * mean * (1 - mean))
    apart = sqrt(share1 * (1 - share1) + share2 * (1 - share2))
    return float(ndtr((sqrt(base) * abs(share1 - share2) - pooled) / apart))


def kruskal_wallis(samples: Sequence[ArrayLike], draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Test whether several groups differ in level; `samples` are the groups' answers.

    The statistic is H corrected for ties (nan with p = 1 when all answers are equal). Exact when the tables
    can be gone through (`fixed_margins.LIMIT`), else by seeded permutation.
    Source: Kruskal & Wallis (1952), Journal of the American Statistical Association 47:583-621.
    """
    table = tabulate(samples)
    observed = float(kruskal_statistic(table))
    if table.shape[1] == 1:
        return Outcome(observed, 1.0, "exact")
    states = _rank_sums(table)
    if states is None:
        permuted = _permuted(table, kruskal_statistic, draws, seed)
        return Outcome(observed, permutation_p(observed, permuted), "permutation")
    sizes = table.sum(axis=1)
    total = int(_doubled_ranks(table) @ table.sum(axis=0))
    sums = np.column_stack([states.statistics, total - states.statistics.sum(axis=1)])
    spread = (sums**2 / sizes).sum(axis=1)
    limit = float(((table @ _doubled_ranks(table)) ** 2 / sizes).sum()) * (1 - HAIR)
    return Outcome(observed, float(min(states.probabilities[spread >= limit].sum(), 1.0)), "exact")


def _ordered_pairs(column: int, used: Ints, way: Ints) -> Ints:
    """Add twice the pairs in order that a value brings: those below it in earlier groups, ties as half."""
    earlier = 2 * used + way
    below = earlier.cumsum(axis=1) - earlier
    summed: Ints = (below * way).sum(axis=1, keepdims=True)
    return summed


def jonckheere_terpstra(samples: Sequence[ArrayLike], draws: int = DRAWS, seed: int = SEED) -> Tails:
    """Test for a trend over ordered groups; `upper` is the p for later groups being higher.

    Exact when the tables can be gone through (`fixed_margins.LIMIT`), else by seeded permutation.
    Source: Jonckheere (1954), Biometrika 41:133-145; Terpstra (1952), Indagationes Mathematicae 14:327-333.
    """
    table = tabulate(samples)
    observed = float(jonckheere_statistic(table))
    mean, _ = jonckheere_moments(samples)
    states = walk(table.sum(axis=1).tolist(), table.sum(axis=0).tolist(), _ordered_pairs, 1)
    if states is not None:
        tails = two_sided_tails(observed, mean, states.statistics[:, 0] / 2, states.probabilities)
        return Tails(observed, *tails, how="exact")
    values, chances = with_observed(observed, _permuted(table, jonckheere_statistic, draws, seed))
    return Tails(observed, *two_sided_tails(observed, mean, values, chances), how="permutation")


def jonckheere_moments(samples: Sequence[ArrayLike]) -> tuple[float, float]:
    """Give the mean and the standard deviation of J when there is no trend, corrected for ties.

    Source: Hollander & Wolfe (1999), Nonparametric Statistical Methods, 2nd ed., eq. 6.17-6.19.
    """
    table = tabulate(samples).astype(float)
    n, d = table.sum(axis=1), table.sum(axis=0)
    total = n.sum()

    def cubic(x: Floats) -> float:
        return float((x * (x - 1) * (2 * x + 5)).sum())

    def triple(x: Floats) -> float:
        return float((x * (x - 1) * (x - 2)).sum())

    def double(x: Floats) -> float:
        return float((x * (x - 1)).sum())

    whole = np.array([total])
    variance = (cubic(whole) - cubic(n) - cubic(d)) / 72
    variance += triple(n) * triple(d) / (36 * triple(whole))
    variance += double(n) * double(d) / (8 * double(whole))
    return float((total**2 - (n**2).sum()) / 4), sqrt(variance)


def cochran_armitage(counts: ArrayLike, bases: ArrayLike, scores: ArrayLike | None = None) -> Outcome:
    """Test whether a share rises or falls over ordered groups; chi-square with one degree of freedom.

    `counts` said yes of `bases`, shape (groups,); scores 1, 2, ... unless given (say log population).
    Source: Cochran (1954), Biometrics 10:417-451; Armitage (1955), Biometrics 11:375-386.
    """
    yes, size = np.asarray(counts, dtype=float), np.asarray(bases, dtype=float)
    x = _scores(scores, len(size))
    share = yes.sum() / size.sum()
    centred = x - (size * x).sum() / size.sum()
    statistic = float((yes * centred).sum() ** 2 / (share * (1 - share) * (size * centred**2).sum()))
    return Outcome(statistic, float(chdtrc(1, statistic)), "asymptotic")


def post_stratify(groups: Sequence[Hashable], targets: Mapping[Hashable, float]) -> Calibrated:
    """Give weights N_h / n_h by class; arguments and errors as one margin of `rake`.

    Source: Holt & Smith (1979), Journal of the Royal Statistical Society A 142:33-46.
    """
    classes, sums = _classes(groups, targets)
    weights = _fit(np.ones(len(classes)), classes, sums)
    return Calibrated(weights, (classes,))


def coverage(base: int, population: int, level: float = 0.95) -> NDArray[np.float64]:
    """Give the coverage of the exact interval for every true total, shape (population + 1,).

    Source: as `coverage_of`.
    """
    return coverage_of(interval_table(base, population, level), population)


def coverage_of(limits: NDArray[np.floating] | NDArray[np.integer], population: int) -> NDArray[np.float64]:
    """Give, for every true total, the probability that the interval drawn covers it.

    `limits` has shape (base + 1, 2), in members, one row a count; the result has shape (population + 1,).
    Source: complete enumeration of the sampling distribution.
    """
    probabilities = sampling_distribution(len(limits) - 1, population)
    totals = np.arange(population + 1)[:, None]
    # Limits computed in floating point are given a hair, so that a limit that equals a total covers it.
    covered = (limits[:, 0] <= totals + 1e-9) & (totals - 1e-9 <= limits[:, 1])
    covering: NDArray[np.float64] = np.where(covered, probabilities, 0.0).sum(axis=1)
    return covering


def no_assumption_bounds(count: int, base: int, population: int) -> Limits:
    """Give the lowest and the highest possible number of members, whatever those who are silent think.

    Unit: members. Raises ValueError unless 0 <= count <= base <= population.
    Source: Manski (2003), Partial Identification of Probability Distributions, ch. 1.

    >>> no_assumption_bounds(30, 50, 80)
    (30, 60)
    """
    _require(count, base, population)
    return count, count + population - base


def standardised_mean_difference(first: ArrayLike, second: ArrayLike) -> float:
    """Give the difference of two means in pooled standard deviations; 0 when nothing varies or differs.

    Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., ch. 2.
    """
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    gap = float(x.mean() - y.mean())
    spread = sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2) if min(x.size, y.size) > 1 else 0.0
    return gap / spread if spread else float(np.sign(gap)) * float("inf") if gap else 0.0


def bonferroni(p_values: ArrayLike) -> Floats:
    """Adjust for the number of tests; source: Dunn (1961), JASA 56:52-64."""
    p = np.asarray(p_values, dtype=float)
    adjusted: Floats = np.minimum(p * p.size, 1.0)
    return adjusted


def sample_variance(contributions: ArrayLike, population: int) -> float:
    """Give the variance of a sum over n units drawn from `population`: (1 - n/N) n/(n-1) sum (x - mean)2.

    `contributions` has shape (n,); for a sample of clusters, the clusters' sums and their number.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 2.20; Lumley (2010), Complex Surveys, sec. 2.2.
    """
    x = np.asarray(contributions, dtype=float)
    return float((1 - x.size / population) * x.size * x.var(ddof=1))


def calibrated_total(values: ArrayLike, calibrated: Calibrated, population: int) -> tuple[float, float]:
    """Give the weighted total and its standard error had chance alone decided who answered, as R's `svytotal` does."""
    left = calibrated.weights * unexplained(values, calibrated)[0]
    return float(calibrated.weights @ np.asarray(values, dtype=float)), sqrt(sample_variance(left, population))


def calibrated_svymean(values: ArrayLike, calibrated: Calibrated, population: int) -> tuple[float, float]:
    """Give the weighted mean and the standard error that R's `svymean` gives it; NaN is outside, as in its `subset`."""
    y, w = np.asarray(values, dtype=float), calibrated.weights
    inside = ~np.isnan(y)
    mean = float(w[inside] @ y[inside] / w[inside].sum())
    gaps = np.where(inside, y - mean, 0.0) / w[inside].sum()
    return mean, calibrated_total(gaps, calibrated, population)[1]


def raked_residuals(contributions: ArrayLike, margins: Sequence[Margin], tolerance: float) -> tuple[Floats, Floats]:
    """The weights and the residuals as R's `rake` has them: the means of each class taken away ten times over.

    Source: Deville & Sarndal (1992), JASA 87:376-382, by alternating over the margins. `contributions` are of weight one.
    """
    fitted = [_classes(groups, targets) for groups, targets in margins]
    weights, moved = np.ones(len(fitted[0][0])), np.inf
    while moved > tolerance:
        before, steps = [np.bincount(c, weights) for c, _ in fitted], []
        for classes, targets in fitted:
            weights = _fit(weights, classes, targets)
            steps.append((classes, weights))
        moved = max(np.abs(np.bincount(c, weights) - b).max() for (c, _), b in zip(fitted, before, strict=True))
    left = weights * np.asarray(contributions, dtype=float)
    for _ in range(10 if len(steps) > 1 else 1):
        for classes, reached in steps:
            left = left - reached * (np.bincount(classes, left / reached) / np.bincount(classes))[classes]
    return weights, left


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float:
    """Give the share that truly has what was found in `share`, 0-1.

    Source: Rogan & Gladen (1978), American Journal of Epidemiology 107:71-76.
    """
    power = sensitivity + specificity - 1
    if power <= NO_BETTER_THAN_CHANCE:
        return share
    return min(1.0, max(0.0, (share + specificity - 1) / power))


def lang_reiczigel_interval(
    count: float, base: float, sensitivity: Rate, specificity: Rate, level: float = 0.95
) -> Interval:
    """Give the interval of a true share, 0-1, when sensitivity and specificity are themselves estimated.

    (0, 1) when the reader is no better than chance.
    Source: Lang & Reiczigel (2014), Preventive Veterinary Medicine 113:13-22, equations 4, 7, 16 and 17.
    """
    z = normal_quantile(level)
    found = Rate(count + z**2 / 2, base + z**2)
    middle, error = _put_right(found.share, sensitivity.hedged, specificity.hedged, z)
    power = sensitivity.hedged.share + specificity.hedged.share - 1
    if power <= NO_BETTER_THAN_CHANCE:
        return 0.0, 1.0
    half = z * sqrt(found.variance / power**2 + error)
    return max(0.0, middle - half), min(1.0, middle + half)
