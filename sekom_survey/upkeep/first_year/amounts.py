"""Answers that are numbers, or nearly: with units, about so many, between two, or not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sekom_survey.counted.cells import is_about, plain_amount, points_part_thousands, read_amount, unit_of
from sekom_survey.model import CALENDAR, NPS, NUMBER, RATING, SCALE, SINGLE, TEXT
from sekom_survey.upkeep.guess import RECOMMENDED, Guess

HIGHEST_RATING, LEAST_SHARE = 10, 0.5
FIRST_YEAR, LAST_YEAR = 1850, 2100
HALVES = "Några svar är mellan två hela tal: är det ett tal, eller ett betyg där de ska rättas?"
BELOW = "Några svar är under noll: är det ett tal, eller en skala?"
ABOUT = "Några svar är ungefärliga, som ”{}”. De räknas som talet självt."
UNITS = "Svaren har olika enheter, som {}. Talen räknas som de står; är det fel, välj fritext."
NEARLY = "De flesta svaren är tal, men inte alla, som ”{}”. De räknas som fritext. Är det ett tal: välj tal, och rätta eller stryk de andra."
_COUNTED = re.compile(r"\b(hur många|antal\w*|hur mycket|hur stor andel|procent\w*)\b", re.IGNORECASE)
_RECOMMENDED = re.compile(RECOMMENDED, re.IGNORECASE)
_NUMBERED = re.compile(
    r"post-?(nummer|nr)|org(anisations)?\.?-?(nummer|nr)|diarienummer|\bdnr\b|kommunkod", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\d\s*[-–]\s*\d|^(mindre|färre|under|upp till|högst|max|mer|fler|över|minst)\b|\beller\b|<|>|\+$", re.IGNORECASE
)
_STATED = re.compile(r"\bskala|betyg|stjärn|håller du|håller ni|\b[01]\s*(=|[-–]\s*(5|6|7|10)\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(års?|årtal\w*|när|sedan)\b", re.IGNORECASE)
_LIKE = re.compile(r"\d+([.,]\d+)?[^\W\d]{0,6}")


def with_amounts(guess: Guess, cells: Sequence[str]) -> Guess:
    """The guess as a number where all answers are, as free text with a question where most are, else as it was."""
    if guess.kind not in (TEXT, SINGLE, SCALE, RATING, NPS) or _RECOMMENDED.search(guess.heading) or not cells:
        return guess
    if _NUMBERED.search(guess.heading):
        return replace(guess, kind=TEXT, options=())
    thousands = points_part_thousands(cells)
    values = [read_amount(cell, thousands) for cell in cells]
    read = [answer.value or 0.0 for reading in values for answer in reading.answers]
    if len(read) < len(cells):
        rest = next(cell for cell, reading in zip(cells, values, strict=True) if reading.unreadable)
        nearly = _is_nearly(guess, cells, read)
        return replace(guess, kind=TEXT, options=(), ask=NEARLY.format(rest[:40])) if nearly else guess
    beyond = any(value > HIGHEST_RATING or value < 0 or value % 1 for value in read)
    counted = _COUNTED.search(guess.heading) and not _STATED.search(guess.heading)
    if (beyond and not guess.ask) or counted:
        return replace(guess, kind=NUMBER, options=(), ask=_doubt(cells, read), unit=_unit(guess, cells, read))
    return guess


def _unit(guess: Guess, cells: Sequence[str], read: Sequence[float]) -> str:
    """The one unit that answers are given in; years where the question says so and all may be."""
    if _YEAR.search(guess.heading) and all(FIRST_YEAR < value < LAST_YEAR and value == int(value) for value in read):
        return CALENDAR
    units = {unit_of(cell) for cell in cells} - {""}
    return units.pop() if len(units) == 1 else ""


def _doubt(cells: Sequence[str], read: Sequence[float]) -> str:
    """What a person should say of numbers."""
    units = sorted({unit for cell in cells if (unit := unit_of(cell))})
    about = next(filter(is_about, cells), "")
    low = max(map(abs, read)) <= HIGHEST_RATING
    said = (
        UNITS.format(" och ".join(units[:3])) if len(units) > 1 else "",
        ABOUT.format(about[:40]) if about else "",
        BELOW if low and min(read) < 0 else HALVES if low and any(value % 1 for value in read) else "",
    )
    return " ".join(filter(None, said))


def _is_nearly(guess: Guess, cells: Sequence[str], read: Sequence[float]) -> bool:
    """Whether most answers are numbers above any grade or of a question on how many, and few are steps such as 10–20."""
    labels = set(cells)
    steps = _steps(labels)
    like = sum(bool(_LIKE.fullmatch(plain_amount(cell))) for cell in cells)
    if not read or like + _steps(cells) < LEAST_SHARE * len(cells):
        return False
    return steps * 2 < len(labels) if max(read) > HIGHEST_RATING else bool(_COUNTED.search(guess.heading)) and not steps


def _steps(labels: Iterable[str]) -> int:
    """How many say that a number lies between two others, or on one side of one."""
    return sum(bool(_BETWEEN.search(label)) and any(map(str.isdecimal, label)) for label in labels)
