"""Which slides a meeting gets: at most twelve, each with something to see; a part that does not exist leaves no empty slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sekom_survey.model import SLIDE, GoalLine, Message, Report, Shown
from sekom_survey.text.swedish import number_word, sentence_case
from sekom_survey.written.motions import ASKED, minuted
from sekom_survey.written.office.outline import open_sections, topics_of

# The exhibits that tell who answered, the best first; one that a year does not have is passed over.
ANSWERED = ("response_size", "response_landsdel", "flow")
FIRST = ("change",)  # the year's news goes before the questions
MOST_SLIDES = 12


@dataclass(frozen=True)
class Opening:
    """The first slide's lines under the title."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class GoalsSlide:
    """The goals, each with its bar."""

    lines: tuple[GoalLine, ...]
    alt: str


@dataclass(frozen=True)
class MessagesSlide:
    """Figure, strip, sentence and uncertainty side by side."""

    items: tuple[Message, ...]


@dataclass(frozen=True)
class MotionsSlide:
    """What the board is asked to decide."""

    items: tuple[str, ...]
    asked: str


Body = Opening | GoalsSlide | MessagesSlide | MotionsSlide | Shown


@dataclass(frozen=True)
class Slide:
    """One slide: the conclusion as its headline, one thing to show, and what the speaker needs."""

    headline: str
    body: Body
    notes: tuple[str, ...] = ()


def deck(report: Report) -> list[Slide]:
    """The slides in order, those that have something to show.

    Opening, goals, messages, change, then questions, engagement and themes as there is room, who answered, decisions.
    """
    topics = [topic for section in open_sections(report) for topic in topics_of(section)]
    exhibits = [shown for topic in topics for shown in topic]
    before, after = list(_before(report, exhibits)), list(_after(report, exhibits))
    taken = {slide.body.id for slide in (*before, *after) if isinstance(slide.body, Shown)}
    rest = [[shown for shown in topic if shown.id not in taken] for topic in topics]
    chosen = [_exhibit(shown) for shown in _chosen(rest, MOST_SLIDES - len(before) - len(after))]
    return [*before, *chosen, *after]


def _chosen(topics: Sequence[Sequence[Shown]], room: int) -> list[Shown]:
    """As many as there is room for of what is placed on slides: the first of each topic, then the second; in the report's order."""
    wanted = [[shown for shown in topic if shown.placement == SLIDE and shown.png] for topic in topics]
    rounds = [shown for turn in zip_longest(*wanted) for shown in turn if shown]
    taken = rounds[: max(room, 0)]
    return [shown for topic in wanted for shown in topic if shown in taken]


def _before(report: Report, exhibits: Sequence[Shown]) -> Iterator[Slide]:
    brief = report.brief
    lines = (brief.title, brief.response, brief.trust, report.subtitle)
    yield Slide(report.title, Opening(tuple(dict.fromkeys(line for line in lines if line and line != report.title))))
    if brief.goals:
        told = tuple(line.told for line in brief.goals)
        yield Slide(brief.title.partition(". ")[0].rstrip("."), GoalsSlide(brief.goals, " ".join(told)), told)
    if brief.messages:
        notes = tuple(f"{one.lead}: {one.sentence} {one.note}".strip() for one in brief.messages)
        yield Slide(brief.messages_title, MessagesSlide(brief.messages), (*notes, brief.source))
    yield from map(_exhibit, _first(exhibits, FIRST))


def _after(report: Report, exhibits: Sequence[Shown]) -> Iterator[Slide]:
    yield from (
        Slide(report.brief.response.partition(". ")[0].rstrip(".") or shown.title, shown, _numbers(shown))
        for shown in _first(exhibits, ANSWERED)
    )
    motions = report.brief.motions
    if motions:
        title = f"{sentence_case(number_word(len(motions), neuter=True))} förslag till beslut"
        yield Slide(title, MotionsSlide(minuted(motions), ASKED), minuted(motions))


def _exhibit(shown: Shown) -> Slide:
    return Slide(shown.title, shown, _numbers(shown))


def _first(exhibits: Sequence[Shown], names: Sequence[str]) -> list[Shown]:
    """The best of some exhibits, as a list of one or none."""
    return [shown for name in names for shown in exhibits if shown.id == name and shown.png][:1]


def _numbers(shown: Shown) -> tuple[str, ...]:
    """The question, the numbers and the source, for the speaker's notes."""
    rows = (
        "; ".join(f"{head}: {cell}" for head, cell in zip(shown.columns, row, strict=False) if cell)
        for row in shown.rows
    )
    return tuple(line for line in (shown.subtitle, shown.alt, *rows, shown.note) if line)
