"""Where a rule's words stand in an answer: gaps, sentence ends, pieces between commas."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.coding.lexicon import PHRASE, SPELLING
from sekom_survey.coding.rules import CLAUSE_ENDS, END, Parts, Rule

Entries = list[Parts | None]

_JOINING_WORDS = "och samt eller men & plus + både mm etc osv"
_AROUND_WORDS = (
    "också även är om heter blir gäller nämligen kring framför allt främst mest t ex typ bl a bland annat till exempel "
    "såklart förstås ofta oftast kanske absolut brist på"
)
JOINING = frozenset(_JOINING_WORDS.split())
AROUND = JOINING | frozenset(_AROUND_WORDS.split())


def span(rule: Rule, entries: Entries, place: int) -> tuple[int, int] | None:
    """The first and last word of a phrase around its anchor word, or None."""
    last = place
    for step in range(rule.anchor + 1, len(rule.ids)):
        found = _next(rule.ids[step], entries, last, rule.gaps[step] + 1, 1)
        if found is None:
            return None
        last = found
    first = place
    for step in range(rule.anchor, 0, -1):
        found = _next(rule.ids[step - 1], entries, first, rule.gaps[step] + 1, -1)
        if found is None:
            return None
        first = found
    return first, last


def _next(part: int, entries: Entries, place: int, reach: int, step: int) -> int | None:
    for _ in range(reach):
        place += step
        if not 0 <= place < len(entries):
            return None
        parts = entries[place]
        if parts is not None:
            if part in parts:
                return place
            if END in parts:
                return None
    return None


def conditions_hold(rule: Rule, words: Sequence[str], entries: Entries, first: int, last: int) -> bool:
    """Whether a phrase stands alone where it must, and its sentence has what the rule needs and nothing it bars."""
    if rule.alone and not _stands_alone(words, entries, first, last):
        return False
    if not (rule.needs or rule.bars):
        return True
    around = [parts for parts in _sentence(entries, first, last) if parts is not None]
    if any(bar in parts for bar in rule.bars for parts in around):
        return False
    return all(any(need in parts for parts in around) for need in rule.needs)


def _sentence(entries: Entries, first: int, last: int) -> Entries:
    while first > 0 and not _is_end(entries[first - 1]):
        first -= 1
    while last + 1 < len(entries) and not _is_end(entries[last + 1]):
        last += 1
    return entries[first : last + 1]


def _is_end(parts: Parts | None) -> bool:
    return parts is not None and END in parts


def _stands_alone(words: Sequence[str], entries: Entries, first: int, last: int) -> bool:
    left = first == 0 or is_boundary(words[first - 1], entries[first - 1], AROUND)
    return left and (last + 1 == len(words) or is_boundary(words[last + 1], entries[last + 1], AROUND))


def parts_clauses(parts: Parts | None) -> bool:
    """Whether a word or mark ends the reach of a negation."""
    return parts is not None and not CLAUSE_ENDS.isdisjoint(parts)


def how_found(rule: Rule, entries: Entries, first: int, last: int) -> str:
    """How a phrase was found: a spelling fault in any of its words counts most."""
    if len(rule.ids) == 1:
        return (entries[first] or {})[rule.ids[0]]
    for parts in entries[first : last + 1]:
        if parts and SPELLING in parts.values() and any(parts.get(part) == SPELLING for part in rule.ids):
            return SPELLING
    return PHRASE


def is_boundary(word: str, parts: Parts | None, joining: frozenset[str]) -> bool:
    """Whether a word parts two pieces of a list: a mark, a clause word or one of the joining words."""
    return parts_clauses(parts) or word.lower() in joining
