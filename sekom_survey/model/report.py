"""What is shown, and the report it is put together to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.model.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

INTERNAL, PUBLIC = "internal", "public"  # the builds of a report


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One thing shown: numbers with a title, a note and a text alternative.

    `kind` picks the drawing and so the columns of `data` (see docs/exhibits.md); `table` is what a reader sees
    when the table is opened (Swedish headings, cells as they are to be read). `internal` keeps it out of public builds,
    and only one that is `released`, with the headings of its table named, is in one at all.
    `placement` says how far it goes: SLIDE, BOARD (Word's pages), ANNEX (folded on the page, in the workbook) or WEB (the page alone);
    "" by rule. `by` is the segmentation whose groups it sets side by side, "" when it is of all members.
    """

    id: str
    kind: str
    title: str
    subtitle: str
    note: str
    alt: str
    data: pd.DataFrame
    table: pd.DataFrame
    internal: bool = False
    released: tuple[str, ...] | None = None
    placement: str = ""
    by: str = ""


@dataclass(frozen=True)
class Shown:
    """An exhibit as a notebook left it on disk, ready for the writers.

    `svg`, `narrow` (for phones) and `png` are empty for a kind without figure; `columns` and `rows` hold the
    table as text.
    """

    id: str
    kind: str
    title: str
    subtitle: str
    note: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: Path | None = None
    narrow: Path | None = None
    png: Path | None = None
    internal: bool = False
    placement: str = ""
    by: str = ""


@dataclass(frozen=True)
class Prose:
    """A passage of Markdown from a notebook, without its section heading."""

    markdown: str


@dataclass(frozen=True)
class Section:
    """One notebook's part of the report: its heading and what stands under it, in order."""

    id: str
    title: str
    blocks: tuple[Prose | Shown, ...]


@dataclass(frozen=True)
class GoalLine:
    """A goal in one line: its deciding measure against its target and last year, both statuses, why and who answers for it.

    `value`, `target` and `last` are in the measure's unit, None where not known; `full` is the value at which the bar is full
    when there is no target: None for a count, of which nobody has said what is much. `status` is what the rule gives, with its symbol; `decided` what the board has decided otherwise.
    """

    name: str
    measure: str
    outcome: str
    value: float | None
    target: float | None
    last: float | None
    full: float | None
    before: str
    status: str
    decided: str
    why: str
    who: str

    @property
    def told(self) -> str:
        """The whole line in words: "Påverkan, Inlämnade remissvar: 2 av 2 (2025: 1). ✔ Uppnått. Två remissvar. Ansvarig: ordföranden." """
        outcome = f"{self.outcome} ({self.before})" if self.before else self.outcome
        status = "; ".join(filter(None, (self.status, self.decided)))
        parts = (
            f"{self.name}, {self.measure}: {outcome}",
            status,
            self.why,
            f"Ansvarig: {self.who}" if self.who else "",
        )
        return " ".join(f"{part}." for part in parts if part)


@dataclass(frozen=True)
class StripMark:
    """A place on a strip from nought to one hundred percent; `last` for last year's."""

    share: float
    label: str
    last: bool = False


@dataclass(frozen=True)
class Message:
    """One of page one's messages: what kind of news, its number (`beside` it what it is set against), a sentence, how sure."""

    lead: str
    figure: str
    sentence: str
    note: str = ""
    beside: str = ""
    marks: tuple[StripMark, ...] = ()


@dataclass(frozen=True)
class Brief:
    """Page one: all that a board member who turns no page is to know.

    `title` is the conclusion, `response` who answered, `trust` how far to trust it, in one plain sentence; `motions` all that
    the board is asked to decide, each beginning with "att".
    """

    title: str
    response: str = ""
    goals: tuple[GoalLine, ...] = ()
    goals_day: str = ""
    messages: tuple[Message, ...] = ()
    trust: str = ""
    motions: tuple[str, ...] = ()
    source: str = ""

    @property
    def messages_title(self) -> str:
        """How many messages there are, and that the surest comes first where one is told to be sure."""
        name = {1: "Ett besked", 2: "Två besked", 3: "Tre besked"}.get(len(self.messages), "Besked")
        return f"{name}, det säkraste först" if any(one.beside for one in self.messages) else name


@dataclass(frozen=True)
class FollowedMeasure:
    """A measure that cannot be judged: what it came to, last year too ("" where not known), what is missing, what is proposed."""

    goal: str
    measure: str
    outcome: str
    before: str
    lacking: str
    proposed: str


@dataclass(frozen=True)
class GoalsPage:
    """The goals alone, for a meeting in the middle of the year: `brief` has title, goals and motions, no messages.

    `further` are the other measures that can be judged, each under its goal's name, `followed` those that cannot; `decisions`
    the board's own judgements as (heading, text).
    """

    title: str
    association: str
    year: int
    synthetic: bool
    build: str
    brief: Brief
    further: tuple[GoalLine, ...]
    followed: tuple[FollowedMeasure, ...]
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """Everything the writers need; nothing in it is computed again.

    `brief` is page one, `facts` are (heading, text) pairs on the survey; `repeat` tells how to make the report again, `passage`
    are the paragraphs ready to paste into the plan, `declaration` the quality declaration as (heading, text) pairs, `questions`
    each question with its options.
    """

    title: str
    subtitle: str
    association: str
    year: int
    synthetic: bool
    build: str
    brief: Brief
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    repeat: tuple[str, ...]
    passage: tuple[str, ...] = ()
    declaration: tuple[tuple[str, str], ...] = ()
    questions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Failure:
    """A notebook that did not run to its end: which cell (from 1), its source and the error."""

    notebook: str
    cell: int
    source: str
    error: str


@dataclass(frozen=True)
class RunOutcome:
    """What a run made: the folder of each build, what there is to look over, and the notebooks that failed."""

    folders: tuple[Path, ...]
    problems: tuple[Problem, ...]
    failures: tuple[Failure, ...] = ()
