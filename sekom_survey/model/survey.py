"""What was asked, of whom and when: survey.toml as nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MEMBER, ROLE, SINGLE, MULTI, SCALE = "member", "role", "single", "multi", "scale"
RATING, NPS, TEXT, METADATA = "rating", "nps", "text", "metadata"
NUMBER, DATE, RANKING, CONSENT, UPLOAD = "number", "date", "ranking", "consent", "upload"
CALENDAR = "årtal"  # the unit of numbers that are years
KINDS = (MEMBER, ROLE, SINGLE, MULTI, SCALE, RATING, NPS, NUMBER, DATE, RANKING, CONSENT, TEXT, UPLOAD, METADATA)
NOT_ANSWERS = (METADATA, UPLOAD)  # about the form, or files that are left behind

OFFICIAL, POLITICIAN = "official", "politician"
OTHER_OPTION = "Annat"
SLIDE, BOARD, ANNEX, WEB = "slide", "board", "annex", "web"
PLACEMENTS = (SLIDE, BOARD, ANNEX, WEB)


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
    """The answers to an earlier item that make an item shown, or quoted; after those in `ask` a person has to ask first."""

    item: str
    options: tuple[str, ...]
    ask: tuple[str, ...] = ()


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
    group_label: str = ""
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
    told: str = ""
    total: bool = False
    unit: str = ""

    @property
    def inside(self) -> tuple[Option, ...]:
        """The options that lie on the scale, in order."""
        return tuple(option for option in self.options if not option.outside)

    @property
    def short(self) -> str:
        """The wording to show where space is short."""
        return self.label or self.text


@dataclass(frozen=True)
class Measures:
    """What the year's questions measure, as the id of an item or a matrix; "" for what is not declared and so not told.

    `priorities`: the themes that members want; `challenge` and `strength`: coded texts; `peers`: whether other members may be
    given their name; `mentor`: the answers that offer to help a new member along; `spreads`: those that say that the newsletter is
    spread at home. `pairs` are rows of the need with the row of the value each is set against.
    """

    satisfaction: str = ""
    recommendation: str = ""
    stay: str = ""
    worth: str = ""
    need: str = ""
    value: str = ""
    priorities: str = ""
    challenge: str = ""
    strength: str = ""
    peers: str = ""
    mentor: Condition | None = None
    spreads: Condition | None = None
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Questionnaire:
    """The items in the order they were asked, whose ids never change between years, and what they measure."""

    items: tuple[Item, ...]
    measures: Measures = Measures()

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

    def named(self, name: str) -> tuple[Item, ...]:
        """The rows of a matrix, or the one item with an id; none for a name that is neither."""
        return self.group(name) or tuple(item for item in self.items if item.id == name)

    def measured(self, measure: str) -> tuple[Item, ...]:
        """The items declared to be a measure ("stay", "need"); none where the year declares none."""
        return self.named(getattr(self.measures, measure))


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
class Chapter:
    """A chapter of the report: the items and matrices it shows, and by which segmentations their answers are parted.

    `placement` says how far its figures go (BOARD, ANNEX or WEB); "" lets the report choose.
    """

    title: str
    items: tuple[str, ...]
    lead: str = ""
    split: tuple[str, ...] = ()
    placement: str = ""


@dataclass(frozen=True)
class Contrast:
    """Two groups whose answers `option` of an item are to be compared, and the day that was decided (None: not told)."""

    item: str
    option: str
    segmentation: str
    first: str
    second: str
    declared: date | None = None


@dataclass(frozen=True)
class Unit:
    """The Swedish nouns for those whose answers are counted, each once."""

    one: str
    many: str
    them: str
    asked: str


UNITS = {
    MEMBER: Unit("kommun", "kommuner", "kommunerna", "kommuner"),
    "respondent": Unit("svarande", "svarande", "de svarande", "inbjudna"),
}


@dataclass(frozen=True)
class Survey:
    """What a year's survey.toml says; `marks` are what a draft left to confirm, as (where, what).

    `unit` is a key of UNITS. `invited`: how many could have answered, where everybody answers for themselves and it is known.
    `published`: the day the public report was spread, if it has been. `codebook`: which one a year without its own takes.
    """

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
    unit: str = MEMBER
    invited: int | None = None
    reader: str | None = None
    reader_options: tuple[tuple[str, object], ...] = ()
    test_names: tuple[str, ...] = ()
    comparisons: Comparisons = Comparisons()
    marks: tuple[tuple[str, str], ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    programme_years: int = 5
    published: date | None = None
    codebook: str = ""

    @property
    def of_members(self) -> bool:
        """Whether members of a register answer; else everybody answers for themselves."""
        return self.unit == MEMBER

    @property
    def nouns(self) -> Unit:
        """What those whose answers are counted are called."""
        return UNITS[self.unit]

    @property
    def infers(self) -> bool:
        """Whether the answers say something of more than those who gave them: it is known who could have answered."""
        return self.of_members or self.invited is not None

    def was_foreseen(self, contrast: Contrast) -> bool:
        """Whether a contrast was decided before any answer could be seen."""
        return contrast.declared is not None and contrast.declared < self.opened


def labels(options: Sequence[Option]) -> tuple[str, ...]:
    """The labels of options, in order."""
    return tuple(option.label for option in options)
