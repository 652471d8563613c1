"""Coordinated compounds: "energi- och klimatfrågor" also means energifrågor, "mål och -strategier" the reverse."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.coding.lexicon import FORM, HYPHEN
from sekom_survey.coding.rules import Entry, Rules

_JOINING = frozenset({"och", "eller", "samt", "&", ",", "/", "resp", "respektive", "inkl"})
_REACH = 7
_SHORTEST_HEAD = 2
_SHORTEST_TAIL = 3


def with_coordination(rules: Rules, words: Sequence[str], place: int, entry: Entry) -> Entry:
    """The entry of a word with a hanging hyphen, widened by the compounds it stands for; remembered in the rules."""
    key = tuple(words[max(0, place - 2) : place + _REACH])
    if key not in rules.coordinated:
        rules.coordinated[key] = _widened(rules, words, place, entry)
    return rules.coordinated[key]


def _widened(rules: Rules, words: Sequence[str], place: int, entry: Entry) -> Entry:
    word = words[place].lower()
    joined = _completed(word, words[place + 1 : place + _REACH]) if word[-1] == "-" else _headed(word, words, place)
    if not joined:
        return entry
    parts = rules.parts(word)
    for compound in joined:
        for part, how in rules.index.fits(compound).items():
            parts.setdefault(part, how if how != FORM else HYPHEN)
    return rules.entry(parts)


def _completed(word: str, following: Sequence[str]) -> list[str]:
    """ "energi-", ["och", "klimatfrågor"] -> energi + every tail of klimatfrågor."""
    if not following or following[0].lower() not in _JOINING:
        return []
    for other in map(str.lower, following):
        if other in _JOINING or other[-1] == "-":
            continue
        head = word[:-1]
        return [head + other[cut:] for cut in range(_SHORTEST_HEAD, len(other) - _SHORTEST_TAIL + 1)]
    return []


def _headed(word: str, words: Sequence[str], place: int) -> list[str]:
    """["klimatmål", "och"], "-strategier" -> every head of klimatmål + strategier."""
    if place < 2 or words[place - 1].lower() not in _JOINING:
        return []
    other = words[place - 2].lower()
    return [other[:cut] + word[1:] for cut in range(_SHORTEST_TAIL, len(other))]
