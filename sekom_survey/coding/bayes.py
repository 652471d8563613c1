"""TextBlob's NaiveBayesClassifier on features that are there or not, its counts taken at once.

NLTK counts every feature for every theme in a loop, also where it is missing; here the counts are one product of arrays,
and a probability distribution is made only when it is asked for. The numbers are NLTK's, with the Lidstone estimate.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

LIDSTONE = 0.05
PRESENT_OR_NOT = 2
# What NLTK loads along if it is installed and works without: four fifths of the time of importing TextBlob.
_NOT_NEEDED = ("sklearn", "scipy", "scipy.stats", "matplotlib", "pandas", "tkinter")


@dataclass(frozen=True, eq=False)
class FeatureCounts:
    """What was counted: `pieces` a theme, and `counts`, pieces with a feature and theme."""

    themes: tuple[str, ...]
    places: dict[str, int]
    pieces: np.ndarray
    counts: np.ndarray

    @cached_property
    def weights(self) -> np.ndarray:
        """Features x themes: log2 of the probability that a feature is there."""
        return _weights(self.counts, self.pieces, self.bins)

    @cached_property
    def bins(self) -> np.ndarray:
        """How many values a feature has: there or not, or always there."""
        return np.where(self.counts.sum(axis=1, keepdims=True) < self.pieces.sum(), PRESENT_OR_NOT, 1)

    def spread(self, features: Iterable[str]) -> np.ndarray:
        """The probability of each theme given the features that are there, as `prob_classify` of the classifier gives it."""
        return _shares(_level(self.pieces) + self.weights[self._known(features)].sum(axis=0))

    def without(self, features: Iterable[str], taught: Iterable[tuple[Iterable[str], str]]) -> np.ndarray:
        """`spread` as if some of the (features, theme) pairs had not been taught."""
        known = self._known(features)
        counts, pieces, rows = self.counts[known], self.pieces.copy(), {place: n for n, place in enumerate(known)}
        for found, theme in taught:
            column = self.themes.index(theme)
            pieces[column] -= 1
            counts[[rows[place] for place in self._known(found) if place in rows], column] -= 1
        return _shares(_level(pieces) + _weights(counts, pieces, self.bins[known]).sum(axis=0))

    def _known(self, features: Iterable[str]) -> list[int]:
        return [place for feature in features if (place := self.places.get(feature)) is not None]


def _weights(counts: np.ndarray, pieces: np.ndarray, bins: np.ndarray) -> np.ndarray:
    weights: np.ndarray = np.log2((counts + LIDSTONE) / (pieces + LIDSTONE * bins))
    return weights


def _level(pieces: np.ndarray) -> np.ndarray:
    level: np.ndarray = np.log2((pieces + LIDSTONE) / (pieces.sum() + LIDSTONE * len(pieces)))
    return level


def _shares(total: np.ndarray) -> np.ndarray:
    spread: np.ndarray = np.exp2(total - total.max())
    return spread / spread.sum()


def train(examples: Sequence[tuple[Sequence[str], str]]) -> tuple[Any, FeatureCounts]:
    """TextBlob's classifier and its table, trained on (features, theme) pairs; features that one pair alone has are left out."""
    held = Counter(feature for found, _ in examples for feature in found)
    kept = [([feature for feature in found if held[feature] > 1], theme) for found, theme in examples]
    classifier = _classifier_class()(kept, feature_extractor=lambda found, _: dict.fromkeys(found, True))
    return classifier, classifier.train()


def _table(pairs: Sequence[tuple[dict[str, bool], str]]) -> FeatureCounts:
    themes = tuple(sorted({theme for _, theme in pairs}))
    places = {
        feature: place for place, feature in enumerate(dict.fromkeys(name for found, _ in pairs for name in found))
    }
    order = {theme: place for place, theme in enumerate(themes)}
    counts = np.zeros((len(places), len(themes)))
    for found, theme in pairs:
        counts[[places[feature] for feature in found], order[theme]] += 1
    pieces = np.bincount([order[theme] for _, theme in pairs], minlength=len(themes)).astype(float)
    return FeatureCounts(themes, places, pieces, counts)


@contextmanager
def quick_import() -> Iterator[None]:
    """While this lasts, importing TextBlob leaves out what NLTK can do without; packages already imported stay."""
    shut = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(shut))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in shut:
            sys.modules.pop(name, None)


@cache
def _classifier_class() -> type[Any]:
    with quick_import():
        from nltk.classify import NaiveBayesClassifier as NltkClassifier
        from nltk.probability import FreqDist, LidstoneProbDist
        from textblob.classifiers import NaiveBayesClassifier

    class Chances(dict):  # type: ignore[type-arg]
        """(Theme, feature) -> distribution of there or not, made when asked for."""

        def __init__(self, table: FeatureCounts) -> None:
            super().__init__()
            self.table = table

        def __contains__(self, key: object) -> bool:
            return isinstance(key, tuple) and key[1] in self.table.places

        def __missing__(self, key: tuple[str, str]) -> Any:
            theme, place = self.table.themes.index(key[0]), self.table.places[key[1]]
            there = int(self.table.counts[place, theme])
            absent = int(self.table.pieces[theme]) - there
            seen = FreqDist({value: count for value, count in ((True, there), (None, absent)) if count})
            self[key] = found = LidstoneProbDist(seen, LIDSTONE, int(self.table.bins[place, 0]))
            return found

    class Counted(NltkClassifier):  # type: ignore[misc]
        """NLTK's classifier with its counts taken at once."""

        @classmethod
        def train(cls, labeled_featuresets: Sequence[tuple[dict[str, bool], str]]) -> Any:
            """The classifier, its table as `table`."""
            table = _table(labeled_featuresets)
            levels = LidstoneProbDist(FreqDist(dict(zip(table.themes, map(int, table.pieces), strict=True))), LIDSTONE)
            made = cls(levels, Chances(table))
            made.table = table
            return made

    class SwedishClassifier(NaiveBayesClassifier):  # type: ignore[misc]
        """TextBlob's classifier."""

        nltk_class = Counted

        def train(self) -> Any:
            """Trains and gives the table."""
            return super().train().table

    return SwedishClassifier
