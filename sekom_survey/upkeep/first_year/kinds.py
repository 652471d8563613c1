"""Kinds of questions that their answers tell of only together: a ranking, a number, a date, a permission, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sekom_survey.counted.cells import points_part_thousands, read_amount, read_day
from sekom_survey.model import CONSENT, DATE, MULTI, NPS, NUMBER, RANKING, RATING, SINGLE, TEXT, UPLOAD, Export
from sekom_survey.upkeep.first_year.scales import scale_of
from sekom_survey.upkeep.guess import Guess

HIGHEST_RATING, FEWEST_RANKED = 10, 3
HALVES = "Några svar är mellan två hela tal: är det ett tal, eller ett betyg där de ska rättas?"
_COUNTED = re.compile(r"\b(hur många|antal\w*|hur mycket|hur stor andel|procent\w*)\b", re.IGNORECASE)
_RECOMMENDED = re.compile(r"rekommendera", re.IGNORECASE)
_PERMISSION = re.compile(r"samtyck|godkänn|får vi\b|får det\b|är det okej|tillåt", re.IGNORECASE)
_FILE = re.compile(r"https?://\S+", re.IGNORECASE)


def with_kinds(guesses: Sequence[Guess], export: Export) -> list[Guess]:
    """The guesses, in the export's order, with those kinds where all answers of a column agree on one."""
    columns = export.cells.columns
    return [
        _known(guess, [cell for cell in cells if cell], export.separator)
        for guess, cells in zip(guesses, columns, strict=True)
    ]


def _known(guess: Guess, cells: Sequence[str], separator: str) -> Guess:
    if guess.kind == MULTI and _is_ranking(cells, separator):
        return replace(guess, kind=RANKING)
    if guess.kind in (TEXT, SINGLE, RATING, NPS) and _is_number(guess, cells):
        return replace(guess, kind=NUMBER, options=(), ask=HALVES if _is_low(cells) else "")
    if guess.kind in (TEXT, SINGLE) and cells and all(_FILE.match(cell) for cell in cells):
        return replace(guess, kind=UPLOAD, options=())
    if guess.kind in (TEXT, SINGLE) and _are_days(cells):
        return replace(guess, kind=DATE, options=())
    return replace(guess, kind=CONSENT) if guess.kind == SINGLE and _is_permission(guess) else guess


def _is_ranking(cells: Sequence[str], separator: str) -> bool:
    """Whether everybody chose everything, in orders of their own."""
    orders = [tuple(part.strip() for part in cell.split(separator) if part.strip()) for cell in cells]
    return len(set(orders)) > 1 and len({frozenset(order) for order in orders}) == 1 and len(orders[0]) >= FEWEST_RANKED


def _is_number(guess: Guess, cells: Sequence[str]) -> bool:
    """Whether all are numbers that no rating has, or the question asks how many."""
    readings = [read_amount(cell, points_part_thousands(cells)) for cell in cells]
    if not cells or any(reading.unreadable for reading in readings) or _RECOMMENDED.search(guess.heading):
        return False
    values = [answer.value or 0.0 for reading in readings for answer in reading.answers]
    beyond = any(value > HIGHEST_RATING or value < 0 or value % 1 for value in values)
    return (beyond and not guess.ask) or bool(_COUNTED.search(guess.heading))


def _is_low(cells: Sequence[str]) -> bool:
    """Whether some numbers of at most ten are halves, as a grade may be."""
    values = [answer.value or 0.0 for cell in cells for answer in read_amount(cell).answers]
    return max(values) <= HIGHEST_RATING and any(value % 1 for value in values)


def _are_days(cells: Sequence[str]) -> bool:
    return bool(cells) and all(read_day(cell).answers for cell in cells)


def _is_permission(guess: Guess) -> bool:
    found = scale_of([label for label, _ in guess.options])
    return found is not None and not found.ordered and bool(_PERMISSION.search(guess.heading))
