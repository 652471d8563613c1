"""The chapters of the board's paper, the passage for the plan, and how the survey was made."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Pt

from sekom_survey.model import Report
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.word.pages import Leaf, PaperPage, within
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
from sekom_survey.written.word.styles import PASTED, QUESTION

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
        caption(paper, FIGURE, next(paper.figures), shown.note)
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
