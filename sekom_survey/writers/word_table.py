"""A table in Word: fixed widths, a header row that is repeated and announced, hairlines, a text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sekom_survey.writers.ooxml import safe_text
from sekom_survey.writers.ooxml_table import Grid
from sekom_survey.writers.word_styles import TABLE_RULE

PADDING = 4.0  # points left and right of a cell's text
TOGETHER = 14  # a table of so many rows stays on one page
FEWEST = 3  # rows of a longer one that stand together at its beginning and end


def table_element(grid: Grid, alt: str, styles: tuple[str, str], ink: str) -> Any:
    """The table as XML; `styles` are the style ids of header and cells, `ink` the colour of the header's rule.

    The first rows are kept together, and the last ones with what follows, the caption.
    Made directly: python-docx looks every cell and style up anew, which takes seconds for a long table.
    """
    made = element("tbl")
    made.append(_properties(grid, alt))
    columns = element("tblGrid")
    columns.extend(element("gridCol", w=_twips(width)) for width in grid.widths)
    made.append(columns)
    together = len(grid.rows) <= TOGETHER
    made.append(_row(grid, grid.columns, styles[0], True, ink))
    for i, cells in enumerate(grid.rows):
        made.append(_row(grid, cells, styles[1], together or i < FEWEST - 1 or i >= len(grid.rows) - FEWEST))
    return made


def element(tag: str, **values: str) -> Any:
    """A w: element with w: attributes."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _within(tag: str, *children: Any) -> Any:
    made = element(tag)
    made.extend(children)
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))


def _properties(grid: Grid, alt: str) -> Any:
    rules = [
        element(side, val="single", sz=size, space="0", color=TABLE_RULE)
        for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4"))
    ]
    return _within(
        "tblPr",
        element("tblW", w=_twips(sum(grid.widths)), type="dxa"),
        _within("tblBorders", *rules),
        element("tblLayout", type="fixed"),
        _within("tblCellMar", *(element(side, w=_twips(PADDING), type="dxa") for side in ("left", "right"))),
        element("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1",
                noVBand="1"),
        element("tblDescription", val=safe_text(alt)),
    )  # fmt: skip


def _row(grid: Grid, cells: Sequence[str], style: str, kept: bool, ink: str = "") -> Any:
    """A row that is not parted between pages; with `ink` the header row."""
    properties = _within("trPr", element("cantSplit"), *((element("tblHeader"),) if ink else ()))
    return _within("tr", properties, *(_cell(grid, i, text, style, kept, ink) for i, text in enumerate(cells)))


def _cell(grid: Grid, column: int, text: str, style: str, kept: bool, ink: str) -> Any:
    shape = _within("tcPr", element("tcW", w=_twips(grid.widths[column]), type="dxa"))
    if ink:
        shape.append(_within("tcBorders", element("bottom", val="single", sz="8", space="0", color=ink)))
    return _within("tc", shape, _paragraph(text, style, kept, grid.numeric[column], grid.size))


def _paragraph(text: str, style: str, kept: bool, right: bool, size: float) -> Any:
    look = _within("pPr", element("pStyle", val=style), element("keepNext", val="1" if kept else "0"))
    if right:
        look.append(element("jc", val="right"))
    half = str(round(size * 2))
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = _within("r", _within("rPr", element("sz", val=half), element("szCs", val=half)), words)
    return _within("p", look, run)
