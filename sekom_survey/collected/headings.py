"""A heading that tells both the question and the row or option under it, parted in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

Heading = tuple[str, str]
MARKS = (" - ", " – ", ": ")
SEVERAL = 2
QUESTION_WORDS = 3


def bracketed(headings: Sequence[str]) -> list[Heading]:
    """ "Question [row]" parted, where two columns share the question; a lone bracket is part of the wording."""
    return _shared(headings, [_brackets(text) for text in headings])


def _brackets(text: str) -> Heading:
    depth = 0
    for place in range(len(text) - 1, 0, -1) if text.endswith("]") else ():
        depth += {"]": 1, "[": -1}.get(text[place], 0)
        if depth == 0:
            return text[:place].rstrip(), text[place + 1 : -1].strip()
    return text, ""


def dashed(headings: Sequence[str]) -> list[Heading]:
    """ "Question - row" or "Question: row" parted, where neighbours share a question of at least three words."""
    together = Counter(head for text in headings for head, _ in _cuts(text))
    return [_longest_shared(text, lambda head: together[head] >= SEVERAL) for text in headings]


def _longest_shared(text: str, shared: Callable[[str], bool]) -> Heading:
    fitting = [(head, rest) for head, rest in _cuts(text) if shared(head)]
    return max(fitting, key=lambda cut: len(cut[0]), default=(text, ""))


def _cuts(text: str) -> list[Heading]:
    places = [(place, mark) for mark in MARKS for place in range(len(text)) if text.startswith(mark, place)]
    cuts = [(text[:place].strip(), text[place + len(mark) :].strip()) for place, mark in places]
    return [(head, rest) for head, rest in cuts if len(head.split()) >= QUESTION_WORDS and rest]


def _shared(headings: Sequence[str], parted: Sequence[Heading]) -> list[Heading]:
    times = Counter(question for question, _ in parted)
    return [
        both if all(both) and times[both[0]] >= SEVERAL else (text, "")
        for text, both in zip(headings, parted, strict=True)
    ]


def carried(upper: Sequence[str]) -> list[str]:
    """A row of headings where a blank carries on from the left."""
    found, last = [], ""
    for text in upper:
        last = text or last
        found.append(last)
    return found
