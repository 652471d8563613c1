"""Every text with a number in a document, where it stands and which exhibit it belongs to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from bs4 import BeautifulSoup, Tag
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from pptx import Presentation

DRAWING = "teckning"
WHOLE = "allt på en gång"  # all texts of a table or a slide of page one, each of which may be said once
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True)
class Unit:
    """A paragraph, a drawing's texts by line, or a table's row as its `cells`, with which of how many it is (the heading is 0).

    `near` are the texts that tell which exhibit it belongs to.
    """

    place: str
    text: str
    near: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    row: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Series:
    """The numbers of one series of a native chart, or of a column of the workbook behind it."""

    place: str
    near: tuple[str, ...]
    values: tuple[float, ...]


def _digits(unit: Unit) -> bool:
    return any(char.isdigit() for char in unit.text + "".join(unit.cells))


def _table(place: str, near: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[Unit]:
    return [Unit(place, "", near, cells, (i, len(rows) - 1)) for i, cells in enumerate(rows)]


def word_units(path: Path, every: bool = False) -> list[Unit]:
    """Paragraphs and rows of report.docx with the last heading of an exhibit; pictures' texts, header and footer."""
    document = Document(str(path))
    found, near = [], ()
    for element in document.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            if paragraph.style.name in ("Heading 1", "Heading 2", "Heading 3"):
                near = (paragraph.text,)
            found += [Unit(paragraph.style.name, paragraph.text, near)]
            found += [Unit("bild", inline.docPr.get("descr", ""), near) for inline in element.iter(qn("wp:inline"))]
        elif element.tag == qn("w:tbl"):
            table = Table(element, document)
            if not near or near[0].startswith(("Målen", "Tre besked", "Besked", "Övriga mått")):
                found += [Unit(WHOLE, "\n".join(cell.text for row in table.rows for cell in row.cells))]
                found += [Unit("tabelltext", mark.get(qn("w:val"))) for mark in element.iter(qn("w:tblDescription"))]
                found += [Unit("bild", inline.docPr.get("descr", "")) for inline in element.iter(qn("wp:inline"))]
                continue
            found += _table("tabell", near, [tuple(cell.text for cell in row.cells) for row in table.rows])
            found += [Unit("tabelltext", mark.get(qn("w:val")), near) for mark in element.iter(qn("w:tblDescription"))]
    for section in document.sections:
        found += [Unit("sidhuvud", p.text) for part in (section.header, section.footer) for p in part.paragraphs]
    return [unit for unit in found if every or _digits(unit)]


def slide_units(path: Path, every: bool = False) -> list[Unit]:
    """Texts, tables, chart labels, alternative texts and notes of slides.pptx, with the slide's headline and alternative texts."""
    found = []
    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        place = f"bild {number}"
        described = [shape._element._nvXxPr.cNvPr.get("descr", "") for shape in slide.shapes]
        near = (slide.shapes.title.text, *filter(None, described))
        drawn_small = any(text.startswith(("Stapel: ", "Från noll")) for text in described)
        found += [Unit(f"{place}, alternativtext", text, () if drawn_small else near) for text in described]
        if drawn_small:
            boxes = [s.text_frame.text for s in slide.shapes if s.has_text_frame and not s.is_placeholder]
            found += [Unit(WHOLE, "\n".join(boxes)), Unit(place, slide.shapes.title.text)]
            found += [Unit(f"{place}, anteckning", p.text) for p in slide.notes_slide.notes_text_frame.paragraphs]
            continue
        for shape in slide.shapes:
            if shape.has_text_frame and shape.is_placeholder and "sldNum" in str(shape.placeholder_format.type):
                continue
            if shape.has_text_frame:
                found += [Unit(place, p.text, near) for p in shape.text_frame.paragraphs]
            if shape.has_table:
                found += _table(place, near, [tuple(cell.text for cell in row.cells) for row in shape.table.rows])
            if shape.has_chart:
                found += [Unit(DRAWING, "\n".join(dict.fromkeys(filter(None, _chart_texts(shape.chart)))), near)]
        if slide.has_notes_slide:
            found += [Unit(f"{place}, anteckning", p.text, near) for p in slide.notes_slide.notes_text_frame.paragraphs]
    return [unit for unit in found if every or _digits(unit)]


def _chart_texts(chart) -> Iterator[str]:
    """Names of categories and series, and words of our own at the points; every series repeats the categories."""
    space = chart._chartSpace
    for cache in space.iter(f"{CHART}strCache"):
        yield from (point.text for point in cache.iter(f"{CHART}v"))
    for rich in space.iter(f"{CHART}rich"):
        yield "".join(run.text or "" for run in rich.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))


def slide_series(path: Path) -> list[Series]:
    """What the native charts draw, and the numbers in the workbook behind each."""
    found = []
    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        near = (
            slide.shapes.title.text,
            *filter(None, (s._element._nvXxPr.cNvPr.get("descr", "") for s in slide.shapes)),
        )
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            for cache in chart._chartSpace.iter(f"{CHART}numCache"):
                values = tuple(float(point.text) for point in cache.iter(f"{CHART}v"))
                if not values:
                    continue
                upright = (
                    etree.QName(cache.getparent().getparent()).localname == "yVal"
                )  # where a dot stands, no number
                found += [] if upright else [Series(f"bild {number}, diagram", near, values)]
            book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            dots = next(chart._chartSpace.iter(f"{CHART}yVal"), None) is not None
            for i, column in enumerate(book.active.iter_cols(values_only=True)):
                if dots and i == 1:
                    continue
                cells = tuple(float(cell) for cell in column if isinstance(cell, int | float))
                found += [Series(f"bild {number}, arbetsbok", near, cells)] if cells else []
    return found


def page_units(path: Path, every: bool = False) -> list[Unit]:
    """Texts and rows of a web page; what stands in an exhibit with that exhibit's heading."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    for tag in soup.find_all(["style", "script"]):
        tag.decompose()
    found = _entries(soup) if every else []
    for group in soup.select("nav"):  # entries repeat the exhibits' headings
        group.decompose()
    for table in soup.select(".goals"):
        marks = [mark["aria-label"] for mark in table.select("[aria-label]")]
        found.append(Unit(WHOLE, "\n".join([*table.stripped_strings, *marks])))
        table.decompose()
    for table in soup.select(".followed"):
        near = (table.caption.get_text(),)
        found += _table("rad", near, [tuple(_texts(row)) for row in table.select("tr")])
        table.decompose()
    for exhibit in soup.select(".exhibit"):
        near = (exhibit.h3.get_text(),)
        found += _table("rad", near, [tuple(_texts(row)) for row in exhibit.select("tr")])
        found += [
            Unit(DRAWING, "\n".join(t.get_text() for t in drawing.select("text")), near)
            for drawing in exhibit.select("svg")
        ]
        found += [Unit("figurtext", mark["aria-label"], near) for mark in exhibit.select("[aria-label]")]
        for gone in exhibit.select("table, svg"):
            gone.decompose()
        found += [Unit("exhibit", text, near) for text in _leaves(exhibit)]
        exhibit.decompose()
    found += [Unit(WHOLE, "\n".join(card.stripped_strings)) for card in soup.select(".cards li")]
    for card in soup.select(".cards"):
        card.decompose()
    found += [Unit("text", text) for text in _leaves(soup.body)]
    return [unit for unit in found if every or _digits(unit)]


def _entries(soup: BeautifulSoup) -> list[Unit]:
    """The page's title and its contents, an entry with the exhibit that it leads to."""
    heads = {head.get_text() for head in soup.select(".exhibit h3")}
    entries = [link.get_text().strip() for link in soup.select("nav a")]
    return [
        Unit("titel", soup.title.get_text()),
        *(Unit("innehåll", text, (text,) * (text in heads)) for text in entries),
    ]


def _texts(tag: Tag, *names: str) -> list[str]:
    return [child.get_text() for child in tag.find_all(names or ["th", "td"])]


def _leaves(tag: Tag) -> Iterator[str]:
    """The text of each innermost block."""
    blocks = {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "figcaption", "summary", "td", "th"}
    for block in tag.find_all(blocks):
        if not block.find(blocks):
            yield re.sub(r"\s*\n\s*", " ", block.get_text(" " if block.name == "li" else "")).strip()


def sheet_tables(rows: list[tuple]) -> Iterator[tuple[tuple, list[tuple]]]:
    """The tables of a sheet: each heading row that holds a known heading, and the rows under it."""
    starts = [i for i, row in enumerate(rows) if {"Antal", "Värde", "Utfall", "Omdöme", "Saknas"} & set(row)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        width = max(i for i, cell in enumerate(rows[start]) if cell is not None) + 1
        below = rows[start + 1 : end]
        last = next((i for i, row in enumerate(below) if not any(cell is not None for cell in row)), len(below))
        yield rows[start][:width], [row[:width] for row in below[:last]]


def sheet_rows(path: Path) -> dict[str, list[tuple]]:
    """The rows of each sheet of tables.xlsx, numbers as numbers."""
    book = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def package_texts(path: Path) -> list[str]:
    """All text in an Office file's XML parts, to see that a reader of units has not passed anything by."""
    with ZipFile(path) as package:
        names = [
            n
            for n in package.namelist()
            if n.endswith(".xml")
            and n.startswith(("word/document", "ppt/slides/slide", "ppt/notesSlides/", "ppt/charts/"))
        ]
        return [
            e.text
            for n in names
            for e in etree.fromstring(package.read(n)).iter()
            if etree.QName(e).localname == "t" and e.text
        ]


def raw_texts(path: Path) -> Iterator[str]:
    """Every text and attribute of a file, also of a workbook inside it: nothing of what it is made for is left out."""
    if path.suffix == ".html":
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for tag in page.find_all(True):
            yield from (str(value) for value in tag.attrs.values())
            yield from (
                str(text) for text in tag.find_all(string=True, recursive=False) if tag.name not in ("style", "script")
            )
    elif path.suffix in (".docx", ".pptx", ".xlsx"):
        yield from _package_texts(path.read_bytes())
    else:
        yield path.read_text(encoding="utf-8")


def _package_texts(content: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".docx", ".pptx", ".xlsx")):
                yield from _package_texts(package.read(name))
            elif name.endswith((".xml", ".rels")):
                for element in etree.fromstring(package.read(name)).iter():
                    yield from (element.text or "", *element.attrib.values())


def word_texts(path: Path) -> list[str]:
    """Every text of a Word document, with or without numbers."""
    return _all(word_units(path, every=True))


def slide_texts(path: Path) -> list[str]:
    """Every text of the slides."""
    return _all(slide_units(path, every=True))


def page_texts(path: Path) -> list[str]:
    """Every text of a web page."""
    return _all(page_units(path, every=True))


def _all(units: list[Unit]) -> list[str]:
    pieces = (piece for unit in units for piece in (*unit.text.split("\n"), *unit.cells))
    return [text for text in dict.fromkeys(piece.strip(" ") for piece in pieces) if text]
