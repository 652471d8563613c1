"""Page one of the board's paper: the goals, three messages, how far to trust them, and what to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.shared import Pt, RGBColor

from sekom_survey.model import Brief, GoalLine, Message
from sekom_survey.shown.figures.small import BAR_SIZE, goal_bar, strip
from sekom_survey.shown.figures.style import GREY
from sekom_survey.written.motions import ASKED, DECIDE, counted, minuted, rest
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import LINE, largest_size, line_count
from sekom_survey.written.word.grid import Bit, GridCell, cell_height, drawn_cell, grid, text_cell
from sekom_survey.written.word.parts import Paper, empty_paragraph, paragraph
from sekom_survey.written.word.styles import NOTE, TRUST, text_height
from sekom_survey.written.word.table import PADDING


def numbered(paper: Paper, items: Iterable[str]) -> None:
    """A numbered list; where a template's list style has no numbers they are written."""
    numbering = _restarted(paper)
    for place, text in enumerate(items, 1):
        made = empty_paragraph(paper, "List Number")
        if numbering:
            properties = made._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = numbering
        elif not _is_numbered(made.style):
            made.add_run(f"{place}. ")
        made.add_run(safe_text(text))


def _is_numbered(style: Any) -> bool:
    """Whether a list style has a number of its own; a template's may have none."""
    return bool(style.element.xpath("./w:pPr/w:numPr"))


def _restarted(paper: Paper) -> int:
    """A numbering that begins at one again; 0 where the template's list style is not numbered."""
    style = paper.document.styles["List Number"].element.pPr
    linked = None if style is None or style.numPr is None else style.numPr.numId
    if linked is None:
        return 0
    numbering = paper.document.part.numbering_part.element
    made = numbering.add_num(numbering.num_having_numId(linked.val).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


GOALS = "Målen"
HEADS = ("Mål och mått", "Utfall", "Mot målet", "Bedömning", "Varför, och ansvarig")
BAR_COLUMN, SHARES = BAR_SIZE[0] + 2 * PADDING + 4, (0.32, 0.125, 0.0, 0.275, 0.28)
SIZE, FIGURE_SIZE = 9.5, 19.0
TITLE_SIZES = (19.0, 18.0, 17.0, 16.0, 15.0)
LEGEND = "Blå stapel: utfallet. Svart streck: målvärdet. Öppen triangel: förra årets utfall."
_HEADING, _GAP, _MARGIN = 27.0, 10.0, 12.0


def one_page(paper: Paper, brief: Brief, where: str) -> int:
    """Write the page; gives how many of the motions had room, the others are to be written `where`."""
    made = paragraph(paper, brief.title, "Title")
    for run in made.runs:
        run.font.size = Pt(_title_size(paper, brief))
    paragraph(paper, brief.response, "Subtitle")
    if brief.goals:
        goal_table(paper, brief.goals, f"{GOALS} {brief.goals_day}", True)
    if brief.messages:
        _messages(paper, brief.messages, brief.messages_title)
    if brief.trust:
        made = empty_paragraph(paper, TRUST)
        made.add_run("Hur säkert är det? ").bold = True
        made.add_run(safe_text(brief.trust))
    room = text_height(paper.document) - page_height(paper, brief)
    shown = _fitting(paper, brief.motions, room)
    if brief.motions:
        motion_list(paper, brief.motions, shown, where)
    paragraph(paper, brief.source, NOTE)
    return shown


def small(heading: Any) -> None:
    """A heading as a line of small grey type above the title, which says what was found."""
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
    for run in heading.runs:
        run.font.size, run.bold = Pt(10.5), False
        run.font.color.rgb = RGBColor.from_string(GREY[1:].upper())


def _title_size(paper: Paper, brief: Brief) -> float:
    """The largest size at which the conclusion takes two lines, else the least."""
    return largest_size(brief.title, paper.width, 2, TITLE_SIZES, True)


def motion_list(paper: Paper, motions: Sequence[str], shown: int, where: str = "") -> None:
    """The first motions under their heading, and where the rest stand."""
    made = paragraph(paper, DECIDE, "Heading 2")
    made.add_run(f" ({counted(shown, motions)})").bold = False
    paragraph(paper, ASKED, "Normal").paragraph_format.keep_with_next = True
    told = minuted(motions)
    numbered(paper, told[:shown])
    if left := rest(shown, motions, where):
        paragraph(paper, left, NOTE)


def goal_table(paper: Paper, lines: Sequence[GoalLine], title: str, legend: bool) -> None:
    """The goals, a row each, under a heading."""
    paragraph(paper, title, "Heading 2")
    rows = [_row(line) for line in lines]
    grid(paper, HEADS, rows, _widths(paper), f"{title}. " + " ".join(line.told for line in lines))
    if legend:
        paragraph(paper, LEGEND, NOTE)


def _widths(paper: Paper) -> list[float]:
    return [share * (paper.width - BAR_COLUMN) or BAR_COLUMN for share in SHARES]


def _outcome(line: GoalLine) -> Iterator[Bit]:
    """The outcome, and under it what it is set against where that is more than a number."""
    outcome, against, target = line.outcome.partition(" mot ")
    yield Bit(outcome, bold=True, size=11)
    if target:
        yield Bit(f"{against.strip()} {target}", grey=True)


def _row(line: GoalLine) -> tuple[GridCell, ...]:
    return (
        text_cell(Bit(line.name, bold=True), Bit(line.measure, grey=True)),
        text_cell(*_outcome(line)),
        drawn_cell(goal_bar(line)),
        text_cell(*(Bit(text) for text in (line.status, line.decided) if text)),
        text_cell(Bit(line.why), Bit(line.who, grey=True)),
    )


def _messages(paper: Paper, messages: Sequence[Message], title: str) -> None:
    paragraph(paper, title, "Heading 2")
    width = paper.width / len(messages)
    heads = [f"{place}  {message.lead}" for place, message in enumerate(messages, 1)]
    alt = " ".join(f"{message.lead}: {message.sentence} {message.note}" for message in messages)
    grid(paper, heads, [tuple(map(_message, messages))], [width] * len(messages), alt)


def _message(message: Message) -> GridCell:
    figure = Bit(message.figure, bold=True, size=FIGURE_SIZE)
    told = (Bit(message.sentence, size=10), Bit(message.note, grey=True))
    return GridCell((figure,), strip(message.marks) if message.marks else None, tuple(bit for bit in told if bit.text))


def _fitting(paper: Paper, motions: Sequence[str], room: float) -> int:
    """How many motions the rest of the page holds; at least one."""
    used, shown = 0.0, 0
    for motion in minuted(motions):
        used += _motion_height(paper, motion)
        if used > room and shown:
            break
        shown += 1
    return shown


def motions_height(paper: Paper, motions: Sequence[str]) -> float:
    """How high a list of motions becomes, in points."""
    return sum(_motion_height(paper, motion) for motion in minuted(motions))


def _motion_height(paper: Paper, motion: str) -> float:
    return line_count(motion, paper.width - 26, 10.5) * 10.5 * LINE * 1.08 + 3


def page_height(paper: Paper, brief: Brief) -> float:
    """About how high everything but the motions is, in points."""
    widths = _widths(paper)
    rows = sum(max(cell_height(c, w) for c, w in zip(_row(line), widths, strict=True)) for line in brief.goals)
    third = paper.width / max(len(brief.messages), 1)
    messages = max((cell_height(_message(message), third) for message in brief.messages), default=0.0)
    lines = (
        (brief.title, _title_size(paper, brief), True), (brief.response, 10.5, False), (LEGEND, 9.5, False), (brief.trust, 10.5, False),
        (brief.source, 9.5, False),
    )  # fmt: skip
    texts = sum(line_count(text, paper.width - 12, size, bold) * size * LINE * 1.08 for text, size, bold in lines)
    parts = bool(brief.goals) * 2 + bool(brief.messages) * 2 + bool(brief.motions) * 2
    return rows + messages + texts + parts * _HEADING + _GAP + _MARGIN
