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
    `placement` says how far it goes: SLIDE, BOARD (Word's pages), ANNEX (its table in Word's annex) or WEB (the page alone); "" by rule.
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
class Report:
    """Everything the writers need; nothing in it is computed again.

    `headline` is one sentence on who answered; `facts` are (heading, text) pairs for the facts box; `messages`
    are (figure, sentence, uncertainty) triples; `repeat` tells how to make the report again. `goals` is the
    table of strategic goals, `to_decide` what the board has to decide, `passage` the paragraphs ready to paste into the
    plan, `declaration` the quality declaration as (heading, text) pairs, `questions` each question with its options.
    """

    title: str
    subtitle: str
    association: str
    year: int
    synthetic: bool
    build: str
    headline: str
    messages: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    repeat: tuple[str, ...]
    goals: Shown | None = None
    to_decide: tuple[str, ...] = ()
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
