"""Rows to the xlsx that Microsoft Forms gives, byte for byte the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

import xlsxwriter

from example.answers import NBSP
from example.sheet_rows import SheetRow
from sekom_survey.model import Survey

METADATA = {
    2025: ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
    2026: ("ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Ändrades senast klockan"),
}
HARD_SPACES = {2025: ("recommend",), 2026: ("satisfaction", "value_peers", "challenge")}
DELETED_IDS = {2025: (2, 3), 2026: (2, 3, 17, 41)}
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def export_bytes(rows: Sequence[SheetRow], survey: Survey) -> bytes:
    """The export of a year: one sheet with a table, dates as dates, numbers as numbers, everything else text."""
    items = [item.id for item in survey.questionnaire.items]
    headers = [*METADATA[survey.year], *_headings(survey)]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(survey.closed, time(9))})
    sheet = book.add_worksheet("Sheet1")
    clock = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    sheet.add_table(0, 0, len(rows), len(headers) - 1, {"columns": [{"header": header} for header in headers]})
    sheet.set_column(0, len(headers) - 1, 20)
    for line, (row, number) in enumerate(zip(rows, _ids(survey.year, len(rows)), strict=True), 1):
        _write_sender(sheet, line, row, number, clock)
        for column, item in enumerate(items, 6):
            _write(sheet, line, column, row.cells.get(item, ""))
    book.close()
    return stored(file.getvalue())


def _headings(survey: Survey) -> list[str]:
    hard = HARD_SPACES[survey.year]
    return [item.text + (NBSP if item.id in hard else "") for item in survey.questionnaire.items]


def _ids(year: int, count: int) -> list[int]:
    """Forms never uses a number again: those of deleted rows are missing."""
    numbers = (n for n in range(1, 1000) if n not in DELETED_IDS[year])
    return [next(numbers) for _ in range(count)]


def _write_sender(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, row: SheetRow, number: int, clock: xlsxwriter.format.Format
) -> None:
    sheet.write_number(line, 0, number)
    sheet.write_datetime(line, 1, row.started, clock)
    sheet.write_datetime(line, 2, row.finished, clock)
    sheet.write_string(line, 3, row.sender.email if row.sender else "anonymous")
    if row.sender:
        sheet.write_string(line, 4, row.sender.name)


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, cell: str | int) -> None:
    if isinstance(cell, int):
        sheet.write_number(line, column, cell)
    elif cell:
        sheet.write_string(line, column, cell)


def stored(data: bytes) -> bytes:
    """The same workbook without compression, whose bytes differ between versions of zlib."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as plain:
        for name in packed.namelist():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system = 3
            info.external_attr = 0o600 << 16
            plain.writestr(info, packed.read(name))
    return file.getvalue()
