"""(d) openpyxl writing the same workbook as ours."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from benchmarks.measure import EXAMPLE, Row, medians
from sekom_survey.counted.year import Year, analyse
from sekom_survey.written.excel.write import write_tables


def write_ours(year: Year, path: Path) -> None:
    """tables.xlsx as a run writes it."""
    write_tables(
        path, estimates=year.estimates, means=year.means, survey=year.survey, response=year.base.answered(), accounting=year.responses.accounting,
        item_nonresponse=year.frame.item_nonresponse, conflicts=year.frame.conflicts, problems=year.problems,
    )  # fmt: skip


def copied(source: Workbook) -> Workbook:
    """The same sheets, cells, number formats and widths, by openpyxl."""
    book = Workbook()
    book.remove(book.active)
    for sheet in source:
        mine = book.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value not in (None, ""):
                    made = mine.cell(cell.row, cell.column, cell.value)
                    made.number_format = cell.number_format
        for letter, dimension in sheet.column_dimensions.items():
            mine.column_dimensions[letter].width = dimension.width
    return book


def cells(book: Workbook) -> dict[tuple[str, str], object]:
    """Every filled cell of a workbook."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def rows() -> list[Row]:
    """The example's tables; what the peer has to read first is not counted."""
    year = analyse(EXAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.xlsx"), Path(folder, "theirs.xlsx")
        write_ours(year, ours)
        source = load_workbook(ours)
        times = medians({"ours": lambda: write_ours(year, ours), "openpyxl": lambda: copied(source).save(theirs)})
        same = cells(load_workbook(ours)) == cells(load_workbook(theirs))
        count = len(cells(source))
    return [Row(f"tables.xlsx, {count} filled cells; ours also fonts, borders, filters, print set-up", "openpyxl", times["openpyxl"], times["ours"],
                "every cell equal" if same else "cells DIFFER")]  # fmt: skip
