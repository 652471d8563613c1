"""Figures in running text, the same way in every generated sentence: word first, then count, percent and uncertainty."""

from __future__ import annotations

from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.text.swedish import (
    LEAST_BASE_FOR_WORDS,
    count_of,
    lower_first,
    percent,
    percent_range,
    sentence_case,
    share_word,
)

ENDS = ("?", "!", ".", "…")


def share_phrase(count: int, base: int, population: int, who: str) -> str:
    """A share of members, to be followed by a verb: "De flesta, 35 av 50 kommuner (70 %, osäkerhet 61–78 %),".

    Under ten answers the counts stand alone: "6 av 8 kommuner".
    """
    if base < LEAST_BASE_FOR_WORDS:
        return sentence_case(f"{count_of(count, base)} {who}")
    low, high = (members / population for members in hypergeometric_interval(count, base, population))
    figures = f"({percent(count / base, base)}, osäkerhet {percent_range(low, high)})"
    word = share_word(count, base, low)
    told = f"{count_of(count, base)} {who} {figures}"
    return sentence_case(f"{word}, {told},") if word else told


def count_phrase(count: int, base: int, what: str = "") -> str:
    """A count, of what, with its percent from ten answers: "26 av 50 svar (52 %)"."""
    counted = f"{count_of(count, base)} {what}".strip()
    return counted if base < LEAST_BASE_FOR_WORDS else f"{counted} ({percent(count / base, base)})"


def quoted(text: str) -> str:
    """A label or an answer inside Swedish quotation marks."""
    return f"”{text}”"


def after(name: str, said: str) -> str:
    """What is said of something named: "Samverkan: medelvärde", "Har ni infört något? Ja"."""
    return f"{name} {said}" if name.endswith(ENDS) else f"{name}: {said}"


def headed(name: str, said: str) -> str:
    """What is found after the short name of what was asked, "Tid i rollen: 21 av 50 ..."; alone where there is none."""
    if not name or name.endswith(ENDS):
        return f"{name} {sentence_case(said)}".strip()
    return after(name, lower_first(said))
