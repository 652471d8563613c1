"""What TextBlob has learnt from people's decisions: certainty for the queue and further themes, never a code.

One multi-class NaiveBayesClassifier per question, trained on segments, features = Snowball stems and character
4-grams, Lidstone estimate 0.05. The codebook's own words (definitions, examples, terms) are training texts too: with
them three suggestions held nine in ten of the themes a thinned matcher missed, without them seven. Trained anew each time: TextBlob's `.update()` forgets the estimator, and a stored
model could not be read or explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from sekom_survey.coding.bayes import FeatureCounts, quick_import, train
from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Theme
from sekom_survey.coding.match import Coding, Matcher
from sekom_survey.text.tokens import segments, words

GRAM = 4
TOP = 3
FEWEST_EXAMPLES = 10
SHORTEST_WORD, WORDS_A_TEXT = 3, 8


@dataclass(frozen=True)
class Example:
    """An answer a person has decided: its text and themes."""

    text: str
    themes: frozenset[str]


@dataclass(frozen=True)
class Suggestion:
    """A further theme with the classifier's certainty, 0-1."""

    theme: str
    certainty: float


@dataclass(frozen=True, eq=False)
class Learnt:
    """What TextBlob's classifier of one question has learnt, as a table."""

    table: FeatureCounts

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes it knows."""
        return self.table.themes


def learn_pieces(taught: Iterable[Sequence[tuple[str, str]]], themes: Sequence[Theme]) -> Learnt | None:
    """Trains on the `training_pieces` of decided answers and the codebook's words; None when there are fewer than ten pieces."""
    pieces = [pair for one in taught for pair in one]
    if len(pieces) < FEWEST_EXAMPLES:
        return None
    pieces += [(text, theme.id) for theme in themes for text in codebook_texts(theme)]
    return Learnt(train([(features(text), theme) for text, theme in pieces])[1])


def codebook_texts(theme: Theme) -> list[str]:
    """What the codebook itself says of a theme, in pieces: name, definition, examples, the words of its terms."""
    said = [theme.name, theme.definition, theme.include, *theme.anchors]
    bases = [pattern.base for term in theme.terms for part in term.parts for pattern in part]
    stock = [base for base in dict.fromkeys(bases) if len(base) > SHORTEST_WORD]
    rows = [" ".join(stock[start : start + WORDS_A_TEXT]) for start in range(0, len(stock), WORDS_A_TEXT)]
    return [piece.text for text in said for piece in segments(text)] + rows


def training_pieces(example: Example, matcher: Matcher) -> list[tuple[str, str]]:
    """The (text, theme) pairs one decided answer teaches.

    Its segments go to the theme the matcher sees in them; a theme it does not see gets the segments that are left, or the
    whole answer.
    """
    themes = sorted(example.themes - {NO_ANSWER})
    if len(themes) <= 1:
        return [(piece.text, theme) for theme in themes for piece in segments(example.text)]
    evidence = matcher.code(example.text).evidence
    parts = segments(example.text)
    seen = {
        theme: [
            part.text for part in parts if any(e.theme == theme and part.start <= e.start < part.end for e in evidence)
        ]
        for theme in themes
    }
    covered = {text for texts in seen.values() for text in texts}
    left = [part.text for part in parts if part.text not in covered]
    return [(text, theme) for theme in themes for text in seen[theme] or left or [example.text]]


def features(text: str) -> list[str]:
    """Stems and character 4-grams of a text, each once, in order."""
    return list(dict.fromkeys(feature for word in words(text.lower()) for feature in _of_word(word.text)))


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[str, ...]:
    marked = f"_{word}_"
    starts = range(max(1, len(marked) - GRAM + 1))
    return (f"w:{_stemmer().stem(word)}", *(f"c:{marked[start : start + GRAM]}" for start in starts))


@lru_cache(maxsize=1_000)  # the same is asked of a text three times
def certainties(learnt: Learnt, text: str) -> Mapping[str, float]:
    """The classifier's certainty for every theme it knows: the highest in any segment of the answer."""
    best = np.max([learnt.table.spread(features(piece)) for piece in _pieces(text)], axis=0)
    return dict(zip(learnt.themes, map(float, best), strict=True))


def certainties_without(learnt: Learnt, text: str, taught: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    """`certainties` of a text as if its own (text, theme) pairs had not been taught."""
    own = [(features(piece), theme) for piece, theme in taught]
    best = np.max([learnt.table.without(features(piece), own) for piece in _pieces(text)], axis=0)
    return dict(zip(learnt.themes, map(float, best), strict=True))


def _pieces(text: str) -> list[str]:
    return [piece.text for piece in segments(text)] or [text]


def suggestions(
    learnt: Learnt, text: str, coding: Coding, top: int = TOP, *, likely: Mapping[str, float] | None = None
) -> tuple[Suggestion, ...]:
    """The most likely themes that are not proposed, best first; weak words weigh, and so does another voice's `likely` (0-1)."""
    scores = dict(certainties(learnt, text))
    for theme in {piece.theme for piece in coding.faint}:
        scores[theme] = (1 + scores.get(theme, 0.0)) / 2
    for theme, value in (likely or {}).items():
        scores[theme] = (value + scores.get(theme, 0.0)) / 2
    open_themes = [theme for theme in scores if theme not in coding.themes and theme != OTHER]
    ranked = sorted(open_themes, key=lambda theme: (-scores[theme], theme))
    return tuple(Suggestion(theme, scores[theme]) for theme in ranked[:top])


@cache
def _stemmer() -> Any:
    with quick_import():
        from nltk.stem.snowball import SwedishStemmer

    return SwedishStemmer()
