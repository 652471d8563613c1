"""How far people agree on themes, how far matcher and classifier agree with people, and what has drifted.

An answer without themes is the empty set, and two empty sets agree. Kappa, alpha and the MASI distance come from
`sekom_survey.stats.agreement`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from sekom_survey.coding.codebook import NO_ANSWER, RESERVED, Codebook
from sekom_survey.coding.decisions import ADJUDICATION, Decision, Key, decided_themes
from sekom_survey.stats.agreement import (
    Distance,
    Ratings,
    Scale,
    alpha_interval,
    cohen_kappa,
    krippendorff_alpha,
    masi_distance,
)
from sekom_survey.text.tokens import words

Sets = Mapping[Key, frozenset[str]]


@dataclass(frozen=True)
class Agreement:
    """Two coders on one theme ("" = all themes at once, MASI): shared answers, shares, kappa and alpha.

    `both`, `first_only`, `second_only` count answers; kappa is nan for all themes at once; kappa and alpha are nan
    when nothing varies.
    """

    theme: str
    answers: int
    both: int
    first_only: int
    second_only: int
    kappa: float
    alpha: float
    ratings: Ratings

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of alpha, by drawing the answers anew a thousand times; nan as `stats.agreement.alpha_interval`."""
        return alpha_interval(self.ratings, _measure(self.theme)) if self.answers else (nan, nan)


@dataclass(frozen=True)
class Accuracy:
    """A machine's themes against the person's: counts and what follows from them; nan when nothing to divide by."""

    theme: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of proposals the person confirmed."""
        return _ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the person's themes that were proposed."""
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True)
class Drift:
    """What tells that answers or codebook have moved: shares of the answers of one question, unseen words of all words."""

    answers: int
    uncoded: float
    nonanswers: float
    unseen_words: float


@dataclass(frozen=True)
class TrendPoint:
    """Answers with a theme in one year: as people decided then, and as today's codebook proposes."""

    year: int
    theme: str
    published: int
    recoded: int
    answers: int


def coder_pair(rows: Sequence[Decision]) -> tuple[str, str] | None:
    """The two coders who share most answers; None when nobody coded the same answer."""
    coders = sorted({row.coder for row in rows} - {ADJUDICATION})
    views = {coder: set(decided_themes(rows, coder)) for coder in coders}
    pairs = [(len(views[a] & views[b]), a, b) for a in coders for b in coders if a < b]
    best = max(pairs, default=(0, "", ""), key=lambda pair: (pair[0], pair[1:]))
    return (best[1], best[2]) if best[0] else None


def agreement(first: Sets, second: Sets, themes: Sequence[str]) -> tuple[Agreement, ...]:
    """Two coders' agreement over the answers both coded: all themes at once (MASI), then each theme (nominal)."""
    shared = sorted(set(first) & set(second))
    a, b = [_plain(first[key]) for key in shared], [_plain(second[key]) for key in shared]
    whole = Agreement(
        "", len(shared), sum(x == y for x, y in zip(a, b, strict=True)), 0, 0, nan, _alpha("", [a, b]), [a, b]
    )
    return (whole, *(_by_theme(theme, a, b) for theme in themes))


def _plain(themes: frozenset[str]) -> frozenset[str]:
    return themes - set(RESERVED)


def _by_theme(theme: str, first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> Agreement:
    a, b = [int(theme in themes) for themes in first], [int(theme in themes) for themes in second]
    pairs = list(zip(a, b, strict=True))
    table = [[pairs.count((x, y)) for y in (0, 1)] for x in (0, 1)]
    kappa = cohen_kappa(table) if pairs else nan
    return Agreement(theme, len(pairs), table[1][1], table[1][0], table[0][1], kappa, _alpha(theme, [a, b]), [a, b])


def _alpha(theme: str, ratings: Ratings) -> float:
    return krippendorff_alpha(ratings, _measure(theme)) if ratings[0] else nan


def _measure(theme: str) -> Scale | Distance:
    return "nominal" if theme else masi_distance


def accuracy(proposed: Sets, decided: Sets, themes: Sequence[str]) -> tuple[Accuracy, ...]:
    """A machine against the person over reviewed answers: all themes pooled (micro, theme ""), then each theme."""
    shared = sorted(set(proposed) & set(decided))
    each = tuple(_accuracy(theme, [(proposed[key], decided[key]) for key in shared]) for theme in themes)
    pooled = Accuracy("", sum(a.right for a in each), sum(a.wrong for a in each), sum(a.missed for a in each))
    return (pooled, *each)


def _accuracy(theme: str, pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Accuracy:
    found = [(theme in machine, theme in person) for machine, person in pairs]
    return Accuracy(theme, found.count((True, True)), found.count((True, False)), found.count((False, True)))


def drift(texts: Sequence[str], proposed: Sequence[Collection[str]], known_words: frozenset[str]) -> Drift:
    """Shares that should stay level from year to year; `proposed` is what one codebook says of each text, "inget" for a non-answer.

    `known_words` are the lower-case words of earlier years.
    """
    found = [token.text.lower() for text in texts for token in words(text)]
    return Drift(
        len(texts),
        _ratio(sum(not themes for themes in proposed), len(proposed)),
        _ratio(sum(NO_ANSWER in themes for themes in proposed), len(proposed)),
        _ratio(sum(word not in known_words for word in found), len(found)),
    )


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All words of some texts, in lower case."""
    return frozenset(token.text.lower() for text in texts for token in words(text))


def trend(years: Mapping[int, tuple[Sets, Sets]], codebook: Codebook) -> tuple[TrendPoint, ...]:
    """Year -> (decided then, proposed by today's codebook) to counts of answers per theme and year, both ways."""
    return tuple(
        TrendPoint(
            year,
            theme.id,
            sum(theme.id in themes for themes in published.values()),
            sum(theme.id in themes for themes in recoded.values()),
            len(published),
        )
        for theme in codebook.themes
        for year, (published, recoded) in sorted(years.items())
    )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else nan
