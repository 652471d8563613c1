"""xlsx, ods and xls -> rows of text cells, a list for every sheet; what must be known of an ods before it is opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from sekom_survey.collected.cells import cell_text, percent_text
from sekom_survey.collected.percent import Places, percent_cells
from sekom_survey.collected.xlsx_guard import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MOST_COLUMNS,
    Refused,
    Seen,
    checked_archive,
    parsed,
    safe_workbook,
)

RawSheet = tuple[str, list[list[str]], frozenset[tuple[int, int]]]


def workbook_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xlsx: its name, its rows from row 1 and the (row number, column) of cells held as dates; and what was seen.

    Formulas are never computed: a cell shows the value the file was saved with. Raises Refused.
    """
    safe, seen = safe_workbook(data)
    return _sheets(safe, "broken", percent_cells(safe)), seen


def ods_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an ods, as `workbook_sheets`. Raises Refused."""
    safe, seen = safe_ods(data)
    return _sheets(safe, "broken"), seen


def xls_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xls, as `workbook_sheets`; what it hides or strikes through is not seen. Raises Refused."""
    return _sheets(data, "xls"), Seen(marks_known=False)


def _sheets(data: bytes, reason: str, percent: Mapping[str, Places] = MappingProxyType({})) -> list[RawSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [workbook.get_sheet_by_name(name) for name in names]
        if sum(sheet.total_height * sheet.total_width for sheet in sheets) > MAX_CELLS:
            raise Refused("too_large")
        return [
            _sheet(sheet.name, _in_percent(sheet.to_python(skip_empty_area=False), percent.get(sheet.name)))
            for sheet in sheets
        ]
    except (KeyboardInterrupt, SystemExit, Refused):
        raise
    except BaseException as error:  # a panic in the library is no Exception
        raise Refused(reason) from error


def _sheet(name: str, rows: list[list[Any]]) -> RawSheet:
    return name, [[cell_text(cell) for cell in row] for row in rows], frozenset(_dates(rows))


def _in_percent(rows: list[list[Any]], places: Places | None) -> list[list[Any]]:
    """The rows with numbers that are shown in percent as they are shown: 0.625 is "62,5 %"."""
    for number, column in places or ():
        if number <= len(rows) and column < len(rows[number - 1]):
            value = rows[number - 1][column]
            if isinstance(value, int | float) and not isinstance(value, bool):
                rows[number - 1][column] = percent_text(value)
    return rows


def _dates(rows: list[list[Any]]) -> Iterable[tuple[int, int]]:
    return (
        (number, column)
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell, date)
    )


CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
MIMETYPE = "mimetype"
LOCKED = b"encryption-data"


def safe_ods(data: bytes) -> tuple[bytes, Seen]:
    """An ods reduced to its cells, and the rows and columns that are hidden. Raises Refused as `safe_workbook`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            checked_archive(archive.infolist())
            parts = {name: archive.read(name) for name in (MIMETYPE, MANIFEST, CONTENT) if name in archive.namelist()}
    except Refused:
        raise
    except Exception as error:  # a damaged archive shows itself in a dozen ways
        raise Refused("broken") from error
    if LOCKED in parts.get(MANIFEST, b""):
        raise Refused("encrypted")
    walk = _Walk()
    parsed(
        parts.get(CONTENT, b""),
        {"StartElementHandler": walk.start, "EndElementHandler": walk.end, "CharacterDataHandler": walk.text},
    )
    return _packed(parts), Seen((), frozenset(walk.hidden), hidden_columns=frozenset(walk.hidden_columns))


@dataclass
class _Walk:
    """The cells of content.xml walked through, a repeated row or cell counted as often as it stands."""

    rows: int = 0
    width: int = 0
    times: int = 1
    column: int = 0
    characters: int = 0
    row_hidden: bool = False
    filled: bool = False
    sheet_cells: int = 0
    hidden: set[int] = field(default_factory=set)
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self.rows = self.width = self.columns = self.sheet_cells = 0
        elif tag == "table-column":
            first, self.columns = self.columns + 1, self.columns + _times(told.get("number-columns-repeated"))
            if told.get("visibility") in ("collapse", "filter"):
                self.hidden_columns |= set(range(first, min(self.columns, MOST_COLUMNS) + 1))
        elif tag == "table-row":
            self.times, self.column, self.filled = _times(told.get("number-rows-repeated")), 0, False
            self.row_hidden = told.get("visibility") in ("collapse", "filter")
        elif tag in ("table-cell", "covered-table-cell"):
            self.column += _times(told.get("number-columns-repeated"))
            if "value-type" in told or "value" in told:
                self._cell()

    def text(self, found: str) -> None:
        self.characters += len(found) * self.times
        if found.strip() and self.column:
            self._cell()
        if self.characters > MAX_CHARACTERS:
            raise Refused("too_large")

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "table-row":
            self.rows += self.times
            if self.filled and self.row_hidden:
                self.hidden |= set(range(self.rows - self.times + 1, self.rows + 1))

    def _cell(self) -> None:
        self.filled, self.width = True, max(self.width, self.column)
        if (self.rows + self.times) * self.width > MAX_CELLS:
            raise Refused("too_large")


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in (MIMETYPE, CONTENT, MANIFEST):
            if name in parts:
                archive.writestr(zipfile.ZipInfo(name), parts[name])
    return target.getvalue()
