"""What a reader should know or mend, gathered: the gravest first, each remedy once with every place it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sekom_survey.model import ERROR, NOTE, WARNING, Problem

LEVEL_NAMES = {ERROR: "Måste rättas", WARNING: "Se över", NOTE: "För kännedom"}


@dataclass(frozen=True)
class Remark:
    """What to do, and every problem that it mends."""

    todo: str
    places: tuple[Problem, ...]


def by_level(problems: Iterable[Problem]) -> list[tuple[str, list[Remark]]]:
    """(heading, remarks) for each level that occurs; problems of one code with the same remedy share a remark."""
    found = list(problems)
    levels = ((heading, [p for p in found if p.level == level]) for level, heading in LEVEL_NAMES.items())
    return [(heading, _remarks(those)) for heading, those in levels if those]


def _remarks(problems: Sequence[Problem]) -> list[Remark]:
    remedies = dict.fromkeys((p.code, p.todo) for p in problems)
    return [Remark(todo, tuple(p for p in problems if (p.code, p.todo) == (code, todo))) for code, todo in remedies]
