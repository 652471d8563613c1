"""A reviewed workbook back to decisions: everything is checked first, and one fault stops it all."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekom_survey.coding.codebook import RESERVED, Answer, Codebook, text_hash
from sekom_survey.coding.decisions import ADJUDICATION, Decision, Key, append_decisions, new_rows, read_decisions
from sekom_survey.coding.quick import UNREAD, following
from sekom_survey.coding.review import COLUMNS, DECIDED, ROWS_SHEET, SHEET, THEME_COLUMNS, theme_names
from sekom_survey.coding.review_steps import (
    Line,
    chosen_step,
    comments,
    given,
    needs_themes,
    step_problems,
    unread_problems,
)
from sekom_survey.model import Problem, errors
from sekom_survey.text.files import squeeze
from sekom_survey.text.toml import did_you_mean

MAX_BYTES = 40_000_000
CODER_NAME = re.compile(r"[A-Za-zÅÄÖåäö]{1,12}")


@dataclass(frozen=True)
class Workbook:
    """What a reviewed workbook holds: rows of the review sheet (with their number in Excel) and the rows written out."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    written: Mapping[Key, Line]


@dataclass(frozen=True)
class Imported:
    """The rows added to codings.csv and the answers still to be reviewed in the file."""

    added: tuple[Decision, ...]
    reviewed: int
    left: int


def import_review(
    workbook: Path, codings: Path, answers: Sequence[Answer], codebook: Codebook, *, coder: str, day: str
) -> tuple[Imported | None, list[Problem]]:
    """Checks a workbook and appends its decisions to codings.csv; None and every fault when anything is wrong.

    Only rows with a step under Klar count (`sekom_survey.coding.quick`), and open ones that say the same as they do;
    "granskat" was decided before, the others are left for another day.
    """
    rows, problems = read_decisions(codings)
    problems += _coder_problems(coder)
    book, found = read_workbook(workbook)
    problems += found
    if book is None or errors(problems):
        return None, problems
    who = ADJUDICATION if coder.casefold() == ADJUDICATION else coder.upper()
    by_key = {answer.key: answer for answer in answers}
    steps, themes, found = _checked(book, by_key, codebook, workbook.name)
    problems += found
    if errors(problems):
        return None, problems
    unread = [key for key, step in steps.items() if step == UNREAD]
    before = {_key(cells) for _, cells in book.rows if chosen_step(cells["Klar"]) == DECIDED}
    left = [answer for answer in answers if answer.key in book.written and answer.key not in {*before, *unread}]
    themes |= following({key: found for key, found in themes.items() if key not in unread}, left)
    said = comments(steps, book.written, {_key(cells): cells["Kommentar"] for _, cells in book.rows})

    def rows_of(keys: Iterable[Key]) -> tuple[Decision, ...]:
        mine = {key: themes[key] for key in keys}
        hashes, proposed = (
            {key: getattr(book.written[key], name) for key in mine} for name in ("text_hash", "proposed")
        )
        return new_rows(
            mine, hashes, rows, proposed=proposed, comments=said, coder=who, day=day, version=codebook.version
        )

    added = rows_of(key for key in themes if key not in unread)
    refused = unread_problems(len(unread), [*rows, *added], who, workbook.name)
    problems += refused
    done = len(themes) - (len(unread) if refused else 0)
    added += () if refused else rows_of(unread)
    append_decisions(codings, added)
    return Imported(added, done, len(book.written) - done), problems


def _coder_problems(coder: str) -> list[Problem]:
    if CODER_NAME.fullmatch(coder):
        return []
    return [Problem("bad_coder", "--coder", "", f"Initialerna är ”{coder}”.", "Skriv 1–12 bokstäver, som AB.")]


def read_workbook(path: Path) -> tuple[Workbook | None, list[Problem]]:
    """A workbook's two sheets as text; None when it is no review workbook."""
    from sekom_survey.collected.xlsx_guard import Refused

    try:
        sheets = _sheets(path)
    except FileNotFoundError:
        return None, [Problem("file_missing", path.name, "", "Filen finns inte.", "Kontrollera sökvägen.")]
    except (Refused, OSError):
        return None, [
            Problem(
                "no_workbook", path.name, "", "Filen är ingen Excel-arbetsbok.", "Spara den som .xlsx och försök igen."
            )
        ]
    missing = [name for name in (SHEET, ROWS_SHEET) if not sheets.get(name)]
    if missing:
        return None, [
            Problem(
                "sheet_missing",
                path.name,
                name,
                f"Bladet ”{name}” saknas eller är tomt.",
                "Utgå från en ny fil: sekom review.",
            )
            for name in missing
        ]
    return _workbook(sheets[SHEET], sheets[ROWS_SHEET], path.name)


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The two sheets' cells, read from the parts of the file that hold cells and no more. Raises OSError or Refused."""
    from python_calamine import CalamineWorkbook

    from sekom_survey.collected.xlsx_guard import Refused, safe_workbook

    if path.stat().st_size > MAX_BYTES:
        raise Refused("too_large")
    safe, _ = safe_workbook(path.read_bytes())
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(safe))
        names = [name for name in (SHEET, ROWS_SHEET) if name in book.sheet_names]
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in the library is no Exception
        raise Refused("broken") from error


def _workbook(
    review: Sequence[Sequence[object]], written: Sequence[Sequence[object]], file: str
) -> tuple[Workbook | None, list[Problem]]:
    header = [_text(cell) for cell in review[0]]
    problems = [
        Problem(
            "column_missing",
            file,
            "rad 1",
            f"Kolumnen {column} saknas.",
            "Återställ rubriken." + did_you_mean(column, header),
        )
        for column in COLUMNS
        if column not in header
    ]
    if problems:
        return None, problems
    rows = []
    for number, cells in enumerate(review[1:], 2):
        row = {title: _text(cell) for title, cell in zip(header, cells, strict=False)}
        row = {column: row.get(column, "") for column in COLUMNS}
        if any(row[column] for column in ("Svarande", "Fråga", "Svar")):
            rows.append((number, row))
    lines = [[_text(cell) for cell in line] + [""] * 6 for line in written[1:]]
    keep = {(one[0], one[1]): Line(one[2], tuple(filter(None, one[3].split(";"))), *one[4:6]) for one in lines}
    return Workbook(tuple(rows), keep), []


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _key(cells: Mapping[str, str]) -> Key:
    return cells["Svarande"], cells["Fråga"]


def _checked(
    book: Workbook, answers: Mapping[Key, Answer], codebook: Codebook, file: str
) -> tuple[dict[Key, str], dict[Key, frozenset[str]], list[Problem]]:
    """Each decided answer's step and themes, and what is wrong."""
    problems = _row_set_problems(book, answers, file)
    steps: dict[Key, str] = {}
    themes: dict[Key, frozenset[str]] = {}
    for number, cells in book.rows:
        answer, where = answers.get(_key(cells)), f"rad {number}"
        if answer is None or _key(cells) not in book.written:
            continue
        line, step = book.written[answer.key], chosen_step(cells["Klar"])
        problems += _text_problems(cells, answer, line.text_hash, file, where)
        if step in ("", DECIDED):
            continue
        chosen, found = _chosen(cells, answer, codebook, file, where)
        problems += [one for one in found if needs_themes(step) or one.code != "no_theme"]
        problems += step_problems(step, cells["Klar"], line, chosen, file, where)
        steps[answer.key], themes[answer.key] = step, given(step, chosen, line)
    return steps, themes, problems


def _row_set_problems(book: Workbook, answers: Mapping[Key, Answer], file: str) -> list[Problem]:
    counts = Counter(_key(cells) for _, cells in book.rows)
    places = {_key(cells): number for number, cells in book.rows}
    problems = []
    for key, count in counts.items():
        where = f"rad {places[key]}: {', '.join(key)}"
        if key not in book.written or key not in answers:
            problems.append(
                Problem(
                    "unknown_row",
                    file,
                    where,
                    "Raden hör inte till filen eller årets svar.",
                    "Ta bort raden eller rätta Svarande och Fråga.",
                )
            )
        elif count > 1:
            problems.append(
                Problem("row_doubled", file, where, f"Raden finns {count} gånger.", "Ta bort alla utom en.")
            )
    for key in book.written:
        if key not in counts:
            problems.append(
                Problem(
                    "row_missing",
                    file,
                    ", ".join(key),
                    "Raden saknas i filen.",
                    "Återställ raden; lämna Klar tomt om svaret inte är granskat.",
                )
            )
    return problems


def _text_problems(cells: Mapping[str, str], answer: Answer, written: str, file: str, where: str) -> list[Problem]:
    now = text_hash(answer.text)
    if written != now or cells["Kontrollsumma"] != now:
        return [
            Problem(
                "text_changed",
                file,
                where,
                "Svaret är ändrat sedan filen skrevs.",
                "Skriv en ny granskningsfil och granska svaret där.",
            )
        ]
    if not cells["Svar"]:
        return [
            Problem(
                "text_removed", file, where, "Svarets text är borttagen.", "Återställ texten eller utgå från en ny fil."
            )
        ]
    return []


def _chosen(
    cells: Mapping[str, str], answer: Answer, codebook: Codebook, file: str, where: str
) -> tuple[frozenset[str], list[Problem]]:
    names = theme_names(codebook, answer.question)
    by_name = {squeeze(name).casefold(): theme for theme, name in names.items()} | {theme: theme for theme in names}
    written = [cells[column] for column in THEME_COLUMNS if cells[column]]
    chosen = {by_name.get(squeeze(name).casefold(), "") for name in written}
    problems = [
        Problem(
            "unknown_theme",
            file,
            where,
            f"Temat ”{name}” finns inte för frågan.",
            "Välj ur listan." + did_you_mean(name, names.values()),
        )
        for name in written
        if squeeze(name).casefold() not in by_name
    ]
    if len(written) > len(set(map(str.casefold, written))):
        problems.append(Problem("theme_doubled", file, where, "Samma tema står två gånger.", "Ta bort det ena."))
    if not written:
        problems.append(
            Problem(
                "no_theme", file, where, "Raden är klar men har inget tema.", "Välj ett tema, Övrigt eller Inget svar."
            )
        )
    if len(chosen) > 1 and chosen & set(RESERVED):
        problems.append(
            Problem("mixed_states", file, where, "Övrigt eller Inget svar står ihop med ett tema.", "Välj det ena.")
        )
    return frozenset(chosen - {""}), problems
