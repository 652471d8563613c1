"""The goals as page one and the goals page show them: each in one line, by the measure that decides it."""

from __future__ import annotations

from typing import NamedTuple

from sekom_survey.found.goals.faults import motions
from sekom_survey.found.goals.judge import target_value
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    DECIDED,
    FEW,
    LIKELY,
    MISSED,
    NO_BASELINE,
    NO_MEASURE,
    NO_TARGET,
    PERCENT,
    REACHED,
    UNCERTAIN,
    UNLIKELY,
    Goal,
    Measured,
)
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.text import goal_headline
from sekom_survey.found.goals.words import NOT_IN_PLAN, amount, responsible_words
from sekom_survey.model import Brief, GoalLine, GoalsPage, Survey
from sekom_survey.text.swedish import (
    NOT_AVAILABLE,
    count_of,
    date_long,
    number,
    number_word,
    sentence_case,
)

SAID = {
    REACHED: "uppnått",
    LIKELY: "bedöms nås",
    UNCERTAIN: "osäkert",
    UNLIKELY: "bedöms inte nås",
    MISSED: "inte uppnått",
    CANNOT_JUDGE: "kan inte bedömas",
}
WHY = {
    NO_TARGET: "Målvärdet är inte beslutat",
    NO_MEASURE: "Inget mått är valt",
    NO_BASELINE: "Utgångsvärdet är inte känt",
    FEW: "För få har svarat",
}
NO_MEASURES, NO_DATA = "Inget mått är valt", "Uppgifter saknas"


class _Ends(NamedTuple):
    value: float | None
    target: float | None
    last: float | None


def goal_lines(outcome: GoalsOutcome | None) -> tuple[GoalLine, ...]:
    """A line for each strategic goal, in the plan's order; none without goals."""
    return tuple(_line(goal, outcome) for goal in outcome.goals.goals) if outcome else ()


def deciding(goal: Goal, outcome: GoalsOutcome) -> Result | None:
    """The measure that decides how a goal stands: the worst of those that answer to its ambition."""
    status = outcome.goal_status(goal)[0]
    mine = [outcome.result(indicator.id) for indicator in goal.headline]
    return next((result for result in mine if result.status == status), None)


def _line(goal: Goal, outcome: GoalsOutcome) -> GoalLine:
    result = deciding(goal, outcome)
    who = responsible_words(goal)
    answers = sentence_case(who) if who.endswith("utsedd") else f"{who} svarar"
    if result is None:
        status = f"{CANNOT_JUDGE.symbol} {sentence_case(SAID[CANNOT_JUDGE])}"
        return GoalLine(
            goal.name, goal.measured_as, "–", None, None, None, None, "", status, "", goal.why or NO_MEASURES, answers
        )
    return measure_line(goal.name, result, outcome, goal.why or _why(result, outcome.year), answers)


def measure_line(name: str, result: Result, outcome: GoalsOutcome, why: str, who: str) -> GoalLine:
    """A measure's line under the name of its goal."""
    ends = _ends(result, outcome.year)
    return GoalLine(
        name=name,
        measure=result.indicator.name,
        outcome=_outcome(result, ends),
        value=ends.value,
        target=ends.target,
        last=ends.last,
        full=100.0 if result.indicator.unit == PERCENT else None,
        before=f"{outcome.year - 1}: {_counted(result.last, result) if result.last else NOT_AVAILABLE}",
        status=_computed(result, outcome.year),
        decided=_decided(result),
        why=why,
        who=who,
    )


def _ends(result: Result, year: int) -> _Ends:
    target = result.indicator.decided_target(year)
    value = target_value(result.indicator, target) if target else None
    return _Ends(result.measured.value, value, result.last.value if result.last else None)


def _counted(measured: Measured, result: Result) -> str:
    """A share as members of members where that is known, else the value with its unit."""
    if result.indicator.unit == PERCENT and measured.base and measured.value is not None:
        return count_of(round(measured.value * measured.base / 100), measured.base)
    return amount(measured.value, result.indicator.unit)


def _outcome(result: Result, ends: _Ends) -> str:
    if ends.value is None:
        return "–"
    if ends.target is None:
        return _counted(result.measured, result)
    unit = result.indicator.unit
    if unit == PERCENT:
        return f"{amount(ends.value, unit, result.measured.base)} mot {amount(ends.target, unit)}"
    return f"{amount(ends.value, unit)} av {amount(ends.target, unit)}"


def _computed(result: Result, year: int) -> str:
    status, cause = result.judgement.status, result.judgement.cause
    said = f"Beräknat: {SAID[status]}" if result.overruled else sentence_case(SAID[status])
    if cause == NO_TARGET:
        cause = f"målvärde {NOT_IN_PLAN}"
    return f"{status.symbol} {said}" + (f" ({cause})" if cause else "")


def _decided(result: Result) -> str:
    if not result.decision or not result.overruled:
        return ""
    day = date_long(result.decision.day).rpartition(" ")[0]
    return f"{DECIDED} Beslutat {day}: {SAID[result.decision.status]}"


def _why(result: Result, year: int) -> str:
    """How it went, by rule, where goals.toml does not say it."""
    status, ends = result.judgement.status, _ends(result, year)
    if status == CANNOT_JUDGE:
        return WHY.get(result.judgement.cause, NO_DATA)
    if status == REACHED:
        return "Målvärdet är nått"
    if ends.value is None or ends.target is None:
        return NO_DATA
    gap = ends.target - ends.value
    if result.indicator.unit == PERCENT:
        return f"{number(gap)} procentenheter återstår"
    return f"{sentence_case(number_word(int(gap))) if gap == int(gap) else number(gap, 1)} återstår till målet"


def goals_page(outcome: GoalsOutcome, survey: Survey, build: str) -> GoalsPage:
    """The goals on a day, for the board, with or without a survey."""
    goals = outcome.goals
    names = {goal.id: goal for goal in goals.goals}
    shown = {deciding(goal, outcome) for goal in goals.goals}
    rest = [r for r in outcome.results if r.strategic and r not in shown]
    day = date_long(outcome.as_of)
    sources = "Källa: verksamhetsplanen, medlemsregistret och aktivitetsloggen"
    counted = f" samt {survey.title}" if outcome.facts.year is not None else ". Ingen enkät är räknad den dagen"
    return GoalsPage(
        association=survey.association,
        year=outcome.year,
        synthetic=survey.synthetic,
        build=build,
        brief=Brief(
            title=f"{goal_headline(outcome)}.",
            response=f"{goals.plan}. Läget {day}." if goals.plan else f"Läget {day}.",
            goals=goal_lines(outcome),
            goals_day=day,
            motions=motions(outcome),
            source=f"{sources}{counted}. Bedömningen räknas fram ur utfall och målvärde; där styrelsen beslutat annat visas båda.",
        ),
        followed=tuple(measure_line(names[r.goal].name, r, outcome, _why(r, outcome.year), "") for r in rest),
        decisions=tuple(_decision(result, outcome) for result in outcome.results if result.decision),
    )


def _decision(result: Result, outcome: GoalsOutcome) -> tuple[str, str]:
    """A judgement of the board's own: day and measure, then the reason and what the number says without it."""
    decision = result.decision
    assert decision is not None
    head = f"{date_long(decision.day)}: {result.indicator.name}, {SAID[decision.status]}"
    computed = SAID[result.judgement.status]
    return (
        head,
        f"{decision.who}: {decision.reason.rstrip('.')}. Utan beslutet: {_outcome(result, _ends(result, outcome.year))}, {computed}.",
    )
