"""The codebook's proposals settled by the second opinion, and how sure they are: what the machine says in the end.

Themes come from the codebook's evidence, from likeness to coded texts and from TextBlob's classifier, together; how sure a
proposal is follows from how likely each theme is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

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
)
from sekom_survey.coding.opinion import PROPOSED_FROM, Opinion, exactness
from sekom_survey.coding.signs import signs
from sekom_survey.coding.suggest import (
    Learnt,
    Suggestion,
    certainties,
    suggestions,
)
from sekom_survey.text.tokens import segments

SURE_FROM = 0.78
LIKENESS = "likhet"
UNLIKELY = 0.1


class Verdict(NamedTuple):
    """A settled coding, and how likely each theme of the question is, 0-1; empty where nothing is learnt."""

    coding: Coding
    likely: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Judge:
    """What is known of one question: the matcher and, where there are coded texts, two voices taught by them.

    `known` are the places of the themes that there are texts of. `before` is the judge that people's decisions have not
    taught: it speaks where they have taught too little. With an opinion there is always a classifier.
    """

    matcher: Matcher
    themes: tuple[str, ...]
    known: tuple[int, ...]
    opinion: Opinion | None
    classifier: Learnt | None
    before: Judge | None = None
    sure_from: float = SURE_FROM

    def settled(self, texts: Sequence[str], codings: Sequence[Coding]) -> list[Verdict]:
        """The codings with the themes that evidence and likeness together speak for, and with how sure they are."""
        found = [Verdict(_alone(coding), {}) for coding in codings]
        places = [place for place, coding in enumerate(codings) if coding.state != NONANSWER]
        if self.speaker.opinion is None or not places:
            return found
        asked, kept = [texts[place] for place in places], [codings[place] for place in places]
        chances = self.chances(asked, kept)
        for place, row, chance in zip(places, chances, exactness(chances), strict=True):
            likely = dict(zip(self.themes, map(float, row), strict=True))
            found[place] = Verdict(self._settled(texts[place], codings[place], row, chance), likely)
        return found

    @property
    def speaker(self) -> Judge:
        """Who says how likely a theme is: where people's decisions have taught too little, the judge before them."""
        return self.before if self.opinion is None and self.before is not None else self

    def chances(self, texts: Sequence[str], codings: Sequence[Coding]) -> np.ndarray:
        """Texts x themes: how likely each theme is, 0-1; as the codebook says where nothing is learnt."""
        found = np.array([[theme in coding.themes for theme in self.themes] for coding in codings], float)
        speaker = self.speaker
        if speaker.opinion is not None:
            rows = np.array([signs(one, text, self.themes) for one, text in zip(codings, texts, strict=True)])
            heard = in_order([certainties(speaker.classifier, text) for text in texts], speaker.opinion.themes)
            found[:, speaker.known] = speaker.opinion.certainties(texts, rows[:, speaker.known], heard)
        return found

    def _settled(self, text: str, coding: Coding, chances: np.ndarray, exact: float) -> Coding:
        likely = sorted(np.flatnonzero(chances > PROPOSED_FROM), key=lambda place: -chances[place])[:MOST_THEMES]
        themes = tuple(self.themes[place] for place in sorted(likely))
        seen = coding.evidence + coding.faint
        if not themes:
            return Coding(UNCODED, (), (), coding.cancelled, seen, CHECK)
        evidence = [piece for piece in seen if piece.theme in themes]
        evidence += [_alike(theme, text) for theme in themes if all(piece.theme != theme for piece in evidence)]
        sure = exact >= self.sure_from and set(likely) <= set(self.speaker.known)
        faint = tuple(piece for piece in seen if piece.theme not in themes)
        ordered = tuple(sorted(evidence, key=lambda piece: (piece.start, piece.end)))
        return Coding(CODED, themes, ordered, coding.cancelled, faint, SURE if sure else CHECK)

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


def in_order(heard: Sequence[Mapping[str, float]], themes: Sequence[str]) -> np.ndarray:
    """Texts x themes of what a classifier said of each text, 0 for a theme it does not know."""
    return np.array([[scores.get(theme, 0.0) for theme in themes] for scores in heard])


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
