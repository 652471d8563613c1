"""Who a member is compared with: its size class, landsdel and SKR group, and the seven that are nearest to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, SKR_GROUP, UNKNOWN, segment_table
from sekom_survey.model import Member, SizeClasses

SEVEN = 7
PEER_GROUPS = (SIZE, LANDSDEL, SKR_GROUP)


def groups(members: Iterable[Member], classes: SizeClasses) -> pd.DataFrame:
    """Members by member_id with the columns size, landsdel and skr_group."""
    return segment_table(members, classes).set_index("member_id")[list(PEER_GROUPS)]


def peers(member_id: str, table: pd.DataFrame) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """For each group of a member its name and the ids of all in it, itself included; a group that is not known is left out."""
    own = table.loc[member_id]
    return {
        kind: (str(own[kind]), tuple(map(str, table.index[table[kind] == own[kind]])))
        for kind in PEER_GROUPS
        if own[kind] and own[kind] != UNKNOWN
    }


def nearest(member: Member, members: Iterable[Member], most: int = SEVEN) -> tuple[Member, ...]:
    """The members most like one: those of its own SKR group first, by how many times larger or smaller, then of other groups.

    A member whose population is not known has none, and is nobody's.
    """
    if not member.population:
        return ()
    others = [one for one in members if one.member_id != member.member_id and one.population and one.is_municipality]
    return tuple(sorted(others, key=lambda one: _distance(member, one))[:most])


def _distance(member: Member, other: Member) -> tuple[bool, float, str]:
    ratio = math.log((other.population or 1) / (member.population or 1))
    return (not member.skr_group or other.skr_group != member.skr_group, abs(ratio), other.member_id)
