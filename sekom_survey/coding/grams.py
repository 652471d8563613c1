"""Texts as rows of character n-grams and words, weighed by how few texts hold them, so that their product is likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

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
        found = [[place for gram in grams(text) if (place := self.places.get(gram)) is not None] for text in texts]
        ends = np.cumsum([0, *map(len, found)])
        columns = np.fromiter((place for row in found for place in row), np.int64, ends[-1])
        weights = self.weights[columns]
        lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), ends[:-1]))
        lengths[np.diff(ends) == 0] = 1.0
        return sparse.csr_matrix(
            (weights / np.repeat(lengths, np.diff(ends)), columns, ends), (len(texts), len(self.places))
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
