"""A table in Word: fixed widths, a header row that is repeated and announced, hairlines, a text alternative."""

from __future__ import annotations

from itertools import chain
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.table import OfficeTable
from sekom_survey.written.word.styles import TABLE_RULE

PADDING = 4.0  # points left and right of a cell's text
TOGETHER = 14  # a table of so many rows stays on one page
FEWEST = 3  # rows of a longer one that stand together at its beginning and end


def table_element(grid: OfficeTable, alt: str, styles: tuple[str | None, str | None], ink: str) -> Any:
    """The table as XML; `styles` are the style ids of header and cells, `ink` the colour of the header's rule.

    The first rows are kept together, and the last ones with what follows, the caption.
    Made directly: python-docx looks every cell and style up anew, which takes seconds for a long table.
    """
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid.widths)
    made = parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(grid)}<w:tblGrid>{columns}</w:tblGrid>{_rows(grid, styles, ink)}</w:tbl>"
    )
    made.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").set(qn("w:val"), safe_text(alt))
    for words, text in zip(made.iter(qn("w:t")), chain(grid.columns, *grid.rows), strict=True):
        words.text = text
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))


def _properties(grid: OfficeTable) -> str:
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{TABLE_RULE}"/>'
        for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4"))
    )
    margins = "".join(f'<w:{side} w:w="{_twips(PADDING)}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{_twips(sum(grid.widths))}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        "<w:tblDescription/></w:tblPr>"
    )


def _rows(grid: OfficeTable, styles: tuple[str | None, str | None], ink: str) -> str:
    """The header row and the others, each without its texts."""
    kept, loose = (_row(grid, styles[1], together) for together in (True, False))
    long = len(grid.rows) > TOGETHER
    edges = {*range(FEWEST - 1), *range(len(grid.rows) - FEWEST, len(grid.rows))}
    others = (loose if long and i not in edges else kept for i in range(len(grid.rows)))
    return "".join((_row(grid, styles[0], True, ink), *others))


def _row(grid: OfficeTable, style: str | None, kept: bool, ink: str = "") -> str:
    """A row that is not parted between pages; with `ink` the header row."""
    header = "<w:tblHeader/>" if ink else ""
    rule = f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ink}"/></w:tcBorders>' if ink else ""
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{rule}</w:tcPr>{_paragraph(style, kept, numeric, grid.size)}</w:tc>'
        for width, numeric in zip(grid.widths, grid.numeric, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _paragraph(style: str | None, kept: bool, right: bool, size: float) -> str:
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    aligned = '<w:jc w:val="right"/>' if right else ""
    half = round(size * 2)
    return (
        f'<w:p><w:pPr>{named}<w:keepNext w:val="{int(kept)}"/>{aligned}</w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
    )
