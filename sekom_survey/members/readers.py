"""Who gets a page: every member on the day, and one for each role that has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, segment_table
from sekom_survey.counted.year import Year
from sekom_survey.found.engagement.membership import members_on
from sekom_survey.model import OFFICIAL, POLITICIAN, Member
from sekom_survey.text.swedish import sort_key

ROLES = {OFFICIAL: "tjänsteperson", POLITICIAN: "förtroendevald"}
ENDINGS = {OFFICIAL: "tjansteperson", POLITICIAN: "politiker"}


@dataclass(frozen=True)
class Reader:
    """A page's reader: the member and the role whose answers stand there, "" when nobody has answered.

    `asked`: whether it was a member when the survey was sent; `alone`: whether it has this page only; `size` and `landsdel` are
    the groups it is in, merged ones as they are published.
    """

    member: Member
    role: str
    asked: bool
    alone: bool
    size: str
    landsdel: str

    @property
    def file(self) -> str:
        """The page's name: the member's id, and the role when there are two."""
        ending = "" if self.alone else f"-{ENDINGS[self.role]}"
        return f"{self.member.member_id}{ending}.html"

    @property
    def said_as(self) -> str:
        """The role in words."""
        return ROLES.get(self.role, "")


def readers_of(year: Year, merged: pd.DataFrame, day: date) -> tuple[Reader, ...]:
    """The members on a day by name, one for each page; `merged` are the frame's members in the classes that are published."""
    asked = merged.set_index("member_id")
    roles = year.frame.by_role.table.groupby("member_id", observed=True)["role"].unique()
    plain = segment_table(year.wave.members, year.survey.size_classes).set_index("member_id")
    new_names = {by: _new_names(year.frame.members[by], merged[by]) for by in (SIZE, LANDSDEL)}
    found = []
    for member in sorted(members_on(year.wave.members, day), key=lambda one: sort_key(one.name)):
        place = {by: new_names[by].get(plain.at[member.member_id, by], "") for by in (SIZE, LANDSDEL)}
        mine = sorted(map(str, roles.get(member.member_id, ())))
        found += [
            Reader(member, role, member.member_id in asked.index, len(mine) < 2, place[SIZE], place[LANDSDEL])
            for role in mine or [""]
        ]
    return tuple(found)


def _new_names(plain: pd.Series, merged: pd.Series) -> dict[str, str]:
    """Each class with the name it is published under."""
    return dict(zip(plain.astype(str), merged.astype(str), strict=True))
