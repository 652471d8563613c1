"""The codebook's proposals settled by the second opinion, and how sure they are: what the machine says in the end.

Themes come from the codebook's evidence and from likeness to coded texts; TextBlob's classifier, a third voice, must agree
before a proposal is called sure. Decisions of people are taught together with the sentences that the package brings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sekom_survey.coding.codebook import OTHER, Codebook
from sekom_survey.coding.match import (
    CHECK,
    CODED,
    MOST_THEMES,
    NONANSWER,
    SURE,
    UNCODED,
    Coding,
    Evidence,
    Matcher,
    matchers,
)
from sekom_survey.coding.opinion import PROPOSED_FROM, Lesson, Opinion, learn_opinion
from sekom_survey.coding.shipped import Sentence, sentences
from sekom_survey.coding.signs import SIGNS, signs
from sekom_survey.coding.suggest import (
    Example,
    Learnt,
    Suggestion,
    certainties,
    certainties_left_out,
    learn_pieces,
    suggestions,
    training_pieces,
)
from sekom_survey.text.tokens import segments

SURE_FROM = 0.86
FEWEST_TEXTS, FEWEST_OF_A_THEME = 60, 5
TRUST = 2.0  # a decision counts as two of the package's sentences
LIKENESS = "likhet"
UNLIKELY = 0.1
Decided = Mapping[str, Sequence[Example]]


class Verdict(NamedTuple):
    """A settled coding, and how likely each theme of the question is, 0-1; empty where nothing is learnt."""

    coding: Coding
    likely: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Judge:
    """What is known of one question: the matcher and, where there are coded texts, two voices taught by them.

    `known` are the places of the themes that there are texts of.
    """

    matcher: Matcher
    themes: tuple[str, ...]
    known: tuple[int, ...]
    opinion: Opinion | None
    classifier: Learnt | None

    def settled(self, texts: Sequence[str], codings: Sequence[Coding]) -> list[Verdict]:
        """The codings with the themes that evidence and likeness together speak for, and with how sure they are."""
        found = [Verdict(_alone(coding), {}) for coding in codings]
        places = [place for place, coding in enumerate(codings) if coding.state != NONANSWER]
        if self.opinion is None or not places:
            return found
        asked = [texts[place] for place in places]
        rows = np.array([signs(codings[place], texts[place], self.themes) for place in places])
        seen, voice = rows[:, self.known], self._voice(asked)
        chances = rows[:, :, SIGNS.index("proposed")].astype(float)
        chances[:, self.known] = self.opinion.certainties(asked, seen, voice)
        exact = self.opinion.exactness(asked, seen, voice, chances[:, self.known])
        for place, row, chance in zip(places, chances, exact, strict=True):
            likely = dict(zip(self.themes, map(float, row), strict=True))
            found[place] = Verdict(self._settled(texts[place], codings[place], row, chance), likely)
        return found

    def _voice(self, texts: Sequence[str]) -> np.ndarray:
        return _in_order([certainties(self.classifier, text) if self.classifier else {} for text in texts], self._names)

    @property
    def _names(self) -> list[str]:
        return [self.themes[place] for place in self.known]

    def _settled(self, text: str, coding: Coding, chances: np.ndarray, exact: float) -> Coding:
        likely = sorted(np.flatnonzero(chances > PROPOSED_FROM), key=lambda place: -chances[place])[:MOST_THEMES]
        themes = tuple(self.themes[place] for place in sorted(likely))
        seen = coding.evidence + coding.faint
        if not themes:
            return Coding(UNCODED, (), (), coding.cancelled, seen, CHECK)
        evidence = [piece for piece in seen if piece.theme in themes]
        evidence += [_alike(theme, text) for theme in themes if all(piece.theme != theme for piece in evidence)]
        sure = exact >= SURE_FROM and set(likely) <= set(self.known) and self._is_first(text, themes)
        faint = tuple(piece for piece in seen if piece.theme not in themes)
        ordered = tuple(sorted(evidence, key=lambda piece: (piece.start, piece.end)))
        return Coding(CODED, themes, ordered, coding.cancelled, faint, SURE if sure else CHECK)

    def _is_first(self, text: str, themes: tuple[str, ...]) -> bool:
        """Whether the only theme is the classifier's first choice."""
        scores = certainties(self.classifier, text) if self.classifier else {}
        return len(themes) == 1 and max(scores, key=scores.__getitem__, default="") == themes[0]

    def further(self, text: str, verdict: Verdict) -> tuple[Suggestion, ...]:
        """Themes that are not proposed, most likely first, by TextBlob's classifier and by likeness together."""
        if self.classifier is None:
            return ()
        found = suggestions(self.classifier, text, verdict.coding, likely=verdict.likely)
        return tuple(one for one in found if round(100 * one.certainty))

    def disagrees(self, text: str, coding: Coding) -> bool:
        """Whether the classifier finds a proposed theme unlikely."""
        if self.classifier is None or not coding.themes:
            return False
        scores = certainties(self.classifier, text)
        return any(scores.get(theme, 0.0) < UNLIKELY for theme in coding.themes)


def judges(codebook: Codebook, decided: Decided | None = None) -> dict[str, Judge]:
    """A judge for each question of a codebook, taught with the package's sentences and with what people have decided."""
    if not any((decided or {}).values()):
        return _undecided(codebook)
    return {
        question.id: _judge(codebook, question.id, (decided or {}).get(question.id, ()))
        for question in codebook.questions
    }


@lru_cache(maxsize=4)
def _undecided(codebook: Codebook) -> dict[str, Judge]:
    return {question.id: _judge(codebook, question.id, ()) for question in codebook.questions}


def _judge(codebook: Codebook, question: str, decided: Sequence[Example]) -> Judge:
    themes = tuple(theme.id for theme in codebook.of(question))
    matcher = matchers(codebook)[question]
    brought = _brought(codebook, themes)
    examples = [*(Example(one.text, found) for one, found in brought), *decided]
    pieces = [_whole(example) for example in examples[: len(brought)]]
    pieces += [training_pieces(example, matcher) for example in decided]
    known = tuple(
        place
        for place, theme in enumerate(themes)
        if sum(theme in example.themes for example in examples) >= FEWEST_OF_A_THEME
    )
    classifier = learn_pieces(
        pieces, [theme for place, theme in enumerate(codebook.of(question)) if place not in known]
    )
    if len(examples) < FEWEST_TEXTS or not known or classifier is None:
        return Judge(matcher, themes, (), None, classifier)
    names = [themes[place] for place in known]
    rows = [_row(one, names) for one, _ in brought]
    rows += [signs(matcher.code(example.text), example.text, names) for example in decided]
    heard = [certainties_left_out(classifier, one, its) for one, its in zip(examples, pieces, strict=True)]
    lesson = Lesson(
        tuple(example.text for example in examples),
        np.array(rows),
        _in_order(heard, names),
        np.array([[theme in example.themes for theme in (*names, OTHER)] for example in examples], float),
        np.repeat([1.0, TRUST], [len(brought), len(decided)]),
    )
    return Judge(matcher, themes, known, learn_opinion(names, lesson), classifier)


def _whole(example: Example) -> list[tuple[str, str]]:
    """What a sentence of the package teaches: all of it, for each of its themes; to look for their words takes too long."""
    return [(example.text, theme) for theme in sorted(example.themes)]


def _in_order(heard: Sequence[Mapping[str, float]], themes: Sequence[str]) -> np.ndarray:
    return np.array([[scores.get(theme, 0.0) for theme in themes] for scores in heard])


def _brought(codebook: Codebook, themes: Sequence[str]) -> list[tuple[Sentence, frozenset[str]]]:
    """The package's sentences of a question that shares half its themes or more; merged themes by the one that took over.

    A sentence with a theme that the codebook does not have is left out.
    """
    merged = {theme.id: theme.merged_into for theme in codebook.themes if theme.merged_into}
    found = []
    for question in dict.fromkeys(one.question for one in sentences()):
        mine = [
            (one, frozenset(merged.get(theme, theme) for theme in one.themes))
            for one in sentences()
            if one.question == question
        ]
        used = frozenset[str]().union(*(its for _, its in mine)) - {OTHER}
        if len(used.intersection(themes)) >= len(used) / 2:
            found += [(one, its) for one, its in mine if its <= {*themes, OTHER}]
    return found


def _row(sentence: Sentence, themes: Sequence[str]) -> np.ndarray:
    nothing = (0,) * len(SIGNS)
    return np.array([sentence.signs.get(theme, nothing) for theme in themes], float)


def _alone(coding: Coding) -> Coding:
    """Where nothing is learnt: sure when one theme has two pieces of evidence and nothing else is in doubt."""
    if coding.state == NONANSWER:
        return coding
    starts = {piece.start for piece in coding.evidence}
    sure = coding.certainty == SURE and len(coding.themes) == 1 and len(starts) > 1
    return coding._replace(certainty=SURE if sure else CHECK)


def _alike(theme: str, text: str) -> Evidence:
    """Evidence without words of the codebook: the whole text, or its first piece when it has several sentences."""
    pieces = segments(text)
    start, end = (pieces[0].start, pieces[-1].end) if pieces else (0, len(text))
    return Evidence(theme, start, end, text[start:end], "", LIKENESS)
