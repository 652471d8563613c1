"""Page one of the Word report: the survey on one page."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Pt, RGBColor

from sekom_survey.model import Report, Shown
from sekom_survey.written.office.outline import LEAST_TOLD
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.table import OfficeTable, fitted, row_height, without
from sekom_survey.written.office.text import LINE, line_count
from sekom_survey.written.word.parts import TABLE, Paper, caption, empty_paragraph, heading, paragraph, place_table
from sekom_survey.written.word.prose import inline, list_item, restarted_numbering
from sekom_survey.written.word.styles import FACT, NUMBER_COLUMN, SENTENCE, UNCERTAINTY, text_height
from sekom_survey.written.word.table import PADDING

ONE_PAGE, DECIDE, FACTS = "Enkäten på en sida", "Att besluta om", "Fakta om enkäten"
FIGURE_SIZE = 20
SIZES = (9.5, 9.0, 8.5)
_HEADING, _ROW_SPACE = 40.0, 4.5
_FULL_LINE = 14.5


def one_page(paper: Paper, report: Report) -> None:
    """Three messages, the goals, what the board has to decide, and how far it can be trusted."""
    paragraph(paper, report.title, "Title")
    paragraph(paper, report.subtitle, "Subtitle")
    heading(paper, ONE_PAGE, 1).paragraph_format.space_before = Pt(4)
    if report.headline:
        paragraph(paper, report.headline)
    for message in report.messages:
        _message(paper, *message)
    if report.goals and report.goals.rows:
        _goals(paper, report.goals, text_height(paper.document) - _others(paper, report))
    if report.to_decide:
        _decisions(paper, report.to_decide)
    if report.facts:
        _facts(paper, report.facts)


def _message(paper: Paper, figure: str, sentence: str, uncertainty: str) -> None:
    made = empty_paragraph(paper, SENTENCE)
    run = made.add_run(safe_text(figure))
    run.bold, run.font.size = True, Pt(FIGURE_SIZE)
    run.font.color.rgb = RGBColor.from_string(paper.brand.accent[1:].upper())
    made.add_run(f"\t{safe_text(sentence)}")
    if uncertainty:
        paragraph(paper, uncertainty, UNCERTAINTY)


def _goals(paper: Paper, goals: Shown, room: float) -> None:
    """The table of goals; what is least needed is left out where the page would not hold it."""
    heading(paper, goals.title, 2)
    place_table(paper, _fitting(paper, goals, room), goals.alt)
    caption(paper, TABLE, next(paper.tables), goals.note)


def _fitting(paper: Paper, goals: Shown, room: float) -> OfficeTable:
    """The largest and fullest table that the room holds, else the least."""
    for left_out in range(len(LEAST_TOLD) + 1):
        columns, rows = without(goals.columns, goals.rows, LEAST_TOLD[:left_out])
        for size in SIZES:
            grid = fitted(columns, rows, paper.width, (size, SIZES[-1]), 2 * PADDING)
            if _height(grid) <= room:
                return grid
    return grid


def _height(grid: OfficeTable) -> float:
    return sum(row_height(cells, grid, 2 * PADDING) + _ROW_SPACE for cells in (grid.columns, *grid.rows))


def _others(paper: Paper, report: Report) -> float:
    """About how high everything but the rows of the goals is, in points."""
    narrow = paper.width - NUMBER_COLUMN.pt
    wide = [report.headline, *report.to_decide, *(f"{head}: {text}" for head, text in report.facts)]
    lines = sum(line_count(text, paper.width - 20, 11) for text in wide) * _FULL_LINE
    messages = sum(
        32 + line_count(sentence, narrow, 12) * 12 * LINE + line_count(below, narrow, 9.5) * 9.5 * LINE
        for _, sentence, below in report.messages
    )
    parts = 3 + bool(report.to_decide) + bool(report.facts)
    note = line_count(report.goals.note if report.goals else "", paper.width, 9) * 9 * LINE + 16
    return lines + messages + parts * _HEADING + note


def _decisions(paper: Paper, points: Sequence[str]) -> None:
    heading(paper, DECIDE, 2)
    numbering = restarted_numbering(paper)
    for point in points:
        inline(list_item(paper, numbering), point)


def _facts(paper: Paper, facts: Sequence[tuple[str, str]]) -> None:
    heading(paper, FACTS, 2)
    for i, (head, text) in enumerate(facts, 1):
        made = empty_paragraph(paper, FACT)
        made.paragraph_format.keep_with_next = i < len(facts)
        made.add_run(f"{safe_text(head)}:").bold = True
        made.add_run(f" {safe_text(text)}")
