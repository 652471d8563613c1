"""The term language of a codebook: one line of text to parts, gaps and conditions (see docs/codebook.md).

budget      the word and its endings            budget*   the word, or the first part of a compound
*brist      the word, or the last part          *klimat*  anywhere in a word
=KS         exactly so, capitals included       a/b/c     any of these words
a b         b follows a at once                 a ... b   up to four words between     a <2> b   up to two
#tid        alone between commas                a & b     both in one sentence
@lack       a list of words under [words]       a &! b    not when b stands in the sentence, alone or in a compound
~företag    weak: counts in a short piece of its own, beside another weak term of the theme, or alone
?stöd       last resort: counts only when nothing else was found
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

STRONG, WEAK, LAST_RESORT = range(3)
DEFAULT_GAP = 4
LONGEST_GAP = 12
SHORTEST_INSIDE = 5  # shorter words stand by chance inside others: "inte" in "internt"
_LIST = re.compile(r"@([^\s/]+)")
_STRENGTHS = {"~": WEAK, "?": LAST_RESORT}
_GAP = re.compile(r"<(\d{1,2})>")
_WORD = re.compile(r"\*?[^\W_]+(?:[-'’:][^\W_]+)*\*?")


class BadTerm(ValueError):
    """A term that does not follow the language; the message is Swedish and says what is wrong."""


@dataclass(frozen=True)
class Pattern:
    """One word of a term: its base form and where in a compound it may sit."""

    base: str
    first: bool = False
    last: bool = False
    exact: bool = False


Part = tuple[Pattern, ...]


@dataclass(frozen=True)
class Term:
    """A parsed term: `gaps[i]` words may stand before `parts[i]`; `needs` and `bars` are read in the sentence."""

    text: str
    parts: tuple[Part, ...]
    gaps: tuple[int, ...]
    needs: tuple[Part, ...] = ()
    bars: tuple[Part, ...] = ()
    alone: bool = False
    strength: int = STRONG


def parse(text: str, lists: Mapping[str, Sequence[str]] | None = None) -> Term:
    """A term to its parts. Raises BadTerm with a Swedish message."""
    named = _LIST.findall(text)
    return _parsed(text, tuple((name, tuple(lists[name])) for name in named if lists and name in lists))


@lru_cache(maxsize=20_000)  # last year's codebook has nearly the same terms
def _parsed(text: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Term:
    known = dict(lists)
    head, *conditions = re.split(r"\s+(?=&)", text.strip())
    strength = _STRENGTHS.get(head[:1], STRONG)
    head = head.lstrip("~?")
    alone, head = head.startswith("#"), head.removeprefix("#")
    parts, gaps = _sequence(head, known)
    needs: list[Part] = []
    bars: list[Part] = []
    for condition in conditions:
        part = _part(condition.removeprefix("&!").removeprefix("&").strip(), known)
        if condition.startswith("&!"):
            bars.append(_inside(part))
        else:
            needs.append(part)
    return Term(text, tuple(parts), tuple(gaps), tuple(needs), tuple(bars), alone, strength)


def _sequence(text: str, lists: Mapping[str, Sequence[str]]) -> tuple[list[Part], list[int]]:
    parts: list[Part] = []
    gaps: list[int] = []
    gap = 0
    for piece in text.split():
        width = _gap(piece)
        if width is None:
            parts.append(_part(piece, lists))
            gaps.append(gap if len(parts) > 1 else 0)
            gap = 0
        else:
            gap = width
    if not parts:
        raise BadTerm("termen är tom")
    if gap:
        raise BadTerm("en lucka kan inte stå sist")
    return parts, gaps


def _gap(piece: str) -> int | None:
    if piece == "...":
        return DEFAULT_GAP
    found = _GAP.fullmatch(piece)
    if found and int(found[1]) > LONGEST_GAP:
        raise BadTerm(f"luckan får vara högst {LONGEST_GAP} ord")
    return int(found[1]) if found else None


def _part(text: str, lists: Mapping[str, Sequence[str]]) -> Part:
    patterns: list[Pattern] = []
    for word in text.split("/"):
        if word.startswith("@"):
            if word[1:] not in lists:
                raise BadTerm(f"ordlistan {word} finns inte under [words]")
            patterns += [_pattern(listed) for listed in lists[word[1:]]]
        else:
            patterns.append(_pattern(word))
    return tuple(dict.fromkeys(patterns))


def _inside(part: Part) -> Part:
    """The patterns of a condition that bars: a word of five letters or more does so as the first or last part of a compound too."""
    return tuple(dict.fromkeys(wider for pattern in part for wider in _wider(pattern)))


def _wider(pattern: Pattern) -> Part:
    if pattern.exact or len(pattern.base) < SHORTEST_INSIDE or (pattern.first and pattern.last):
        return (pattern,)
    return pattern, replace(pattern, first=True, last=False), replace(pattern, first=False, last=True)


def _pattern(word: str) -> Pattern:
    exact, word = word.startswith("="), word.removeprefix("=")
    if not _WORD.fullmatch(word):
        raise BadTerm(f"”{word}” är inget ord")
    base = word.strip("*")
    if len(base) < 2 and "*" in word:
        raise BadTerm(f"”{word}” är för kort för att vara del av ett sammansatt ord")
    return Pattern(base if exact else base.lower(), word.endswith("*"), word.startswith("*"), exact)
