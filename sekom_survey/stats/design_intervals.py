"""Intervals for a share from its design-based standard error, on six scales."""

from __future__ import annotations

from math import asin, log, sin, sqrt

from scipy.special import betaincinv, expit, logit

from sekom_survey.stats.means import t_quantile

Interval = tuple[float, float]


def linear_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give share +- t times its standard error, 0-1 but not held inside.

    Source: Lumley (2010), Complex Surveys, sec. 2.2; the R survey package's `mean`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error
    return share - half, share + half


def logit_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give the interval made on the logit scale; for 0 < share < 1.

    Source: Lumley (2010), Complex Surveys, sec. 2.3; the R survey package's `logit` and `xlogit`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error / (share * (1 - share))
    return float(expit(logit(share) - half)), float(expit(logit(share) + half))


def arcsine_interval(share: float, error: float, degrees: int, level: float = 0.95) -> Interval:
    """Give the interval made on the variance-stabilising scale asin sqrt p; for 0 < share < 1.

    Source: Lumley (2010), Complex Surveys, sec. 2.3; the R survey package's `asin`.
    """
    half = t_quantile((1 + level) / 2, degrees) * error / (2 * sqrt(share * (1 - share)))
    middle = asin(sqrt(share))
    return sin(middle - half) ** 2, sin(middle + half) ** 2


def beta_interval(share: float, error: float, degrees: int, size: int, level: float = 0.95) -> Interval:
    """Give the Clopper-Pearson interval at the effective sample size; `size` is the number of answers.

    Source: Korn & Graubard (1998), Survey Methodology 24:193-201; the R survey package's `beta`.
    """
    tail = (1 - level) / 2
    effective = share * (1 - share) / error**2
    effective *= (t_quantile(tail, size - 1) / t_quantile(tail, degrees)) ** 2
    yes, no = effective * share, effective * (1 - share)
    return float(betaincinv(yes, no + 1, tail)), float(betaincinv(yes + 1, no, 1 - tail))


def likelihood_interval(share: float, error: float, degrees: int, size: int, level: float = 0.95) -> Interval:
    """Give the shares whose scaled log likelihood is within t squared of the best; for 0 < share < 1.

    `size` is the number of answers; the dispersion n / (n - 1) is taken out as R does. R itself interpolates
    in a table of the likelihood and is right to three or four digits of the limits; this solves for them.
    Source: Rao & Scott (1984), Annals of Statistics 12:46-60; the R survey package's `likelihood`.
    """
    from scipy.optimize import brentq  # a tenth of a second to load, and only this scale needs it

    effective = share * (1 - share) / error**2
    limit = t_quantile((1 + level) / 2, degrees) ** 2 * size / (size - 1)

    def excess(p: float) -> float:
        return 2 * effective * (share * log(share / p) + (1 - share) * log((1 - share) / (1 - p))) - limit

    tight = {"xtol": 1e-15, "rtol": 1e-14}
    return float(brentq(excess, 1e-12, share, **tight)), float(brentq(excess, share, 1 - 1e-12, **tight))
