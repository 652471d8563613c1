"""Change from last year among the same members; no change is claimed that could be chance."""

from __future__ import annotations

from sekom_survey.found.goals.model import Measured
from sekom_survey.stats.proportions import clopper_pearson_interval

UP, DOWN, NO_TREND = "↗", "↘", "–"
LEVEL = 0.95


def trend(now: Measured, before: Measured | None) -> str:
    """An arrow when the members behind both years' shares have moved one way, else a dash.

    Of the members that changed, the share that went up has an exact 95 % interval; it must lie wholly over or under one
    half, which is the same as an interval for the change that leaves out zero. Source: McNemar (1947), Psychometrika
    12:153-157; Clopper & Pearson (1934), Biometrika 26:404-413.
    """
    if before is None:
        return NO_TREND
    both = now.asked & before.asked
    gained, lost = len(both & (now.yes - before.yes)), len(both & (before.yes - now.yes))
    if gained + lost == 0:
        return NO_TREND
    low, high = clopper_pearson_interval(gained, gained + lost, LEVEL)
    return UP if low > 0.5 else DOWN if high < 0.5 else NO_TREND
