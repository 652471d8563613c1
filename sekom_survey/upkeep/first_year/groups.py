"""Which columns of an export are rows of one matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sekom_survey.model import RATING, SCALE, SINGLE
from sekom_survey.upkeep.first_year.scales import scale_of
from sekom_survey.upkeep.guess import Guess


def grouped(guesses: Sequence[Guess]) -> Iterator[tuple[int, Guess]]:
    """Each column with the number of its run: neighbours whose answers are of one scale; a column apart is a run of its own.

    Questions, which end in a question mark, are no rows of a matrix, though they may share their answers; rows that the file
    puts under different questions are of different matrices.
    """
    number, labels = 0, set[str]()
    for before, guess in zip([None, *guesses], guesses, strict=False):
        own = {label for label, _ in guess.options}
        if before is None or not _together(before, guess, labels, own):
            number, labels = number + 1, set()
        labels |= own
        yield number, guess


def _together(before: Guess, guess: Guess, labels: set[str], own: set[str]) -> bool:
    if guess.over != before.over:
        return False
    if guess.over and before.kind == guess.kind == RATING:
        return (before.low, before.high) == (guess.low, guess.high)
    if not (_may_be_row(before) and _may_be_row(guess)):
        return False
    if before.scale and before.scale == guess.scale:
        return True
    return bool(own & labels) and (own <= labels or labels <= own or _one_scale(labels | own))


def _may_be_row(guess: Guess) -> bool:
    return guess.kind in (SINGLE, SCALE) and (bool(guess.over) or not guess.heading.rstrip().endswith("?"))


def _one_scale(labels: set[str]) -> bool:
    found = scale_of(labels)
    return found is not None and found.certain
