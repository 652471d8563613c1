"""A year's free texts and what has been decided of them; the texts are kept in mind, the decisions read each time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sekom_survey.app.remembered import Remembered
from sekom_survey.app.years import opened, stamp_of_texts
from sekom_survey.coding.codebook import Answer, Codebook, load_codebook, text_hash
from sekom_survey.coding.decisions import Decision, Key, decided_themes, read_decisions
from sekom_survey.coding.shipped import CODEBOOK_FILE, codebook_file
from sekom_survey.found.texts import CODINGS_FILE, Given, answers_of
from sekom_survey.model import Problem, errors


@dataclass(frozen=True, eq=False)
class CodedYear:
    """The texts of a year in the order of the questions, its codebook, and every decision; `decided` holds those that still stand."""

    answers: tuple[Answer, ...]
    codebook: Codebook
    rows: tuple[Decision, ...]
    decided: dict[Key, frozenset[str]]

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return len(self.answers)

    @property
    def done(self) -> int:
        """How many texts somebody has decided."""
        return sum(answer.key in self.decided for answer in self.answers)


_TEXTS: Remembered[tuple[tuple[Answer, ...], Codebook] | None] = Remembered(8)
_BOOKS: Remembered[tuple[Codebook, list[Problem]]] = Remembered(8)


def coded(folder: Path) -> CodedYear | None:
    """A year's texts; None without a codebook, or before its answers can be read."""
    found = _TEXTS.of((folder, stamp_of_texts(folder)), lambda: _texts(folder))
    if found is None:
        return None
    answers, codebook = found
    rows, problems = read_decisions(folder / CODINGS_FILE, CODINGS_FILE)
    if errors(problems):
        return None
    hashes = {answer.key: text_hash(answer.text) for answer in answers}
    latest = {row.key: row.text_hash for row in rows}
    decided = {key: themes for key, themes in decided_themes(rows).items() if latest.get(key) == hashes.get(key)}
    return CodedYear(answers, codebook, rows, decided)


def _texts(folder: Path) -> tuple[tuple[Answer, ...], Codebook] | None:
    year = opened(folder)
    path = codebook_file(folder)
    if year.wave is None or year.responses is None or path is None:
        return None
    stat = path.stat()
    codebook, problems = _BOOKS.of((path, stat.st_size, stat.st_mtime_ns), lambda: load_codebook(path, CODEBOOK_FILE))
    return None if errors(problems) else (answers_of(Given(year.wave, year.responses)), codebook)
