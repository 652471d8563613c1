"""A Report -> report.docx: the board's paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt

from sekom_survey.model import Report
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.outline import note_of_figure
from sekom_survey.written.office.package import as_document, describe, dropped_relations, safe_text, write_package
from sekom_survey.written.word.front import contents, every_page
from sekom_survey.written.word.one_page import motion_list, motions_height, one_page, page_height, small
from sekom_survey.written.word.pages import Leaf, PaperPage, paged, within
from sekom_survey.written.word.parts import (
    FIGURE,
    TABLE,
    Paper,
    caption,
    empty_paragraph,
    heading,
    paragraph,
    picture,
    table,
)
from sekom_survey.written.word.styles import NOTE, PASTED, QUESTION, prepare, text_height

PASSAGE, ABOUT = "Vad säger enkäten?", "Om undersökningen"
WHERE = "Alla figurer, frågorna och kvalitetsdeklarationen står på webbsidan report.html, alla tabeller i arbetsboken tables.xlsx."


def chapters(paper: Paper, pages: Sequence[PaperPage], begun: bool) -> None:
    """The exhibits, each page's on a page of its own; `begun` says that something stands on the first already."""
    for number, page in enumerate(pages):
        for place, leaf in enumerate(page):
            _leaf(paper, leaf, new_page=place == 0 and (number > 0 or not begun))


def _leaf(paper: Paper, leaf: Leaf, new_page: bool) -> None:
    shown = leaf.shown
    if leaf.chapter:
        heading(paper, leaf.chapter, 1, new_page)
    heading(paper, shown.title, 3, new_page and not leaf.chapter)
    if shown.subtitle:
        paragraph(paper, shown.subtitle, QUESTION)
    if leaf.picture:
        picture(paper, leaf.picture, within(paper, leaf.picture), shown.alt)
        caption(paper, FIGURE, next(paper.figures), note_of_figure(shown))
    elif len(shown.columns) == 1:
        for (sentence,) in shown.rows:
            paragraph(paper, sentence, "List Bullet")
        paragraph(paper, shown.note, NOTE)
    else:
        table(paper, shown.columns, shown.rows, f"Tabell: {shown.title}. {shown.subtitle}".strip())
        caption(paper, TABLE, next(paper.tables), shown.note)


def last_page(paper: Paper, report: Report) -> None:
    """What can be pasted into the plan, and the facts of the survey."""
    if report.passage:
        heading(paper, PASSAGE, 1, new_page=True)
        for text in report.passage:
            paragraph(paper, text, PASTED)
    heading(paper, ABOUT, 1, new_page=not report.passage)
    for head, text in report.facts:
        made = empty_paragraph(paper)
        made.paragraph_format.space_after = 0
        made.add_run(f"{safe_text(head)}: ").bold = True
        made.add_run(safe_text(text))
    paragraph(paper, WHERE).paragraph_format.space_before = Pt(6)


ONLY_IN_TEXT = ("/image", "/hyperlink", "/chart", "/comments", "/commentsExtended", "/commentsIds", "/people")


ONE_PAGE = "Enkäten på en sida"
CONTENTS_PAGE = 2
_CONTENTS, _ENTRY, _MOTIONS, _SPARE = 44.0, 15.0, 60.0, 40.0


def write_word(report: Report, path: Path, brand: Brand | None = None) -> None:
    """Write the board's paper, ten pages at most; equal reports, pictures and templates give equal bytes.

    Page one, contents (on page one where it has room) with the motions that page one has no room for, the chapters' exhibits, last
    the passage for the plan and the facts of the survey. Pictures are read from `Shown.png`. Of what is marked internal nothing is shown.
    """
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    small(heading(paper, ONE_PAGE, 1))
    shown = one_page(paper, report.brief, f"på sidan {CONTENTS_PAGE}")
    left = report.brief.motions[shown:]
    names = list(dict.fromkeys(section.title for section in report.sections))
    listed = _CONTENTS + _ENTRY * (len(names) + 3)
    first = page_height(paper, report.brief) + motions_height(paper, report.brief.motions)
    together = not left and first + listed <= text_height(document) - _SPARE
    more = _MOTIONS + motions_height(paper, report.brief.motions) if left else 0.0
    start = CONTENTS_PAGE - together
    pages = paged(paper, report, listed + (first if together else more), kept_back=start)
    contents(paper, _entries(report, pages, start), new_page=not together)
    if left:
        motion_list(paper, report.brief.motions, len(report.brief.motions))
    chapters(paper, pages, begun=True)
    last_page(paper, report)
    every_page(paper, report)
    write_document(document, report.title, report.year, path)


def _entries(report: Report, pages: Sequence[PaperPage], start: int) -> list[tuple[str, int]]:
    """Every heading of the first level with its page; the contents stand on page `start`."""
    told = [(leaf.chapter, number) for number, page in enumerate(pages, start) for leaf in page if leaf.chapter]
    last = start + len(pages)
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
