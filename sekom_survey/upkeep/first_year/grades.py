"""Answers that grade one word or two opposite ones: "inte alls trygg, ganska trygg"; "ganska negativ, varken eller, ganska positiv"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

FEWEST, SHORT = 3, 6
_ENDING = re.compile(r"(?<=\w{2})(a|e|t|tt|dt)$")
_NEITHER = re.compile(r"(varken|verken|hverken|neither|weder)\b.*|neutral\w?")
_SAME = re.compile(r"(.)\1*")


@dataclass(frozen=True)
class _Graded:
    """A label taken apart: how much, of what (its stem), and what follows ("förtroende")."""

    grade: int
    stem: str
    rest: str


def in_grades(labels: Sequence[str]) -> tuple[tuple[str, ...], bool, str] | None:
    """Folded labels in rising order, whether the highest is the best, and what is asked ("Hur stort förtroende?", else empty).

    None when they are no grades of the same thing.
    """
    neither = [label for label in labels if _NEITHER.fullmatch(label)]
    parted = {label: found for label in labels if label not in neither and (found := _parted(label))}
    if len(labels) < FEWEST or len(neither) > 1 or len(parted) + len(neither) < len(labels):
        return None
    if len({found.rest for found in parted.values() if found.rest}) > 1:
        return None
    stems = {found.stem for found in parted.values()}
    ranks, rising = _ranks(parted, stems)
    if ranks is None or (neither and len(stems) == 1):
        return None
    ranks |= dict.fromkeys(neither, 0)
    if len(set(ranks.values())) < len(ranks):
        return None
    ordered = tuple(sorted(labels, key=lambda label: ranks[label]))
    rest = parted[ordered[-1]].rest if ordered[-1] in parted else ""
    return ordered, rising, f"Hur {ordered[-1].removesuffix(rest).split()[-1]} {rest}?" if rest else ""


def _ranks(parted: Mapping[str, _Graded], stems: set[str]) -> tuple[dict[str, int] | None, bool]:
    """The place of each label above or below the middle."""
    if len(stems) == 1:
        return {label: found.grade for label, found in parted.items()}, True
    for pair in _words()["opposites"]:
        low, high = ({_stem(word) for word in pair[end]} for end in ("low", "high"))
        if stems <= low | high and stems & low and stems & high:
            whole = {label: found.grade if found.stem in high else -found.grade for label, found in parted.items()}
            return whole, pair.get("ordered", True)
    return None, False


def _parted(label: str) -> _Graded | None:
    words = label.split()
    for n in range(min(3, len(words) - 1), -1, -1):
        grade = _grades().get(" ".join(words[:n]))
        if grade is not None:
            return _Graded(grade, _stem(words[n]), " ".join(words[n + 1 :]))
    return None


def _stem(word: str) -> str:
    return _ENDING.sub("", word)


def seems_graded(labels: Sequence[str]) -> bool:
    """Whether at least two of three or more short folded labels say how much, or all are letters or pictures: a person should look."""
    if len(labels) < FEWEST or any(len(label.split()) > SHORT for label in labels):
        return False
    told = [label for label in labels if _NEITHER.fullmatch(label) or set(label.split()) & _signs()]
    return len(told) >= 2 or all(len(label) == 1 or not re.search(r"\w", label) for label in labels)


def repeated(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels that are one sign once, twice and so on, as stars, the fewest first; empty when they are not."""
    alike = len({label[:1] for label in labels}) == 1 and all(map(_SAME.fullmatch, labels))
    return tuple(sorted(labels, key=len)) if alike and len(labels) >= FEWEST else ()


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    text = files("sekom_survey.upkeep.first_year").joinpath("grades.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _grades() -> dict[str, int]:
    return {word: rank for rank, words in enumerate(_words()["grades"], 1) for word in words}


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    every = {word for words in _words()["grades"] for phrase in words for word in phrase.split()}
    return frozenset((every | set(_words()["signs"])) - {"", "inte", "så"})
