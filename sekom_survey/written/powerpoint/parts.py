"""What slides are made of: text that fits its box, tables, pictures, notes, and what stands on every slide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from sekom_survey.shown.figures.style import GREY, HAIRLINE
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import safe_run, safe_text
from sekom_survey.written.office.picture import Picture
from sekom_survey.written.office.table import OfficeTable, row_height
from sekom_survey.written.office.text import LINE, largest_size, line_count, text_width
from sekom_survey.written.powerpoint.look import Area, placeholder

LEAST = 18.0
TITLE_SIZES = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, LEAST)
TITLE_LINES, TITLE_LINE = 2, 1.2
ONE_LINE = 3  # so many of the largest sizes are tried before a headline takes two lines
OPENING_SIZES = (44.0, 40.0, 36.0, *TITLE_SIZES)
CELL_PADDING, CELL_SPACE = 20.0, 4.0
FITTING = 1.06  # programs lay text a little looser than the font says
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Words:
    """A run of text in a box."""

    text: str
    size: float = LEAST
    colour: str = ""
    bold: bool = False


def height_of(text: str, width: float, size: float, bold: bool = False) -> float:
    """How high text becomes in a box, in points."""
    return line_count(safe_text(text), width, size, bold) * size * LINE * FITTING


def fit_title(text: str, width: float, sizes: tuple[float, ...] = TITLE_SIZES) -> tuple[str, float, float]:
    """A headline as it will be shown, its size and its height in points."""
    words = safe_text(text)
    one_line = largest_size(words, width, 1, sizes[:ONE_LINE], True)
    alone = line_count(words, width, one_line, True) == 1
    size = one_line if alone else largest_size(words, width, TITLE_LINES, sizes, True)
    while line_count(words, width, size, True) > TITLE_LINES:
        words = f"{words[: len(words) * 9 // 10].rstrip(' …')} …"
    return words, size, line_count(words, width, size, True) * size * TITLE_LINE


def set_title(slide: Any, text: str, width: float, sizes: tuple[float, ...] = TITLE_SIZES) -> float:
    """The headline, at the largest size that takes two lines, cut where none does; gives its height in points."""
    title = placeholder(slide, "title", "ctrTitle")
    words, size, height = fit_title(text, width, sizes)
    frame = title.text_frame if title is not None else text_box(slide, Area(48, 22, width, 82), [[]]).text_frame
    frame.text = words
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(size)
    return height


def text_box(slide: Any, area: Area, paragraphs: Sequence[Sequence[Words]], space: float = 0.0) -> Any:
    """A box without margins, wrapped; one paragraph for each sequence of words."""
    box = slide.shapes.add_textbox(Pt(area.left), Pt(area.top), Pt(area.width), Pt(area.height))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(space if i else 0)
        for part in words:
            add_words(paragraph, part)
    return box


def add_words(paragraph: Any, words: Words) -> None:
    """Add a run to a paragraph."""
    run = paragraph.add_run()
    run.text = safe_run(words.text)
    run.font.size, run.font.bold = Pt(words.size), words.bold
    if words.colour:
        run.font.color.rgb = RGBColor.from_string(words.colour[1:].upper())


def rule(slide: Any, area: Area, colour: str) -> None:
    """A line that only guides the eye."""
    made = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(area.left), Pt(area.top), Pt(area.width), Pt(area.height))
    made.fill.solid()
    made.fill.fore_color.rgb = RGBColor.from_string(colour[1:].upper())
    made.line.fill.background()
    made.shadow.inherit = False


def number_paragraphs(box: Any) -> None:
    """Make each paragraph an item of a numbered list."""
    for paragraph in box.text_frame.paragraphs:
        look = paragraph._p.get_or_add_pPr()
        look.set("marL", str(Pt(30)))
        look.set("indent", str(-Pt(30)))
        etree.SubElement(look, qn("a:buFont")).set("typeface", "+mj-lt")
        etree.SubElement(look, qn("a:buAutoNum")).set("type", "arabicPeriod")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop or question mark."""
    return [part.strip() for part in re.split(r"(?<=[.?]) ", safe_text(text))]


def whole_sentences(text: str, width: float, lines: int) -> str:
    """As many sentences from the beginning as fit so many lines at the least size; at least one."""
    parts = sentences(text)
    kept = parts[:1]
    for part in parts[1:]:
        if line_count(" ".join([*kept, part]), width, LEAST) > lines:
            break
        kept.append(part)
    return " ".join(kept)


def add_table(slide: Any, area: Area, grid: OfficeTable, alt: str, brand: Brand) -> None:
    """A real table with a header row, hairlines between rows, and a text alternative."""
    heights = [row_height(cells, grid, CELL_PADDING, i == 0) + 2 * CELL_SPACE
               for i, cells in enumerate((grid.columns, *grid.rows))]  # fmt: skip
    frame = slide.shapes.add_table(len(heights), len(grid.columns), Pt(area.left), Pt(area.top),
                                   Pt(sum(grid.widths)), Pt(sum(heights)))  # fmt: skip
    frame._element.nvGraphicFramePr.cNvPr.set("descr", safe_text(alt))
    table = frame.table
    properties = table._tbl.tblPr
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for i, (row, cells, height) in enumerate(zip(table.rows, (grid.columns, *grid.rows), heights, strict=True)):
        row.height = Pt(height)
        for cell, text, numeric in zip(row.cells, cells, grid.numeric, strict=True):
            _set_cell(cell, Words(text, grid.size, GREY if i == 0 else brand.ink, i == 0), numeric)
            _line_below(cell, brand.ink if i == 0 else HAIRLINE)


def _set_cell(cell: Any, words: Words, numeric: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(CELL_PADDING / 2)
    cell.margin_top = cell.margin_bottom = Pt(CELL_SPACE)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
    add_words(paragraph, words)


def _line_below(cell: Any, colour: str) -> None:
    line = etree.Element(qn("a:lnB"))
    line.set("w", str(Pt(0.75)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour[1:].upper())
    cell._tc.get_or_add_tcPr().insert(0, line)


def add_picture(slide: Any, area: Area, picture: Picture, alt: str) -> None:
    """A picture as large as the area allows, with its text alternative."""
    scale = min(area.width / picture.width, area.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    made = slide.shapes.add_picture(str(picture.file), Pt(area.left + (area.width - width) / 2), Pt(area.top),
                                    Pt(width), Pt(height))  # fmt: skip
    made.crop_top, made.crop_bottom = picture.top, picture.bottom
    describe(made, alt)


def describe(shape: Any, alt: str) -> None:
    """Give a picture its text alternative."""
    shape._element._nvXxPr.cNvPr.set("descr", safe_text(alt))


def set_notes(slide: Any, lines: Sequence[str]) -> None:
    """What the speaker needs, a paragraph a line."""
    if lines:
        slide.notes_slide.notes_text_frame.text = "\n".join(safe_text(line) for line in lines)


def add_footer(slide: Any, text: str, brand: Brand, size: tuple[float, float]) -> None:
    """The stamps and the slide's number, in the layout's own places; `size` of the slide in points."""
    for kind in ("ftr", "sldNum"):
        model = placeholder(slide.slide_layout, kind)
        if model is not None:
            copy = deepcopy(model._element)
            copy.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
            slide.shapes._spTree.append(copy)
    place = placeholder(slide, "ftr")
    if not text:
        return
    if place is None:
        area = Area(size[0] * 0.05, size[1] - LEAST * 1.5, size[0] * 0.8, LEAST * LINE)
        text_box(slide, area, [[Words(text, LEAST, brand.ink, True)]])
        return
    place.text_frame.text = safe_text(text)
    place.text_frame.paragraphs[0].runs[0].font.bold = True
    if text_width(text, LEAST, True) > Emu(place.width).pt:
        _widen(slide, place)


def _widen(slide: Any, place: Any) -> None:
    """Give the stamps the room from the headline's edge to the slide's number, where a template's place is narrow."""
    title, number = placeholder(slide, "title", "ctrTitle"), placeholder(slide, "sldNum")
    left = title.left if title is not None else place.left
    right = number.left if number is not None else place.left + place.width
    top, height = place.top, place.height
    if right > left:
        place.left, place.top, place.width, place.height = left, top, right - left, height


def add_logo(slide: Any, brand: Brand, size: tuple[float, float], name: str) -> None:
    """The association's logo in the upper right corner of the first slide."""
    if brand.logo is None:
        return
    made = slide.shapes.add_picture(str(brand.logo), 0, Pt(36), height=Pt(48))
    widest = Pt(size[0] * 0.4)
    if made.width > widest:
        made.height, made.width = Emu(made.height * widest // made.width), widest
    made.left = Emu(Pt(size[0] - 48) - made.width)
    describe(made, f"Logotyp: {name}")
