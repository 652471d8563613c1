"""Who is a member when, and how the number moves: in, out, net."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sekom_survey.model import Member

MEMBER_STATUS = "member"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Movement:
    """Members on the day before `first`, those who came and went until `last`; `after` = before + in - out."""

    first: date
    last: date
    before: int
    joined: tuple[Member, ...]
    left: tuple[Member, ...]

    @property
    def net(self) -> int:
        """Joined less left."""
        return len(self.joined) - len(self.left)

    @property
    def after(self) -> int:
        """Members on the last day."""
        return self.before + self.net


def is_member(member: Member, day: date) -> bool:
    """Whether someone is a member on a day; on the day of leaving one is not, and observers never are."""
    return (
        member.status == MEMBER_STATUS
        and not (member.joined and member.joined > day)
        and not (member.left and member.left <= day)
    )


def window(member: Member, first: date, last: date) -> tuple[date, date] | None:
    """The first and last day in a period on which someone is a member, or None."""
    start = max(first, member.joined or first)
    end = min(last, member.left - ONE_DAY if member.left else last)
    return (start, end) if member.status == MEMBER_STATUS and start <= end else None


def members_on(members: Iterable[Member], day: date) -> tuple[Member, ...]:
    """The members on a day."""
    return tuple(member for member in members if is_member(member, day))


def movement(members: Iterable[Member], first: date, last: date) -> Movement:
    """How the members changed from the day before `first` to `last`."""
    real = [m for m in members if m.status == MEMBER_STATUS and not (m.joined and m.left and m.left <= m.joined)]
    return Movement(
        first,
        last,
        len(members_on(real, first - ONE_DAY)),
        tuple(m for m in real if m.joined and first <= m.joined <= last),
        tuple(m for m in real if m.left and first <= m.left <= last),
    )


def decided_exits(members: Iterable[Member], first: date) -> tuple[Member, ...]:
    """Members that have left since `first` or have a day of leaving in the register."""
    return tuple(m for m in members if m.status == MEMBER_STATUS and m.left and m.left >= first)
