"""The sections of the Word report and its annexes."""

from __future__ import annotations

from itertools import zip_longest

from sekom_survey.model import Prose, Report, Section, Shown
from sekom_survey.writers.ooxml_outline import closed_sections, open_sections
from sekom_survey.writers.ooxml_picture import Picture, bare_picture
from sekom_survey.writers.word_parts import FIGURE, TABLE, Paper, caption, heading, paragraph, picture, table
from sekom_survey.writers.word_prose import inline, prose
from sekom_survey.writers.word_styles import CHOICES, QUESTION, UNCERTAINTY
from sekom_survey.writers.word_table import TOGETHER

PASSAGE = "Vad säger enkäten?"
PASTE = "Avsnittet är skrivet för att kunna klistras in i verksamhetsplanen."
NOTHING = "Det finns inget underlag att visa här."
ONLY_INTERNAL = "Endast internt"
TALLEST, TALLEST_WITH_WORDS = 580.0, 500.0
SHORT = 400
ANNEXES = {
    "about": "Om undersökningen (kvalitetsdeklaration)",
    "questions": "Frågeformulär",
    "tables": "Tabeller",
    "closed": "Endast för kansliet",
}


def passage(paper: Paper, report: Report) -> None:
    """The plan's section on the survey."""
    if report.passage:
        heading(paper, PASSAGE, 1)
        paragraph(paper, PASTE, UNCERTAINTY).paragraph_format.left_indent = 0
        for text in report.passage:
            prose(paper, text)


def sections(paper: Paper, report: Report) -> None:
    """The notebooks' sections in order, without what is internal."""
    for section in open_sections(report):
        heading(paper, section.title, 1)
        _blocks(paper, section)


def _blocks(paper: Paper, section: Section) -> None:
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Prose):
            prose(paper, block.markdown)
            _keep_with(paper, following)
        else:
            exhibit(paper, block)
    if not section.blocks:
        paragraph(paper, NOTHING)


def _keep_with(paper: Paper, following: Prose | Shown | None) -> None:
    """Let the words that lead up to a figure stand on its page, where there is room for both."""
    last = paper.document.paragraphs[-1]
    if isinstance(following, Shown) and len(last.text) < SHORT and _has_room(paper, following):
        last.paragraph_format.keep_with_next = True


def _has_room(paper: Paper, shown: Shown) -> bool:
    made = bare_picture(shown)
    return _within(paper, made)[1] <= TALLEST_WITH_WORDS if made else len(shown.rows) <= TOGETHER


def exhibit(paper: Paper, shown: Shown) -> None:
    """A heading that says what is seen, the question, the picture or else the table, and the source.

    What has neither is told in a line, which is its title.
    """
    made = bare_picture(shown)
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


def annexes(paper: Paper, report: Report) -> None:
    """Quality declaration, questionnaire, tables and, in an internal build, what only the secretariat sees."""
    letters = iter("ABCD")
    if report.declaration:
        _annex(paper, next(letters), "about")
        for title, text in report.declaration:
            heading(paper, title, 2)
            prose(paper, text)
    if report.questions:
        _annex(paper, next(letters), "questions")
        _questions(paper, report)
    behind = [(number, shown) for number, shown in paper.figures if shown.columns and shown.rows]
    if behind:
        _annex(paper, next(letters), "tables")
        for number, shown in behind:
            heading(paper, shown.title, 3)
            _table(paper, shown, f"Siffrorna bakom figur {number}. {shown.note}")
    _closed(paper, report, letters=next(letters))


def _annex(paper: Paper, letter: str, key: str) -> None:
    heading(paper, f"Bilaga {letter}. {ANNEXES[key]}", 1, new_page=True)


def _questions(paper: Paper, report: Report) -> None:
    for number, (question, options) in enumerate(report.questions, 1):
        made = paper.document.add_paragraph(style="Normal")
        made.paragraph_format.keep_with_next = bool(options)
        made.paragraph_format.space_after = 0
        inline(made, f"{number}\\. {question}")
        if options:
            paragraph(paper, " · ".join(options), CHOICES)


def _closed(paper: Paper, report: Report, letters: str) -> None:
    parts = closed_sections(report)
    if parts:
        _annex(paper, letters, "closed")
    for section in parts:
        heading(paper, section.title, 2)
        _blocks(paper, section)
