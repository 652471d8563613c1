"""What a person should know or mend, and the one error that carries it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, order=True)
class Mend:
    """What a person could write that mends a problem, but for the reason, which only they know.

    `action` is one of corrections.csv ("match", "strike") with that file's `row`, `found`, `member_id` and `item`, or what to
    do with an item of survey.toml, `found` being the heading: "wording" (the same question in other words), "reworded"
    (another meaning), "unasked" (take it out), "metadata" (a column to leave uncounted), "asked" (a new question, drafted from the export), "option" (an
    answer to add to the options), "own_words" (answers in own words are allowed). An empty `member_id` of a match is to
    be chosen.
    """

    action: str
    row: str = ""
    found: str = ""
    member_id: str = ""
    item: str = ""


@dataclass(frozen=True, order=True)
class Problem:
    """Something a person should know or mend, in Swedish.

    `code` is a stable English id, `file` the file as the user knows it, `where` the row, key or cell,
    `found` what was there and `todo` what to do about it. Only level "error" stops a run. `mends`: the ways to mend it that
    are a line to write, the likeliest first.
    """

    code: str
    file: str
    where: str
    found: str
    todo: str
    level: str = ERROR
    mends: tuple[Mend, ...] = ()


class Unusable(Exception):
    """A year's folder cannot be used until its problems are mended."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{problem.file}: {problem.found}" for problem in self.problems)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop a run."""
    return [problem for problem in problems if problem.level == ERROR]
