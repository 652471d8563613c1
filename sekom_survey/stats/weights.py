"""Weights that make those who answered resemble the members, and what they do to the variance."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from sekom_survey.stats.means import t_quantile

Interval = tuple[float, float]


def logit_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give the interval made on the logit scale; for 0 < share < 1.

    Source: Lumley (2010), Complex Surveys, sec. 2.3; the R survey package's `logit` and `xlogit`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error / (share * (1 - share))
    return float(expit(logit(share) - half)), float(expit(logit(share) + half))


Floats = NDArray[np.float64]
Margin = tuple[Sequence[Hashable], Mapping[Hashable, float]]

# Passes over the margins when the residuals are taken: as many as R's survey package makes.
SWEEPS = 10
MOST_PASSES = 1_000
# Members by which a margin may be missed at the end.
MISSED = 1e-6


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Weights of shape (n,), and for each margin its classes and the weights as that margin left them."""

    weights: Floats
    steps: tuple[tuple[NDArray[np.int64], Floats], ...]


def _classes(groups: Sequence[Hashable], targets: Mapping[Hashable, float]) -> tuple[NDArray[np.int64], Floats]:
    names = list(targets)
    unknown = set(groups) - set(names)
    if unknown:
        raise ValueError(f"no target for {sorted(map(str, unknown))}")
    classes = np.array([names.index(group) for group in groups], dtype=np.int64)
    empty = [name for number, name in enumerate(names) if targets[name] and not (classes == number).any()]
    if empty:
        raise ValueError(f"nobody answered in {sorted(map(str, empty))}: merge classes first")
    return classes, np.array([targets[name] for name in names], dtype=float)


def _fit(weights: Floats, classes: NDArray[np.int64], targets: Floats) -> Floats:
    sums = np.bincount(classes, weights, minlength=len(targets))
    return weights * (targets / np.where(sums > 0, sums, 1.0))[classes]


def rake(margins: Sequence[Margin], tolerance: float = 1e-10) -> Calibrated:
    """Give weights whose sums agree with every margin, starting from equal weights.

    A margin is the class of each answer, shape (n,), and the number of members by class. Stops when no
    class sum moves by more than `tolerance` members in a pass. Raises ValueError when a class has members
    but no answers, an answer's class has no target, or the margins cannot be met together.
    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11:427-444.
    """
    fitted = [_classes(groups, targets) for groups, targets in margins]
    weights = np.ones(len(fitted[0][0]))
    before = _class_sums(weights, fitted)
    for _ in range(MOST_PASSES):
        steps = []
        for classes, targets in fitted:
            weights = _fit(weights, classes, targets)
            steps.append((classes, weights))
        after = _class_sums(weights, fitted)
        if np.abs(after - before).max() <= tolerance:
            break
        before = after
    if np.abs(after - np.concatenate([targets for _, targets in fitted])).max() > max(tolerance, MISSED):
        raise ValueError("the margins cannot be met together")
    return Calibrated(weights, tuple(steps))


def _class_sums(weights: Floats, fitted: Sequence[tuple[NDArray[np.int64], Floats]]) -> Floats:
    return np.concatenate([np.bincount(c, weights, minlength=len(t)) for c, t in fitted])


def linearised(contributions: ArrayLike, calibrated: Calibrated) -> Floats:
    """Take away from weighted contributions, shape (n,), what the margins explain.

    Source: Deville & Sarndal (1992), Journal of the American Statistical Association 87:376-382; for raking
    by alternating over the margins, as in R's survey package.
    """
    residual = np.asarray(contributions, dtype=float)
    for _ in range(SWEEPS if len(calibrated.steps) > 1 else 1):
        for classes, weights in calibrated.steps:
            sizes = np.bincount(classes)
            means = np.bincount(classes, residual / weights) / np.where(sizes > 0, sizes, 1)
            residual = residual - weights * means[classes]
    return residual


def sample_variance(contributions: ArrayLike, population: int) -> float:
    """Give the variance of a sum over n units drawn from `population`: (1 - n/N) n/(n-1) sum (x - mean)2.

    `contributions` has shape (n,); for a sample of clusters, the clusters' sums and their number.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 2.20; Lumley (2010), Complex Surveys, sec. 2.2.
    """
    x = np.asarray(contributions, dtype=float)
    return float((1 - x.size / population) * x.size * x.var(ddof=1))


def calibrated_mean(values: ArrayLike, calibrated: Calibrated, population: int) -> tuple[float, float]:
    """Give the weighted mean of values of shape (n,) and its standard error for a simple random sample.

    Source: as `linearised` and `sample_variance`.
    """
    y, w = np.asarray(values, dtype=float), calibrated.weights
    mean = float(w @ y / w.sum())
    contributions = linearised(w * (y - mean) / w.sum(), calibrated)
    return mean, sqrt(sample_variance(contributions, population))
