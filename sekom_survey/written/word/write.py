"""A Report -> report.docx: the board's paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document

from sekom_survey.model import Report
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import as_document, describe, dropped_relations, write_package
from sekom_survey.written.word.body import ABOUT, PASSAGE, chapters, last_page
from sekom_survey.written.word.front import contents, every_page
from sekom_survey.written.word.one_page import motion_list, motions_height, one_page, small
from sekom_survey.written.word.pages import PaperPage, paged
from sekom_survey.written.word.parts import Paper, heading
from sekom_survey.written.word.styles import prepare

ONLY_IN_TEXT = ("/image", "/hyperlink", "/chart", "/comments", "/commentsExtended", "/commentsIds", "/people")


ONE_PAGE = "Enkäten på en sida"
CONTENTS_PAGE, FIRST_CHAPTERS = 2, 2
_CONTENTS, _ENTRY, _MOTIONS = 44.0, 15.0, 60.0


def write_word(report: Report, path: Path, brand: Brand | None = None) -> None:
    """Write the board's paper, ten pages at most; equal reports, pictures and templates give equal bytes.

    Page one, contents with the motions that page one has no room for, the chapters' exhibits, last the passage for the plan and
    the facts of the survey. Pictures are read from `Shown.png`. Of what is marked internal nothing is shown.
    """
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    small(heading(paper, ONE_PAGE, 1))
    shown = one_page(paper, report.brief, f"på sidan {CONTENTS_PAGE}")
    left = report.brief.motions[shown:]
    names = list(dict.fromkeys(section.title for section in report.sections))
    used = (
        _CONTENTS
        + _ENTRY * (len(names) + 3)
        + (_MOTIONS + motions_height(paper, report.brief.motions) if left else 0.0)
    )
    pages = paged(paper, report, used, kept_back=FIRST_CHAPTERS)
    contents(paper, _entries(report, pages))
    if left:
        motion_list(paper, report.brief.motions, len(report.brief.motions))
    chapters(paper, pages, begun=True)
    last_page(paper, report)
    every_page(paper, report)
    write_document(document, report.title, report.year, path)


def _entries(report: Report, pages: Sequence[PaperPage]) -> list[tuple[str, int]]:
    """Every heading of the first level with its page."""
    told = [(leaf.chapter, number) for number, page in enumerate(pages, CONTENTS_PAGE) for leaf in page if leaf.chapter]
    last = CONTENTS_PAGE + len(pages)
    return [(ONE_PAGE, 1), *told, *([(PASSAGE, last)] if report.passage else []), (ABOUT, last)]


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
