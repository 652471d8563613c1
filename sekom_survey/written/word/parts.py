"""What a Word report is made of: headings, paragraphs, pictures, tables, captions and fields, each a real one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.picture import Picture
from sekom_survey.written.office.table import OfficeTable, fitted
from sekom_survey.written.word.styles import CELL, HEAD, text_width
from sekom_survey.written.word.table import PADDING, table_element

TABLE_SIZES = (9.5,)
FIGURE, TABLE = "Figur", "Tabell"


@dataclass(eq=False)
class Paper:
    """A report being written: the document, and what has been numbered so far.

    `marks` counts the headings of the first level, `style_ids` are those that have been looked up.
    """

    document: Any
    brand: Brand
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))
    marks: Iterator[int] = field(default_factory=lambda: count(1))
    style_ids: dict[str, str | None] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """The width of the text in points."""
        return text_width(self.document)


def style_id(paper: Paper, name: str) -> str | None:
    """The id of a style, None for the one that a paragraph has by itself; python-docx searches all styles each time."""
    if name not in paper.style_ids:
        paper.style_ids[name] = paper.document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
    return paper.style_ids[name]


def empty_paragraph(paper: Paper, style: str = "Normal") -> Any:
    """A paragraph to be filled."""
    made = paper.document.add_paragraph()
    made._p.style = style_id(paper, style)
    return made


def paragraph(paper: Paper, text: str, style: str = "Normal") -> Any:
    """A paragraph of plain text."""
    made = empty_paragraph(paper, style)
    if text := safe_text(text):
        made.add_run(text)
    return made


def heading(paper: Paper, text: str, level: int, new_page: bool = False) -> Any:
    """A heading; one of level 1 gets a bookmark and a place in the contents list."""
    made = empty_paragraph(paper, f"Heading {level}")
    made.paragraph_format.page_break_before = True if new_page else None
    run = made.add_run(safe_text(text))
    if level == 1:
        number = next(paper.marks)
        _bookmark(run._r, number, mark_name(number))
    return made


def mark_name(number: int) -> str:
    """The bookmark of the heading of the first level that stands in this place, from 1."""
    return f"_Toc{number:09d}"


def _bookmark(run: Any, number: int, name: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    run.addprevious(start)
    run.addnext(end)


def add_field(into: Any, code: str, result: str) -> None:
    """A field with the result it is shown with until the program computes it."""
    for kind in ("begin", None, "separate", result, "end"):
        run = into.add_run()
        if kind in ("begin", "separate", "end"):
            run._r.append(field_mark(kind))
        elif kind is None:
            run._r.append(field_code(code))
        else:
            run.text = result


def field_mark(kind: str) -> Any:
    """The begin, separate or end of a field."""
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def field_code(code: str) -> Any:
    """What a field computes."""
    element = OxmlElement("w:instrText")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = f" {code} "
    return element


def caption(paper: Paper, kind: str, number: int, text: str) -> Any:
    """A numbered caption under a figure or a table."""
    made = empty_paragraph(paper, "Caption")
    made.paragraph_format.keep_together = True
    made.add_run(f"{kind} ").bold = True
    add_field(made, f"SEQ {kind} \\* ARABIC", str(number))
    made.add_run(f". {safe_text(text)}" if text else ".")
    return made


def picture(paper: Paper, shown: Picture, size: tuple[float, float], alt: str) -> None:
    """A picture alone in its paragraph, kept with what follows; `size` in points."""
    made = empty_paragraph(paper)
    made.paragraph_format.keep_with_next = True
    made.paragraph_format.space_after = Pt(0)
    inline = made.add_run().add_picture(str(shown.file), Pt(size[0]), Pt(size[1]))._inline
    describe_picture(inline, f"Bild {inline.docPr.id}", alt)
    kept = OxmlElement("a:srcRect")
    for side, share in (("t", shown.top), ("b", shown.bottom)):
        kept.set(side, str(round(share * 100_000)))
    inline.graphic.graphicData.pic.blipFill.find(qn("a:blip")).addnext(kept)


def describe_picture(inline: Any, name: str, alt: str) -> None:
    """Give a picture its name and alternative text."""
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # left out, LibreOffice takes an eighth of an inch
    inline.docPr.set("name", name)
    inline.docPr.set("descr", safe_text(alt))
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)


def table(paper: Paper, columns: Sequence[str], rows: Sequence[Sequence[str]], alt: str) -> None:
    """A table no wider than the text; short ones stay on one page."""
    place_table(paper, fitted(columns, rows, paper.width, TABLE_SIZES, 2 * PADDING), alt)


def place_table(paper: Paper, grid: OfficeTable, alt: str) -> None:
    """A table that has been made to fit."""
    made = table_element(grid, alt, (style_id(paper, HEAD), style_id(paper, CELL)), paper.brand.ink[1:])
    paper.document.element.body.insert_element_before(made, "w:sectPr")
