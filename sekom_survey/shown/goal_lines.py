"""The goals as page one and the goals page show them: each in one line, by the measure that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sekom_survey.found.goals.faults import motions
from sekom_survey.found.goals.judge import DOWN, UP, target_value
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    DECIDED,
    FEW,
    NO_BASELINE,
    NO_MEASURE,
    NO_TARGET,
    PERCENT,
    REACHED,
    Goal,
    Measured,
)
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.text import goal_headline
from sekom_survey.found.goals.words import NOT_IN_PLAN, SAID, amount, proposed, responsible_words
from sekom_survey.model import Brief, FollowedMeasure, GoalLine, GoalsPage, Survey
from sekom_survey.text.swedish import (
    count_of,
    date_long,
    lower_first,
    number,
    number_word,
    sentence_case,
)

WHY = {
    NO_TARGET: "Målvärdet är inte beslutat",
    NO_MEASURE: "Inget mått är valt",
    NO_BASELINE: "Utgångsvärdet är inte känt",
    FEW: "För få har svarat",
}
WENT = {UP: "Fler", DOWN: "Färre"}
SHORT_REASON = 60  # characters: three lines of the column on page one
NO_MEASURES, NO_DATA = "Inget mått är valt", "Uppgifter saknas"


class _Ends(NamedTuple):
    value: float | None
    target: float | None
    last: float | None


def goal_lines(outcome: GoalsOutcome | None) -> tuple[GoalLine, ...]:
    """A line for each strategic goal, in the plan's order; none without goals."""
    return tuple(_line(goal, outcome) for goal in outcome.goals.goals) if outcome else ()


def goal_news(outcome: GoalsOutcome) -> str:
    """The first goal whose deciding share of members has moved more than chance: "Fler än 2025: aktiva medlemmar, 44 av 80 mot 33 av 81."

    "" where none has. The trend is of the same members, so that coming and going is no news.
    """
    for goal in outcome.goals.goals:
        result = deciding(goal, outcome)
        if result and result.last and result.trend in WENT:
            counts = f"{_counted(result.measured, result)} mot {_counted(result.last, result)}"
            return f"{WENT[result.trend]} än {outcome.year - 1}: {lower_first(result.indicator.name).partition(' (')[0]}, {counts}."
    return ""


def deciding(goal: Goal, outcome: GoalsOutcome) -> Result | None:
    """The measure that decides how a goal stands: the worst of those that answer to its ambition."""
    status = outcome.goal_status(goal)[0]
    mine = [outcome.result(indicator.id) for indicator in goal.headline]
    return next((result for result in mine if result.status == status), None)


def _line(goal: Goal, outcome: GoalsOutcome) -> GoalLine:
    result = deciding(goal, outcome)
    answers = sentence_case(responsible_words(goal))
    if result is None:
        status = f"{CANNOT_JUDGE.symbol} {sentence_case(SAID[CANNOT_JUDGE])}"
        return GoalLine(
            goal.name, goal.measured_as, "–", None, None, None, None, "", status, "", goal.why or NO_MEASURES, answers
        )
    told = "" if outcome.facts.looks_back else goal.why
    return measure_line(goal.name, result, outcome, told or _why(result, outcome.year), answers)


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
        before=f"{outcome.year - 1}: {_before(result.last, result, ends)}" if result.last else "",
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


def _before(last: Measured, result: Result, ends: _Ends) -> str:
    """Last year's outcome in the unit of this year's."""
    unit = result.indicator.unit
    return (
        amount(last.value, unit, last.base) if unit == PERCENT and ends.target is not None else _counted(last, result)
    )


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
    status, cause = result.judgement.status, _cause(result)
    said = f"Beräknat: {SAID[status]}" if result.overruled else sentence_case(SAID[status])
    return f"{status.symbol} {said}" + (f" ({cause})" if cause else "")


def _cause(result: Result) -> str:
    cause = result.judgement.cause
    return f"målvärde {NOT_IN_PLAN}" if cause == NO_TARGET else cause


def _decided(result: Result) -> str:
    if not result.decision or not result.overruled:
        return ""
    who, day = result.decision.who, date_long(result.decision.day).rpartition(" ")[0]
    by = who if " " in who else lower_first(who)  # of several words it may be a name
    return f"{DECIDED} Beslutat av {by} {day}: {SAID[result.decision.status]}"


def _why(result: Result, year: int) -> str:
    """How it went where goals.toml does not say it: why something else was decided where that is short, else by rule."""
    status, ends = result.judgement.status, _ends(result, year)
    if result.overruled and result.decision and len(result.decision.reason) <= SHORT_REASON:
        return sentence_case(result.decision.reason.rstrip("."))
    if status == CANNOT_JUDGE:
        return WHY.get(result.judgement.cause, NO_DATA)
    if ends.value is None or ends.target is None:
        return "Målvärdet är nått" if status == REACHED else NO_DATA
    gap = ends.target - ends.value
    if status == REACHED or gap <= 0:  # a level reached during the year may fall again
        return "Målvärdet är nått"
    if result.indicator.unit == PERCENT:
        return f"{number(gap)} procentenheter återstår"
    return f"{sentence_case(number_word(int(gap))) if gap == int(gap) else number(gap, 1)} återstår till målet"


def goals_page(outcome: GoalsOutcome, survey: Survey, build: str) -> GoalsPage:
    """The goals on a day, for the board, with or without a survey."""
    goals = outcome.goals
    names = {goal.id: goal for goal in goals.goals}
    shown = {deciding(goal, outcome) for goal in goals.goals}
    rest = [r for r in outcome.results if r.strategic and r not in shown]
    unjudged = [r for r in rest if r.judgement.status == CANNOT_JUDGE and not r.decision]
    day = date_long(outcome.as_of)
    sources = "Källa: verksamhetsplanen, medlemsregistret och aktivitetsloggen"
    counted = f" samt {survey.title}" if outcome.facts.year is not None else ". Ingen enkät är räknad den dagen"
    return GoalsPage(
        title=f"Måluppföljning {outcome.year}",
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
            source=f"{sources}{counted}. Bedömningen räknas fram ur utfall och målvärde; där annat är beslutat visas båda.",
        ),
        further=tuple(
            measure_line(names[r.goal].name, r, outcome, _why(r, outcome.year), "") for r in rest if r not in unjudged
        ),
        followed=tuple(_followed(names[r.goal].name, r, outcome.year) for r in unjudged),
        decisions=tuple(_decision(result, outcome) for result in outcome.results if result.decision),
    )


def _followed(goal: str, result: Result, year: int) -> FollowedMeasure:
    known = result.measured.value is not None
    return FollowedMeasure(
        goal=goal,
        measure=result.indicator.name,
        outcome=_counted(result.measured, result) if known else "–",
        before=_counted(result.last, result) if result.last else "–",
        lacking=_cause(result),
        proposed=proposed(result.indicator, year),
    )


def followed_title(measures: Sequence[FollowedMeasure]) -> str:
    """How many are followed without being judged, and what is missing where it is the same for all of them."""
    lacking = {one.lacking for one in measures}
    count = sentence_case(number_word(len(measures), neuter=True))
    return f"{count} mått följs utan att bedömas" + (f": {lacking.pop()}" if len(lacking) == 1 else "")


def followed_table(page: GoalsPage) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """(headings, rows) of the measures that cannot be judged; without what is missing where it is the same for all, and without
    proposals where there are none.
    """
    rows = [(one.measure, one.goal, one.outcome, one.before, one.lacking, one.proposed or "–") for one in page.followed]
    same = len({one.lacking for one in page.followed}) == 1
    hidden = {
        i for i, out in ((3, all(r[3] == "–" for r in rows)), (4, same), (5, all(r[5] == "–" for r in rows))) if out
    }
    heads = ("Mått", "Mål", f"Utfall {page.year}", str(page.year - 1), "Det som saknas", "Förslag, inte beslutat")
    kept = [i for i in range(len(heads)) if i not in hidden]
    return tuple(heads[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)


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
