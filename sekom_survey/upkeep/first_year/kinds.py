"""Kinds of questions that their answers tell of only together: a ranking, a number, a date, a permission, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sekom_survey.counted.cells import read_day
from sekom_survey.model import CONSENT, DATE, MULTI, RANKING, RATING, SCALE, SINGLE, TEXT, UPLOAD, Export
from sekom_survey.upkeep.first_year.amounts import with_amounts
from sekom_survey.upkeep.first_year.scales import outside_of, scale_of
from sekom_survey.upkeep.guess import Guess
from sekom_survey.upkeep.persons import FILE

FEWEST_RANKED = 3
DIGITS = "Svaren är lästa som år, månad och dag, som ”{}”. Stämmer det?"
_WHEN = re.compile(r"datum|\bnär\b|\bdag(en)?\b", re.IGNORECASE)
_PERMISSION = re.compile(r"samtyck|godkänn|får vi\b|får det\b|är det okej|tillåt", re.IGNORECASE)


def with_kinds(guesses: Sequence[Guess], export: Export) -> list[Guess]:
    """The guesses, in the export's order, with those kinds where all answers of a column agree on one."""
    columns = export.cells.columns
    known = [
        _known(guess, [cell for cell in cells if cell], export.separator)
        for guess, cells in zip(guesses, columns, strict=True)
    ]
    numbered = {guess.over for guess in known if guess.over and guess.kind in (SINGLE, SCALE) and _is_numbered(guess)}
    return [
        replace(guess, kind=SINGLE) if guess.kind == RATING and guess.over in numbered else guess for guess in known
    ]


def _is_numbered(guess: Guess) -> bool:
    """Whether answers are the numbers of a scale, and some outside it: then the rows beside are of that scale too."""
    labels = [label for label, _ in guess.options]
    return all(label.isdecimal() for label in labels if label not in outside_of(labels))


def _known(guess: Guess, cells: Sequence[str], separator: str) -> Guess:
    if guess.kind == MULTI and _is_ranking(cells, separator):
        return replace(guess, kind=RANKING)
    if guess.kind in (TEXT, SINGLE, SCALE) and _are_days(cells, guess.heading):
        return replace(guess, kind=DATE, options=(), ask=DIGITS.format(cells[0]) if cells[0].isdecimal() else "")
    if (amount := with_amounts(guess, cells)) is not guess:
        return amount
    if guess.kind in (TEXT, SINGLE) and cells and all(FILE.match(cell) for cell in cells):
        return replace(guess, kind=UPLOAD, options=())
    return replace(guess, kind=CONSENT) if guess.kind == SINGLE and _is_permission(guess) else guess


def _is_ranking(cells: Sequence[str], separator: str) -> bool:
    """Whether everybody chose everything, in orders of their own."""
    orders = [tuple(part.strip() for part in cell.split(separator) if part.strip()) for cell in cells]
    return len(set(orders)) > 1 and len({frozenset(order) for order in orders}) == 1 and len(orders[0]) >= FEWEST_RANKED


def _are_days(cells: Sequence[str], heading: str) -> bool:
    """Whether all are days; what is only digits may be a number where the question asks for none."""
    if not cells or not all(read_day(cell).answers for cell in cells):
        return False
    return bool(_WHEN.search(heading)) or not any(cell.isdecimal() for cell in cells)


def _is_permission(guess: Guess) -> bool:
    found = scale_of([label for label, _ in guess.options])
    return found is not None and not found.ordered and bool(_PERMISSION.search(guess.heading))
