"""A Report -> report.docx: the board's paper, with the plan's passage and the annexes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document

from sekom_survey.model import Report
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import as_document, describe, dropped_relations, write_package
from sekom_survey.written.word.body import annexes, pages
from sekom_survey.written.word.front import contents, every_page, place_for_contents
from sekom_survey.written.word.one_page import one_page
from sekom_survey.written.word.pages import planned
from sekom_survey.written.word.parts import Paper
from sekom_survey.written.word.styles import prepare

ONLY_IN_TEXT = ("/image", "/hyperlink", "/chart", "/comments", "/commentsExtended", "/commentsIds", "/people")


def write_word(report: Report, path: Path, brand: Brand | None = None) -> None:
    """Write the report as a Word document; equal reports, pictures and templates give equal bytes.

    Order: the survey on one page, contents, the sections with what `paper` picks of them, annexes with the rest. Pictures
    are read from `Shown.png`.
    """
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    one_page(paper, report)
    place = place_for_contents(paper)
    plan = planned(report)
    pages(paper, plan.pages)
    annexes(paper, report, plan.annex)
    contents(paper, place)
    every_page(paper, report)
    write_document(document, report.title, report.year, path)


def open_document(brand: Brand) -> Any:
    """An empty document with our look, or the association's template without its text."""
    template = brand.word_template
    document = Document(as_document(template)) if template else Document()
    _empty(document)
    prepare(document, brand, own=template is None)
    return document


def _empty(document: Any) -> None:
    """Take out the template's text, with its pictures, links and comments."""
    for element in list(document.element.body):
        if not element.tag.endswith("}sectPr"):
            document.element.body.remove(element)
    relations = document.part.rels
    for name in [key for key, rel in relations.items() if rel.reltype.endswith(ONLY_IN_TEXT)]:
        del relations[name]


def write_document(document: Any, title: str, year: int, path: Path) -> None:
    """Write a document, described by its title and year and by nobody's name; equal documents give equal bytes."""
    relations = document.part.package.rels
    for name in dropped_relations([(key, rel.reltype) for key, rel in relations.items()]):
        del relations[name]
    describe(document.core_properties, title, year)
    buffer = io.BytesIO()
    document.save(buffer)
    write_package(buffer.getvalue(), path)
