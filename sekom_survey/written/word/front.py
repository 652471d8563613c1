"""What stands round the Word report: the contents list, and the header and footer of each page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sekom_survey.model import GoalsPage, Report
from sekom_survey.written.office.outline import stamps
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.word.parts import (
    Paper,
    add_field,
    describe_picture,
    empty_paragraph,
    field_code,
    field_mark,
    mark_name,
    paragraph,
)

CONTENTS = "Innehåll"
LOGO = (Mm(45), Mm(10))


def contents(paper: Paper, entries: Sequence[tuple[str, int]], new_page: bool) -> None:
    """A contents field of one level, filled with what is in `entries`: heading and page."""
    made = paragraph(paper, CONTENTS, "TOC Heading").paragraph_format
    made.page_break_before = new_page
    if not new_page:
        made.space_before = Pt(18)
    for place, (text, page) in enumerate(entries):
        entry = empty_paragraph(paper, "toc 1")
        if place == 0:
            _field_start(entry, 'TOC \\o "1-1" \\h \\z \\u')
        entry._p.append(_link(f"{text}\t{page}", mark_name(place + 1)))
        if place == len(entries) - 1:
            entry.add_run()._r.append(field_mark("end"))


def _field_start(entry: Any, code: str) -> None:
    for element in (field_mark("begin"), field_code(code), field_mark("separate")):
        entry.add_run()._r.append(element)


def _link(text: str, mark: str) -> Any:
    """A link to a heading: its words, a tab, its page."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), mark)
    link.set(qn("w:history"), "1")
    words, _, page = text.partition("\t")
    for tag, told in (("w:t", words), ("w:tab", ""), ("w:t", page)):
        run, part = OxmlElement("w:r"), OxmlElement(tag)
        if told:
            part.text = safe_text(told)
        run.append(part)
        link.append(run)
    return link


def every_page(paper: Paper, report: Report | GoalsPage) -> None:
    """Stamps, association and title, logo and page numbers, on each page of every section."""
    for section in paper.document.sections:
        first = ("first_page_",) if section.different_first_page_header_footer else ()
        for kind in ("", *first):
            _header(paper, report, getattr(section, f"{kind}header"))
            _footer(paper, report, getattr(section, f"{kind}footer"))


def _names(paper: Paper, report: Report | GoalsPage) -> str:
    return safe_text(f"{paper.brand.name or report.association} · {report.title}")


def _header(paper: Paper, report: Report | GoalsPage, header: Any) -> None:
    """The logo, else the names, to the left and the stamps to the right; below what a template has there."""
    made = _own_paragraph(header, "Header")
    if paper.brand.logo:
        _logo(made, paper, report)
    elif not paper.brand.word_template:
        made.add_run(_names(paper, report))
    for i, stamp in enumerate(stamps(report)):
        made = made if i == 0 else header.add_paragraph(style="Header")
        run = made.add_run(stamp if paper.brand.word_template else f"\t{stamp}")
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(paper.brand.ink[1:].upper())


def _logo(into: Any, paper: Paper, report: Report | GoalsPage) -> None:
    picture = into.add_run().add_picture(str(paper.brand.logo), height=LOGO[1])
    if picture.width > LOGO[0]:
        picture.width, picture.height = LOGO[0], round(LOGO[1] * LOGO[0] / picture.width)
    describe_picture(picture._inline, "Logotyp", f"Logotyp: {paper.brand.name or report.association}")


def _footer(paper: Paper, report: Report | GoalsPage, footer: Any) -> None:
    """Page numbers, unless a template has them; with a logo the names, which then are not in the header."""
    if any(code.text.split()[:1] == ["PAGE"] for code in footer._element.iter(qn("w:instrText")) if code.text):
        return
    made = _own_paragraph(footer, "Footer")
    if paper.brand.logo and not paper.brand.word_template:
        made.add_run(_names(paper, report))
    made.add_run("Sida " if paper.brand.word_template else "\tSida ")
    add_field(made, "PAGE", "1")
    made.add_run(" av ")
    add_field(made, "NUMPAGES", "1")


def _own_paragraph(place: Any, style: str) -> Any:
    """The empty paragraph of a new header or footer, or one more below what a template has there."""
    place.is_linked_to_previous = False
    first = place.paragraphs[0] if place.paragraphs else place.add_paragraph()
    made = first if not first.text and not first._p.xpath(".//w:drawing") else place.add_paragraph()
    made.style = style
    return made
