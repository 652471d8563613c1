"""What judges learn from: the package's coded sentences, and what people have decided.

The limit of "säker" is raised until nine of ten decided texts above it are right, each judged as if it had not been taught.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from sekom_survey.coding.codebook import OTHER, Codebook
from sekom_survey.coding.judge import SURE_FROM, Judge, in_order
from sekom_survey.coding.match import Matcher, matchers
from sekom_survey.coding.opinion import PROPOSED_FROM, Lesson, Opinion, exactness, learn_opinion
from sekom_survey.coding.shipped import Sentence, sentences, start_codebook
from sekom_survey.coding.signs import SIGNS, signs
from sekom_survey.coding.stored import Stored, stored_opinion
from sekom_survey.coding.suggest import Example, Learnt, certainties_without, learn_pieces, training_pieces
from sekom_survey.text.files import squeeze

FEWEST_TEXTS, FEWEST_OF_A_THEME, FEWEST_DECIDED = 60, 5, 20
TRUST = 4.0  # a decision counts as four of the package's sentences where both are learnt from at once
SURE_STEPS, NEVER = (SURE_FROM, 0.82, 0.86, 0.9, 0.94, 0.97), float("inf")
SURE_RIGHT = 0.9
PRIOR_RIGHT, PRIOR_TEXTS = 19, 20  # what is known before anything is decided
Decided = Mapping[str, Sequence[Example]]
Sources = tuple[str, ...]


def judges(codebook: Codebook, decided: Decided | None = None, without: Sources = ()) -> dict[str, Judge]:
    """A judge for each question of a codebook, taught with the package's sentences and with what people have decided.

    `without` names sources whose sentences are left out: what is measured must not have been taught.
    """
    before = _undecided(codebook, without)
    mine = {question: _distinct(examples) for question, examples in (decided or {}).items()}
    return {
        question: _taught(codebook, question, mine[question], judge, without) if mine.get(question) else judge
        for question, judge in before.items()
    }


@lru_cache(maxsize=4)
def _undecided(codebook: Codebook, without: Sources) -> dict[str, Judge]:
    return {question.id: _untaught(codebook, question.id, without) for question in codebook.questions}


def _untaught(codebook: Codebook, question: str, without: Sources) -> Judge:
    """The judge of the package's sentences alone: as it is stored where the codebook has the themes of the start, else learnt."""
    themes = tuple(theme.id for theme in codebook.of(question))
    found = None if without else stored_opinion(question, themes)
    if found is None:
        return _judge(codebook, question, (), without=without)
    known = tuple(themes.index(theme) for theme in found.opinion.themes)
    return Judge(matchers(codebook)[question], themes, known, found.opinion, found.classifier)


def learn_to_store() -> dict[str, tuple[tuple[str, ...], Stored, np.ndarray]]:
    """Question of the start codebook -> its themes, what the sentences teach, and the signs (texts x themes x SIGNS) of these."""
    found = {}
    for question in start_codebook().questions:
        judge = _judge(start_codebook(), question.id, ())
        assert judge.opinion is not None and judge.classifier is not None
        brought = _brought(start_codebook(), judge.themes, ())
        rows = np.array([_row(one, judge.opinion.themes) for one, _ in brought])
        found[question.id] = judge.themes, Stored(judge.opinion, judge.classifier), rows
    return found


def _distinct(decided: Sequence[Example]) -> list[Example]:
    """Texts that say the same, with the same themes, are one text: it must not be what vouches for itself."""
    return list({(squeeze(example.text).casefold(), example.themes): example for example in decided}.values())


def _taught(codebook: Codebook, question: str, decided: Sequence[Example], before: Judge, without: Sources) -> Judge:
    """The judge that decisions have taught; few decisions teach further suggestions alone."""
    enough = len(decided) >= FEWEST_DECIDED
    judge = _judge(codebook, question, decided, FEWEST_TEXTS if enough else NEVER, without, before.opinion)
    judge = replace(judge, before=before)
    return replace(judge, sure_from=_sure_from(judge, decided)) if judge.opinion else judge


def _sure_from(judge: Judge, decided: Sequence[Example]) -> float:
    """The limit of "säker" that the decided texts bear out: raised until nine of ten of those above it were right.

    Each is judged as if it had not been taught.
    """
    assert judge.opinion is not None
    texts = [example.text for example in decided]
    codings = [judge.matcher.code(text) for text in texts]
    truth = np.array([[theme in example.themes for theme in judge.themes] for example in decided])
    chances = judge.chances(texts, codings)
    chances[:, judge.known] = judge.opinion.left_out[-len(decided) :]
    exact, proposed = exactness(chances), chances > PROPOSED_FROM
    right, some = (proposed == truth).all(axis=1), proposed.any(axis=1)
    for limit in SURE_STEPS:
        above = right[some & (exact >= limit)]
        if above.sum() + PRIOR_RIGHT >= SURE_RIGHT * (len(above) + PRIOR_TEXTS):
            return limit
    return NEVER


def _judge(
    codebook: Codebook,
    question: str,
    decided: Sequence[Example],
    fewest: float = FEWEST_TEXTS,
    without: Sources = (),
    before: Opinion | None = None,
) -> Judge:
    themes = tuple(theme.id for theme in codebook.of(question))
    matcher = matchers(codebook)[question]
    brought = _brought(codebook, themes, without)
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
    if len(examples) < fewest or not known or classifier is None:
        return Judge(matcher, themes, (), None, classifier)
    names = tuple(themes[place] for place in known)
    same = before if before and before.themes == names else None
    lesson = _lesson(matcher, classifier, names, [] if same else brought, decided, pieces)
    return Judge(matcher, themes, known, learn_opinion(names, lesson, same), classifier)


def _lesson(
    matcher: Matcher,
    classifier: Learnt,
    themes: Sequence[str],
    brought: Sequence[tuple[Sentence, frozenset[str]]],
    decided: Sequence[Example],
    pieces: Sequence[Sequence[tuple[str, str]]],
) -> Lesson:
    """What is to be learnt from; `pieces` are what each text has taught the classifier, those of the last texts last."""
    examples = [*(Example(one.text, found) for one, found in brought), *decided]
    rows = [_row(one, themes) for one, _ in brought]
    rows += [signs(matcher.code(example.text), example.text, themes) for example in decided]
    own = pieces[-len(examples) :]
    heard = [certainties_without(classifier, one.text, mine) for one, mine in zip(examples, own, strict=True)]
    return Lesson(
        tuple(example.text for example in examples),
        np.array(rows),
        np.array([[theme in example.themes for theme in (*themes, OTHER)] for example in examples], float),
        in_order(heard, themes),
        np.repeat([1.0, TRUST], [len(brought), len(decided)]),
    )


def _whole(example: Example) -> list[tuple[str, str]]:
    """What a sentence of the package teaches: all of it, for each of its themes; to look for their words takes too long."""
    return [(example.text, theme) for theme in sorted(example.themes)]


def _brought(codebook: Codebook, themes: Sequence[str], without: Sources) -> list[tuple[Sentence, frozenset[str]]]:
    """The package's sentences of a question that shares half its themes or more; merged themes by the one that took over.

    A sentence with a theme that the codebook does not have is left out.
    """
    merged = {theme.id: theme.merged_into for theme in codebook.themes if theme.merged_into}
    found = []
    for question in dict.fromkeys(one.question for one in sentences()):
        mine = [
            (one, frozenset(merged.get(theme, theme) for theme in one.themes))
            for one in sentences()
            if one.question == question and one.source not in without
        ]
        used = frozenset[str]().union(*(its for _, its in mine)) - {OTHER}
        if len(used.intersection(themes)) >= len(used) / 2:
            found += [(one, its) for one, its in mine if its <= {*themes, OTHER}]
    return found


def _row(sentence: Sentence, themes: Sequence[str]) -> np.ndarray:
    nothing = (0,) * len(SIGNS)
    return np.array([sentence.signs.get(theme, nothing) for theme in themes], float)
