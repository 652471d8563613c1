"""How large a difference is: Cramer's V, Cliff's delta, the odds ratio."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike

from sekom_survey.stats.proportions import normal_quantile


@dataclass(frozen=True)
class Effect:
    """An effect size with its interval."""

    value: float
    low: float
    high: float


def chi_square_statistic(table: ArrayLike) -> float:
    """Give Pearson's chi-square of an r x c table; empty rows and columns add nothing.

    Source: Pearson (1900), Philosophical Magazine 50:157-175.
    """
    counts = np.asarray(table, dtype=float)
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    filled = expected > 0
    return float(((counts - expected)[filled] ** 2 / expected[filled]).sum())


def _shape(table: ArrayLike) -> tuple[float, int, int]:
    counts = np.asarray(table, dtype=float)
    return float(counts.sum()), int((counts.sum(axis=1) > 0).sum()), int((counts.sum(axis=0) > 0).sum())


def cramers_v(table: ArrayLike) -> float:
    """Give Cramer's V, 0-1; 0 when only one row or column is in use.

    Source: Cramer (1946), Mathematical Methods of Statistics, sec. 21.9.
    """
    total, rows, columns = _shape(table)
    smaller = min(rows, columns) - 1
    return sqrt(chi_square_statistic(table) / (total * smaller)) if smaller > 0 else 0.0


def cramers_v_corrected(table: ArrayLike) -> float:
    """Give Cramer's V without the upward bias it has in small tables; 0 with too few answers to correct.

    Source: Bergsma (2013), Journal of the Korean Statistical Society 42:323-328.
    """
    total, rows, columns = _shape(table)
    if min(rows, columns) < 2:
        return 0.0
    phi2 = max(0.0, chi_square_statistic(table) / total - (rows - 1) * (columns - 1) / (total - 1))
    corrected = min(size - (size - 1) ** 2 / (total - 1) for size in (rows, columns))
    return sqrt(phi2 / (corrected - 1)) if corrected > 1 else 0.0


def cliffs_delta(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> Effect:
    """Give P(first higher) - P(second higher), -1 to 1, with an interval by Fisher's z.

    Source: Cliff (1993), Psychological Bulletin 114:494-509; interval as for the rank-biserial correlation
    in the R package effectsize: atanh(delta) +- z sqrt((m + n + 1) / (3 m n)).
    """
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    delta = float(np.sign(x[:, None] - y).mean())
    if abs(delta) == 1:
        return Effect(delta, delta, delta)
    half = normal_quantile(level) * sqrt((x.size + y.size + 1) / (3 * x.size * y.size))
    return Effect(delta, tanh(atanh(delta) - half), tanh(atanh(delta) + half))


def conditional_odds_ratio(table: ArrayLike, level: float = 0.95) -> Effect:
    """Give the conditional maximum likelihood odds ratio of a 2 x 2 table with its exact interval.

    Source: Cornfield (1956), Proceedings of the Third Berkeley Symposium 4:135-148; computed by SciPy.
    """
    from scipy.stats.contingency import odds_ratio  # half a second to load, and seldom needed

    result = odds_ratio(np.asarray(table, dtype=np.int64), kind="conditional")
    interval = result.confidence_interval(level)
    return Effect(float(result.statistic), float(interval.low), float(interval.high))
