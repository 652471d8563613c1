"""Adjusted p values for many tests; every function takes p values of shape (m,) and gives the same shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def _sorted(p_values: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    return p[order], order


def _restore(adjusted: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(adjusted)
    result[order] = np.minimum(adjusted, 1.0)
    return result


def bonferroni(p_values: ArrayLike) -> Floats:
    """Adjust for the number of tests; source: Dunn (1961), JASA 56:52-64."""
    p = np.asarray(p_values, dtype=float)
    adjusted: Floats = np.minimum(p * p.size, 1.0)
    return adjusted


def holm(p_values: ArrayLike) -> Floats:
    """Adjust stepwise so that hardly ever a single false claim is made; for headline claims.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    p, order = _sorted(p_values)
    return _restore(np.maximum.accumulate(p * np.arange(p.size, 0, -1)), order)


def _step_up(p: Floats, factor: float) -> Floats:
    scaled = p * factor * p.size / np.arange(1, p.size + 1)
    monotone: Floats = np.minimum.accumulate(scaled[::-1])[::-1]
    return monotone


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjust so that few of the findings are false; for a declared family of explorations.

    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289-300.
    """
    p, order = _sorted(p_values)
    return _restore(_step_up(p, 1.0), order)


def benjamini_yekutieli(p_values: ArrayLike) -> Floats:
    """Adjust as `benjamini_hochberg`, whatever the dependence between the tests.

    Source: Benjamini & Yekutieli (2001), Annals of Statistics 29:1165-1188.
    """
    p, order = _sorted(p_values)
    return _restore(_step_up(p, float((1 / np.arange(1, p.size + 1)).sum())), order)


def hommel(p_values: ArrayLike) -> Floats:
    """Adjust by closing Simes' test: never less powerful than Holm for independent tests.

    Each p value gets the largest Simes p of any family with it: for a family of m, the m - 1 others are
    the largest ones left. Source: Hommel (1988), Biometrika 75:383-386; Wright (1992), Biometrics 48:1005-1013.
    """
    p, order = _sorted(p_values)
    adjusted = p.copy()
    for size in range(2, p.size + 1):
        others = p[p.size - size + 1 :]
        simes = float((size * others / np.arange(2, size + 1)).min())
        in_tail = np.arange(p.size) > p.size - size
        adjusted = np.maximum(adjusted, np.where(in_tail, simes, np.minimum(simes, size * p)))
    return _restore(adjusted, order)
