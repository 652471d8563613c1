"""A file -> Grids, or the reason why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.collected.delimited import Unparted, delimited_table
from sekom_survey.collected.gather import gathered
from sekom_survey.collected.grid import SPSS_FILE, TEXT_FILE, WORKBOOK, Grid
from sekom_survey.collected.options import Options
from sekom_survey.collected.table import numbered
from sekom_survey.collected.workbook import workbook_sheets
from sekom_survey.collected.xlsx_guard import Refused
from sekom_survey.model import WARNING, Problem, Unusable

MAX_BYTES, MAX_TEXT_BYTES = 40_000_000, 1_800_000_000
ZIP_MARK, OLE_MARK, SPSS_MARKS = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"$FL2", b"$FL3")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
NEW_EXPORT = "Exportera svaren på nytt som xlsx eller csv."
REASONS = {
    "broken": (
        "file_broken",
        "Arbetsboken är skadad eller ofullständig.",
        "Hämta filen på nytt från enkätverktyget; kopieringen kan ha avbrutits.",
    ),
    "encrypted": (
        "file_encrypted",
        "Arbetsboken är skyddad med lösenord.",
        "Öppna den i Excel, ta bort lösenordet och spara igen.",
    ),
    "not_workbook": (
        "file_not_workbook",
        "Filen är ett zip-arkiv men ingen Excelbok i formatet xlsx.",
        "Packa upp arkivet, eller spara filen som xlsx.",
    ),
    "entities": (
        "file_entities",
        "Arbetsboken innehåller XML-deklarationer som Excel aldrig skriver.",
        NEW_EXPORT + " Öppna inte den här filen.",
    ),
    "too_large": (
        "file_too_large",
        "Filen är större uppackad än en enkät kan vara.",
        NEW_EXPORT + " Ta bort blad, rader och kolumner som inte hör till enkäten.",
    ),
    "not_text": ("file_not_text", "Filen är varken en Excelbok eller läsbar text.", NEW_EXPORT),
    "encoding": (
        "file_encoding",
        "Filen går inte att läsa med den teckenkodning som anges.",
        "Rätta eller ta bort encoding under [reader_options].",
    ),
    "quotes": (
        "file_quotes",
        "Ett citattecken saknar sitt par, så filen går inte säkert att dela i celler.",
        "Exportera svaren på nytt, helst som xlsx.",
    ),
}


def open_file(path: Path, shown: str, options: Options) -> list[Grid]:
    """Every sheet of an xlsx, csv, tsv or sav that holds something. Raises Unusable with the reason in Swedish."""
    head = _head(path, shown)
    try:
        grids = _grids(head, path, shown, options)
    except (Refused, Unparted) as error:
        raise _unusable(error.code, shown) from error
    if not grids:
        raise Unusable([Problem("file_empty", shown, "", "Filen är tom.", "Lägg enkätverktygets fil här, orörd.")])
    return grids


def _head(path: Path, shown: str) -> bytes:
    """The first bytes, which tell what the file is. Raises Unusable when it is not there or larger than its kind may be."""
    try:
        if not path.is_file():
            raise Unusable([Problem("file_missing", shown, "", "Filen finns inte.", "Kontrollera namnet.")])
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(8)
    except (OSError, ValueError) as error:
        raise _unreadable(shown) from error
    limit = MAX_BYTES if head.startswith((OLE_MARK, ZIP_MARK, *SPSS_MARKS)) else MAX_TEXT_BYTES
    if size > limit:
        raise Unusable(
            [
                Problem(
                    "file_too_large",
                    shown,
                    "",
                    f"Filen är {size // 1_000_000} MB; gränsen är {limit // 1_000_000} MB.",
                    "Kontrollera att det är rätt fil. Ta annars bort bilder och extra blad och spara igen.",
                )
            ]
        )
    return head


def _unreadable(shown: str) -> Unusable:
    return Unusable(
        [
            Problem(
                "file_unreadable",
                shown,
                "",
                "Filen går inte att öppna.",
                "Stäng den i andra program och kontrollera att du har rätt att läsa den.",
            )
        ]
    )


def _grids(head: bytes, path: Path, shown: str, options: Options) -> list[Grid]:
    try:
        if head.startswith(OLE_MARK):
            raise _ole(path.read_bytes(), shown)
        if head.startswith(SPSS_MARKS):
            from sekom_survey.collected.sav import sav_rows  # pyreadstat is an extra

            rows, declared = sav_rows(path, shown, options)
            return [Grid(shown, numbered(rows), origin=SPSS_FILE, options=options, declared=declared)]
        if head.startswith(ZIP_MARK):
            return _workbook(path.read_bytes(), shown, options)
        table, damaged = delimited_table(path, options)
    except OSError as error:
        raise _unreadable(shown) from error
    grid = Grid(shown, table, origin=TEXT_FILE, options=options)
    if damaged:
        grid.problems.append(
            Problem(
                "letters_damaged",
                shown,
                "",
                "Tecken som Ã¥ eller � tyder på att å, ä och ö har förvanskats.",
                NEW_EXPORT + " Spara den inte i ett annat program emellan.",
                WARNING,
            )
        )
    return [grid] if len(grid.rows) else []


def _workbook(data: bytes, shown: str, options: Options) -> list[Grid]:
    sheets, empty = workbook_sheets(data)
    filled = [(name, gathered(rows), dates) for name, rows, dates in sheets]
    told = [
        Problem(
            "cell_computed",
            shown,
            ", ".join(empty),
            "Celler har en formel eller ett felvärde i stället för ett svar.",
            "Ett svar som börjar med = eller − kan ha gått förlorat. Jämför med enkätverktyget, eller exportera på nytt.",
            WARNING,
        )
    ]
    return [
        Grid(shown, rows, name, WORKBOOK, options, dates, list(told if empty else ()))
        for name, rows, dates in filled
        if len(rows)
    ]


def _ole(data: bytes, shown: str) -> Unusable:
    if ENCRYPTED_STREAM in data:
        return _unusable("encrypted", shown)
    return Unusable(
        [
            Problem(
                "xls_old",
                shown,
                "",
                "Filen är i det gamla Excelformatet xls.",
                "Öppna den i Excel och välj Spara som: Excel-arbetsbok (xlsx).",
            )
        ]
    )


def _unusable(reason: str, shown: str) -> Unusable:
    code, found, todo = REASONS[reason]
    return Unusable([Problem(code, shown, "", found, todo)])
