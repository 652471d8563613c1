"""A second opinion on an answer's themes: likeness to coded texts, TextBlob's voice and the codebook's evidence, weighed together.

Stacked generalisation (Wolpert 1992): logistic regression on what the codebook found and on what each coded text gets when
it is left out itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sekom_survey.coding.likeness import Likeness, learn_likeness, learn_more
from sekom_survey.coding.signs import SIGNS

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
        certain = _logistic(rows @ weights)
        slope = rows.T @ (trust * (certain - truth)) + penalties @ weights
        bend = (rows * (trust * certain * (1 - certain))[:, None]).T @ rows + penalties
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < NEAR:
            break
    return weights


def certainty(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The probability of each row, 0-1."""
    return _logistic(_with_level(features) @ weights)


def _logistic(values: np.ndarray) -> np.ndarray:
    found: np.ndarray = (1 + np.tanh(values / 2)) / 2  # importing scipy.special for it takes a tenth of a second
    return found


def _with_level(features: np.ndarray) -> np.ndarray:
    return np.column_stack([features, np.ones(len(features))])


PROPOSED_FROM = 0.40
PENALTY = 0.3
LONGEST = 40
SAME = 0.5  # weight of what is known of each theme by itself, beside what is common to all


@dataclass(frozen=True, eq=False)
class Lesson:
    """Coded texts of one question.

    `signs` texts x themes x SIGNS, `truth` texts x themes with "ovrigt" last, `voice` texts x themes: what another classifier
    says of each without having been taught it, 0-1; `trust` a weight a text.
    """

    texts: tuple[str, ...]
    signs: np.ndarray
    truth: np.ndarray
    voice: np.ndarray
    trust: np.ndarray


@dataclass(frozen=True, eq=False)
class Opinion:
    """What is learnt for the themes of one question; `left_out`, texts x themes: of those taught last, each without itself."""

    themes: tuple[str, ...]
    likeness: Likeness
    theme_weights: np.ndarray
    left_out: np.ndarray

    def certainties(self, texts: Sequence[str], signs: np.ndarray, voice: np.ndarray) -> np.ndarray:
        """Texts x themes: how likely each theme is, 0-1."""
        scores = self.likeness.scores(self.likeness.seen(texts, evidence_rows(signs)))
        return certainty(_theme_features(scores, voice, signs, texts), self.theme_weights).reshape(signs.shape[:2])


def learn_opinion(themes: Sequence[str], lesson: Lesson, before: Opinion | None = None) -> Opinion:
    """Learns from coded texts; beside what an opinion of the same themes knows `before`, with its trust in each sign."""
    evidence = evidence_rows(lesson.signs)
    if before:
        likeness = learn_more(before.likeness, lesson.texts, evidence, lesson.truth)
    else:
        likeness = learn_likeness(lesson.texts, evidence, lesson.truth, lesson.trust)
    rows = _theme_features(likeness.left_out, lesson.voice, lesson.signs, lesson.texts)
    truth, trust = lesson.truth[:, : len(themes)], np.repeat(lesson.trust, len(themes))
    weights = before.theme_weights if before else fit_logistic(rows, truth.ravel(), PENALTY, trust)
    return Opinion(tuple(themes), likeness, weights, certainty(rows, weights).reshape(-1, len(themes)))


def evidence_rows(signs: np.ndarray) -> np.ndarray:
    """Texts x (themes x 6): what makes two answers alike in the codebook's eyes."""
    named = {name: signs[:, :, place] for place, name in enumerate(SIGNS)}
    kept = (
        named["proposed"],
        np.minimum(named["words"], 2) / 2,
        np.minimum(named["phrases"], 2) / 2,
        np.minimum(named["weak"], 1) / 2,
        named["cancelled"] / 2,
        np.minimum(named["faint"] + named["faint_last"], 1) / 2,
    )
    return np.stack(kept, axis=2).reshape(len(signs), -1)


def _theme_features(scores: np.ndarray, voice: np.ndarray, signs: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    """(Texts x themes) x features: evidence, scores, distance to the best other, how much else was found, length, which theme."""
    count, themes, _ = signs.shape
    (own, *further), other = scores[:, :, :themes], scores[0, :, themes:]
    proposed = signs[:, :, 0]
    best = np.sort(own, axis=1)
    rival = np.where(own == best[:, -1:], best[:, -2:-1], best[:, -1:]) if themes > 1 else np.zeros_like(own)
    number = proposed.sum(axis=1, keepdims=True)
    length = np.array([[min(len(text.split()), LONGEST) / 10] for text in texts])
    spread = np.ones_like(own)
    parts = [own, np.maximum(own - rival, -0.5), proposed * own, proposed * number, spread * (number == 0), spread * length,
             proposed * length, proposed * (number == 1), spread * other, proposed * other, *further, voice]  # fmt: skip
    which = np.broadcast_to(np.eye(themes) * SAME, (count, themes, themes))
    blocks = [signs, np.stack(parts, axis=2), which, which * proposed[:, :, None]]
    return np.concatenate(blocks, axis=2).reshape(count * themes, -1)


def exactness(chances: np.ndarray) -> np.ndarray:
    """A text: how likely it is that all themes proposed from their chances (texts x themes) are right and none is missing."""
    right: np.ndarray = np.where(chances > PROPOSED_FROM, chances, 1 - chances).prod(axis=1)
    return right
