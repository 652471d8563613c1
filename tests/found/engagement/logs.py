"""Small activity logs for tests."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sekom_survey.found.goals.activities import activity_table
from sekom_survey.model import Member

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def someone(
    member_id: str = "m1", kind: str = "municipality", joined: date | None = None, left: date | None = None
) -> Member:
    """A member of the register."""
    return Member(member_id, member_id.upper(), kind, "member", population=14_000, joined=joined, left=left)


def log(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows (date as text, activity, member_id, role, title) with a count of one."""
    return activity_table((date.fromisoformat(str(d)), str(a), str(m), str(r), 1, str(t)) for d, a, m, r, t in rows)
