"""A Report -> slides.pptx: a message a slide, with native charts, for a meeting of twenty minutes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pptx.util import Emu, Pt

from sekom_survey.model import Report, Shown
from sekom_survey.shown.figures.style import GREY
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.outline import stamps
from sekom_survey.written.office.package import describe as describe_file
from sekom_survey.written.office.package import dropped_relations, safe_text, write_package
from sekom_survey.written.office.table import OfficeTable, fitted, row_height, without
from sekom_survey.written.office.text import largest_size
from sekom_survey.written.powerpoint.chart import Canvas
from sekom_survey.written.powerpoint.deck import CellsSlide, FactsSlide, Messages, Opening, Points, Slide, deck
from sekom_survey.written.powerpoint.exhibit import draw, told
from sekom_survey.written.powerpoint.look import (
    PLAIN_LAYOUT,
    TITLE_HEIGHT,
    TITLE_LAYOUT,
    Area,
    content_area,
    layout_of,
    make_swedish,
    open_presentation,
    placeholder,
)
from sekom_survey.written.powerpoint.parts import (
    CELL_PADDING,
    CELL_SPACE,
    LEAST,
    OPENING_SIZES,
    TITLE_SIZES,
    Words,
    add_footer,
    add_logo,
    add_table,
    fit_title,
    height_of,
    number_paragraphs,
    rule,
    set_notes,
    set_title,
    start_numbers_at,
    text_box,
    whole_sentences,
)

T = TypeVar("T")
MESSAGE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, LEAST)
NOT_FOR_READERS = ("/printerSettings", "/commentAuthors", "/authors", "/tags")
BODY_SIZES = (24.0, 22.0, 20.0, LEAST)
FIGURE_SIZES = (54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, LEAST)
CARD_GAP, PARAGRAPH_SPACE = 32.0, 10.0
NOTE_LINES, QUESTION_LINES = 2, 2


@dataclass(frozen=True, eq=False)
class Show:
    """A presentation being made."""

    presentation: Any
    report: Report
    brand: Brand
    figures: Path

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a slide in points."""
        return Emu(self.presentation.slide_width).pt, Emu(self.presentation.slide_height).pt

    @cached_property
    def room(self) -> Area:
        """Where a plain slide has room."""
        return content_area(self.presentation, layout_of(self.presentation, PLAIN_LAYOUT))


def write_slides(report: Report, figures: Path, path: Path, brand: Brand | None = None) -> None:
    """Write the slides; equal reports, figures and templates give equal bytes.

    Bars, response rates, distributions, scales and groups become charts that can be edited, made from
    `figures`/<id>.csv; other exhibits the picture `Shown.png`. What does not fit a slide goes on to the next. Text is
    nowhere under 18 points but in pictures.
    """
    brand = brand or Brand()
    show = Show(open_presentation(brand), report, brand, figures)
    for slide in deck(report):
        _WRITERS[type(slide.body)](show, slide)
    make_swedish(show.presentation)
    _write(show.presentation, report, path)


def _write(presentation: Any, report: Report, path: Path) -> None:
    package = presentation.part.package
    for name in dropped_relations([(key, rel.reltype) for key, rel in package._rels.items()]):
        package.drop_rel(name)
    relations = presentation.part.rels
    for name in [key for key, rel in relations.items() if rel.reltype.endswith(NOT_FOR_READERS)]:
        relations.pop(name)
    describe_file(presentation.core_properties, report.title, report.year)
    buffer = io.BytesIO()
    presentation.save(buffer)
    write_package(buffer.getvalue(), path)


def _new(show: Show, headline: str, notes: Sequence[str], kind: str = PLAIN_LAYOUT) -> tuple[Any, Area]:
    """A slide with its headline, stamps and notes, and where there is room."""
    layout = layout_of(show.presentation, kind)
    slide = show.presentation.slides.add_slide(layout)
    area = show.room if kind == PLAIN_LAYOUT else content_area(show.presentation, layout)
    for spare in [p for p in slide.placeholders if p._element.ph.get("type") not in ("title", "ctrTitle", "subTitle")]:
        spare._element.getparent().remove(spare._element)
    opening = kind == TITLE_LAYOUT
    used = set_title(slide, headline, area.width, OPENING_SIZES if opening else TITLE_SIZES)
    set_notes(slide, notes)
    return slide, area if opening or show.brand.slides_template else _raised(area, used)


def _room(show: Show, headline: str) -> Area:
    """Where a slide with a headline will have room."""
    return show.room if show.brand.slides_template else _raised(show.room, fit_title(headline, show.room.width)[2])


def _raised(area: Area, used: float) -> Area:
    """The area with what a short headline leaves of its room."""
    gained = TITLE_HEIGHT - used - 8
    return Area(area.left, area.top - gained, area.width, area.height + gained)


def _finish(show: Show, slide: Any) -> None:
    """The stamps last, so that they are read last."""
    add_footer(slide, "  ·  ".join(stamps(show.report)), show.brand, show.size)


def _opening(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, Opening)
    made, _ = _new(show, slide.headline, slide.notes, TITLE_LAYOUT)
    under = placeholder(made, "subTitle")
    if under is not None:
        under.text_frame.text = "\n".join(safe_text(line) for line in slide.body.lines)
        for paragraph in under.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(22)
    add_logo(made, show.brand, show.size, show.brand.name or show.report.association)
    _finish(show, made)


def _messages(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, Messages)
    made, area = _new(show, slide.headline, slide.notes)
    count = len(slide.body.items)
    width = (area.width - CARD_GAP * (count - 1)) / count
    sentences = [safe_text(sentence) for _, sentence, _ in slide.body.items]
    size = min(largest_size(s, width, 5, MESSAGE_SIZES) for s in sentences)
    for i, (figure, sentence, uncertainty) in enumerate(slide.body.items):
        left = area.left + i * (width + CARD_GAP)
        number = Words(figure, largest_size(safe_text(figure), width, 1, FIGURE_SIZES, True), show.brand.accent, True)
        words = [[number], [Words(sentence, size, show.brand.ink)], [Words(uncertainty, LEAST, GREY)]]
        rule(made, Area(left, area.top + 30, width, 4), show.brand.accent)
        text_box(made, Area(left, area.top + 46, width, area.height - 46), words, PARAGRAPH_SPACE)
    _finish(show, made)


def _points(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, Points)
    first = 1
    for made, area, items, size in _pages(show, slide, slide.body.items):
        box = text_box(made, area, [[Words(item, size, show.brand.ink)] for item in items], PARAGRAPH_SPACE)
        number_paragraphs(box)
        start_numbers_at(box, first)
        first += len(items)
        _finish(show, made)


def _facts(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, FactsSlide)
    heads = {f"{head}: {text}": (head, text) for head, text in slide.body.items}
    for made, area, items, size in _pages(show, slide, tuple(heads)):
        words = [[Words(f"{heads[item][0]}: ", size, show.brand.ink, True), Words(heads[item][1], size, show.brand.ink)]
                 for item in items]  # fmt: skip
        text_box(made, area, words, PARAGRAPH_SPACE)
        _finish(show, made)


def _pages(show: Show, slide: Slide, items: Sequence[str]) -> list[tuple[Any, Area, list[str], float]]:
    """Slides for a list of paragraphs, at the largest size that fits one slide, else on as many as it takes."""
    room = _room(show, slide.headline)
    heights = {s: [height_of(i, room.width - 30, s) + PARAGRAPH_SPACE for i in items] for s in BODY_SIZES}
    size = next((size for size in BODY_SIZES if sum(heights[size]) <= room.height - 12), LEAST)
    if sum(heights[size]) > room.height - 12:
        room = _room(show, _numbered(slide.headline, 9, 9))
    parts = _chunks(list(items), heights[size], room.height - 12)
    made = []
    for i, part in enumerate(parts, 1):
        new, area = _new(show, _numbered(slide.headline, i, len(parts)), slide.notes)
        made.append((new, area.below(12), part, size))
    return made


def _numbered(headline: str, part: int, parts: int) -> str:
    return headline if parts == 1 else f"{headline} ({part} av {parts})"


def _chunks(items: list[T], heights: Sequence[float], room: float) -> list[list[T]]:
    """Items in order, parted where the room ends; each part has at least one."""
    parts: list[list[T]] = [[]]
    used = 0.0
    for item, height in zip(items, heights, strict=True):
        if parts[-1] and used + height > room:
            parts.append([])
            used = 0.0
        parts[-1].append(item)
        used += height
    return parts


def _table(show: Show, slide: Slide) -> None:
    cells = slide.body
    assert isinstance(cells, CellsSlide)
    room = _room(show, slide.headline)
    note = whole_sentences(cells.note, room.width, 1) if cells.note else ""
    below = height_of(note, room.width, LEAST) + 10 if note else 0.0
    grid, heights = _sized(cells, room.width, room.height - below)
    if sum(heights) > room.height - below and not cells.one_slide:
        room = _room(show, _numbered(slide.headline, 9, 9))
    parts = _chunks(list(grid.rows), heights[1:], room.height - heights[0] - below)
    if cells.one_slide and len(parts) > 1:
        parts = parts[:1]
        note = f"{len(parts[0])} av {len(grid.rows)} rader visas; alla står i rapporten."
    for i, rows in enumerate(parts, 1):
        made, area = _new(show, _numbered(slide.headline, i, len(parts)), slide.notes)
        part = OfficeTable(grid.columns, tuple(rows), grid.numeric, grid.widths, grid.size)
        add_table(made, area, part, cells.alt, show.brand)
        if note:
            text_box(
                made, Area(area.left, area.bottom - below + 10, area.width, below - 10), [[Words(note, LEAST, GREY)]]
            )
        _finish(show, made)


def _sized(cells: CellsSlide, width: float, room: float) -> tuple[OfficeTable, list[float]]:
    """The largest and fullest table that fits one slide without breaking a word, else the least; and its rows' heights."""
    for left_out in range(len(cells.least_told) + 1):
        columns, rows = without(cells.columns, cells.rows, cells.least_told[:left_out])
        for size in BODY_SIZES:
            grid = fitted(columns, rows, width, (size, LEAST), CELL_PADDING)
            heights = [row_height(row, grid, CELL_PADDING) + 2 * CELL_SPACE for row in (grid.columns, *grid.rows)]
            if sum(heights) <= room:
                return grid, heights
    return grid, heights


def _exhibit(show: Show, slide: Slide) -> None:
    shown = slide.body
    assert isinstance(shown, Shown)
    made, area = _new(show, slide.headline, slide.notes)
    question = whole_sentences(shown.subtitle, area.width, QUESTION_LINES) if shown.subtitle else ""
    if question:
        high = height_of(question, area.width, LEAST)
        text_box(made, Area(area.left, area.top, area.width, high), [[Words(question, LEAST, GREY)]])
        area = area.below(high + 8)
    below = NOTE_LINES * height_of("x", area.width, LEAST)
    added = draw(
        Canvas(made, Area(area.left, area.top, area.width, area.height - below - 8), show.brand, show.report.year),
        shown,
        show.figures,
    )
    note = whole_sentences(" ".join(filter(None, (added, told(shown)))), area.width, NOTE_LINES)
    text_box(made, Area(area.left, area.bottom - below, area.width, below), [[Words(note, LEAST, GREY)]])
    _finish(show, made)


_WRITERS: dict[type, Callable[[Show, Slide], None]] = {
    Opening: _opening, Messages: _messages, Points: _points, FactsSlide: _facts, CellsSlide: _table, Shown: _exhibit,
}  # fmt: skip
