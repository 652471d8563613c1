"""Guarded spelling faults: near words, and never an ordinary word that merely looks like another.

A word is a misspelt base form when the first letter is right and what differs is a transposition, a doubled or
dropped letter, or one vowel (or like-sounding consonant) for another, with at least two right letters after it.
One fault in words under ten letters, else two. inventering/investering and okunskap/kunskap are no faults.
ordinary.txt holds the common words that are such a fault away from another common word or from a term: they are right as they stand.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

SHORTEST = 6
LONG = 10
_ALIKE = ("aeiouyåäöé", "ckgq", "szcx", "dt", "vwf", "mn", "bp", "jg", "rl")


def near(word: str, base: str) -> bool:
    """Whether a word is a guarded misspelling of a form, both in lower case."""
    if word == base or len(base) < SHORTEST or word[:1] != base[:1] or word in ordinary():
        return False
    return _near(word, base, 2 if len(base) >= LONG else 1)


@cache
def ordinary() -> frozenset[str]:
    """Common words, in lower case, that are near another word."""
    return frozenset(Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").split())


def _near(word: str, base: str, faults: int) -> bool:
    place = _first_difference(word, base)
    if place == len(word) == len(base):
        return True
    if faults == 0 or place == 0:
        return False
    return any(_rest_fits(w, b, faults) for w, b in _repairs(word, base, place))


def _rest_fits(word: str, base: str, faults: int) -> bool:
    return len(base) >= 2 and word[:2] == base[:2] and _near_from(word, base, faults - 1)


def _near_from(word: str, base: str, faults: int) -> bool:
    return word == base or _near(word, base, faults)


def _first_difference(word: str, base: str) -> int:
    for place, (a, b) in enumerate(zip(word, base, strict=False)):
        if a != b:
            return place
    return min(len(word), len(base))


def _repairs(word: str, base: str, place: int) -> list[tuple[str, str]]:
    """What is left of both after each repair that can explain the difference at a place."""
    w, b = word[place:], base[place:]
    found = []
    if len(w) > 1 and len(b) > 1 and w[0] == b[1] and w[1] == b[0]:
        found.append((w[2:], b[2:]))
    if b:
        found.append((w, b[1:]))
    if w:
        found.append((w[1:], b))
    if w and b and any(w[0] in alike and b[0] in alike for alike in _ALIKE):
        found.append((w[1:], b[1:]))
    return found


def letters(word: str) -> int:
    """The letters of a word as bits: a cheap test before the real comparison."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
