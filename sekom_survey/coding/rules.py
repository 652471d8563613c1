"""Terms made ready for matching: numbered parts, an anchor word for each phrase, an entry for each word met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sekom_survey.coding.codebook import Codebook
from sekom_survey.coding.lexicon import SPELLING, WordIndex
from sekom_survey.coding.negation import AFTER, BEFORE, CLAUSE_WORDS, JOINING
from sekom_survey.coding.terms import Part, Term, parse
from sekom_survey.text.tokens import COMMAS, SENTENCE_ENDS

THEME, STOP, CUE_BEFORE, CUE_AFTER = range(4)
# Marks stand among a word's parts, as numbers no part has; FAULT is one of a word read with a spelling fault.
END, COMMA, CLAUSE, JOIN, FAULT = -1, -2, -3, -4, -5
CLAUSE_ENDS = frozenset({END, COMMA, CLAUSE})
PIECE_ENDS = CLAUSE_ENDS | {JOIN}
MOST_REMEMBERED = 200_000
_COMMON = 10_000
_EVERYDAY = frozenset({"inte", "till", "från", "alla", "allt", "andra", "samma", "finns", "redan", "vara"})


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One term with its parts as ids; `anchor` is the part that wakes it, `number` its place among the rules.

    `others` are the parts a text must have beside the anchor; `bare` rules have no condition beside their words.
    `after` and `before` are the parts to look for from the anchor outwards, each with how many words away it may be.
    """

    number: int
    kind: int
    theme: str
    text: str
    strength: int
    alone: bool
    ids: tuple[int, ...]
    gaps: tuple[int, ...]
    needs: tuple[int, ...]
    bars: frozenset[int]
    anchor: int
    others: frozenset[int]
    bare: bool
    after: tuple[tuple[int, int], ...]
    before: tuple[tuple[int, int], ...]

    @property
    def plain(self) -> bool:
        """A single word without conditions."""
        return len(self.ids) == 1 and self.bare


Parts = dict[int, str]
Found = tuple[int, str, Rule]


class Entry(NamedTuple):
    """What one word does: phrases' parts it fits (with how) and marks, whole terms and cues it is, phrases it wakes.

    A whole term is (the rule's number, how it was found, the rule). `partners` holds a part of each phrase but the
    anchor: in a text without any of them no phrase stands. It is None where some phrase needs no other part.
    """

    parts: Parts
    singles: tuple[Found, ...]
    cues: tuple[Found, ...]
    phrases: tuple[Rule, ...]
    partners: frozenset[int] | None
    hyphened: bool


class Rules(dict[str, Parts | None]):
    """All rules of one question: looking up a word gives its parts, and then `live` what it does, if anything.

    Both are made once for a word and remembered.
    """

    def __init__(self, codebook: Codebook, question: str, negation: str) -> None:
        super().__init__()
        terms = _terms(codebook, question, negation)
        numbers = _numbers(term for _, _, term in terms)
        self.index = WordIndex(tuple(numbers))
        self.live: dict[str, Entry | None] = {}
        self.coordinated: dict[tuple[object, ...], Entry] = {}  # by the words around, and which of them it is
        usage = Counter(pattern.base for _, _, term in terms for part in term.parts for pattern in part)
        rarity = [_rarity(part, usage) for part in numbers]
        self._plain: dict[int, list[Rule]] = {}
        self._phrases: dict[int, list[Rule]] = {}
        self._joint: set[int] = {*PIECE_ENDS, FAULT}
        for number, (kind, theme, term) in enumerate(terms):
            rule = _rule(number, kind, theme, term, numbers, rarity)
            (self._plain if rule.plain else self._phrases).setdefault(rule.ids[rule.anchor], []).append(rule)
            if not rule.plain:
                self._joint.update(rule.ids, rule.needs, rule.bars)

    def __missing__(self, word: str) -> Parts | None:
        if len(self) > MOST_REMEMBERED:
            self.clear()
            self.live.clear()
            self.coordinated.clear()
        entry = self.entry(self.parts(word), hyphened=len(word) > 1 and "-" in (word[0], word[-1]))
        self.live[word] = entry if entry.singles or entry.cues or entry.phrases or entry.hyphened else None
        self[word] = entry.parts or None
        return self[word]

    def parts(self, word: str) -> Parts:
        """The parts a word fits and the mark it is; spelling faults are looked for when it is no whole term."""
        if word in SENTENCE_ENDS:
            return {END: ""}
        if word in COMMAS:
            return {COMMA: ""}
        parts = self.index.fits(word)
        if not any(part in self._plain for part in parts):
            parts = {**self.index.misspelt(word), **parts}
        if SPELLING in parts.values():
            parts[FAULT] = ""
        if word.lower() in CLAUSE_WORDS:
            parts[CLAUSE] = ""
        if word.lower() in JOINING:
            parts[JOIN] = ""
        return parts

    def whole_terms(self, word: str) -> list[Rule]:
        """The themes' terms that one word is by itself."""
        return [rule for part in self.parts(word) for rule in self._plain.get(part, ()) if rule.kind == THEME]

    def entry(self, parts: Parts, *, hyphened: bool = False) -> Entry:
        """The entry of a word that fits these parts; a stop word of a theme takes that theme's single words away."""
        plain = [(rule, how) for part, how in parts.items() for rule in self._plain.get(part, ())]
        stopped = {rule.theme for rule, how in plain if rule.kind == STOP and how != SPELLING}
        words = _plainest((rule, how) for rule, how in plain if rule.kind != STOP and rule.theme not in stopped)
        singles, cues = (
            tuple((rule.number, how, rule) for rule, how in words if bool(rule.kind) is cue) for cue in (False, True)
        )
        phrases = tuple(
            rule
            for part in parts
            for rule in self._phrases.get(part, ())
            if len(rule.ids) > 1 or rule.theme not in stopped
        )
        joint = {part: how for part, how in parts.items() if part in self._joint}
        free = any(not rule.others for rule in phrases)
        partners = None if free else frozenset(min(rule.others) for rule in phrases)
        return Entry(joint, singles, cues, phrases, partners, hyphened)


def _terms(codebook: Codebook, question: str, negation: str) -> list[tuple[int, str, Term]]:
    themes = codebook.of(question)
    found = [(THEME, theme.id, term) for theme in themes for term in theme.terms]
    found += [(STOP, theme.id, term) for theme in themes for term in theme.stop_words]
    found += [(CUE_BEFORE, "", parse(text)) for text in BEFORE[negation]]
    return found + [(CUE_AFTER, "", parse(text)) for text in AFTER[negation]]


def _numbers(terms: Iterable[Term]) -> dict[Part, int]:
    parts = (part for term in terms for part in (*term.parts, *term.needs, *term.bars))
    return {part: number for number, part in enumerate(dict.fromkeys(parts))}


def _rule(
    number: int, kind: int, theme: str, term: Term, numbers: dict[Part, int], rarity: Sequence[tuple[int, int]]
) -> Rule:
    ids = tuple(numbers[part] for part in term.parts)
    anchor = min(range(len(ids)), key=lambda place: rarity[ids[place]])
    needs = tuple(numbers[part] for part in term.needs)
    bars = frozenset(numbers[part] for part in term.bars)
    return Rule(
        number=number,
        kind=kind,
        theme=theme,
        text=term.text,
        strength=term.strength,
        alone=term.alone,
        ids=ids,
        gaps=term.gaps,
        needs=needs,
        bars=bars,
        anchor=anchor,
        others=frozenset(ids[:anchor] + ids[anchor + 1 :] + needs),
        bare=not (needs or bars or term.alone),
        after=tuple((ids[step], term.gaps[step] + 1) for step in range(anchor + 1, len(ids))),
        before=tuple((ids[step - 1], term.gaps[step] + 1) for step in range(anchor, 0, -1)),
    )


def _rarity(part: Part, usage: Counter[str]) -> tuple[int, int]:
    """Least for the part to look for first: its words stand in fewest terms, and few of them are everyday words."""
    bases = [pattern.base for pattern in part]
    everyday = sum(_COMMON for base in bases if len(base) <= 3 or base in _EVERYDAY)
    return sum(usage[base] for base in bases) + everyday, -min(map(len, bases))


def _plainest(found: Iterable[tuple[Rule, str]]) -> tuple[tuple[Rule, str], ...]:
    """One rule a theme or cue: the strongest, then the first in the codebook."""
    best: dict[tuple[int, str], tuple[Rule, str]] = {}
    for rule, how in sorted(found, key=lambda pair: (pair[0].strength, pair[0].number)):
        best.setdefault((rule.kind, rule.theme), (rule, how))
    return tuple(best.values())
