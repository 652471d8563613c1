"""Drawings as small as a line of text: a goal's bar against its target, a message's places on a strip; as SVG and as PNG."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, NamedTuple

from sekom_survey.model import GoalLine, StripMark
from sekom_survey.shown.figures.fonts import CSS_FAMILIES, text_width
from sekom_survey.shown.figures.style import BLUE, GREY, HAIRLINE, INK, OUTLINE, REGULAR, SEMIBOLD, WHITE
from sekom_survey.text.swedish import percent

TARGET_AT = 0.89
TEXT = 9.5
BAR_SIZE, STRIP_SIZE = (118.0, 27.0), (138.0, 29.0)
EDGE = 5.0
OTHER_FACES = 1.06  # how much wider a line may be in the typeface of a slide


class SmallBox(NamedTuple):
    """A filled rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str


class Stroke(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str
    width: float


class Sign(NamedTuple):
    """A mark centred on a point: "o" a circle, "^" a triangle, "s" a square."""

    x: float
    y: float
    shape: Literal["o", "^", "s"]
    size: float
    fill: str
    edge: str


class SmallText(NamedTuple):
    """One line of text with its foot at y, beginning at x."""

    x: float
    y: float
    text: str
    colour: str
    weight: int


Shape = SmallBox | Stroke | Sign | SmallText


@dataclass(frozen=True)
class Small:
    """A drawing: its size in points, what is drawn in order, and what it says in words."""

    size: tuple[float, float]
    shapes: tuple[Shape, ...]
    alt: str


def goal_bar(line: GoalLine) -> Small:
    """As far as the measure came, a line at the target, an open triangle at last year's outcome with its number.

    A count without a target has nothing to be drawn against: last year's number stands alone.
    """
    width = BAR_SIZE[0]
    if not line.target and line.full is None:
        return Small(BAR_SIZE, (SmallText(0, 24.5, line.before, GREY, REGULAR),), line.before)
    unit = width * _unit(line)
    shapes: list[Shape] = [SmallBox(0, 2, width, 10, HAIRLINE)]
    if line.value is not None:
        shapes.append(SmallBox(0, 3.5, _within(line.value * unit, width), 7, BLUE))
    if line.target:
        shapes.append(Stroke(line.target * unit, 0, line.target * unit, 14, INK, 2.2))
    alt = ", ".join(filter(None, (line.outcome, line.before)))
    return Small(BAR_SIZE, (*shapes, *_last(line, unit)), f"Stapel: {alt}")


def _unit(line: GoalLine) -> float:
    """How much of the width one is: of percent a hundredth; of counts the target stands near the end, and what passes it is seen."""
    if line.full is not None:
        return 1 / line.full
    known = [1 / value for value in (line.value, line.last) if value]
    return min([*known, TARGET_AT / line.target]) if line.target else min(known, default=1.0)


def _last(line: GoalLine, unit: float) -> Iterable[Shape]:
    width = BAR_SIZE[0]
    if line.last is None:
        yield SmallText(0, 24.5, line.before, GREY, REGULAR)
        return
    at = min(max(line.last * unit, 3.5), width - 3.5)
    yield Sign(at, 17.5, "^", 6.5, WHITE, INK)
    wide = text_width(line.before, TEXT)
    left = at + 6 if at + 6 + wide <= width else max(at - 6 - wide * OTHER_FACES, 0.0)
    yield SmallText(left, 24.5, line.before, GREY, REGULAR)


def _within(value: float, most: float) -> float:
    return min(max(value, 0.0), most)


def strip(marks: Sequence[StripMark]) -> Small:
    """Shares on a line from nought to a hundred percent; last year's open, joined to this year's."""
    width = STRIP_SIZE[0]
    room = width - 2 * EDGE
    places = [EDGE + room * _within(mark.share, 1.0) for mark in marks]
    ends = [Stroke(x, 4.5, x, 11.5, OUTLINE, 1) for x in (EDGE, EDGE + room / 2, EDGE + room)]
    shapes: list[Shape] = [Stroke(EDGE, 8, EDGE + room, 8, OUTLINE, 1), *ends]
    if len(places) > 1:
        shapes.append(Stroke(min(places), 8, max(places), 8, INK, 1.6))
    shapes += [_place(x, mark, mark is marks[-1]) for x, mark in zip(places, marks, strict=True)]
    texts = [f"{percent(mark.share, 50)} {mark.label}".strip() for mark in marks]
    return Small(STRIP_SIZE, (*shapes, *_labels(places, texts)), "Från noll till hundra procent: " + ", ".join(texts))


def _place(x: float, mark: StripMark, told: bool) -> Sign:
    """What the message tells is a filled blue circle, last year an open one, another group a filled grey square."""
    if mark.last:
        return Sign(x, 8, "o", 8.5, WHITE, INK)
    return Sign(x, 8, "o", 8.5, BLUE, WHITE) if told else Sign(x, 8, "s", 8, GREY, WHITE)


def _labels(places: Sequence[float], texts: Sequence[str]) -> Iterable[SmallText]:
    """The words under the places, each centred, moved aside where they would meet."""
    width = STRIP_SIZE[0]
    wide = [text_width(text, TEXT, SEMIBOLD) for text in texts]
    order = sorted(range(len(places)), key=lambda i: places[i])
    left = [min(max(place - w / 2, 0.0), width - w) for place, w in zip(places, wide, strict=True)]
    for first, second in itertools.pairwise(order):
        lacking = left[first] + wide[first] + 5 - left[second]
        if lacking > 0:
            left[second] = min(left[second] + lacking, width - wide[second])
            left[first] = max(0.0, min(left[first], left[second] - 5 - wide[first]))
    for i, text in enumerate(texts):
        last = i == len(texts) - 1
        yield SmallText(left[i], 25, text, INK if last else GREY, SEMIBOLD if last else REGULAR)


def svg(small: Small, scale: float) -> str:
    """The drawing as inline SVG, so many CSS pixels to a point."""
    width, height = small.size
    body = "".join(_svg_of(shape) for shape in small.shapes)
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width * scale:.0f}" height="{height * scale:.0f}" role="img" '
        f'aria-label="{escape(small.alt)}" focusable="false" font-family="{escape(CSS_FAMILIES)}">{body}</svg>'
    )


def _svg_of(shape: Shape) -> str:
    if isinstance(shape, SmallBox):
        return f'<rect x="{shape.x:g}" y="{shape.y:g}" width="{shape.width:.2f}" height="{shape.height:g}" fill="{shape.fill}"/>'
    if isinstance(shape, Stroke):
        return f'<path d="M{shape.x:.2f} {shape.y:g}L{shape.to_x:.2f} {shape.to_y:g}" stroke="{shape.colour}" stroke-width="{shape.width:g}"/>'
    if isinstance(shape, Sign):
        return _svg_sign(shape)
    weight = f' font-weight="{shape.weight}"' if shape.weight != REGULAR else ""
    return f'<text x="{shape.x:.2f}" y="{shape.y:g}" font-size="{TEXT}" fill="{shape.colour}"{weight}>{escape(shape.text)}</text>'


def _svg_sign(sign: Sign) -> str:
    r = sign.size / 2
    look = f'fill="{sign.fill}" stroke="{sign.edge}" stroke-width="1.2"'
    if sign.shape == "o":
        return f'<circle cx="{sign.x:.2f}" cy="{sign.y:g}" r="{r:g}" {look}/>'
    if sign.shape == "s":
        return f'<rect x="{sign.x - r:.2f}" y="{sign.y - r:g}" width="{2 * r:g}" height="{2 * r:g}" {look}/>'
    return f'<path d="M{sign.x:.2f} {sign.y - r:g}L{sign.x + r:.2f} {sign.y + r:g}L{sign.x - r:.2f} {sign.y + r:g}Z" {look}/>'


def png(small: Small) -> bytes:
    """The drawing as a picture for print."""
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    from sekom_survey.shown.figures import as_png, own_settings
    from sekom_survey.shown.figures.sheet import POINTS_PER_INCH, FigureSheet
    from sekom_survey.shown.figures.style import PRINT

    width, height = small.size
    with own_settings(""):
        figure = Figure((width / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH, facecolor=WHITE)
        place = Affine2D().scale(1 / POINTS_PER_INCH, -1 / POINTS_PER_INCH).translate(0, height / POINTS_PER_INCH)
        sheet = FigureSheet(figure, PRINT, place, 0)
        for order, shape in enumerate(small.shapes):
            _put(sheet, shape, order)
        return as_png(figure)


def _put(sheet: object, shape: Shape, order: int) -> None:
    from sekom_survey.shown.figures.sheet import FigureSheet, box, line, marks, words

    assert isinstance(sheet, FigureSheet)
    if isinstance(shape, SmallBox):
        box(sheet, shape.x, shape.y, shape.width, shape.height, shape.fill, order=order)
    elif isinstance(shape, Stroke):
        line(sheet, (shape.x, shape.to_x), (shape.y, shape.to_y), shape.colour, shape.width, order=order)
    elif isinstance(shape, Sign):
        marks(sheet, [shape.x], [shape.y], shape.shape, shape.size, shape.fill, shape.edge, 1.2, order=order)
    else:
        words(sheet, shape.x, shape.y, shape.text, TEXT, shape.colour, shape.weight, order=order)
