"""What a member got for its fee: the fee by the association's rule, and what was used, from the activity log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.found.engagement.duties import BASIC, MOST_INHABITANTS, ORE_PER_INHABITANT, fee
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


def used_by(member: Member, log: pd.DataFrame, first: date, last: date) -> tuple[Used, ...]:
    """What was held in the year while the member was one, and what of it the member took part in; not what was not held."""
    span = window(member, first, last)
    if span is None:
        return ()
    during = log[(log["date"] >= span[0]) & (log["date"] <= span[1])]
    found = []
    for activity, name in UNITS.items():
        rows = during[during["activity"] == activity]
        if len(rows):
            mine = rows[rows["member_id"] == member.member_id]
            found.append(Used(name, len(_occasions(mine)), len(_occasions(rows))))
    return (*found, *_people(member, during))


def _occasions(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["date", "title"]].drop_duplicates()


def _people(member: Member, during: pd.DataFrame) -> list[Used]:
    rows = during[during["activity"].isin(list(COUNTED_IN_PEOPLE))]
    mine = rows[rows["member_id"] == member.member_id]
    return [
        Used(f"{plural(int(those['count'].sum()), *COUNTED_IN_PEOPLE[str(activity)])} i {NAMES[str(activity)]}", int(those["count"].sum()), 0)
        for activity, those in mine.groupby("activity")
    ]  # fmt: skip


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
