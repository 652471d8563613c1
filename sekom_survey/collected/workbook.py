"""xlsx, ods and xls -> rows of text cells, a list for every sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from sekom_survey.collected.cells import cell_text
from sekom_survey.collected.ods_guard import safe_ods
from sekom_survey.collected.xlsx_guard import MAX_CELLS, Refused, Seen, safe_workbook

RawSheet = tuple[str, list[list[str]], frozenset[tuple[int, int]]]


def workbook_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xlsx: its name, its rows from row 1 and the (row number, column) of cells held as dates; and what was seen.

    Formulas are never computed: a cell shows the value the file was saved with. Raises Refused.
    """
    safe, seen = safe_workbook(data)
    return _sheets(safe, "broken"), seen


def ods_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an ods, as `workbook_sheets`. Raises Refused."""
    safe, seen = safe_ods(data)
    return _sheets(safe, "broken"), seen


def xls_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xls, as `workbook_sheets`; what it hides or strikes through is not seen. Raises Refused."""
    return _sheets(data, "xls"), Seen(marks_known=False)


def _sheets(data: bytes, reason: str) -> list[RawSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [workbook.get_sheet_by_name(name) for name in names]
        if sum(sheet.total_height * sheet.total_width for sheet in sheets) > MAX_CELLS:
            raise Refused("too_large")
        return [_sheet(sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets]
    except (KeyboardInterrupt, SystemExit, Refused):
        raise
    except BaseException as error:  # a panic in the library is no Exception
        raise Refused(reason) from error


def _sheet(name: str, rows: list[list[Any]]) -> RawSheet:
    return name, [[cell_text(cell) for cell in row] for row in rows], frozenset(_dates(rows))


def _dates(rows: list[list[Any]]) -> Iterable[tuple[int, int]]:
    return (
        (number, column)
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell, date)
    )
