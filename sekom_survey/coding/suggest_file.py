"""Any csv with id, question and text to proposed themes; no survey needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from sekom_survey.coding.codebook import Codebook, load_codebook
from sekom_survey.coding.many import code_many
from sekom_survey.coding.match import Coding, shown_themes
from sekom_survey.model import Problem, errors
from sekom_survey.text.files import NotText, read_rows
from sekom_survey.text.rows import as_text
from sekom_survey.text.table import width_faults
from sekom_survey.text.toml import did_you_mean

COLUMNS = ("id", "question", "text")
OUT_COLUMNS = ("id", "question", "themes", "evidence", "certainty")


def suggest_file(path: Path, codebook_path: Path, out: Path, jobs: int | None = None) -> list[Problem]:
    """Codes `path` (columns id, question, text) by a codebook and writes `out` (id, question, themes, evidence, certainty).

    Rows keep their order. Nothing is written when there is an error. Themes are joined by `;`, `inget` is a
    non-answer, empty is uncoded. `jobs` as in `code_many`.
    """
    codebook, problems = load_codebook(codebook_path)
    if errors(problems):
        return problems
    answers, found = read_answers(path, codebook)
    problems += found
    if not errors(problems):
        out.write_text(suggestions(answers, codebook, jobs), encoding="utf-8", newline="")
    return problems


def read_answers(path: Path, codebook: Codebook) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """A csv file to (id, question, text) rows, the texts clean as those of an export, and the problems in it."""
    from sekom_survey.collected.grid import clean_text

    try:
        rows = read_rows(path)
    except FileNotFoundError:
        return [], [Problem("file_missing", path.name, "", "Filen finns inte.", "Kontrollera sökvägen.")]
    except (OSError, NotText, UnicodeDecodeError, csv.Error):
        return [], [
            Problem("file_unreadable", path.name, "", "Filen går inte att läsa som csv.", "Spara den som csv i UTF-8.")
        ]
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    problems = _missing_columns(header, path.name)
    if problems:
        return [], problems
    if problems := width_faults(list(enumerate(rows, 1)), path.name):
        return [], problems
    places = [header.index(column) for column in COLUMNS]
    known = [question.id for question in codebook.questions]
    answers = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [row[place] for place in places]
        if cells[1].strip() in known:
            answers.append((cells[0], cells[1].strip(), clean_text(cells[2])))
        else:
            problems.append(_unknown_question(path.name, number, cells[1], known))
    return answers, problems


def _missing_columns(header: Sequence[str], file: str) -> list[Problem]:
    return [
        Problem(
            "column_missing",
            file,
            "rad 1",
            f"Kolumnen {column} saknas.",
            "Första raden ska ha kolumnerna id, question och text." + did_you_mean(column, header),
        )
        for column in COLUMNS
        if column not in header
    ]


def _unknown_question(file: str, number: int, found: str, known: Sequence[str]) -> Problem:
    return Problem(
        "unknown_question",
        file,
        f"rad {number}",
        f"Frågan ”{found}” finns inte i kodboken.",
        f"Skriv någon av: {', '.join(known)}." + did_you_mean(found, known),
    )


def suggestions(answers: Sequence[tuple[str, str, str]], codebook: Codebook, jobs: int | None = None) -> str:
    """The proposals for (id, question, text) rows as csv text."""
    codings = code_many([(question, text) for _, question, text in answers], codebook, jobs)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(OUT_COLUMNS)
    for (answer_id, question, _), coding in zip(answers, codings, strict=True):
        row = (answer_id, question, shown_themes(coding), shown_evidence(coding), coding.certainty)
        writer.writerow(map(as_text, row))
    return buffer.getvalue()


def shown_evidence(coding: Coding) -> str:
    """Evidence in one cell: theme "words found" (place, how), parted by " | "."""
    return " | ".join(
        f"{piece.theme}: ”{piece.found}” ({piece.start}–{piece.end}, {piece.how}, term {piece.term})"
        for piece in coding.evidence
    )
