"""The goals on their day: one fact a goal and a measure with its status, and one for each that has moved since last year."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

from sekom_survey.found.facts.table import GOAL, TREND, Fact
from sekom_survey.found.goals.judge import NO_TREND, UP, target_value
from sekom_survey.found.goals.model import Measured
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.text import goal_words
from sekom_survey.found.goals.words import last_words, outcome_words, result_status, target_words
from sekom_survey.found.verdict import DOWN
from sekom_survey.found.verdict import UP as RISEN
from sekom_survey.text.swedish import count_of, date_long, lower_first

COMPUTED, DECIDED = "beräknat", "beslutat"
MOVED = "Har fler av de medlemmar som räknas båda åren gått åt det hållet än åt det andra, och fler än slumpen kan förklara, om måttet prövas för sig?"


def goal_facts(outcome: GoalsOutcome | None) -> Iterator[Fact]:
    """Goals first, then what is measured; `first_count` is the outcome and `second_count` the target, in the unit of `option`.

    `status` says whether the board has decided the verdict; then what the rule gives stands in it too.
    """
    if outcome is None:
        return
    day = date_long(outcome.as_of)
    for goal in outcome.goals.goals:
        question, verdict = f"Är målet för {outcome.year} nått den {day}?", _words(goal_words(goal, outcome))
        status = DECIDED if outcome.overruled(goal) else COMPUTED
        yield Fact(
            GOAL,
            goal.id,
            goal.name,
            question,
            status=status,
            verdict=verdict,
            sentence=f"{goal.name}: {lower_first(verdict)}.",
        )
    for result in outcome.results:
        yield _measured(result, outcome, f"Är målvärdet för {outcome.year} nått den {day}?")
        if result.trend != NO_TREND:
            yield _moved(result, outcome)


def _measured(result: Result, outcome: GoalsOutcome, question: str) -> Fact:
    measured, indicator = result.measured, result.indicator
    target, verdict = indicator.decided_target(outcome.year), _words(result_status(result))
    aim = target_value(indicator, target) if target else None
    against = "" if aim is None else f" mot målvärdet {target_words(indicator, outcome.year)}"
    told = "" if measured.value is None else f"{outcome_words(measured, indicator.unit)}{against}, "
    return _numbers(GOAL, result, question, aim).but(
        status=DECIDED if result.decision else COMPUTED, verdict=verdict, low=_share(measured.low), high=_share(measured.high),
        sentence=f"{indicator.name}: {told}{lower_first(verdict)}.",
    )  # fmt: skip


def _moved(result: Result, outcome: GoalsOutcome) -> Fact:
    """A share that the same members have moved: the arrow of goals.csv in the words of all changes."""
    verdict, last = RISEN if result.trend == UP else DOWN, result.last or Measured()
    now, then = outcome_words(result.measured, result.indicator.unit), last_words(result)
    told = _numbers(TREND, result, MOVED, last.value)
    if result.measured.base and last.base:
        told = told.but(
            first_count=round(told.first_count * result.measured.base / 100), first_base=result.measured.base,
            second_count=round(told.second_count * last.base / 100), second_base=last.base,
        )  # fmt: skip
        now, then = (
            count_of(int(n), base)
            for n, base in ((told.first_count, result.measured.base), (told.second_count, last.base))
        )
    return told.but(
        first=str(outcome.year), second=str(outcome.year - 1), verdict=verdict,
        difference=_share(result.measured.value) - _share(last.value),
        sentence=f"{result.indicator.name}: {now}, mot {then} samma dag {outcome.year - 1}: {verdict}.",
    )  # fmt: skip


def _numbers(kind: str, result: Result, question: str, beside: float | None) -> Fact:
    value, other = (nan if one is None else float(one) for one in (result.measured.value, beside))
    return Fact(kind, result.indicator.id, result.indicator.name, question, option=result.indicator.unit, segmentation=result.goal,
                first_count=value, second_count=other)  # fmt: skip


def _words(status: str) -> str:
    """A status without its symbol."""
    return status.partition(" ")[2]


def _share(percent: float | None) -> float:
    return nan if percent is None else percent / 100
