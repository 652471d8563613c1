"""Where a rule's words stand in an answer: gaps, sentence ends, pieces between commas."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.coding.lexicon import PHRASE, SPELLING
from sekom_survey.coding.negation import JOINING
from sekom_survey.coding.rules import CLAUSE_ENDS, END, FAULT, Parts, Rule

Entries = list[Parts | None]

_AROUND_WORDS = (
    "också även är om heter blir gäller nämligen kring framför allt främst mest t ex typ bl a bland annat till exempel "
    "såklart förstås ofta oftast kanske absolut brist på"
)
AROUND = JOINING | frozenset(_AROUND_WORDS.split())


def span(rule: Rule, entries: Entries, place: int) -> tuple[int, int] | None:
    """The first and last word of a phrase around its anchor word, or None."""
    first = last = place
    for part, reach in rule.after:
        for at, parts in enumerate(entries[last + 1 : last + 1 + reach], last + 1):
            if parts is not None:
                if part in parts:
                    last = at
                    break
                if END in parts:
                    return None
        else:
            return None
    for part, reach in rule.before:
        for at in range(first - 1, max(first - reach, 0) - 1, -1):
            parts = entries[at]
            if parts is not None:
                if part in parts:
                    first = at
                    break
                if END in parts:
                    return None
        else:
            return None
    return first, last


def conditions_hold(
    rule: Rule, words: Sequence[str], entries: Entries, present: set[int], first: int, last: int
) -> bool:
    """Whether a phrase stands alone where it must, and its sentence has what the rule needs and nothing it bars.

    `present` are the parts of the whole text.
    """
    if rule.alone and not _stands_alone(words, entries, first, last):
        return False
    if not rule.needs and rule.bars.isdisjoint(present):
        return True
    around = set[int]().union(*filter(None, _sentence(entries, first, last)))
    return rule.bars.isdisjoint(around) and around.issuperset(rule.needs)


def _sentence(entries: Entries, first: int, last: int) -> Entries:
    while first > 0 and not _is_end(entries[first - 1]):
        first -= 1
    while last + 1 < len(entries) and not _is_end(entries[last + 1]):
        last += 1
    return entries[first : last + 1]


def _is_end(parts: Parts | None) -> bool:
    return parts is not None and END in parts


def _stands_alone(words: Sequence[str], entries: Entries, first: int, last: int) -> bool:
    left = first == 0 or _is_boundary(words[first - 1], entries[first - 1])
    return left and (last + 1 == len(words) or _is_boundary(words[last + 1], entries[last + 1]))


def parts_clauses(parts: Parts | None) -> bool:
    """Whether a word or mark ends the reach of a negation."""
    return parts is not None and not CLAUSE_ENDS.isdisjoint(parts)


def how_found(rule: Rule, entries: Entries, first: int, last: int) -> str:
    """How a phrase was found: a spelling fault in any of its words counts most."""
    if len(rule.ids) == 1:
        return (entries[first] or {})[rule.ids[0]]
    for parts in entries[first : last + 1]:
        if parts and FAULT in parts and any(parts.get(part) == SPELLING for part in rule.ids):
            return SPELLING
    return PHRASE


def _is_boundary(word: str, parts: Parts | None) -> bool:
    """Whether a word may stand beside a term that must stand alone: a mark, a clause word, "och", "framför allt" ..."""
    return parts_clauses(parts) or word.lower() in AROUND
