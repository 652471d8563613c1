"""Themes by likeness to texts that people have coded: kernel ridge regression (Saunders, Gammerman and Vovk 1998).

Two texts are alike as far as they share n-grams and the codebook finds the same themes in them. What each coded text
would get from all the others has a closed form (Allen 1974, PRESS), so that nothing needs to be trained twice to know
how far it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sekom_survey.coding.grams import Grams, weighed_grams

PENALTY = 1.5
EVIDENCE, BOTH = (
    0.5,
    1.0,
)  # how much the codebook's evidence counts beside the n-grams, by itself and together with them


@dataclass(frozen=True, eq=False)
class Likeness:
    """What is learnt for one question: the coded texts' n-grams and evidence, and a weight for each text and theme."""

    grams: Grams
    rows: Any
    evidence: np.ndarray
    weights: np.ndarray
    level: np.ndarray
    left_out: np.ndarray

    def scores(self, texts: Sequence[str], evidence: np.ndarray) -> np.ndarray:
        """Texts x themes: about 0 for a theme that is not in the text, about 1 for one that is."""
        return self.level + _kernel(self.grams.rows(texts), evidence, self.rows, self.evidence) @ self.weights


def learn_likeness(texts: Sequence[str], evidence: np.ndarray, themes: np.ndarray, trust: np.ndarray) -> Likeness:
    """Learns from coded texts: `evidence` texts x features, `themes` texts x themes (0 or 1), `trust` a weight a text.

    `left_out` of the result holds the scores each text gets when it is left out itself.
    """
    grams = weighed_grams(texts)
    rows = grams.rows(texts)
    level = np.average(themes, axis=0, weights=trust)
    inverse = np.linalg.inv(_kernel(rows, evidence, rows, evidence) + np.diag(PENALTY / trust))
    weights = inverse @ (themes - level)
    left_out = themes - weights / np.diag(inverse)[:, None]
    return Likeness(grams, rows, evidence, weights, level, left_out)


def _kernel(rows: Any, evidence: np.ndarray, other_rows: Any, other_evidence: np.ndarray) -> np.ndarray:
    letters = np.asarray((rows @ other_rows.T).todense())
    found = _unit(evidence) @ _unit(other_evidence).T
    return letters + EVIDENCE * found + BOTH * letters * found


def _unit(evidence: np.ndarray) -> np.ndarray:
    """Rows of length at most 1: an answer with much evidence is not more like others than one with some."""
    return evidence / np.maximum(1.0, np.linalg.norm(evidence, axis=1, keepdims=True))
