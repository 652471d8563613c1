"""Which cells of an xlsx are shown in percent: the file holds 0.625 where a person sees 62,5 %."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from sekom_survey.collected.xlsx_guard import STYLES_PART, WORKBOOK_PART, cell_place, parsed

SHIPPED = ("9", "10")  # the two formats in percent that every workbook has without saying so (ECMA-376, 18.8.30)
RELATIONS = "xl/_rels/workbook.xml.rels"  # in lower case, as the other parts
_QUOTED = re.compile(r'"[^"]*"|\\.')

Places = frozenset[tuple[int, int]]


def percent_cells(data: bytes) -> dict[str, Places]:
    """Sheet name -> (row number, column) of the cells shown in percent, of a workbook that `safe_workbook` gave."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}

        def part(name: str) -> bytes:
            return archive.read(names[name]) if name in names else b""

        styles = _percent_styles(part(STYLES_PART))
        sheets = _sheets(part(RELATIONS), part(WORKBOOK_PART)) if styles else {}
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


def _sheets(relations: bytes, workbook: bytes) -> dict[str, str]:
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
