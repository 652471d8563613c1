"""The nouns of a survey year: frozen and small, shared by every step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ERROR, WARNING, NOTE = "error", "warning", "note"

MEMBER, ROLE, SINGLE, MULTI, SCALE = "member", "role", "single", "multi", "scale"
RATING, NPS, TEXT, METADATA = "rating", "nps", "text", "metadata"
KINDS = (MEMBER, ROLE, SINGLE, MULTI, SCALE, RATING, NPS, TEXT, METADATA)

MUNICIPALITY, REGION = "municipality", "region"
OFFICIAL, POLITICIAN = "official", "politician"

ANSWERED, UNANSWERED, NOT_SHOWN = "answered", "unanswered", "not_shown"
NOT_REACHED, UNKNOWN = "not_reached", "unknown"

OTHER_OPTION = "Annat"


@dataclass(frozen=True, order=True)
class Problem:
    """Something a person should know or mend, in Swedish.

    `code` is a stable English id, `file` the file as the user knows it, `where` the row, key or cell,
    `found` what was there and `todo` what to do about it. Only level "error" stops a run.
    """

    code: str
    file: str
    where: str
    found: str
    todo: str
    level: str = ERROR


class Unusable(Exception):
    """A year's folder cannot be used until its problems are mended."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file}: {p.found}" for p in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop a run."""
    return [problem for problem in problems if problem.level == ERROR]


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen; `score` orders a scale, `outside` stands outside it ("Vet inte")."""

    label: str
    score: float | None = None
    outside: bool = False
    exclusive: bool = False
    role: str | None = None


@dataclass(frozen=True)
class Condition:
    """The answers to an earlier item that make an item shown."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One column of answers: a question, or one row of a matrix question (then `group` names the matrix)."""

    id: str
    kind: str
    text: str
    wordings: tuple[str, ...]
    options: tuple[Option, ...] = ()
    group: str | None = None
    group_text: str = ""
    label: str = ""
    max: int | None = None
    low: int | None = None
    high: int | None = None
    top: int | None = None
    other: bool = False
    asked_if: Condition | None = None
    consent: Condition | None = None
    core: bool = True
    codebook: str | None = None
    sensitive: bool = False
    trend: bool = False

    @property
    def inside(self) -> tuple[Option, ...]:
        """The options that lie on the scale, in order."""
        return tuple(option for option in self.options if not option.outside)

    @property
    def short(self) -> str:
        """The wording to show where space is short."""
        return self.label or self.text


@dataclass(frozen=True)
class Questionnaire:
    """The items in the order they were asked; ids never change between years."""

    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item:
        """The item with an id; KeyError when there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def of_kind(self, *kinds: str) -> tuple[Item, ...]:
        """All items of the given kinds."""
        return tuple(item for item in self.items if item.kind in kinds)

    def group(self, name: str) -> tuple[Item, ...]:
        """The rows of a matrix question."""
        return tuple(item for item in self.items if item.group == name)


@dataclass(frozen=True)
class SizeClasses:
    """Population limits (inhabitants, lower bound of each class after the first) with their names."""

    limits: tuple[int, ...]
    names: tuple[str, ...]
    alternatives: tuple[int, ...] = ()


@dataclass(frozen=True)
class Comparisons:
    """What is compared between groups and how strictly: `family` and `headline` name items or matrices.

    The family is corrected by `correction`, the headline items by Holm; an empty family means every item.
    `equivalence` is the widest difference of shares that counts as alike.
    """

    family: tuple[str, ...] = ()
    correction: str = "bh"
    headline: tuple[str, ...] = ()
    equivalence: float = 0.20


@dataclass(frozen=True)
class Survey:
    """What a year's survey.toml says."""

    year: int
    title: str
    association: str
    opened: date
    closed: date
    frame_date: date
    synthetic: bool
    minimum_base: int
    size_classes: SizeClasses
    region_overrides: tuple[tuple[str, str], ...]
    questionnaire: Questionnaire
    unit: str = "member"
    reader: str | None = None
    reader_options: tuple[tuple[str, object], ...] = ()
    test_names: tuple[str, ...] = ()
    comparisons: Comparisons = Comparisons()


@dataclass(frozen=True)
class Member:
    """One row of the register; `population` counts inhabitants, `joined` and `left` are dates or empty."""

    member_id: str
    name: str
    kind: str
    status: str
    code: str = ""
    county: str = ""
    landsdel: str = ""
    skr_group: str = ""
    population: int | None = None
    joined: date | None = None
    left: date | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_municipality(self) -> bool:
        """Municipalities are the survey's population; regions stand apart."""
        return self.kind == MUNICIPALITY


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv: a name matched by hand or an answer struck, with its reason."""

    action: str
    row: str
    found: str
    member_id: str
    item: str
    reason: str


@dataclass(frozen=True)
class Wave:
    """A year's folder, read and found usable."""

    folder: Path
    name: str
    survey: Survey
    members: tuple[Member, ...]
    export: Path
    corrections: tuple[Correction, ...] = ()
    inputs: tuple[Path, ...] = ()

    @property
    def questionnaire(self) -> Questionnaire:
        """The items asked."""
        return self.survey.questionnaire


@dataclass(frozen=True, eq=False)
class Export:
    """What a reader makes of a platform's file: text cells, nothing personal.

    `cells`: one row per export row, one column (0, 1, 2 ...) per answer column, values `str`, "" = empty cell.
    `headers`: the wording of each answer column, normalised, in the order of `cells`. `rows`, same index:
    `row` (number in the file, the header is row 1), `date` (ISO, no clock time), `minutes` (time taken, NaN when
    unknown). `dropped`: heading and number of non-empty cells of each column that was left behind at reading
    because it identifies a person or is about the form, not an answer. `separator` parts the choices of a
    multi-choice cell. `hidden`: (index, column) of cells the platform says were not shown. `unfinished`: index
    of rows the respondent never sent in.
    """

    file: str
    platform: str
    headers: tuple[str, ...]
    cells: pd.DataFrame
    rows: pd.DataFrame
    dropped: tuple[tuple[str, int], ...] = ()
    separator: str = ";"
    hidden: frozenset[tuple[int, int]] = frozenset()
    unfinished: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Accounting:
    """Where every row and every non-empty cell of the export ended; the counts close.

    `rows` and `cells` map an end (counted, test, observer, repeat, unmatched, struck ...) to a count.
    """

    rows: tuple[tuple[str, int], ...]
    cells: tuple[tuple[str, int], ...]
    rows_read: int
    cells_read: int

    @property
    def closes(self) -> bool:
        """Whether every row and cell is in exactly one place."""
        return sum(n for _, n in self.rows) == self.rows_read and sum(n for _, n in self.cells) == self.cells_read

    def row_count(self, end: str) -> int:
        """Rows that ended in one place."""
        return dict(self.rows).get(end, 0)


@dataclass(frozen=True, eq=False)
class Responses:
    """The clean data set.

    `respondents`: respondent, member_id, role ("politician"/"official"/""), date, minutes, row.
    `answers` (long): respondent, item, state, option (label, "" for text and numbers), value (score or number),
    text (text items and the words of "Annat").
    """

    respondents: pd.DataFrame
    answers: pd.DataFrame
    accounting: Accounting
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, eq=False)
class Frame:
    """Who was asked and who answered, with one answer a member.

    `members`: member_id, name, kind, code, county, landsdel, skr_group, population, joined, answered and one
    column a segmentation. `answers` (long, unit = member): member_id, item, state, option, value, text.
    `by_role`: the same per member and role. `conflicts`: member_id, item, kind, politician, official, used, rule.
    `item_nonresponse`: item, asked, answered, missing.
    """

    members: pd.DataFrame
    answers: pd.DataFrame
    by_role: pd.DataFrame
    conflicts: pd.DataFrame
    item_nonresponse: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One thing shown: numbers with a title, a note and a text alternative.

    `kind` picks the drawing and so the columns of `data` (see docs/exhibits.md); `table` is what a reader sees
    when the table is opened (Swedish headings, cells as they are to be read). `internal` keeps it out of public builds.
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


def labels(options: Sequence[Option]) -> tuple[str, ...]:
    """The labels of options, in order."""
    return tuple(option.label for option in options)
