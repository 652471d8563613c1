"""A file -> Grids, or the reason why it cannot be read; what a file is, its first bytes say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sekom_survey.collected.delimited import Unparted, delimited_table
from sekom_survey.collected.grid import SPSS_FILE, TEXT_FILE, WORKBOOK, Grid, column_letter
from sekom_survey.collected.options import Options
from sekom_survey.collected.reasons import NEW_EXPORT, unusable
from sekom_survey.collected.table import TooMuch, gathered, numbered
from sekom_survey.collected.workbook import RawSheet, ods_sheets, workbook_sheets, xls_sheets
from sekom_survey.collected.xlsx_guard import MOST_NAMED, Refused, Seen, checked_archive
from sekom_survey.model import NOTE, WARNING, Problem, Unusable
from sekom_survey.text.files import is_leftover

MAX_BYTES, MAX_TEXT_BYTES = 40_000_000, 1_800_000_000
ZIP_MARK, OLE_MARK, SPSS_MARKS = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"$FL2", b"$FL3")
UNREADABLE = "\ufffd"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def open_file(path: Path, shown: str, options: Options, inside: bool = False) -> list[Grid]:
    """Every sheet of a workbook, a text file, a sav or an archive with one of these that holds something.

    `inside` is True for the file in an archive. Raises Unusable with the reason in Swedish.
    """
    head = _head(path, shown)
    try:
        grids = _grids(head, path, shown, options, inside)
    except (Refused, Unparted) as error:
        raise unusable(error.code, shown) from error
    except TooMuch as error:
        raise unusable("too_large", shown) from error
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
            head = stream.read(LOOKED_AT)
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


def _grids(head: bytes, path: Path, shown: str, options: Options, inside: bool) -> list[Grid]:
    try:
        if kind := no_table(head):
            raise Refused(kind)
        if head.startswith(OLE_MARK):
            return _workbook(*_ole(path.read_bytes()), shown, options)
        if head.startswith(SPSS_MARKS):
            from sekom_survey.collected.spss import sav_rows  # pyreadstat is an extra

            rows, declared = sav_rows(path, shown, options)
            return [Grid(shown, numbered(rows), origin=SPSS_FILE, options=options, declared=declared)]
        if head.startswith(ZIP_MARK):
            return _archive(path, shown, options, inside)
        table, damaged = delimited_table(path, options)
    except OSError as error:
        raise _unreadable(shown) from error
    grid = Grid(shown, table, origin=TEXT_FILE, options=options)
    if damaged:
        grid.problems.append(_damaged(grid))
    return [grid] if len(grid.rows) else []


def _archive(path: Path, shown: str, options: Options, inside: bool) -> list[Grid]:
    """The sheets of a workbook, or of the only export that lies in an archive."""
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            mimetype = archive.read("mimetype")[:100] if "mimetype" in archive.namelist() else b""
            kind = kind_of_archive(archive.namelist(), mimetype)
            if kind == "archive" and not inside:
                return _unpacked(archive, shown, options)
    except (Refused, Unusable):
        raise
    except Exception as error:  # a damaged archive shows itself in a dozen ways
        raise Refused("broken") from error
    if kind not in ("xlsx", "ods"):
        raise Refused(kind)
    return _workbook(*(workbook_sheets(data) if kind == "xlsx" else ods_sheets(data)), shown, options)


def _unpacked(archive: zipfile.ZipFile, shown: str, options: Options) -> list[Grid]:
    checked_archive(archive.infolist())
    found = tables_in(archive)
    if len(found) != 1:
        named = ", ".join(sorted(Path(info.filename).name for info in found)[:MOST_NAMED])
        raise unusable("archive", shown, named)
    with TemporaryDirectory() as folder:
        inner = Path(folder) / ("fil" + Path(found[0].filename).suffix.lower())
        inner.write_bytes(archive.read(found[0]))
        return open_file(inner, shown, options, inside=True)


def _workbook(sheets: list[RawSheet], seen: Seen, shown: str, options: Options) -> list[Grid]:
    told = [*([_computed(seen, shown)] if seen.empty else []), *([] if seen.marks_known else [_marks_unseen(shown)])]
    filled = [(name, gathered(rows), dates) for name, rows, dates in sheets]
    return [
        Grid(
            shown,
            rows,
            name,
            WORKBOOK,
            options,
            dates,
            list(told),
            hidden=seen.hidden,
            struck=seen.struck,
            hidden_columns=seen.hidden_columns,
            merged=seen.merged,
        )
        for name, rows, dates in filled
        if len(rows)
    ]


def _computed(seen: Seen, shown: str) -> Problem:
    told = "Celler har en formel eller ett felvärde i stället för ett svar."
    todo = "Ett svar som börjar med = eller − kan ha gått förlorat. Jämför med enkätverktyget, eller exportera på nytt."
    return Problem("cell_computed", shown, ", ".join(seen.empty), told, todo, WARNING)


def _marks_unseen(shown: str) -> Problem:
    found = "Om rader eller kolumner är dolda, filtrerade eller överstrukna syns inte i en xls-fil; alla läses."
    return Problem("marks_unseen", shown, "", found, "Spara filen som xlsx om något kan vara dolt eller struket.", NOTE)


def _ole(data: bytes) -> tuple[list[RawSheet], Seen]:
    if ENCRYPTED_STREAM in data:
        raise Refused("encrypted")
    return xls_sheets(data)


def _damaged(grid: Grid) -> Problem:
    """The cells with a sign that could not be read, or that all letters seem damaged."""
    cells = [
        f"rad {int(grid.rows.numbers[row])}, kolumn {column_letter(index)}"
        for index, column in enumerate(grid.rows.columns)
        for row in np.flatnonzero(column.where(text for text in column.texts if UNREADABLE in text)).tolist()
    ]
    if not cells:
        found = "Tecken som Ã¥, eller „ mitt i ord, tyder på att å, ä och ö har förvanskats."
        todo = NEW_EXPORT + " Spara den inte i ett annat program emellan."
        return Problem("letters_damaged", grid.file, "", found, todo, WARNING)
    found = (
        f"{len(cells)} celler har ett tecken som inte gick att läsa och visas som �."
        if len(cells) > 1
        else "Cellen har ett tecken som inte gick att läsa och visas som �."
    )
    where = "; ".join(cells[:MOST_NAMED]) + (" …" if len(cells) > MOST_NAMED else "")
    return Problem(
        "cell_damaged", grid.file, where, found, "Jämför med enkätverktyget, och rätta tecknet i filen.", WARNING
    )


LOOKED_AT = 4_096
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".sav", ".zsav")
_BINARY = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"{\\rtf", "document"),
)
_JSON = re.compile(r"\s*(\[\s*[\[{]|\{\s*[\"}]|\[\s*\])")
_HTML = re.compile(r"\s*(<!doctype html|<html|<head|<meta|<table|<style|<div)", re.IGNORECASE)
_MHTML = re.compile(r"mime-version:.*multipart/related", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<\?xml")
_SIGNS = (("urn:schemas-microsoft-com:office:spreadsheet", "spreadsheetml"), ("office:document", "flat_ods"))


def no_table(head: bytes) -> str:
    """What kind of file that is no table the first bytes tell of: html, spreadsheetml, flat_ods, xml, json, pdf ...; else empty."""
    for mark, kind in _BINARY:
        if head.startswith(mark):
            return kind
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff")
    if _XML.match(text):
        return next((kind for sign, kind in _SIGNS if sign in text), "html" if "<html" in text.lower() else "xml")
    if _HTML.match(text):
        return "html"
    if _MHTML.match(text):
        return "html"
    return "json" if _JSON.match(text) else ""


def kind_of_archive(names: Sequence[str], mimetype: bytes) -> str:
    """What a zip is by its parts: xlsx, ods, xlsb, numbers, document, or an archive of files."""
    low = {name.lower() for name in names}
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "ods" if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") else "document"
    if "xl/workbook.bin" in low:
        return "xlsb"
    if "xl/workbook.xml" in low:
        return "xlsx"
    if "index.zip" in low or any(name.endswith(".iwa") for name in low):
        return "numbers"
    return "document" if low & {"word/document.xml", "ppt/presentation.xml"} else "archive"


def tables_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in an archive that may be an export; a text beside one only tells of it."""
    found = [
        info
        for info in archive.infolist()
        if Path(info.filename).suffix.lower() in TABLES
        and not info.filename.startswith("__MACOSX/")
        and not is_leftover(Path(info.filename).name)
    ]
    tables = [info for info in found if not info.filename.lower().endswith(".txt")]
    return tables if len(tables) == 1 else found
