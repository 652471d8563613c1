"""Two sheets on quality: who answered and where every row and cell ended; what to know or mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sekom_survey.model import Accounting, Problem, Survey
from sekom_survey.shown.summary import CELL_NAMES, ROW_NAMES
from sekom_survey.text.swedish import sentence_case
from sekom_survey.written.excel.sheet import (
    COUNT,
    NOT_AVAILABLE,
    QUALITY,
    RATE,
    REMARKS,
    SHARE,
    STRONG,
    TEXT,
    Book,
    Cell,
    ExcelSheet,
    add_sheet,
    finish,
    put_heading,
    put_line,
    put_table,
)
from sekom_survey.written.problems import by_level


def put_quality(
    book: Book, survey: Survey, response: tuple[int, int], accounting: Accounting, item_nonresponse: pd.DataFrame, conflicts: pd.DataFrame
) -> None:  # fmt: skip
    """Write the quality sheet, each part under its own heading."""
    sheet = add_sheet(book, QUALITY, "Kvalitet: hur långt går det att lita på svaren?", widest=48)
    wordings = {item.id: item.short for item in survey.questionnaire.items}
    put_heading(book, sheet, "Svarsfrekvens")
    put_table(book, sheet, ("Mått", "Värde"), _response(survey, *response))
    whole = bool(accounting.rows_read)  # a public workbook does not tell of the file
    if whole:
        _put_ends(book, sheet, "Rader i enkätfilen", accounting.rows, accounting.rows_read, ROW_NAMES)
        _put_ends(book, sheet, "Ifyllda celler i enkätfilen", accounting.cells, accounting.cells_read, CELL_NAMES)
    if accounting.left_behind:
        put_heading(book, sheet, "Lämnat vid läsningen")
        put_line(
            book,
            sheet,
            "Kolumner om formuläret eller personen, koder och blad som inte lästes som svar. Är något en fråga: skriv den i survey.toml.",
        )
        put_table(
            book, sheet, ("Vad", "Celler"), [[(heading, TEXT), (n, COUNT)] for heading, n in accounting.left_behind]
        )
    put_heading(book, sheet, "Partiellt bortfall: frågor som lämnats tomma")
    counted = "alla medlemmar som svarat, även regioner" if whole else "kommuner som svarat"
    counted = counted if survey.of_members else "alla som svarat"
    put_line(book, sheet, f"Räknat på {counted}. Den som inte fick se en fråga räknas inte.")
    put_table(
        book,
        sheet,
        ("Fråga", "Fick frågan", "Svarade", "Lämnade tomt", "Andel tomma"),
        _missing(item_nonresponse, wordings),
    )
    if len(conflicts):
        put_heading(book, sheet, "Medlemmar där förtroendevald och tjänsteperson svarat olika")
        put_line(book, sheet, f"{len(conflicts)} svar skilde sig. Så avgjordes de:")
        put_table(book, sheet, ("Fråga", "Antal", "Vad som räknas"), _conflicts(conflicts, wordings))
    finish(book, sheet, freeze=False)


def put_remarks(book: Book, problems: Iterable[Problem]) -> None:
    """Write the sheet of what a reader should know or mend."""
    sheet = add_sheet(book, REMARKS, "Att känna till om underlaget", widest=60)
    put_table(book, sheet, ("Grad", "Vad som hittades", "Gör så här", "Var"), _problems(problems))
    finish(book, sheet)


def _response(survey: Survey, answered: int, asked: int) -> list[list[Cell]]:
    if not survey.infers:
        return [[("Svar", STRONG), (answered, COUNT)]]
    who, missing = sentence_case(survey.nouns.asked), asked - answered
    rate, lost = (answered / asked, missing / asked) if asked else (NOT_AVAILABLE, NOT_AVAILABLE)
    return [
        [(f"{who} som fick enkäten", TEXT), (asked, COUNT)],
        [(f"{who} som svarade", TEXT), (answered, COUNT)],
        [("Svarsfrekvens", STRONG), (rate, RATE)],
        [(f"{who} som inte svarade", TEXT), (missing, COUNT)],
        [("Objektsbortfall", STRONG), (lost, RATE)],
    ]


def _put_ends(
    book: Book, sheet: ExcelSheet, heading: str, ends: Iterable[tuple[str, int]], read: int, names: Mapping[str, str]
) -> None:
    """Where everything read ended, its sum, and whether the sum is what was read."""
    rows: list[list[Cell]] = [[(names.get(end, end).capitalize(), TEXT), (n, COUNT)] for end, n in ends]
    total = sum(n for _, n in ends)
    rows += [[("Summa", STRONG), (total, COUNT)], [("Lästa ur filen", STRONG), (read, COUNT)],
             [("Går räkningen ihop?", STRONG), ("Ja" if total == read else "Nej", COUNT)]]  # fmt: skip
    put_heading(book, sheet, heading)
    put_table(book, sheet, ("Var de hamnade", "Antal"), rows, {len(rows) - 3})


def _missing(nonresponse: pd.DataFrame, wordings: Mapping[str, str]) -> list[list[Cell]]:
    return [
        [(wordings.get(row.item, row.item), TEXT), (row.asked, COUNT), (row.answered, COUNT), (row.missing, COUNT),
         (row.missing / row.asked if row.asked else NOT_AVAILABLE, SHARE)]
        for row in nonresponse.itertuples()
    ]  # fmt: skip


def _conflicts(conflicts: pd.DataFrame, wordings: Mapping[str, str]) -> list[list[Cell]]:
    counts = conflicts.groupby(["item", "rule"], sort=False).size()
    return [[(wordings.get(item, item), TEXT), (int(n), COUNT), (rule, TEXT)] for (item, rule), n in counts.items()]


def _problems(problems: Iterable[Problem]) -> list[list[Cell]]:
    return [
        [(level, STRONG), (problem.found, TEXT), (problem.todo, TEXT), (", ".join(filter(None, (problem.file, problem.where))), TEXT)]
        for level, remarks in by_level(problems) for remark in remarks for problem in remark.places
    ]  # fmt: skip
