"""Adjusted p values for many tests; every function takes p values of shape (m,) and gives the same shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.arrays import Floats


def _sorted(p_values: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    return p[order], order


def _restore(adjusted: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(adjusted)
    result[order] = np.minimum(adjusted, 1.0)
    return result


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
