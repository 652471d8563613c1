"""Themes by likeness to texts that people have coded: kernel ridge regression (Saunders, Gammerman and Vovk 1998).

Two texts are alike as far as they share n-grams, speak of the same concepts, and the codebook finds the same themes in
them: three ways to weigh that, since what one of them mistakes the others often do not. What each coded text gets from all
the others has a closed form (Allen 1974, PRESS), so that nothing needs to be trained twice to know how far it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.linalg.lapack import dpotrf, dpotrs, dtrtri

from sekom_survey.coding.concepts import concept_rows
from sekom_survey.text.tokens import TOKEN

SHORTEST, LONGEST = 3, 5
FEWEST_TEXTS = 2


@dataclass(frozen=True, eq=False)
class Grams:
    """The n-grams that at least two of some texts hold, and each one's weight, the inverse document frequency."""

    places: dict[str, int]
    weights: np.ndarray

    def rows(self, texts: Sequence[str]) -> Any:
        """Texts x n-grams, sparse (CSR), each row of length 1 or empty."""
        known = self.places
        found = [sorted(known[gram] for gram in grams(text) if gram in known) for text in texts]  # sums in one order
        ends = np.cumsum([0, *map(len, found)])
        return self.weighed(np.fromiter((place for row in found for place in row), np.int64, ends[-1]), ends)

    def weighed(self, columns: np.ndarray, ends: np.ndarray) -> Any:
        """The rows of texts whose n-grams are known by their places; `ends` tells where each text begins and ends in them."""
        weights = self.weights[columns]
        lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), ends[:-1]))
        lengths[np.diff(ends) == 0] = 1.0
        return sparse.csr_matrix(
            (weights / np.repeat(lengths, np.diff(ends)), columns, ends), (len(ends) - 1, len(self.places))
        )


def grams(text: str) -> frozenset[str]:
    """The words of a text with their ends marked, and the pieces of three to five letters in them."""
    return frozenset(piece for word in TOKEN.findall(text.lower()) for piece in _pieces(word))


_remembered: dict[str, tuple[str, ...]] = {}
_MOST_REMEMBERED = 50_000


def _pieces(word: str) -> tuple[str, ...]:
    found = _remembered.get(word)
    if found is None:
        if len(_remembered) > _MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[word] = _cut(word)
    return found


def _cut(word: str) -> tuple[str, ...]:
    if not word.strip("-")[:1].isalnum():
        return ()
    marked = f"_{word}_"
    sizes = range(SHORTEST, LONGEST + 1)
    return (marked, *(marked[start : start + size] for size in sizes for start in range(len(marked) - size + 1)))


def weighed_grams(texts: Iterable[str]) -> Grams:
    """The n-grams to know some texts by; weight = 1 + ln((1 + texts) / (1 + texts that hold it))."""
    sets = [grams(text) for text in texts]
    held = Counter(gram for one in sets for gram in one)
    kept = sorted(gram for gram, count in held.items() if count >= FEWEST_TEXTS)
    counts = np.array([held[gram] for gram in kept], float)
    return Grams({gram: place for place, gram in enumerate(kept)}, 1.0 + np.log((1.0 + len(sets)) / (1.0 + counts)))


PENALTY = 0.7
LATER = 0.5  # the weight of a text that is taught later: more would draw too much along with it
COMMON = 0.5  # the weight of a concept that every text speaks of
EVIDENCE = 0.3  # how much the codebook's evidence counts by itself, beside the n-grams
WAYS = 3  # the ways in which texts are compared


@dataclass(frozen=True, eq=False)
class Views:
    """Some texts as they are compared: rows of n-grams (sparse), of weighed concepts and of the codebook's evidence."""

    grams: Any
    concepts: np.ndarray
    evidence: np.ndarray

    def kernels(self, other: Views) -> Iterator[np.ndarray]:
        """These texts x the others: how alike they are in any of it, in words and concepts at once, in words alone."""
        words = np.asarray((self.grams @ other.grams.T).todense())
        concepts, found = self.concepts @ other.concepts.T, self.evidence @ other.evidence.T
        yield words * (found + 1.0) + EVIDENCE * found + concepts
        yield words * concepts
        yield words

    def and_then(self, other: Views) -> Views:
        """These texts and the others after them."""
        return Views(
            sparse.vstack([self.grams, other.grams], format="csr"),
            np.vstack([self.concepts, other.concepts]),
            np.vstack([self.evidence, other.evidence]),
        )


@dataclass(frozen=True, eq=False)
class Likeness:
    """What is learnt for one question: the coded texts, how rare each concept is in them, and ways x texts x themes of weights.

    `left_out`, ways x texts x themes, is what the texts taught last get without themselves.
    """

    grams: Grams
    rarity: np.ndarray
    taught: Views
    weights: np.ndarray
    level: np.ndarray
    left_out: np.ndarray

    def seen(self, texts: Sequence[str], evidence: np.ndarray) -> Views:
        """Texts as they are compared with those that were taught."""
        return views(self.grams.rows(texts), self.rarity, concept_rows(texts), evidence)

    def scores(self, asked: Views) -> np.ndarray:
        """Ways x texts x themes: about 0 for a theme that is not in the text, about 1 for one that is."""
        pairs = zip(asked.kernels(self.taught), self.weights, strict=True)
        return np.array([self.level + kernel @ weights for kernel, weights in pairs])


def learn_likeness(texts: Sequence[str], evidence: np.ndarray, themes: np.ndarray, trust: np.ndarray) -> Likeness:
    """Learns from coded texts: `evidence` texts x features, `themes` texts x themes (0 or 1), `trust` a weight a text."""
    grams, spoken = weighed_grams(texts), concept_rows(texts)
    rarity = COMMON + np.log((1.0 + len(texts)) / (1.0 + spoken.sum(axis=0)))
    taught = views(grams.rows(texts), rarity, spoken, evidence)
    level = np.average(themes, axis=0, weights=trust)
    weights, off = _solved(taught, np.broadcast_to(themes - level, (WAYS, *themes.shape)), trust)
    return Likeness(grams, rarity, taught, weights, level, themes - off)


def learn_more(before: Likeness, texts: Sequence[str], evidence: np.ndarray, themes: np.ndarray) -> Likeness:
    """What further texts teach beside those before: what was said of them is put right, and of others as far as they are alike.

    To learn from all anew gains next to nothing and takes many times as long (docs/codebook.md).
    """
    asked = before.seen(texts, evidence)
    weights, off = _solved(asked, themes - before.scores(asked), np.full(len(texts), LATER))
    both = np.concatenate([before.weights, weights], axis=1)
    return Likeness(before.grams, before.rarity, before.taught.and_then(asked), both, before.level, themes - off)


def _solved(taught: Views, goal: np.ndarray, trust: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The weights that come nearest to a goal (ways x texts x themes), and how far off each text is without itself."""
    found, off = [], []
    for kernel, wanted in zip(taught.kernels(taught), goal, strict=True):
        kernel[np.diag_indices_from(kernel)] += PENALTY / trust
        factor, _ = dpotrf(kernel.T, lower=True)
        weights, _ = dpotrs(factor, wanted, lower=True)
        inverse, _ = dtrtri(factor, lower=True)  # of the factor: half the time of the kernel's own
        found.append(weights)
        off.append(weights / (inverse**2).sum(axis=0)[:, None])
    return np.array(found), np.array(off)


def views(rows: Any, rarity: np.ndarray, spoken: np.ndarray, evidence: np.ndarray) -> Views:
    """Texts as they are compared, by their rows of n-grams, the concepts they speak of (0 or 1) and the codebook's evidence."""
    weighed = spoken * rarity
    lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
    return Views(rows, weighed / np.where(lengths > 0, lengths, 1.0), _unit(evidence))


def _unit(evidence: np.ndarray) -> np.ndarray:
    """Rows of length at most 1: an answer with much evidence is not more like others than one with some."""
    return evidence / np.maximum(1.0, np.linalg.norm(evidence, axis=1, keepdims=True))
