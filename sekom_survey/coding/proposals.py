"""What a reviewer sees for each answer, most doubtful first.

Order: uncoded, then where matcher and classifier disagree, then spelling hits and other doubts, then the sure ones;
the reviewed come last.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.coding.codebook import NO_ANSWER, Answer, Codebook
from sekom_survey.coding.judge import Judge, Verdict
from sekom_survey.coding.learning import judges
from sekom_survey.coding.match import NONANSWER, SURE, UNCODED, Coding
from sekom_survey.coding.suggest import Example, Suggestion
from sekom_survey.text.redact import Redacted, redact

SUGGESTED = "förslag"


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
    """Every answer as codebook and second opinion see it, taught by `examples` (question -> decided answers), in queue order."""
    coders = judges(codebook, examples)
    redacted = {answer.key: redact(answer.text, municipalities) for answer in answers}
    found = []
    for question, judge in coders.items():
        mine = [answer for answer in answers if answer.question == question]
        texts = [redacted[answer.key].text for answer in mine]
        verdicts = judge.settled(texts, [judge.matcher.code(text) for text in texts])
        found += [
            _proposal(answer, redacted[answer.key], verdict, judge)
            for answer, verdict in zip(mine, verdicts, strict=True)
        ]
    return tuple(sorted(found, key=lambda proposal: (proposal.doubt, proposal.answer.question, proposal.answer.key)))


def blind_sample(answers: Sequence[Answer], percent: int, seed: int) -> tuple[Answer, ...]:
    """A random share of the answers for double coding, the same each time for a seed, in a random order."""
    ordered = sorted(answers, key=lambda answer: answer.key)
    size = -(-len(ordered) * percent // 100)
    return tuple(random.Random(seed).sample(ordered, size))


def _proposal(answer: Answer, redacted: Redacted, verdict: Verdict, judge: Judge) -> Proposal:
    coding = verdict.coding
    further = () if coding.state == NONANSWER else judge.further(redacted.text, verdict)
    certainty = SUGGESTED if coding.state == UNCODED and further else coding.certainty
    return Proposal(
        answer, redacted, coding, further, certainty, _doubt(coding, judge.disagrees(redacted.text, coding))
    )


def _doubt(coding: Coding, disagrees: bool) -> int:
    if coding.state == UNCODED:
        return 0
    if coding.certainty == SURE:
        return 3
    return 1 if disagrees else 2


def proposed_themes(proposal: Proposal) -> tuple[str, ...]:
    """What the matcher proposes as a person would write it: its themes, or inget for a non-answer."""
    return (NO_ANSWER,) if proposal.coding.state == NONANSWER else proposal.coding.themes
