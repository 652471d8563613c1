"""A worksheet that puts and writes its cells of text and numbers with little ado: a workbook has some hundred thousand."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_letters = cache(xl_col_to_name)


class Page(Worksheet):  # type: ignore[misc]
    """xlsxwriter's own worksheet, which writes the same bytes: only fewer questions are asked of each cell."""

    def put(self, row: int, column: int, value: str | float, look: Any) -> None:
        """As write_string and write_number: a text, which is no link and no formula, or a finite number, with its format."""
        self._check_dimensions(row, column)
        if isinstance(value, str):
            self.table[row][column] = look, ' t="s"', self.str_table._get_shared_string_index(value)
        else:
            self.table[row][column] = look, "", f"{value:.16G}"

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if type(cell) is tuple:  # of `put`; others have a class of their own
            look, kind, shown = cell
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}"{kind}><v>{shown}</v></c>')
        else:
            super()._write_cell(row, col, cell)
