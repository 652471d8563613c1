"""xlsx, ods and xls -> rows of text cells, a list for every sheet; which cells of an xlsx are percent, as in an ods `ods_guard` tells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from sekom_survey.collected.grid import cell_text, percent_text
from sekom_survey.collected.ods_guard import safe_ods
from sekom_survey.collected.xlsx_guard import (
    MAX_CELLS,
    STYLES_PART,
    WORKBOOK_PART,
    Refused,
    Seen,
    cell_place,
    parsed,
    safe_workbook,
)

SHIPPED = ("9", "10")  # the two formats in percent that every workbook has without saying so (ECMA-376, 18.8.30)
RELATIONS = "xl/_rels/workbook.xml.rels"  # in lower case, as the other parts
_QUOTED = re.compile(r'"[^"]*"|\\.')

Places = frozenset[tuple[int, int]]
RawSheet = tuple[str, list[list[str]], Places]


def percent_cells(data: bytes) -> dict[str, Places]:
    """Sheet name -> (row number, column) of the cells shown in percent, of a workbook that `safe_workbook` gave."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}

        def part(name: str) -> bytes:
            return archive.read(names[name]) if name in names else b""

        styles = _percent_styles(part(STYLES_PART))
        sheets = _sheets_by_relation(part(RELATIONS), part(WORKBOOK_PART)) if styles else {}
        return {name: _styled(part(place), styles) for name, place in sheets.items()}


def _percent_styles(xml: bytes) -> frozenset[str]:
    """The cell styles whose numbers are shown in percent, by their number."""
    formats, styles, inside = set(SHIPPED), list[str](), list[str]()

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif tag == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(attributes.get("numFmtId", "0"))
        inside.append(tag)

    if xml:
        parsed(xml, {"StartElementHandler": start, "EndElementHandler": lambda _: inside.pop()})
    return frozenset(str(number) for number, found in enumerate(styles) if found in formats)


def _sheets_by_relation(relations: bytes, workbook: bytes) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    parts_of, ids = dict[str, str](), dict[str, str]()

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Relationship"):
            target = attributes.get("Target", "")
            parts_of[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "sheet":
            told = {key.rpartition(" ")[2]: value for key, value in attributes.items() if " " in key}
            ids[attributes.get("name", "")] = told.get("id", "")

    for xml, handler in ((relations, relation), (workbook, sheet)):
        if xml:
            parsed(xml, {"StartElementHandler": handler})
    return {name: parts_of[key] for name, key in ids.items() if key in parts_of}


def _styled(xml: bytes, styles: frozenset[str]) -> Places:
    """The places of a sheet's numbers that have one of some styles."""
    found = set[tuple[int, int]]()
    at = (0, -1)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal at
        tag = name.rpartition(" ")[2]
        if tag == "row":
            number = attributes.get("r", "")
            at = (int(number) if number.isdecimal() and len(number) < 8 else at[0] + 1, -1)
        elif tag == "c":
            at = cell_place(attributes.get("r", "")) or (at[0], at[1] + 1)
            if attributes.get("s", "") in styles and attributes.get("t", "n") == "n":
                found.add(at)

    if xml:
        parsed(xml, {"StartElementHandler": start})
    return frozenset(found)


def workbook_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xlsx: its name, its rows from row 1 and the (row number, column) of cells held as dates; and what was seen.

    Formulas are never computed: a cell shows the value the file was saved with. Raises Refused.
    """
    safe, seen = safe_workbook(data)
    return _sheets(safe, "broken", percent_cells(safe)), seen


def ods_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an ods, as `workbook_sheets`. Raises Refused."""
    safe, seen, percent = safe_ods(data)
    places = {name: (at for block in blocks for at in product(*block)) for name, blocks in percent.items()}
    return _sheets(safe, "broken", places), seen


def xls_sheets(data: bytes) -> tuple[list[RawSheet], Seen]:
    """Every sheet of an xls, as `workbook_sheets`; what it hides or strikes through is not seen. Raises Refused."""
    return _sheets(data, "xls"), Seen(marks_known=False)


def _sheets(
    data: bytes, reason: str, percent: Mapping[str, Iterable[tuple[int, int]]] = MappingProxyType({})
) -> list[RawSheet]:
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


def _in_percent(rows: list[list[Any]], places: Iterable[tuple[int, int]] | None) -> list[list[Any]]:
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
