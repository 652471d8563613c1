"""A Report -> slides.pptx: a message a slide, with native charts, for a meeting of twenty minutes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pptx.util import Emu, Pt

from sekom_survey.model import Report, Shown
from sekom_survey.shown.figures.style import GREY
from sekom_survey.written.brand import Brand
from sekom_survey.written.motions import elsewhere
from sekom_survey.written.office.outline import stamps
from sekom_survey.written.office.package import describe as describe_file
from sekom_survey.written.office.package import dropped_relations, safe_text, write_package
from sekom_survey.written.powerpoint.brief import add_goals, add_messages
from sekom_survey.written.powerpoint.chart import Canvas
from sekom_survey.written.powerpoint.deck import GoalsSlide, MessagesSlide, MotionsSlide, Opening, Slide, deck
from sekom_survey.written.powerpoint.exhibit import ASKED, draw, told
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
    LEAST,
    OPENING_SIZES,
    TITLE_SIZES,
    Words,
    add_footer,
    add_logo,
    height_of,
    number_paragraphs,
    set_notes,
    set_title,
    text_box,
    whole_sentences,
)

NOT_FOR_READERS = ("/printerSettings", "/commentAuthors", "/authors", "/tags")
CARD_GAP, PARAGRAPH_SPACE = 32.0, 10.0
NOTE_LINES, QUESTION_LINES = 2, 2  # of a note with two questions twice as many


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


def _goals(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, GoalsSlide)
    made, area = _new(show, slide.headline, slide.notes)
    left = add_goals(made, area, slide.body, show.brand)
    if left:
        told = f"{left} mål till står i rapporten."
        text_box(made, Area(area.left, area.bottom - 24, area.width, 24), [[Words(told, LEAST, GREY)]])
    _finish(show, made)


def _messages(show: Show, slide: Slide) -> None:
    assert isinstance(slide.body, MessagesSlide)
    made, area = _new(show, slide.headline, slide.notes)
    add_messages(made, area, slide.body.items, show.brand)
    _finish(show, made)


def _motions(show: Show, slide: Slide) -> None:
    """As many as one slide holds; the others are in the report and in the notes, which is said."""
    assert isinstance(slide.body, MotionsSlide)
    made, area = _new(show, slide.headline, slide.notes)
    text_box(made, area, [[Words(slide.body.asked, LEAST, GREY)]])
    room = area.below(30)
    heights = [height_of(item, room.width - 30, LEAST) + PARAGRAPH_SPACE for item in slide.body.items]
    shown = next((n for n in range(len(heights), 1, -1) if sum(heights[:n]) <= room.height - 30), 1)
    kept = [[Words(item, LEAST, show.brand.ink)] for item in slide.body.items[:shown]]
    number_paragraphs(text_box(made, room, kept, PARAGRAPH_SPACE))
    told = elsewhere(shown, slide.body.items)
    if told:
        text_box(made, Area(area.left, area.bottom - 24, area.width, 24), [[Words(told, LEAST, GREY)]])
    _finish(show, made)


def _exhibit(show: Show, slide: Slide) -> None:
    shown = slide.body
    assert isinstance(shown, Shown)
    made, area = _new(show, slide.headline, slide.notes)
    question = whole_sentences(shown.subtitle, area.width, QUESTION_LINES) if shown.subtitle else ""
    if question:
        high = height_of(question, area.width, LEAST)
        text_box(made, Area(area.left, area.top, area.width, high), [[Words(question, LEAST, GREY)]])
        area = area.below(high + 8)
    lines = NOTE_LINES * max(1, told(shown).count(ASKED))
    below = lines * height_of("x", area.width, LEAST)
    added = draw(
        Canvas(made, Area(area.left, area.top, area.width, area.height - below - 8), show.brand, show.report.year),
        shown,
        show.figures,
    )
    note = whole_sentences(" ".join(filter(None, (added, told(shown)))), area.width, lines)
    text_box(made, Area(area.left, area.bottom - below, area.width, below), [[Words(note, LEAST, GREY)]])
    _finish(show, made)


_WRITERS: dict[type, Callable[[Show, Slide], None]] = {
    Opening: _opening, GoalsSlide: _goals, MessagesSlide: _messages, MotionsSlide: _motions, Shown: _exhibit,
}  # fmt: skip
