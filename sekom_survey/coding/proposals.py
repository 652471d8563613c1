"""What a reviewer sees for each answer, most doubtful first.

Order: uncoded, then where matcher and classifier disagree, then spelling hits and other doubts, then the sure ones;
the reviewed come last.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.coding.answer import Answer
from sekom_survey.coding.codebook import NO_ANSWER, Codebook
from sekom_survey.coding.match import CHECK, CODED, NONANSWER, SURE, UNCODED, Coding, Matcher, matchers
from sekom_survey.coding.suggest import Example, Learnt, Suggestion, certainties, learn, suggestions
from sekom_survey.text.redact import Redacted, redact

SUGGESTED = "förslag"
AGREES = 0.1


@dataclass(frozen=True)
class Proposal:
    """One answer with everything a reviewer needs; `answer.text` is redacted, `certainty` säker, granska or förslag."""

    answer: Answer
    redacted: Redacted
    coding: Coding
    further: tuple[Suggestion, ...]
    certainty: str
    doubt: int


def proposals(
    answers: Sequence[Answer],
    codebook: Codebook,
    examples: Mapping[str, Sequence[Example]] | None = None,
    municipalities: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Every answer coded and looked at by the classifier trained on `examples` (question -> decided answers), in queue order."""
    coders = matchers(codebook)
    learnt = {
        question: learn(taught, coders[question], codebook.of(question))
        for question, taught in (examples or {}).items()
        if taught
    }
    found = [
        _proposal(answer, coders[answer.question], learnt.get(answer.question), municipalities) for answer in answers
    ]
    return tuple(sorted(found, key=lambda proposal: (proposal.doubt, proposal.answer.question, proposal.answer.key)))


def blind_sample(answers: Sequence[Answer], percent: int, seed: int) -> tuple[Answer, ...]:
    """A random share of the answers for double coding, the same each time for a seed, in a random order."""
    ordered = sorted(answers, key=lambda answer: answer.key)
    size = -(-len(ordered) * percent // 100)
    return tuple(random.Random(seed).sample(ordered, size))


def _proposal(answer: Answer, matcher: Matcher, learnt: Learnt | None, municipalities: Collection[str]) -> Proposal:
    redacted = redact(answer.text, municipalities)
    coding = matcher.code(redacted.text)
    if coding.state == NONANSWER or learnt is None:
        certainty = coding.certainty if coding.state != UNCODED else CHECK
        return Proposal(answer, redacted, coding, (), certainty, _doubt(coding, certainty, disagrees=False))
    scores = certainties(learnt, redacted.text)
    further = tuple(one for one in suggestions(learnt, redacted.text, coding) if round(100 * one.certainty))
    disagrees = any(scores.get(theme, 0.0) < AGREES for theme in coding.themes)
    certainty = _certainty(coding, disagrees, bool(further))
    return Proposal(answer, redacted, coding, further, certainty, _doubt(coding, certainty, disagrees=disagrees))


def _certainty(coding: Coding, disagrees: bool, has_further: bool) -> str:
    if coding.state == CODED:
        return SURE if coding.certainty == SURE and not disagrees else CHECK
    return SUGGESTED if has_further else CHECK


def _doubt(coding: Coding, certainty: str, *, disagrees: bool) -> int:
    if coding.state == UNCODED:
        return 0
    if disagrees:
        return 1
    return 3 if certainty == SURE else 2


def proposed_themes(proposal: Proposal) -> tuple[str, ...]:
    """What the matcher proposes as a person would write it: its themes, or inget for a non-answer."""
    return (NO_ANSWER,) if proposal.coding.state == NONANSWER else proposal.coding.themes
