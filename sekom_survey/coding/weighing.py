"""Which of an answer's hits count: negation and stop words take some away, weak words need company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sekom_survey.coding.negation import REACH_AFTER, REACH_BEFORE
from sekom_survey.coding.phrases import Entries, parts_clauses
from sekom_survey.coding.rules import CLAUSE, CLAUSE_ENDS, CUE_AFTER, CUE_BEFORE, END, PIECE_ENDS, Rule
from sekom_survey.coding.terms import STRONG, WEAK

SHORT_PIECE, SHORT_LIST = 3, 6
# First word, last word, the rule's number, how it was found, the rule: sorts in reading order.
Hit = tuple[int, int, int, str, Rule]


def weighed(hits: list[Hit], entries: Entries) -> tuple[list[Hit], bool]:
    """The hits that count, and whether they are more than weak words.

    A weak term counts in a short piece of its own, beside another term of its theme, or when nothing else is found;
    a last resort only then.
    """
    firm = {hit[4].theme for hit in hits if hit[4].strength == STRONG}
    seen: dict[str, dict[int, tuple[int, int]]] = {}  # theme and rule: where its first hit ends and its last begins
    for hit in hits:
        first, last, number, _, rule = hit
        if rule.strength == WEAK and rule.theme not in firm:
            others = seen.setdefault(rule.theme, {})
            if _has_company(hit, others) or _is_short_piece(entries, hit):
                firm.add(rule.theme)
            end, start = others.get(number, (last, first))
            others[number] = min(end, last), max(start, first)
    if firm:
        return [hit for hit in hits if hit[4].theme in firm], True
    return [hit for hit in hits if hit[4].strength == WEAK] or hits, False


def _has_company(hit: Hit, others: Mapping[int, tuple[int, int]]) -> bool:
    """Whether a weak hit stands beside one of another term that shares no word with it."""
    return any(number != hit[2] and (end < hit[0] or hit[1] < start) for number, (end, start) in others.items())


def _is_short_piece(entries: Entries, hit: Hit) -> bool:
    """Whether a hit stands in a list: few words to the next "och", not many to the next mark."""
    return _is_within(entries, hit, PIECE_ENDS, SHORT_PIECE) and _is_within(entries, hit, CLAUSE_ENDS, SHORT_LIST)


def _is_within(entries: Entries, hit: Hit, ends: frozenset[int], most: int) -> bool:
    """Whether the piece that a hit stands in has at most so many words."""
    first, last = hit[:2]
    while last - first < most and first > 0 and ((parts := entries[first - 1]) is None or ends.isdisjoint(parts)):
        first -= 1
    while (
        last - first < most
        and last + 1 < len(entries)
        and ((parts := entries[last + 1]) is None or ends.isdisjoint(parts))
    ):
        last += 1
    return last - first < most


def parted(hits: Sequence[Hit], ruling: frozenset[str], entries: Entries) -> tuple[list[Hit], list[Hit]]:
    """The hits that stay, and those in one clause with a firm hit of a theme that rules others out."""
    firm = [hit for hit in hits if hit[4].theme in ruling and hit[4].strength == STRONG]
    stay: list[Hit] = []
    gone: list[Hit] = []
    for hit in hits:
        outside = hit[4].theme in ruling or not any(_same_clause(hit, other, entries) for other in firm)
        (stay if outside else gone).append(hit)
    return stay, gone


def _same_clause(hit: Hit, other: Hit, entries: Entries) -> bool:
    first, last = min(hit[1], other[1]), max(hit[0], other[0])
    return not any(parts and (CLAUSE in parts or END in parts) for parts in entries[first + 1 : last])


def is_stopped(hit: Hit, stops: Sequence[Hit]) -> bool:
    """Whether a stop phrase of the same theme overlaps a hit."""
    first, last, _, _, rule = hit
    return any(stop.theme == rule.theme and start <= last and first <= end for start, end, _, _, stop in stops)


def is_cancelled(hit: Hit, cues: Sequence[Hit], entries: Entries, *, inside: bool) -> bool:
    """Whether a cue in the same clause takes a hit away.

    A cue inside the hit does so only where lack counts as evidence ("saknar inte resurser"): elsewhere the words of
    a term may themselves be a cue ("inte ensam").
    """
    first, last = hit[:2]
    for start, end, _, _, rule in cues:
        if inside and first <= start and end < last:
            return True
        if rule.kind == CUE_BEFORE and 0 < first - end <= REACH_BEFORE:
            between = entries[end + 1 : first]
        elif rule.kind == CUE_AFTER and 0 < start - last <= REACH_AFTER:
            between = entries[last + 1 : start]
        else:
            continue
        if not any(map(parts_clauses, between)):
            return True
    return False
