"""A table of which cells hold more than a line of text: several sizes of type, and a drawing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from sekom_survey.shown.figures.small import Small, png
from sekom_survey.shown.figures.style import GREY, INK
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.table import OfficeTable
from sekom_survey.written.office.text import LINE, line_count
from sekom_survey.written.word.parts import Paper, describe_picture, style_id
from sekom_survey.written.word.styles import CELL, HEAD
from sekom_survey.written.word.table import PADDING, table_element

SIZE = 9.5
_ROW_SPACE = 7.0


@dataclass(frozen=True)
class Bit:
    """A paragraph of a cell."""

    text: str
    size: float = SIZE
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True)
class GridCell:
    """What stands above a drawing, the drawing, and what stands below it."""

    above: tuple[Bit, ...] = ()
    drawing: Small | None = None
    below: tuple[Bit, ...] = ()


def text_cell(*bits: Bit) -> GridCell:
    """A cell of text alone."""
    return GridCell(bits)


def drawn_cell(drawing: Small) -> GridCell:
    """A cell with a drawing alone."""
    return GridCell((), drawing)


def grid(
    paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[GridCell]], widths: Sequence[float], alt: str
) -> None:
    """A table with a header row that is announced; `widths` in points."""
    names = tuple(map(safe_text, heads))
    empty = tuple(("",) * len(names) for _ in rows)
    plain = OfficeTable(names, empty, (False,) * len(names), tuple(widths), SIZE)
    styles = style_id(paper, HEAD), style_id(paper, CELL)
    made = table_element(plain, alt, styles, paper.brand.ink[1:])
    paper.document.element.body.insert_element_before(made, "w:sectPr")
    table = paper.document.tables[-1]
    for written, row in zip(table.rows[1:], rows, strict=True):
        for cell, told in zip(written.cells, row, strict=True):
            _fill(paper, cell, told)


def _fill(paper: Paper, into: Any, cell: GridCell) -> None:
    first = into.paragraphs[0]
    _keep_loose(first._p)
    for run in list(first._p.findall(qn("w:r"))):
        first._p.remove(run)
    parts: list[Bit | Small] = [*cell.above, *([cell.drawing] if cell.drawing else []), *cell.below]
    for place, part in enumerate(parts):
        made = first if place == 0 else into.add_paragraph()
        made._p.style = style_id(paper, CELL)
        if isinstance(part, Bit):
            _write(made, part)
        else:
            _draw(made, part)


def _keep_loose(paragraph: Any) -> None:
    kept = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    if kept is not None:
        kept.getparent().remove(kept)


def _write(into: Any, bit: Bit) -> None:
    run = into.add_run(safe_text(bit.text))
    run.bold, run.font.size = bit.bold, Pt(bit.size)
    run.font.color.rgb = RGBColor.from_string((GREY if bit.grey else INK)[1:].upper())


def _draw(into: Any, small: Small) -> None:
    inline = into.add_run().add_picture(io.BytesIO(png(small)), Pt(small.size[0]), Pt(small.size[1]))._inline
    describe_picture(inline, f"Bild {inline.docPr.id}", small.alt)


def cell_height(cell: GridCell, width: float) -> float:
    """How high a cell becomes in points, with the room above and below it."""
    bits = (*cell.above, *cell.below)
    lines = sum(
        line_count(bit.text, width - 2 * PADDING, bit.size, bit.bold) * bit.size * LINE * 1.08 + 1.6 for bit in bits
    )
    return lines + (cell.drawing.size[1] + 4 if cell.drawing else 0.0) + _ROW_SPACE
