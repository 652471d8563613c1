"""Which parts of terms a single word can be: endings, place in a compound, hyphens, guarded spelling faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sekom_survey.coding.terms import Part, Pattern
from sekom_survey.coding.typos import LONG, SHORTEST, letters, near, ordinary

_SHORT_LIST = " s en ens et ets n ar arna arnas t"
_PLAIN_LIST = " s en ens et ets n ns t ts ar ars arna arnas er ers erna ernas e es a as na nas are ast aste"
_AFTER_A_LIST = " a as an ans or ors orna ornas ar ad at ade ats ades ande andet er es s de te t d da ts des it its"
_AFTER_E_LIST = " e es en ens et ets ena enas er ers erna ernas na nas n a"
_SHORT, _PLAIN, _AFTER_A, _AFTER_E = (
    frozenset(endings.split(" ")) for endings in (_SHORT_LIST, _PLAIN_LIST, _AFTER_A_LIST, _AFTER_E_LIST)
)
ALL_ENDINGS = _SHORT | _PLAIN | _AFTER_A | _AFTER_E
LONGEST_ENDING = max(map(len, ALL_ENDINGS))
_VOWELS = "aeiouyåäöé"


def stems(base: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The stems of a base form, each with the endings it takes.

    "vilja" -> vilj + a, an, or ...; "nyckel" -> nyckel + n, s ... and nyckl + ar, arna ...; "program" ->
    program + s and programm + et, en ... . A base of one or two letters takes no ending.
    """
    if len(base) <= 2:
        return ((base, frozenset({""})),)
    if base[-1] == "a" and len(base) > 3:
        return ((base[:-1], _AFTER_A - {""} if len(base) < 5 else _AFTER_A),)
    if base[-1] == "e" and len(base) > 3:
        return ((base[:-1], _AFTER_E - {""} if len(base) < 5 else _AFTER_E),)
    endings = _SHORT if len(base) == 3 else _PLAIN
    found = [(base, endings)]
    if len(base) > 4 and base[-2:] in ("el", "er", "en") and base[-3] not in _VOWELS:
        found.append((base[:-2] + base[-1], endings - {""}))
    if len(base) > 3 and base[-1] == "m" and base[-2] in _VOWELS:
        found.append((base + "m", endings - {""}))
    return tuple(found)


FORM, COMPOUND, HYPHEN, SPELLING, PHRASE = "ordform", "sammansättning", "bindestreck", "stavning", "fras"
SHORTEST_REST = 2
MOST_LETTERS = 60
_NO_ENDING = frozenset({""})
_SHORTEST_TYPO_HEAD = 7

Stems = dict[str, list[tuple[frozenset[str], int]]]


class WordIndex:
    """An index from words to the ids (positions) of the parts they fit."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._whole: Stems = defaultdict(list)
        self._last: Stems = defaultdict(list)
        self._first: dict[str, list[int]] = defaultdict(list)
        self._inner: dict[str, list[int]] = defaultdict(list)
        self._cased: dict[str, list[int]] = defaultdict(list)
        self._spelled: dict[str, dict[tuple[str, bool], list[int]]] = defaultdict(dict)
        for number, part in enumerate(parts):
            for pattern in part:
                self._add(pattern, number)
        self._first_lengths = sorted({len(base) for base in self._first})
        self._suspects = {letter: _suspects(bases) for letter, bases in self._spelled.items()}

    def _add(self, pattern: Pattern, part: int) -> None:
        base = pattern.base
        if pattern.exact:
            self._add_exact(base, part)
            return
        for stem, endings in stems(base):
            self._whole[stem].append((endings, part))
            if pattern.last and not pattern.first:
                self._last[stem].append((endings, part))
        if pattern.first and pattern.last:
            self._inner[base].append(part)
        elif pattern.first:
            self._first[base].append(part)
        if len(base) >= SHORTEST:
            self._spelled[base[0]].setdefault((base, pattern.first), []).append(part)

    def _add_exact(self, base: str, part: int) -> None:
        if base.lower() == base:
            self._whole[base].append((_NO_ENDING, part))
        else:
            self._cased[base].append(part)

    def fits(self, raw: str) -> dict[int, str]:
        """The ids of the parts a word fits, each with how: the plainest way wins."""
        word = raw.strip("-").lower()
        found = dict.fromkeys(self._cased.get(raw.strip("-"), ()), FORM)
        for variant in _variants(word):
            for part, how in self._ways(variant):
                found.setdefault(part, how)
        return found

    def misspelt(self, raw: str) -> dict[int, str]:
        """The ids of the parts a word is a guarded misspelling of."""
        word = raw.strip("-").lower()
        if len(word) < SHORTEST or not word.isalpha() or word in ordinary():
            return {}
        bits, size = letters(word), len(word)
        return {
            part: SPELLING
            for shortest, longest, base_bits, faults, base, first, parts in self._suspects.get(word[0], ())
            if shortest <= size <= longest
            and (base_bits & ~bits).bit_count() <= faults
            and _misspells(word, base, first)
            for part in parts
        }

    def _ways(self, word: str) -> Iterator[tuple[int, str]]:
        shortest = max(0, len(word) - LONGEST_ENDING)
        cuts = [cut for cut in range(len(word), shortest, -1) if word[cut:] in ALL_ENDINGS]
        for cut in cuts:
            yield from _with_ending(self._whole, word[:cut], word[cut:], FORM)
        for length in self._first_lengths:
            for part in self._first.get(word[:length], ()):
                yield part, COMPOUND
        for cut in cuts:
            for start in range(SHORTEST_REST, cut - 1):
                yield from _with_ending(self._last, word[start:cut], word[cut:], COMPOUND)
        for base, parts in self._inner.items():
            if base in word:
                for part in parts:
                    yield part, COMPOUND


def _suspects(bases: dict[tuple[str, bool], list[int]]) -> list[tuple[int, int, int, int, str, bool, list[int]]]:
    """For each base: the lengths a misspelt form can have, its letters as bits, the faults allowed, its parts."""
    found = []
    for (base, first), parts in bases.items():
        faults = 2 if len(base) >= LONG else 1
        longest = MOST_LETTERS if first and len(base) >= _SHORTEST_TYPO_HEAD else len(base) + LONGEST_ENDING + faults
        found.append((len(base) - faults, longest, letters(base), faults, base, first, parts))
    return found


def _with_ending(index: Stems, stem: str, ending: str, how: str) -> Iterator[tuple[int, str]]:
    for endings, part in index.get(stem, ()):
        if ending in endings:
            yield part, how


def _variants(word: str) -> Iterator[str]:
    """A word with hyphens or a colon also as one word and as its parts ("co2-utsläpp", "E4:an")."""
    yield word
    plain = word.partition(":")[0]
    if plain != word:
        yield plain
    if "-" in plain:
        yield plain.replace("-", "")
        yield from plain.split("-")


def _misspells(word: str, base: str, first: bool) -> bool:
    heads = first and len(base) >= _SHORTEST_TYPO_HEAD and len(word) > len(base) + 1
    if heads and any(near(word[: len(base) + extra], base) for extra in (0, -1, 1)):
        return True
    return any(
        word[cut:] in endings and near(word, stem + word[cut:])
        for stem, endings in stems(base)
        for cut in range(len(word), max(0, len(word) - LONGEST_ENDING) - 1, -1)
    )
