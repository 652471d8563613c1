"""What a member got for its fee: the fee by the association's rule, and what was used, from the activity log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.found.engagement.duties import BASIC, MOST_INHABITANTS, ORE_PER_INHABITANT, fee
from sekom_survey.found.engagement.index import Occasion
from sekom_survey.found.engagement.membership import window
from sekom_survey.found.goals.activities import NAMES
from sekom_survey.model import REGION, Member
from sekom_survey.text.swedish import count_of, number, plural

COUNTED_IN_PEOPLE = {"academy": ("deltagare", "deltagare")}
UNITS = {
    "webinar": "webbinarier",
    "theme_group": "möten i temagrupp",
    "officials_forum": "tjänstepersonsforum",
    "testbed": "träffar i testbädd",
    "conference": "årskonferens",
    "teams_month": "månader i Teams",
    "newsletter": "nyhetsbrev lästa",
}
"""What is bought with the fee, in the order it is told; meetings and reports that are duties stand on the card of duties."""


@dataclass(frozen=True)
class Used:
    """One part of what the network offers: what it is called, and how many times of how many held while a member."""

    name: str
    times: int
    held: int

    @property
    def words(self) -> str:
        """ "6 av 20", or the count alone where nothing is held on days of its own."""
        return count_of(self.times, self.held) if self.held else number(self.times)


@dataclass(frozen=True)
class Occasions:
    """A year's log by activity: what was held, as (day, title), what each member took part in, and how many people it sent."""

    held: Mapping[str, frozenset[Occasion]]
    taken: Mapping[tuple[str, str], frozenset[Occasion]]
    people: Mapping[tuple[str, str], int]


def occasions_of(log: pd.DataFrame) -> Occasions:
    """The log once, for all members."""
    held: dict[str, set[Occasion]] = defaultdict(set)
    taken: dict[tuple[str, str], set[Occasion]] = defaultdict(set)
    people: Counter[tuple[str, str]] = Counter()
    for row in log.itertuples(index=False):
        held[row.activity].add((row.date, row.title))
        taken[row.member_id, row.activity].add((row.date, row.title))
        people[row.member_id, row.activity] += row.count
    return Occasions(
        {name: frozenset(those) for name, those in held.items()},
        {key: frozenset(those) for key, those in taken.items()},
        people,
    )


def used_by(member: Member, log: Occasions, first: date, last: date) -> tuple[Used, ...]:
    """What was held in the year while the member was one, and what of it the member took part in; not what was not held."""
    span = window(member, first, last)
    if span is None:
        return ()

    def during(those: frozenset[Occasion]) -> int:
        return sum(span[0] <= day <= span[1] for day, _ in those)

    nothing: frozenset[Occasion] = frozenset()
    found = [
        Used(name, during(log.taken.get((member.member_id, activity), nothing)), held)
        for activity, name in UNITS.items()
        if (held := during(log.held.get(activity, nothing)))
    ]
    sent = [(name, log.people.get((member.member_id, name), 0)) for name in COUNTED_IN_PEOPLE]
    return (*found, *(Used(f"{plural(n, *COUNTED_IN_PEOPLE[name])} i {NAMES[name]}", n, 0) for name, n in sent if n))


@dataclass(frozen=True)
class Fee:
    """A yearly fee in kronor and how it comes about."""

    kronor: int
    rule: str


def fee_of(member: Member) -> Fee | None:
    """The fee by the association's rule; None for a municipality whose population is unknown."""
    kronor = fee(member.population, member.kind)
    if kronor is None:
        return None
    if member.kind == REGION:
        return Fee(kronor, "regioner betalar lika")
    counted = min(member.population or 0, MOST_INHABITANTS)
    return Fee(kronor, f"{number(BASIC)} + {number(ORE_PER_INHABITANT / 100, 2)} × {number(counted)} invånare")
