"""Page one on slides: the goals with their bars and the messages with their strips, drawn with shapes that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Pt

from sekom_survey.model import GoalLine, Message
from sekom_survey.shown.figures import small
from sekom_survey.shown.figures.style import GREY, HAIRLINE, SEMIBOLD
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import LINE, largest_size, text_width
from sekom_survey.written.powerpoint.deck import GoalsSlide
from sekom_survey.written.powerpoint.look import Area
from sekom_survey.written.powerpoint.parts import LEAST, Words, describe, height_of, rule, text_box

SCALE = LEAST / small.TEXT
BAR_WIDTH, BAR_HEIGHT = small.BAR_SIZE[0] * SCALE, small.BAR_SIZE[1] * SCALE
OUTCOME, GAP, ROW_GAP = 118.0, 16.0, 7.0
CARD_GAP, PARAGRAPH_SPACE = 32.0, 8.0
FIGURE_SIZES = (48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, LEAST)
MESSAGE_SIZES = (24.0, 22.0, 20.0, LEAST)
_SHAPES = {"o": MSO_SHAPE.OVAL, "^": MSO_SHAPE.ISOSCELES_TRIANGLE, "s": MSO_SHAPE.RECTANGLE}


def add_goals(slide: Any, area: Area, goals: GoalsSlide, brand: Brand) -> int:
    """The goals, a row each, as many as there is room for; gives how many have none.

    Where not all have room with the names of their measures, those are left to the notes.
    """
    sides = (area.width - OUTCOME - BAR_WIDTH - 3 * GAP) / 2
    whole = sum(_row_height(line, sides, brand, True) for line in goals.lines) <= area.height
    top, shown = area.top, 0
    for line in goals.lines:
        high = _row_height(line, sides, brand, whole)
        if top + high > area.bottom and shown:
            break
        _goal(slide, Area(area.left, top, area.width, high), line, sides, brand, whole)
        top, shown = top + high, shown + 1
    return len(goals.lines) - shown


def _row_height(line: GoalLine, sides: float, brand: Brand, whole: bool) -> float:
    return max(BAR_HEIGHT, _high(_name(line, brand, whole), sides), _high(_status(line, brand), sides)) + ROW_GAP


def _goal(slide: Any, row: Area, line: GoalLine, sides: float, brand: Brand, whole: bool) -> None:
    rule(slide, Area(row.left, row.top, row.width, 0.75), HAIRLINE)
    at, top, high = row.left, row.top + 3, row.height - 3
    text_box(slide, Area(at, top, sides, high), _name(line, brand, whole))
    at += sides + GAP
    size = largest_size(safe_text(line.outcome), OUTCOME, 1, (22.0, 20.0, LEAST), True)
    text_box(slide, Area(at, top, OUTCOME, high), [[Words(line.outcome, size, brand.ink, True)]])
    at += OUTCOME + GAP
    add_small(slide, at, top, small.goal_bar(line))
    at += BAR_WIDTH + GAP
    text_box(slide, Area(at, top, sides, high), _status(line, brand))


def _name(line: GoalLine, brand: Brand, whole: bool) -> list[list[Words]]:
    return [[Words(line.name, LEAST, brand.ink, True)], *([[Words(line.measure, LEAST, GREY)]] if whole else [])]


def _status(line: GoalLine, brand: Brand) -> list[list[Words]]:
    return [
        [Words(text, LEAST, brand.ink)] for text in (line.status.partition(" (")[0], line.decided or line.why) if text
    ]


def _high(paragraphs: Sequence[Sequence[Words]], width: float) -> float:
    return sum(height_of(words.text, width, words.size, words.bold) for line in paragraphs for words in line)


def add_messages(slide: Any, area: Area, items: Sequence[Message], brand: Brand) -> None:
    """The messages side by side, each with its number, its strip, its sentence and how sure it is."""
    width = (area.width - CARD_GAP * (len(items) - 1)) / len(items)
    size = min(largest_size(safe_text(item.sentence), width, 6, MESSAGE_SIZES) for item in items)
    for place, item in enumerate(items):
        left = area.left + place * (width + CARD_GAP)
        rule(slide, Area(left, area.top + 10, width, 2), brand.ink)
        number = largest_size(safe_text(item.figure), width, 1, FIGURE_SIZES, True)
        head = [[Words(item.lead, LEAST, GREY)], [Words(item.figure, number, brand.ink, True)]]
        top = area.top + 20
        text_box(slide, Area(left, top, width, 30 + number * LINE), head)
        top += 26 + number * LINE * 1.1
        if item.marks:
            add_small(slide, left, top, small.strip(item.marks))
        top += small.STRIP_SIZE[1] * SCALE + 8
        told = [[Words(item.sentence, size, brand.ink)], [Words(item.note, LEAST, GREY)]]
        text_box(slide, Area(left, top, width, area.bottom - top), told, PARAGRAPH_SPACE)


def add_small(slide: Any, left: float, top: float, drawing: small.Small) -> None:
    """A small drawing as shapes, its smallest text as large as a slide's."""
    first = True
    for shape in drawing.shapes:
        made = _shape(slide, left, top, shape)
        if first:
            describe(made, drawing.alt)
        first = False


def _shape(slide: Any, left: float, top: float, shape: small.Shape) -> Any:
    if isinstance(shape, small.SmallText):
        wide = text_width(shape.text, LEAST, shape.weight == SEMIBOLD) + 8
        area = Area(left + shape.x * SCALE, top + shape.y * SCALE - LEAST * 0.95, wide, LEAST * LINE)
        made = text_box(slide, area, [[Words(shape.text, LEAST, shape.colour, shape.weight == SEMIBOLD)]])
        made.text_frame.word_wrap = False
        return made
    if isinstance(shape, small.Stroke):
        ends = (left + shape.x * SCALE, top + shape.y * SCALE, left + shape.to_x * SCALE, top + shape.to_y * SCALE)
        line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Pt, ends))
        line.line.color.rgb, line.line.width = _rgb(shape.colour), Pt(shape.width * SCALE)
        return line
    if isinstance(shape, small.SmallBox):
        made = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Pt(left + shape.x * SCALE), Pt(top + shape.y * SCALE),
            Pt(max(shape.width * SCALE, 0.1)), Pt(shape.height * SCALE),
        )  # fmt: skip
        made.line.fill.background()
    else:
        size = shape.size * SCALE
        corner = left + shape.x * SCALE - size / 2, top + shape.y * SCALE - size / 2
        made = slide.shapes.add_shape(_SHAPES[shape.shape], Pt(corner[0]), Pt(corner[1]), Pt(size), Pt(size))
        made.line.color.rgb, made.line.width = _rgb(shape.edge), Pt(1.8)
    made.fill.solid()
    made.fill.fore_color.rgb = _rgb(shape.fill)
    made.shadow.inherit = False
    return made


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())
