"""A year's free texts as they are coded, and what people have decided of them; nothing is proposed, nothing counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sekom_survey.coding.codebook import Answer, Codebook, load_codebook
from sekom_survey.coding.decisions import Decision, decided_themes, read_decisions, stale, theme_problems
from sekom_survey.coding.shipped import CODEBOOK_FILE, codebook_file
from sekom_survey.counted.year import Year
from sekom_survey.model import (
    ANSWERED,
    TEXT,
    Item,
    Problem,
    Responses,
    Wave,
    errors,
)

CODINGS_FILE = "codings.csv"


class Given(NamedTuple):
    """A year that is read and cleaned, but not analysed."""

    wave: Wave
    responses: Responses


Answered = Year | Given


@dataclass(frozen=True, eq=False)
class Texts:
    """A year's texts, masked, its codebook, every decision made, and the themes of the texts whose decision still stands."""

    answers: tuple[Answer, ...]
    codebook: Codebook
    rows: tuple[Decision, ...]
    decided: Mapping[tuple[str, str], frozenset[str]]
    problems: tuple[Problem, ...]

    def reviewed(self) -> tuple[int, int]:
        """(texts a person has decided, texts in all)."""
        return sum(answer.key in self.decided for answer in self.answers), len(self.answers)


def respondent_keys(year: Answered) -> dict[int, str]:
    """Each respondent's stable name in codings.csv: member, role, and a number when a role answered more than once."""
    people = year.responses.respondents
    order = people.groupby(["member_id", "role"]).cumcount()
    return {
        int(row.respondent): f"{row.member_id}-{row.role or 'other'}" + (f"-{n + 1}" if n else "")
        for row, n in zip(people.itertuples(), order, strict=True)
    }


def coded_items(year: Answered) -> dict[str, Item]:
    """The free-text items that a codebook question is set for, by id."""
    return {item.id: item for item in year.wave.questionnaire.of_kind(TEXT) if item.codebook}


def answers_of(year: Answered) -> tuple[Answer, ...]:
    """Every text to code, masked, in the order of the items and the export."""
    keys, items = respondent_keys(year), coded_items(year)
    given = year.responses.answers.table
    given = given[(given["state"] == ANSWERED) & given["item"].isin(items)]
    return tuple(
        Answer(keys[int(row.respondent)], str(row.item), items[str(row.item)].codebook or "", str(row.text))
        for row in given.itertuples()
    )


def texts_of(year: Answered) -> tuple[Texts | None, list[Problem]]:
    """A year's texts and what has been decided of them; None without a codebook. Nothing is proposed, nothing counted."""
    codebook, rows, problems = _coding_files(year.wave.folder, year.wave.name)
    if codebook is None:
        return None, problems
    answers = answers_of(year)
    problems += stale(rows, answers, f"{year.wave.name}/{CODINGS_FILE}")
    changed = {tuple(p.where.split(", ")) for p in problems if p.code == "text_changed"}
    decided = {key: found for key, found in decided_themes(rows).items() if key not in changed}
    return Texts(answers, codebook, rows, decided, tuple(problems)), problems


def coding_file_problems(folder: Path, shown: str) -> list[Problem]:
    """What is wrong with a year's codebook and decisions; no text is coded."""
    return _coding_files(folder, shown)[2]


def _coding_files(folder: Path, shown: str) -> tuple[Codebook | None, tuple[Decision, ...], list[Problem]]:
    """A year's codebook and decisions; None where there is no codebook, or an error in either."""
    path = codebook_file(folder)
    if path is None:
        return None, (), []
    codebook, problems = load_codebook(path, f"{shown}/{CODEBOOK_FILE}")
    rows, found = read_decisions(folder / CODINGS_FILE, f"{shown}/{CODINGS_FILE}")
    problems += found
    if errors(problems):
        return None, (), problems
    return codebook, tuple(rows), problems + theme_problems(rows, codebook, CODINGS_FILE)


def codings_path(year: Year) -> Path:
    """Where a year's decisions are kept."""
    return year.wave.folder / CODINGS_FILE
