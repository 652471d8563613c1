"""Logistic regression with a penalty on the weights (ridge), by Newton's method."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

MOST_STEPS, NEAR = 50, 1e-5
FREE = 1e-2  # the penalty on the level, next to none


def fit_logistic(
    features: np.ndarray, truth: np.ndarray, penalty: float, trust: np.ndarray | None = None
) -> np.ndarray:
    """Weights of the features and, last, the level; `trust` is a weight a row."""
    rows = _with_level(features)
    penalties = np.diag([penalty] * features.shape[1] + [FREE])
    trust = np.ones(len(truth)) if trust is None else trust
    weights = np.zeros(rows.shape[1])
    for _ in range(MOST_STEPS):
        certain = expit(rows @ weights)
        slope = rows.T @ (trust * (certain - truth)) + penalties @ weights
        bend = (rows * (trust * certain * (1 - certain))[:, None]).T @ rows + penalties
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < NEAR:
            break
    return weights


def certainty(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The probability of each row, 0-1."""
    found: np.ndarray = expit(_with_level(features) @ weights)
    return found


def _with_level(features: np.ndarray) -> np.ndarray:
    return np.column_stack([features, np.ones(len(features))])
