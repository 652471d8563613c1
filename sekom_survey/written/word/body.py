"""The sections of the Word report and its annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sekom_survey.model import Prose, Report, Section, Shown
from sekom_survey.written.office.picture import Picture, bare_picture
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
from sekom_survey.written.word.prose import inline, prose
from sekom_survey.written.word.styles import CHOICES, QUESTION
from sekom_survey.written.word.table import TOGETHER

PASSAGE = "Vad säger enkäten?"
PASTE = "Avsnittet är skrivet för att kunna klistras in i verksamhetsplanen."
NOTHING = "Det finns inget underlag att visa här."
ONLY_INTERNAL = "Endast internt"
TALLEST, TALLEST_WITH_WORDS = 580.0, 500.0
SHORT = 400
ABOUT, QUESTIONS, TABLES = "Om undersökningen (kvalitetsdeklaration)", "Frågeformulär", "Tabeller"
AGAIN = "Så görs rapporten om"


def pages(paper: Paper, sections: Sequence[Section]) -> None:
    """The sections in order."""
    for section in sections:
        heading(paper, section.title, 1)
        _blocks(paper, section)


def _blocks(paper: Paper, section: Section) -> None:
    drawn = [bare_picture(block) if isinstance(block, Shown) else None for block in section.blocks]
    blocks = list(zip(section.blocks, drawn, strict=True))
    for (block, made), following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Prose):
            prose(paper, block.markdown)
            _keep_with(paper, *following or (None, None))
        else:
            exhibit(paper, block, made)
    if not section.blocks:
        paragraph(paper, NOTHING)


def _keep_with(paper: Paper, following: Prose | Shown | None, made: Picture | None) -> None:
    """Let the words that lead up to a figure stand on its page, where there is room for both."""
    last = paper.document.paragraphs[-1]
    if isinstance(following, Shown) and len(last.text) < SHORT and _has_room(paper, following, made):
        last.paragraph_format.keep_with_next = True


def _has_room(paper: Paper, shown: Shown, made: Picture | None) -> bool:
    return _within(paper, made)[1] <= TALLEST_WITH_WORDS if made else len(shown.rows) <= TOGETHER


def exhibit(paper: Paper, shown: Shown, made: Picture | None) -> None:
    """A heading that says what is seen, the question, the picture or else the table, and the source.

    What has neither is told in a line, which is its title.
    """
    if not made and not (shown.columns and shown.rows):
        paragraph(paper, f"{shown.title}.", CHOICES)
        return
    heading(paper, shown.title, 3)
    question = " · ".join(filter(None, (ONLY_INTERNAL if shown.internal else "", shown.subtitle)))
    if question:
        paragraph(paper, question, QUESTION)
    if made:
        number = len(paper.figures) + 1
        paper.figures.append((number, shown))
        picture(paper, made, _within(paper, made), shown.alt)
        caption(paper, FIGURE, number, shown.note)
    else:
        _table(paper, shown, shown.note)


def _within(paper: Paper, made: Picture) -> tuple[float, float]:
    """A size no wider than the text and no taller than what leaves room for heading and source."""
    scale = min(1.0, paper.width / made.width, TALLEST / made.height)
    return made.width * scale, made.height * scale


def _table(paper: Paper, shown: Shown, note: str) -> None:
    table(paper, shown.columns, shown.rows, f"Tabell: {shown.title}. {shown.subtitle}".strip())
    caption(paper, TABLE, next(paper.tables), note)


def annexes(paper: Paper, report: Report, tables: Sequence[Section]) -> None:
    """Quality declaration, questionnaire, every table, the passage to paste, and how to make the report again."""
    letters = iter("ABCDE")
    if report.declaration:
        _annex(paper, letters, ABOUT)
        for title, text in report.declaration:
            heading(paper, title, 2)
            prose(paper, text)
    if report.questions:
        _annex(paper, letters, QUESTIONS)
        _questions(paper, report)
    if tables:
        _annex(paper, letters, TABLES)
        _tables(paper, tables)
    if report.passage:
        _annex(paper, letters, PASSAGE)
        paragraph(paper, PASTE, QUESTION)
        for text in report.passage:
            prose(paper, text)
    if report.repeat:
        _annex(paper, letters, AGAIN, new_page=not report.passage)
        for step in report.repeat:
            prose(paper, step)


def _annex(paper: Paper, letters: Iterator[str], title: str, new_page: bool = True) -> None:
    heading(paper, f"Bilaga {next(letters)}. {title}", 1, new_page=new_page)


def _questions(paper: Paper, report: Report) -> None:
    for number, (question, options) in enumerate(report.questions, 1):
        made = empty_paragraph(paper)
        made.paragraph_format.keep_with_next = bool(options)
        made.paragraph_format.space_after = 0
        inline(made, f"{number}\\. {question}")
        if options:
            paragraph(paper, " · ".join(options), CHOICES)


def _tables(paper: Paper, sections: Sequence[Section]) -> None:
    drawn = {shown.id: number for number, shown in paper.figures}
    for section in sections:
        heading(paper, section.title, 2)
        for shown in (block for block in section.blocks if isinstance(block, Shown)):
            heading(paper, shown.title, 3)
            behind = f"Siffrorna bakom figur {drawn[shown.id]}. " if shown.id in drawn else ""
            _table(paper, shown, behind + shown.note)
