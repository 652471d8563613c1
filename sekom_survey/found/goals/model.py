"""The nouns of goals: what goals.toml says, and the words for how a goal stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

COUNT, PERCENT = "antal", "procent"
UNITS = (COUNT, PERCENT)
REGISTER, LOG, SURVEY, THEME, ENGAGEMENT, INDICATORS, HAND, REFERENCE, EXAMPLES, NO_SOURCE = (
    "register",
    "log",
    "survey",
    "theme",
    "engagement",
    "indicators",
    "hand",
    "indicator",
    "examples",
    "none",
)
MEASURES: dict[str, tuple[str, ...]] = {
    REGISTER: ("new", "members", "left", "gone", "observers", "fees"),
    LOG: ("occasions", "people", "titles", "members", "member_share", "both_roles", "active"),
    SURVEY: ("share", "members", "response_rate"),
    THEME: ("share",),
    ENGAGEMENT: ("active_share",),
    INDICATORS: ("reported", "improved"),
    HAND: (),
    REFERENCE: (),
    EXAMPLES: ("replications", "open", "members"),
    NO_SOURCE: (),
}
SHARE = "share"
SHARES = (SHARE, "member_share", "both_roles", "response_rate", "active_share", "reported", "improved")
DURING_YEAR, AT_END, SURVEY_SHARE = "during_year", "at_end", "survey_share"
RULES = (DURING_YEAR, AT_END, SURVEY_SHARE)
AS_MEASURE, AS_AMBITION, AS_BOTH = "measure", "ambition", "both"
PLAN_PARTS = (AS_MEASURE, AS_AMBITION, AS_BOTH)
STRENGTHS = {
    "measured": "Mäts direkt",
    "self_assessed": "Självskattning i enkäten",
    "self_assessed_examples": "Självskattning i enkäten; verifieras genom exempel",
    "background": "Endast bakgrund",
}
NO_MEASURE, NO_TARGET, NO_BASELINE, NO_DATA, FEW = (
    "mått saknas",
    "målvärde saknas",
    "utgångsvärde saknas",
    "data saknas",
    "för få svar",
)


@dataclass(frozen=True)
class Status:
    """How a goal stands: always a symbol and words together."""

    id: str
    text: str
    symbol: str

    @property
    def shown(self) -> str:
        """Symbol and words."""
        return f"{self.symbol} {self.text}"


REACHED = Status("reached", "Målet är uppnått", "✔")
LIKELY = Status("likely", "Målet bedöms kunna uppnås", "▲")
UNCERTAIN = Status("uncertain", "Osäkert om målet kan uppnås", "◐")
UNLIKELY = Status("unlikely", "Målet bedöms inte kunna uppnås", "▼")
MISSED = Status("missed", "Målet har inte uppnåtts", "✖")
CANNOT_JUDGE = Status("cannot_judge", "Kan inte bedömas", "–")
DECIDED = "◆"  # the board has judged otherwise than the rule, and nothing else
FORECASTS = (LIKELY, UNCERTAIN, UNLIKELY)
STATUSES = (REACHED, LIKELY, UNCERTAIN, UNLIKELY, MISSED, CANNOT_JUDGE)


@dataclass(frozen=True)
class Baseline:
    """Where a goal starts from: a value with its date and source, or the reason why there is none."""

    value: float | None
    day: date | None = None
    source: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Target:
    """What to reach by the end of a year: decided, or a proposal with its reason.

    `value` is None when the plan has only a sign for it ("xxx", kept in `words`); `over_baseline` is a target that is
    stated as baseline + so much.
    """

    year: int
    value: float | None = None
    over_baseline: float | None = None
    proposal: bool = False
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class Least:
    """What it takes to be active: meetings, members and counted things within the last months."""

    months: int
    occasions: int = 1
    members: int = 0
    count: int = 0


@dataclass(frozen=True)
class HandValue:
    """A value that a person has looked up, with its date and source."""

    value: float
    day: date
    source: str


@dataclass(frozen=True)
class Indicator:
    """One measure: its unit, where it is computed from, its baseline, targets and rule of judgement."""

    id: str
    name: str
    unit: str
    source: str
    measure: str = ""
    definition: str = ""
    definition_decided: bool = False
    rule: str = ""
    plan: str = ""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    activities: tuple[str, ...] = ()
    title: str = ""
    least: Least | None = None
    item: str = ""
    options: tuple[str, ...] = ()
    wave: str = ""
    indicator: str = ""
    codes: tuple[str, ...] = ()
    by_hand: tuple[HandValue, ...] = ()
    shown_with: tuple[str, ...] = ()
    note: str = ""

    def decided_target(self, year: int) -> Target | None:
        """The decided target of a year, also when the plan only says "xxx"."""
        return next((t for t in self.targets if t.year == year and not t.proposal), None)

    def has_target(self, year: int) -> bool:
        """Whether a number has been decided for a year."""
        target = self.decided_target(year)
        return target is not None and (target.value is not None or target.over_baseline is not None)

    @property
    def proposals(self) -> tuple[Target, ...]:
        """The targets that nobody has decided yet."""
        return tuple(t for t in self.targets if t.proposal)


@dataclass(frozen=True)
class Goal:
    """A strategic goal in the plan's own words, with its indicators.

    `remarks` are faults that no rule can find, `responsible` who answers for the goal, `why` how it went in about five words.
    """

    id: str
    name: str
    measured_as: str
    ambition: str
    indicators: tuple[Indicator, ...]
    remarks: tuple[str, ...] = ()
    responsible: str = ""
    why: str = ""

    @property
    def headline(self) -> tuple[Indicator, ...]:
        """The indicators that answer to the plan's ambition."""
        return tuple(i for i in self.indicators if i.plan in (AS_AMBITION, AS_BOTH))

    @property
    def shown(self) -> tuple[Indicator, ...]:
        """The headline and everything that must be shown with it."""
        headline = {i.id for i in self.headline}
        groups = [{i.id, *i.shown_with} for i in self.indicators]
        names = headline.union(*(group for group in groups if group & headline))
        return tuple(i for i in self.indicators if i.id in names)


@dataclass(frozen=True)
class EffectGoal:
    """A goal for what the association brings about, followed by proxies."""

    id: str
    name: str
    sign: str
    links: tuple[str, ...]
    proxies: tuple[Indicator, ...]


@dataclass(frozen=True)
class ChainLink:
    """A link of the effect chain, the indicators that speak of it and how strong that evidence is."""

    name: str
    indicators: tuple[str, ...]
    strength: str
    note: str = ""


@dataclass(frozen=True)
class Promise:
    """Something the plan says will be done, followed beside the goals."""

    indicator: Indicator
    note: str = ""


@dataclass(frozen=True)
class Goals:
    """What goals.toml says; `years` are the years the plan covers."""

    plan: str = ""
    years: tuple[int, ...] = ()
    goals: tuple[Goal, ...] = ()
    effects: tuple[EffectGoal, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    promises: tuple[Promise, ...] = ()
    vague_words: tuple[str, ...] = ()

    def measured(self) -> Iterator[tuple[str, Indicator]]:
        """Everything that is measured with the id of what it belongs to; promises belong to "löfte"."""
        for goal in self.goals:
            yield from ((goal.id, indicator) for indicator in goal.indicators)
        for effect in self.effects:
            yield from ((effect.id, proxy) for proxy in effect.proxies)
        yield from ((PROMISE, promise.indicator) for promise in self.promises)

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator, proxy or promise with an id; KeyError when there is none."""
        return {indicator.id: indicator for _, indicator in self.measured()}[indicator_id]


PROMISE = "löfte"


@dataclass(frozen=True)
class BoardDecision:
    """The board's own judgement of an indicator, or of a goal's ambition, with its reason."""

    day: date
    target: str
    status: Status
    reason: str
    who: str


@dataclass(frozen=True)
class Measured:
    """What an indicator came to.

    `low` and `high` bound a share from the survey. `base` is the answers it rests on. `cause` says why `value` is None.
    `asked` and `yes` are the members behind a share, for change among the same members. `final`: nothing will add to it
    this year. `detail` is a phrase for the comment.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    base: int | None = None
    cause: str = ""
    detail: str = ""
    asked: frozenset[str] = frozenset()
    yes: frozenset[str] = frozenset()
    final: bool = False


@dataclass(frozen=True)
class Judgement:
    """A status and, when it cannot be judged, why."""

    status: Status
    cause: str = ""
