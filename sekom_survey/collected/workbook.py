"""xlsx -> rows of text cells, a list for every sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from sekom_survey.collected.cells import cell_text
from sekom_survey.collected.xlsx_guard import Refused, safe_workbook

Sheet = tuple[str, list[list[str]], frozenset[tuple[int, int]]]


def workbook_sheets(data: bytes) -> tuple[list[Sheet], list[str]]:
    """Every sheet of an xlsx: its name, its rows from row 1 and the (row number, column) of cells held as dates.

    With them the first cells that hold a formula or an error without a value.

    Formulas are never computed: a cell shows the value the file was saved with. Raises Refused.
    """
    safe, empty = safe_workbook(data)
    return [_sheet(name, rows) for name, rows in _opened(safe)], empty


def _opened(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in the library is no Exception
        raise Refused("broken") from error


def _sheet(name: str, rows: list[list[Any]]) -> Sheet:
    return name, [[cell_text(cell) for cell in row] for row in rows], frozenset(_dates(rows))


def _dates(rows: list[list[Any]]) -> Iterable[tuple[int, int]]:
    return (
        (number, column)
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell, date)
    )
