"""How representative the answers are, and weights that make those who answered resemble the members."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from sekom_survey.stats.arrays import Floats, Interval
from sekom_survey.stats.means import t_quantile


def r_indicator(respondents: Sequence[int], members: Sequence[int]) -> float:
    """Give 1 - 2 S(rho), 1 when all classes answer alike; S over members with N - 1.

    Both arguments have shape (classes,).
    Source: Schouten, Cobben & Bethlehem (2009), Survey Methodology 35:101-113.
    """
    size = np.asarray(members, dtype=float)
    rates = np.asarray(respondents, dtype=float) / size
    mean = size @ rates / size.sum()
    return float(1 - 2 * sqrt(size @ (rates - mean) ** 2 / (size.sum() - 1)))


def standardised_share_difference(count1: int, base1: int, count2: int, base2: int) -> float:
    """Give the difference of two shares in standard deviations; above 0.1 in size is worth a remark.

    0 when both groups answered alike to the last member.
    Source: Austin (2009), Communications in Statistics - Simulation and Computation 38:1228-1234.
    """
    p, q = count1 / base1, count2 / base2
    spread = sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return (p - q) / spread if spread else float(np.sign(p - q)) * float("inf") if p != q else 0.0


def logit_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give the interval made on the logit scale; for 0 < share < 1.

    Source: Lumley (2010), Complex Surveys, sec. 2.3; the R survey package's `logit` and `xlogit`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error / (share * (1 - share))
    return float(expit(logit(share) - half)), float(expit(logit(share) + half))


Margin = tuple[Sequence[Hashable], Mapping[Hashable, float]]

MOST_PASSES = 1_000
# Members by which a margin may be missed at the end.
MISSED = 1e-6


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Weights of shape (n,), and the class of each answer in every margin."""

    weights: Floats
    classes: tuple[NDArray[np.int64], ...]


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
    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11:427-444; the same weights as R's
    survey package gives by `calibrate(calfun = "raking")`.
    """
    fitted = [_classes(groups, targets) for groups, targets in margins]
    weights = np.ones(len(fitted[0][0]))
    before = _class_sums(weights, fitted)
    for _ in range(MOST_PASSES):
        for classes, targets in fitted:
            weights = _fit(weights, classes, targets)
        after = _class_sums(weights, fitted)
        if np.abs(after - before).max() <= tolerance:
            break
        before = after
    if np.abs(after - np.concatenate([targets for _, targets in fitted])).max() > max(tolerance, MISSED):
        raise ValueError("the margins cannot be met together")
    return Calibrated(weights, tuple(classes for classes, _ in fitted))


def _class_sums(weights: Floats, fitted: Sequence[tuple[NDArray[np.int64], Floats]]) -> Floats:
    return np.concatenate([np.bincount(c, weights, minlength=len(t)) for c, t in fitted])


def unexplained(values: ArrayLike, calibrated: Calibrated) -> tuple[Floats, Floats]:
    """Take away from values, shape (n,), what the margins explain; gives what is left, and each answer's leverage (0-1).

    The regression is on all classes, unweighted as answers begin with equal weights.
    Source: Deville & Sarndal (1992), Journal of the American Statistical Association 87:376-382, eq. 3.4; Hoaglin & Welsch
    (1978), The American Statistician 32:17-22.
    """
    y = np.asarray(values, dtype=float)
    classes = np.column_stack([c[:, None] == np.arange(c.max() + 1) for c in calibrated.classes]).astype(float)
    backwards = np.linalg.pinv(classes)
    return y - classes @ (backwards @ y), np.einsum("ij,ji->i", classes, backwards)


def calibrated_mean(values: ArrayLike, calibrated: Calibrated) -> tuple[float, float]:
    """Give the weighted mean of values of shape (n,) and its standard error, by what the margins leave unexplained.

    NaN is for those whom the question is not about: the mean is then that of the others among all members, whose number
    is estimated too. A weight of w is taken for an answer given with the chance 1 / w, so that who answers may go with the
    margins; each residual is divided by one less its leverage, which keeps few answers from looking sure.
    Source: as `unexplained`; Sarndal & Lundstrom (2005), Estimation in Surveys with Nonresponse, ch. 11; MacKinnon & White
    (1985), Journal of Econometrics 29:305-325 (HC3); for a part of the members Lumley (2010), sec. 2.2.1.
    """
    y, w = np.asarray(values, dtype=float), calibrated.weights
    inside = ~np.isnan(y)
    members = w[inside].sum()
    mean = float(w[inside] @ y[inside] / members)
    left, leverage = unexplained(np.where(inside, y - mean, 0.0), calibrated)
    alone = leverage > 1 - MISSED  # a class of one is met exactly
    parts = w * np.where(alone, 0.0, left / np.where(alone, 1.0, 1 - leverage))
    return mean, sqrt(float(np.clip(1 - 1 / w, 0, None) @ parts**2)) / float(members)
