"""The workbook inside a chart: what the chart shows, with Swedish headings, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pptx.oxml.ns import qn

SHEET = "Data"
_MADE = "Sheet1"
Cell = tuple[int, int]


def own_workbook(chart: Any, cells: Mapping[Cell, str | float], year: int) -> None:
    """Put our own workbook in a chart; `cells` map (row, column), from nought, to text or number.

    The chart's references keep their cells and get our sheet's name.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(year, 1, 1)})
    sheet = book.add_worksheet(SHEET)
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, value)
    book.close()
    chart.part.chart_workbook.update_from_xlsx_blob(buffer.getvalue())
    for reference in chart._chartSpace.iter(qn("c:f")):
        reference.text = (reference.text or "").replace(f"{_MADE}!", f"{SHEET}!")


def columns(*lists: Iterable[str | float]) -> dict[Cell, str | float]:
    """Cells from columns, each with its heading first."""
    return {(row, column): value for column, values in enumerate(lists) for row, value in enumerate(values)}


def reference(column: int, first: int, last: int) -> str:
    """How a chart refers to cells of one column; rows from nought."""
    letter = chr(ord("A") + column)
    return f"{SHEET}!${letter}${first + 1}:${letter}${last + 1}"
