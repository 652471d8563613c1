"""Which slides a meeting gets: at most twelve, each with its message; a part that does not exist leaves no empty slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sekom_survey.model import SLIDE, Report, Shown
from sekom_survey.text.swedish import number_word, plural, sentence_case
from sekom_survey.written.office.outline import LEAST_TOLD, open_sections, topics_of
from sekom_survey.written.office.table import without

CANNOT_JUDGE = "Kan inte bedömas"
NOT_OF_FAULTS = (*LEAST_TOLD, "Utfall")
FAULTS, DECISIONS = ("goal_faults",), ("Att besluta",)
# The exhibits that tell who answered, the best first; one that a year does not have is passed over.
ANSWERED = ("response_size", "response_landsdel", "flow")
MOST_SLIDES = 12
LONG_CELL = 90


@dataclass(frozen=True)
class Messages:
    """Figure, sentence and uncertainty side by side."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Opening:
    """The first slide's lines under the title."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class FactsSlide:
    """Headings with a text each."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CellsSlide:
    """A table with its source and text alternative.

    Columns in `least_told` go, the first first, where the slide has no room; with `one_slide` the rows that then have no
    room are left to the report.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    alt: str
    least_told: tuple[str, ...] = ()
    one_slide: bool = False


Body = Opening | Messages | Points | FactsSlide | CellsSlide | Shown


@dataclass(frozen=True)
class Slide:
    """One slide: the conclusion as its headline, one thing to show, and what the speaker needs."""

    headline: str
    body: Body
    notes: tuple[str, ...] = ()


def deck(report: Report) -> list[Slide]:
    """The slides in order, those that have something to show.

    Title, messages, who answered, goals, goals that cannot be judged, questions and themes as there is room, decisions,
    about the survey.
    """
    topics = [topic for section in open_sections(report) for topic in topics_of(section)]
    exhibits = [shown for topic in topics for shown in topic]
    before, after = list(_before(report, exhibits)), list(_after(report))
    room = MOST_SLIDES - sum(map(len, (*before, *after))) - _runs_on(report.goals)
    chosen = [[_exhibit(shown) for shown in _chosen(topics, room)]]
    return [slide for part in (*before, *chosen, *after) for slide in part]


def _chosen(topics: Sequence[Sequence[Shown]], room: int) -> list[Shown]:
    """As many as there is room for of what is placed on slides: the first of each topic, then the second; in the report's order."""
    wanted = [[shown for shown in topic if shown.placement == SLIDE and (shown.png or shown.rows)] for topic in topics]
    rounds = [shown for turn in zip_longest(*wanted) for shown in turn if shown]
    taken = rounds[: max(room, 0)]
    return [shown for topic in wanted for shown in topic if shown in taken]


def _before(report: Report, exhibits: Sequence[Shown]) -> Iterator[list[Slide]]:
    yield [Slide(report.title, Opening(tuple(line for line in (report.subtitle, report.headline) if line)))]
    if report.messages:
        count = len(report.messages)
        headline = (
            f"{sentence_case(number_word(count, neuter=True))} {plural(count, 'budskap', 'budskap')} från enkäten"
        )
        yield [Slide(headline, Messages(report.messages), tuple(" ".join(filter(None, m)) for m in report.messages))]
    yield _answered(report, exhibits)
    yield _goals(report.goals)
    yield [_faults(shown) for shown in _first(exhibits, FAULTS)] or _not_judged(report.goals)


def _after(report: Report) -> Iterator[list[Slide]]:
    if report.to_decide:
        count = len(report.to_decide)
        yield [Slide(f"{sentence_case(number_word(count))} {plural(count, 'sak', 'saker')} att besluta om",
                     Points(report.to_decide), report.to_decide)]  # fmt: skip
    if report.facts:
        notes = tuple(f"{head}: {text}" for head, text in (*report.facts, *report.declaration))
        yield [Slide("Om undersökningen: så säkra är siffrorna", FactsSlide(report.facts), notes)]


def _answered(report: Report, exhibits: Sequence[Shown]) -> list[Slide]:
    """The response rate as the headline over who answered."""
    headline = report.headline.partition(". ")[0].rstrip(".")
    return [Slide(headline or shown.title, shown, _numbers(shown)) for shown in _first(exhibits, ANSWERED)]


def _exhibit(shown: Shown) -> Slide:
    if shown.kind == "table":
        return Slide(shown.title, replace(_cells(shown, shown.rows), one_slide=True), _numbers(shown))
    return Slide(shown.title, shown, _numbers(shown))


def _first(exhibits: Sequence[Shown], topic: Sequence[str]) -> list[Shown]:
    """The best exhibit for a topic, as a list of one or none."""
    return [shown for name in topic for shown in exhibits if shown.id == name and (shown.png or shown.rows)][:1]


def _goals(goals: Shown | None) -> list[Slide]:
    if goals is None or not goals.rows:
        return []
    return [Slide(goals.title, replace(_cells(goals, goals.rows), least_told=LEAST_TOLD), _numbers(goals))]


def _runs_on(goals: Shown | None) -> int:
    """The slide more that the goals take when what is told of one of them is long."""
    return int(goals is not None and any(len(cell) > LONG_CELL for row in goals.rows for cell in row))


def _faults(shown: Shown) -> Slide:
    """What is wrong with the goals, without what to do about it, which has a slide of its own."""
    return Slide(shown.title, replace(_cells(shown, shown.rows, DECISIONS), one_slide=True), _numbers(shown))


def _not_judged(goals: Shown | None) -> list[Slide]:
    """The rows of the goals that cannot be judged, where no exhibit tells what is wrong with them."""
    rows = goals.rows if goals else ()
    faulty = tuple(row for row in _filled(rows) if any(CANNOT_JUDGE in cell for cell in row))
    if goals is None or not faulty:
        return []
    headline = f"{sentence_case(number_word(len(faulty)))} av {number_word(len(rows))} mått kan inte bedömas"
    return [Slide(headline, _cells(goals, faulty, NOT_OF_FAULTS), _numbers(goals))]


def _filled(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Rows with the goal written out where the table leaves it empty under the one before."""
    goal = ""
    for row in rows:
        goal = row[0] or goal
        yield (goal, *row[1:])


def _cells(shown: Shown, rows: Sequence[tuple[str, ...]], but: Sequence[str] = ()) -> CellsSlide:
    """A table's rows but for some columns."""
    columns, kept = without(shown.columns, rows, but)
    return CellsSlide(tuple(columns), tuple(map(tuple, kept)), shown.note, shown.alt)


def _numbers(shown: Shown) -> tuple[str, ...]:
    """The question, the numbers and the source, for the speaker's notes."""
    rows = (
        "; ".join(f"{head}: {cell}" for head, cell in zip(shown.columns, row, strict=False) if cell)
        for row in shown.rows
    )
    return tuple(line for line in (shown.subtitle, shown.alt, *rows, shown.note) if line)
