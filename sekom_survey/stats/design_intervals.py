"""Intervals for a share from its design-based standard error, on six scales."""

from __future__ import annotations

from scipy.special import expit, logit

from sekom_survey.stats.means import t_quantile

Interval = tuple[float, float]


def logit_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give the interval made on the logit scale; for 0 < share < 1.

    Source: Lumley (2010), Complex Surveys, sec. 2.3; the R survey package's `logit` and `xlogit`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error / (share * (1 - share))
    return float(expit(logit(share) - half)), float(expit(logit(share) + half))
