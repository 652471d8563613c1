"""The goals on a day -> a Word paper for the board's meeting in the middle of the year."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.model import GoalsPage
from sekom_survey.shown.goal_lines import followed_table, followed_title
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.word.front import every_page
from sekom_survey.written.word.one_page import GOALS, goal_table, motion_list, small
from sekom_survey.written.word.parts import Paper, empty_paragraph, heading, paragraph, table
from sekom_survey.written.word.styles import NOTE
from sekom_survey.written.word.write import open_document, write_document

FURTHER, DECISIONS = "Övriga mått", "Beslutade bedömningar"


def write_goals_paper(page: GoalsPage, path: Path, brand: Brand | None = None) -> None:
    """Write the paper: as goals.html, the goals first; equal goals and templates give equal bytes."""
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    small(heading(paper, page.title, 1))
    paragraph(paper, page.brief.title, "Title")
    paragraph(paper, page.brief.response, "Subtitle")
    if page.brief.goals:
        goal_table(paper, page.brief.goals, f"{GOALS} {page.brief.goals_day}", True)
    if page.further:
        goal_table(paper, page.further, FURTHER, False)
    if page.followed:
        title = followed_title(page.followed)
        paragraph(paper, title, "Heading 2")
        table(paper, *followed_table(page), f"Tabell: {title}.")
    _decisions(paper, page)
    if page.brief.motions:
        motion_list(paper, page.brief.motions, len(page.brief.motions))
    paragraph(paper, page.brief.source, NOTE)
    every_page(paper, page)
    write_document(document, f"{page.title}, {page.brief.goals_day}", page.year, path)


def _decisions(paper: Paper, page: GoalsPage) -> None:
    """What the board has decided otherwise than the numbers say, with its reason."""
    if page.decisions:
        paragraph(paper, DECISIONS, "Heading 2")
    for head, text in page.decisions:
        made = empty_paragraph(paper)
        made.add_run(f"◆ {safe_text(head)}. ").bold = True
        made.add_run(safe_text(text))
