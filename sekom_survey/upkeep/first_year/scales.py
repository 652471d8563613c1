"""Known answer scales: which one a set of answers is, and its order, lowest first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from sekom_survey.counted.cells import DASHES
from sekom_survey.text.files import folded
from sekom_survey.upkeep.first_year.grades import in_grades, repeated, seems_graded

LEAST_KNOWN, MOST_LEVELS = 2, 10
MOST_ODD, STEPS, NUMBERED = 1, "intervall", "steg"
BY_NUMBER = (STEPS, NUMBERED)  # scales that are known by their numbers alone
NONE_AT_ALL = {
    "ingen",
    "inga",
    "inget",
    "ingen alls",
    "inga alls",
    "inte alls",
    "aldrig",
    "none",
    "never",
    "keine",
    "nie",
}
YES_AND_NO = {"ja", "nej", "kanske"}
_LEAD = re.compile(r"^\s*\(?(\d{1,2})\s*[-–=.:)(]+\s*(?=[^\s\d])|^\s*(\d{1,2})\s*$")
_LONE, _WORDED = (
    re.compile(r"\s*\d{1,2}\s*"),
    re.compile(r"\s*(\d{1,2})\s+(?!eller\b|och\b|plus\b)\D+|\D+?(\d{1,2})\s*\)?\s*"),
)
_TRAIL = re.compile(r"\s*[-–=:(]*\s*\d{1,2}\s*\)?$|[\s.…!)]+$")
_INTENSE = re.compile(r"\b(väldigt |jätte(?=\w))")
_PARTED = re.compile(r"\s*[/,;(]\s*|\s+eller\s+|\s+[-–]\s+")
_SIGNED = re.compile(r"\s*([-−–+]?\d{1,2})(?![\d.,:%–-])")
_NUMBER = re.compile(r"\d+(?:[ \u00a0]\d{3})*")
_THOUSANDS = re.compile(r"(?<=\d)\s*(tkr|mkr|mnkr|milj\w*|tusen|[kmg]wh|kr|ton|kg)\b")
_UNDER, _OVER = (
    re.compile(r"^(mindre|färre|under|upp till|högst|max|less than|fewer than|up to|below|weniger als|bis zu)\b|<"),
    re.compile(r"^(mer|fler|över|minst|more than|over|at least|above|mehr als|über)\b|>|\+$"),
)


@dataclass(frozen=True)
class KnownScale:
    """A set of answers put in order, lowest first; `certain` when every level was known by its words or by a number.

    `name` is the known scale's, `question` what may stand over a matrix of it; `ordered` is false for yes and no.
    """

    name: str
    options: tuple[str, ...]
    outside: tuple[str, ...]
    question: str = ""
    certain: bool = True
    ordered: bool = True


@dataclass(frozen=True)
class _Known:
    name: str
    question: str
    ordered: bool
    rank: dict[str, int]


def scale_of(labels: Collection[str]) -> KnownScale | None:
    """The scale that some answers are, None when they are none that is known and no numbers order them."""
    outside = outside_of(labels)
    inside = [label for label in labels if label not in outside]
    if len(inside) < 2:
        return None
    fitting = [known for known in _known()[0] if all(_plain(label) in known.rank for label in inside)]
    if fitting:
        both = {_plain(label) for label in inside} <= YES_AND_NO  # which no scale is made of
        known = max(fitting, key=lambda one: (len({one.rank[_plain(label)] for label in inside}), one.ordered != both))
        ranked = sorted(inside, key=lambda label: known.rank[_plain(label)])
        certain = len({known.rank[_plain(label)] for label in inside}) == len(inside)
        return KnownScale(known.name, tuple(ranked), outside, known.question, certain, known.ordered)
    return _by_grade(inside, outside) or _by_number(inside, outside)


def _by_grade(inside: Sequence[str], outside: tuple[str, ...]) -> KnownScale | None:
    """Answers that grade one word or two opposite ones, or are stars."""
    if stars := repeated(inside):
        return KnownScale("stjarnor", stars, outside)
    plain = {_plain(label): label for label in inside}
    found = in_grades(list(plain)) if len(plain) == len(inside) else None
    if found is None:
        return None
    order, rising, question = found
    return KnownScale("grad", tuple(plain[word] for word in order), outside, question, ordered=rising)


def is_graded(labels: Collection[str]) -> bool:
    """Whether answers of no known scale seem to be one all the same."""
    return seems_graded([_plain(label) for label in labels if label not in outside_of(labels)])


def outside_of(labels: Collection[str]) -> tuple[str, ...]:
    """The answers that stand outside any scale, as "Vet ej", "Vet ej/Ej relevant" and "Ej aktuellt för oss"."""
    return tuple(label for label in labels if _is_outside(folded(label).rstrip(" .!…)")))


def _is_outside(label: str) -> bool:
    known = _known()[1]
    parts = [part for part in _PARTED.split(label) if part]
    begins = (word for word in known if " " in word and label.startswith(f"{word} "))
    return label in known or (bool(parts) and all(part in known for part in parts)) or any(begins)


def partly_ordered(labels: Collection[str]) -> tuple[str, ...]:
    """Answers of which some are levels of one known scale, these in order and the rest after them; empty when there are none."""
    inside = [label for label in labels if label not in outside_of(labels)]
    ranked = [[label for label in inside if _plain(label) in one.rank] for one in _known()[0] if one.ordered]
    known = max(zip(ranked, (one for one in _known()[0] if one.ordered), strict=True), key=lambda pair: len(pair[0]))
    if len(known[0]) < LEAST_KNOWN:
        return ()
    first = sorted(known[0], key=lambda label: known[1].rank[_plain(label)])
    return (*first, *(label for label in inside if label not in first))


def mostly(labels: Collection[str]) -> KnownScale | None:
    """The scale that all but one of some answers are levels of, at least three, the one outside it and the order not certain."""
    inside = [label for label in labels if label not in outside_of(labels)]
    for one in inside if len(inside) > MOST_ODD + 2 else ():
        found = scale_of([label for label in inside if label != one])
        if found and found.ordered and found.certain and found.name != STEPS:
            return replace(found, outside=(*outside_of(labels), one), certain=False)
    return None


def _plain(label: str) -> str:
    """A label without the number that leads or ends it, as "5 – instämmer helt" and "Instämmer helt (5)", and without closing dots."""
    if _LEAD.fullmatch(label):
        return folded(label)
    return _INTENSE.sub("mycket ", _TRAIL.sub("", folded(_LEAD.sub("", label, count=1)))) or folded(label)


def _by_number(inside: Sequence[str], outside: tuple[str, ...]) -> KnownScale | None:
    """Answers in the order of the numbers that lead them, or of those within them, as in "1–3 år"."""
    if signed := _by_sign(inside):
        return KnownScale(NUMBERED, signed, outside)
    alone = any(map(_LONE.fullmatch, inside))  # numbers without words between two that have them
    leading = [_LEAD.match(label) or (_WORDED.fullmatch(label) if alone else None) for label in inside]
    if all(leading):
        keys = [(int(found[1] or found[2]), 0) for found in leading if found]
    else:
        none = [label for label in inside if folded(label) in NONE_AT_ALL]
        numbers = [_NUMBER.search("0" if label in none else label) for label in inside]
        if not all(numbers) or len(none) > 1:
            return None
        keys = [
            (int(re.sub(r"\D", "", found[0])), _side(label))
            for found, label in zip(numbers, inside, strict=True)
            if found
        ]
    if len(set(keys)) < len(keys):
        return None
    ranked = [label for _, label in sorted(zip(keys, inside, strict=True))]
    units = {found for label in inside for found in _THOUSANDS.findall(folded(label))}
    if all(map(str.isdecimal, inside)) and keys and max(keys)[0] - min(keys)[0] <= MOST_LEVELS:
        ranked = [str(level) for level in range(min(keys)[0], max(keys)[0] + 1)]  # one that nobody chose too
    return KnownScale(
        NUMBERED if all(leading) else STEPS, tuple(ranked), outside, certain=len(units) < 2, ordered=all(leading)
    )


def _by_sign(inside: Sequence[str]) -> tuple[str, ...]:
    """Answers led by numbers of which some have a sign, as "−2 mycket sämre, −1, 0, +1", in their order; empty when they are not."""
    found = [_SIGNED.match(label) for label in inside]
    numbers = [int(one[1].translate(DASHES)) for one in found if one]
    if len(set(numbers)) < len(inside) or not any(not one[1].isdecimal() for one in found if one):
        return ()
    return tuple(label for _, label in sorted(zip(numbers, inside, strict=True)))


def _side(label: str) -> int:
    return -1 if _UNDER.search(folded(label)) else 1 if _OVER.search(folded(label)) else 0


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[_Known, ...], frozenset[str]]:
    data = tomllib.loads(files("sekom_survey.upkeep.first_year").joinpath("scales.toml").read_text(encoding="utf-8"))
    scales = tuple(
        _Known(
            one["name"],
            one["question"],
            one.get("ordered", True),
            {folded(word): rank for rank, words in enumerate(one["levels"]) for word in words},
        )
        for one in data["scales"]
    )
    return scales, frozenset(map(folded, data["outside"]))
