"""How an indicator stands against its target, and whether it changed since last year among the same members."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sekom_survey.found.goals.model import (
    AT_END,
    CANNOT_JUDGE,
    DURING_YEAR,
    FEW,
    LIKELY,
    MISSED,
    NO_BASELINE,
    NO_DATA,
    NO_MEASURE,
    NO_TARGET,
    REACHED,
    SURVEY_SHARE,
    UNCERTAIN,
    UNLIKELY,
    Indicator,
    Judgement,
    Measured,
    Status,
    Target,
)
from sekom_survey.stats.proportions import clopper_pearson_interval

ON_COURSE, BEHIND = Fraction(9, 10), Fraction(6, 10)
LEAST_ANSWERS = 10
WHOLE_YEAR = Fraction(1)


def judge(indicator: Indicator, year: int, measured: Measured, elapsed: Fraction) -> Judgement:
    """The status of what was measured against the year's decided target; `elapsed` is the part of the year gone (0-1).

    Without measure, target, baseline (when the target is stated over it), data or enough answers it cannot be judged, and
    the first of these is the cause. Source: the association's goal model; the words are those of Hållbarometern in
    Jönköping.
    """
    target = indicator.decided_target(year)
    goal = target_value(indicator, target) if target else None
    cause = _hindrance(indicator, year, goal, measured)
    if cause or goal is None or measured.value is None:
        return Judgement(CANNOT_JUDGE, cause)
    if indicator.rule == DURING_YEAR:
        return Judgement(count_status(measured.value, goal, elapsed))
    if indicator.rule == AT_END:
        return Judgement(level_status(measured.value, goal, measured.final or elapsed >= WHOLE_YEAR))
    return Judgement(share_status(measured.low or 0.0, measured.high or 0.0, goal))


def _hindrance(indicator: Indicator, year: int, goal: float | None, measured: Measured) -> str:
    """The first thing that stands in the way of a judgement."""
    few = indicator.rule == SURVEY_SHARE and measured.base is not None and measured.base < LEAST_ANSWERS
    bounded = indicator.rule != SURVEY_SHARE or (measured.low is not None and measured.high is not None)
    hindrances = (
        (NO_MEASURE, measured.cause == NO_MEASURE),
        (NO_TARGET, not indicator.has_target(year)),
        (NO_BASELINE, goal is None),
        (FEW, few),
        (measured.cause or NO_DATA, measured.value is None or not bounded),
    )
    return next((cause for cause, hinders in hindrances if hinders), "")


def target_value(indicator: Indicator, target: Target) -> float | None:
    """The number to reach; None when it is stated over a baseline that is not known."""
    if target.over_baseline is None:
        return target.value
    if indicator.baseline is None or indicator.baseline.value is None:
        return None
    return indicator.baseline.value + target.over_baseline


def count_status(value: float, target: float, elapsed: Fraction) -> Status:
    """A count that grows during the year, against the part of the year that has gone."""
    reached, goal = _exact(value), _exact(target)
    if reached >= goal:
        return REACHED
    if elapsed >= WHOLE_YEAR:
        return MISSED
    if reached >= ON_COURSE * elapsed * goal:
        return LIKELY
    return UNCERTAIN if reached >= BEHIND * elapsed * goal else UNLIKELY


def level_status(value: float, target: float, final: bool) -> Status:
    """A level that may still rise or fall until it is final."""
    reached = _exact(value) >= _exact(target)
    if final:
        return REACHED if reached else MISSED
    return LIKELY if reached else UNCERTAIN


def share_status(low: float, high: float, target: float) -> Status:
    """A share from the survey: only an interval wholly on one side of the target decides."""
    if _exact(low) >= _exact(target):
        return REACHED
    return MISSED if _exact(high) < _exact(target) else UNCERTAIN


def _exact(value: float) -> Fraction:
    """The number as it is written, so that limits hold to the digit."""
    return Fraction(Decimal(str(value)))


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
