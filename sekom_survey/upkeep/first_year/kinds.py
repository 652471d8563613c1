"""Kinds of questions that their answers tell of only together: a ranking, a number, a date, a permission, files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sekom_survey.collected.times import day_order
from sekom_survey.counted.cells import days_stand_first, is_serial_day, read_day
from sekom_survey.model import CONSENT, DATE, MULTI, RANKING, RATING, SCALE, SINGLE, TEXT, UPLOAD, Export
from sekom_survey.upkeep.first_year.amounts import with_amounts
from sekom_survey.upkeep.first_year.scales import outside_of, scale_of
from sekom_survey.upkeep.guess import Guess
from sekom_survey.upkeep.persons import FILE

FEWEST_RANKED = 3
NEARLY = (
    "De flesta svaren är datum, men inte alla, som ”{}”. Är det ett datum: välj datum, och rätta eller stryk de andra."
)
SERIAL = "Svaren ser ut som ett kalkylblads dagnummer: ”{}” läses som {}. Stämmer det?"
ORDER = "Det syns inte om dagen eller månaden står först, som i ”{}”. Dagen läses först. Är det fel: gör om kolumnen till datum i Excel."
DIGITS = "Svaren är lästa som år, månad och dag, som ”{}”. Stämmer det?"
_SLASHED = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_WHEN = re.compile(r"datum|\bnär\b|\bdag(en)?\b", re.IGNORECASE)
_PERMISSION = re.compile(r"samtyck|godkänn|får vi\b|får det\b|är det okej|tillåt", re.IGNORECASE)


def with_kinds(guesses: Sequence[Guess], export: Export) -> list[Guess]:
    """The guesses, in the export's order, with those kinds where all answers of a column agree on one."""
    columns = export.cells.columns
    ranked = dict(export.options).get(RANKING, ())
    known = [
        _ranking(guess, cells, export.separator)
        if isinstance(ranked, list) and guess.heading in ranked
        else _known(guess, [cell for cell in cells if cell], export.separator)
        for guess, cells in zip(guesses, columns, strict=True)
    ]
    numbered = {guess.over for guess in known if guess.over and guess.kind in (SINGLE, SCALE) and _is_numbered(guess)}
    return [
        replace(guess, kind=SINGLE) if guess.kind == RATING and guess.over in numbered else guess for guess in known
    ]


def _ranking(guess: Guess, cells: Sequence[str], separator: str) -> Guess:
    """A column that the reader put together of a ranking's."""
    counts = Counter(part.strip() for cell in cells for part in cell.split(separator) if part.strip())
    return replace(guess, kind=RANKING, options=tuple(counts.most_common()), scale=0, ask="")


def _is_numbered(guess: Guess) -> bool:
    """Whether answers are the numbers of a scale, and some outside it: then the rows beside are of that scale too."""
    labels = [label for label, _ in guess.options]
    return all(label.isdecimal() for label in labels if label not in outside_of(labels))


def _known(guess: Guess, cells: Sequence[str], separator: str) -> Guess:
    if guess.kind == MULTI and _is_ranking(cells, separator):
        return replace(guess, kind=RANKING)
    if guess.kind in (TEXT, SINGLE, SCALE) and _are_days(cells, guess.heading):
        return replace(guess, kind=DATE, options=(), ask=_asked_of_days(cells))
    if (amount := with_amounts(guess, cells)) is not guess:
        return amount
    if guess.kind in (TEXT, SINGLE) and cells and all(FILE.match(cell) for cell in cells):
        return replace(guess, kind=UPLOAD, options=())
    if guess.kind in (TEXT, SINGLE) and (other := _no_day(cells)):
        return replace(guess, ask=NEARLY.format(other[:40]))
    return replace(guess, kind=CONSENT) if guess.kind == SINGLE and _is_permission(guess) else guess


def _is_ranking(cells: Sequence[str], separator: str) -> bool:
    """Whether everybody chose everything, in orders of their own."""
    orders = [tuple(part.strip() for part in cell.split(separator) if part.strip()) for cell in cells]
    return len(set(orders)) > 1 and len({frozenset(order) for order in orders}) == 1 and len(orders[0]) >= FEWEST_RANKED


def _are_days(cells: Sequence[str], heading: str) -> bool:
    """Whether all are days; what is only digits may be a number where the question asks for none."""
    first = days_stand_first(cells)
    if not cells or not all(read_day(cell, first).answers for cell in cells):
        return False
    return bool(_WHEN.search(heading)) or not any(cell.isdecimal() for cell in cells)


def _asked_of_days(cells: Sequence[str]) -> str:
    """What a person should look at of days: digits alone, or an order of day and month that none of them tells."""
    if digits := next((cell for cell in cells if cell.isdecimal()), ""):
        day = date.fromordinal(int(read_day(digits).answers[0].value or 1))
        return (SERIAL if is_serial_day(digits) else DIGITS).format(digits, day)
    unclear = next((cell for cell in cells if _SLASHED.fullmatch(cell)), "")
    return ORDER.format(unclear) if unclear and not day_order(cells)[1] else ""


def _no_day(cells: Sequence[str]) -> str:
    """The first answer that is no day, where most are; empty where few are, or all."""
    others = [cell for cell in cells if cell.isdecimal() or not read_day(cell, days_stand_first(cells)).answers]
    return others[0] if others and len(others) * 2 < len(cells) else ""


def _is_permission(guess: Guess) -> bool:
    found = scale_of([label for label, _ in guess.options])
    return found is not None and not found.ordered and bool(_PERMISSION.search(guess.heading))
