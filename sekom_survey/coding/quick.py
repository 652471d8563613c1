"""One step a text: what can be said under Klar in the workbook, and by one key on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod

from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Answer, text_hash
from sekom_survey.coding.decisions import Key
from sekom_survey.coding.match import MOST_THEMES
from sekom_survey.coding.proposals import Proposal, proposed_themes

AS_IT_STANDS, ADD, SWAP, NO_THEME, EMPTY, UNREAD = "ja", "lägg till", "byt", "övrigt", "inget svar", "oläst"
STEPS = (AS_IT_STANDS, ADD, SWAP, NO_THEME, EMPTY, UNREAD)
NEEDS_FURTHER = (ADD, SWAP)
STANDS = 0.7  # how likely a theme that is proposed is taken to be beside a further one
SEVERAL = (2, 3)  # four themes are so rare that they only crowd out likelier ways
OFFERED = 6  # so many ways to give several themes are offered


def first_further(proposal: Proposal) -> str:
    """The most likely theme that is not proposed; "" when there is none."""
    return proposal.further[0].theme if proposal.further else ""


def alternatives(proposal: Proposal) -> tuple[frozenset[str], ...]:
    """The likeliest ways to give the text several themes that no other step gives, the likeliest first."""
    stands = frozenset(proposed_themes(proposal)) - {NO_ANSWER}
    chances = {one.theme: one.certainty for one in proposal.further} | dict.fromkeys(stands, STANDS)
    known = (stands, stands | {first_further(proposal)})
    found = [frozenset(some) for n in SEVERAL for some in combinations(sorted(chances), n)]
    return tuple(sorted((some for some in found if some not in known), key=lambda some: _rank(some, chances))[:OFFERED])


def _rank(some: frozenset[str], chances: Mapping[str, float]) -> tuple[float, list[str]]:
    """Where a way stands in the order: by how likely just these themes are, then by name."""
    return -prod(share if theme in some else 1 - share for theme, share in chances.items()), sorted(some)


def stepped(step: str, themes: frozenset[str], further: str) -> frozenset[str]:
    """The themes a step gives: as they stand, with the first further theme added or alone, or one of the fixed states."""
    if step == ADD:
        full = len(themes) >= MOST_THEMES
        return themes if full else themes - {OTHER, NO_ANSWER} | {further}
    return {SWAP: frozenset([further]), NO_THEME: frozenset([OTHER]), EMPTY: frozenset([NO_ANSWER])}.get(step, themes)


def following(decided: Mapping[Key, frozenset[str]], answers: Sequence[Answer]) -> dict[Key, frozenset[str]]:
    """The answers left open that say what a decided one says, with its themes; none where those decided differ."""
    told: dict[tuple[str, str], set[frozenset[str]]] = {}
    for answer in answers:
        if answer.key in decided:
            told.setdefault(_said(answer), set()).add(decided[answer.key])
    return {
        answer.key: next(iter(same))
        for answer in answers
        if answer.key not in decided and len(same := told.get(_said(answer), set())) == 1
    }


def same_as_before(answers: Sequence[Answer]) -> dict[Key, int]:
    """Answers whose text stands earlier in the list for the same question, with the number of the first, from 1."""
    first: dict[tuple[str, str], int] = {}
    for number, answer in enumerate(answers, 1):
        first.setdefault(_said(answer), number)
    return {
        answer.key: first[_said(answer)] for number, answer in enumerate(answers, 1) if first[_said(answer)] != number
    }


def _said(answer: Answer) -> tuple[str, str]:
    return answer.item, text_hash(answer.text)
