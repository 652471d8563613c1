"""What a reader should know or mend, gathered: the gravest first, each remedy once with every place it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sekom_survey.model import ERROR, NOTE, WARNING, Problem, Questionnaire

LONGEST = 80
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


def in_words(problems: Iterable[Problem], questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Problems that call questions by what was asked, not by their ids, for a reader who has no survey.toml at hand."""
    named = {item.id: item.short for item in questionnaire.items}
    named |= {item.group: item.group_label or item.group_text for item in questionnaire.items if item.group}
    if not named:
        return tuple(problems)
    ids = "|".join(sorted(map(re.escape, named), key=len, reverse=True))
    pattern = re.compile(rf'(?<![\w".])(?:items\.)?({ids})(?![\w"])')

    def told(text: str) -> str:
        return pattern.sub(lambda found: f"”{named[found[1]][:LONGEST]}”", text)

    return tuple(replace(one, where=told(one.where), found=told(one.found), todo=told(one.todo)) for one in problems)


def _remarks(problems: Sequence[Problem]) -> list[Remark]:
    remedies = dict.fromkeys((p.code, p.todo) for p in problems)
    return [Remark(todo, tuple(p for p in problems if (p.code, p.todo) == (code, todo))) for code, todo in remedies]
