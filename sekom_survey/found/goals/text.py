"""The goals as plain text for the command line, and as goals.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from sekom_survey.found.goals.faults import find_faults
from sekom_survey.found.goals.judge import NO_TREND, target_value
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    LIKELY,
    MISSED,
    PROMISE,
    REACHED,
    STATUSES,
    UNCERTAIN,
    UNLIKELY,
    Goal,
    Goals,
    Status,
)
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.words import (
    SHORT,
    ambition_words,
    comment,
    outcome_words,
    responsible_words,
    result_status,
    source_words,
    status_words,
    target_words,
)
from sekom_survey.text.swedish import date_long, join_words, number_word, plural


def goal_headline(outcome: GoalsOutcome) -> str:
    """How many are what: "Av sex mål är ett uppnått, ett genom beslut och tre inte; ett kan inte bedömas"."""
    goals = outcome.goals.goals
    counts = Counter((outcome.goal_status(goal)[0], outcome.overruled(goal)) for goal in goals)
    kinds = [(status, decided) for status in STATUSES for decided in (False, True) if counts[status, decided]]
    told = [_counted(kind, counts) for kind in kinds if kind[0] is not CANNOT_JUDGE]
    unknown = sum(counts[kind] for kind in kinds if kind[0] is CANNOT_JUDGE)
    if not goals:
        return "Inga mål i årets mapp"
    if not told:
        return f"Inget av {number_word(len(goals))} mål kan bedömas" if len(goals) > 1 else "Målet kan inte bedömas"
    rest = f"{number_word(unknown, neuter=True)} kan inte bedömas" if unknown else ""
    return "; ".join(filter(None, (f"Av {number_word(len(goals), neuter=True)} mål är {join_words(told)}", rest)))


def _counted(kind: tuple[Status, bool], counts: Counter[tuple[Status, bool]]) -> str:
    """How many have a status, by the rule or by the board's decision; a status just named is not named again."""
    status, decided = kind
    many, said = number_word(counts[kind], neuter=True), plural(counts[kind], *SHORT[status])
    if decided and status is not REACHED:
        return f"{many} enligt beslut {said}"
    if decided:
        return f"{many} genom beslut" if counts[status, False] else f"{many} {said} genom beslut"
    between = any(counts[other, by] for other in (LIKELY, UNCERTAIN, UNLIKELY) for by in (False, True))
    after_reached = status is MISSED and not between and counts[REACHED, False] + counts[REACHED, True]
    return f"{many} {'inte' if after_reached else said}"


HELD, BROKEN, OPEN = ("hålls", "hålls"), ("hålls inte", "hålls inte"), ("är osäkert", "är osäkra")
UNKNOWN = ("kan inte bedömas", "kan inte bedömas")
PROMISED = {REACHED: HELD, LIKELY: HELD, UNLIKELY: BROKEN, MISSED: BROKEN, UNCERTAIN: OPEN, CANNOT_JUDGE: UNKNOWN}


def promise_headline(results: tuple[Result, ...]) -> str:
    """How many promises are kept: "Av sex löften: två hålls, två hålls inte, ett är osäkert och ett kan inte bedömas"."""
    counts = Counter(PROMISED[r.status] for r in results)
    if set(counts) <= {PROMISED[CANNOT_JUDGE]}:
        return "Löften i planen"
    parts = [
        f"{number_word(n, neuter=True)} {plural(n, *what)}"
        for what in (HELD, BROKEN, OPEN, UNKNOWN)
        if (n := counts[what])
    ]
    return f"Av {number_word(len(results))} löften: {join_words(parts)}"


def goal_words(goal: Goal, outcome: GoalsOutcome) -> str:
    """A goal's status, computed and decided together; of several measures the one that decides it."""
    status = outcome.goal_status(goal)
    mine = [outcome.result(indicator.id) for indicator in goal.headline]
    deciding = next((result for result in mine if result.status == status[0]), None)
    return result_status(deciding) if deciding and deciding.decision else status_words(*status)


def goal_lines(outcome: GoalsOutcome) -> Iterator[str]:
    """Goal by goal: status, then each indicator with outcome, target, status and comment; last what is wrong with them."""
    yield f"Målen {date_long(outcome.as_of)}. {outcome.goals.plan}".strip()
    if outcome.facts.year is None:
        yield "Ingen enkät är räknad den dagen; mått ur enkäten saknar data."
    for goal in outcome.goals.goals:
        yield ""
        yield f"{goal.id} {goal.name}: {goal_words(goal, outcome)}"
        yield f"   Planen: {goal.measured_as} – {ambition_words(goal, outcome.year)}. Ansvarar: {responsible_words(goal)}."
        for result in outcome.of_goal(goal.id):
            yield from _indicator(result, outcome.year)
    for effect in outcome.goals.effects:
        yield from _group(f"{effect.id} {effect.name}", outcome.of_goal(effect.id), outcome.year)
    yield from _group("Löften i planen", outcome.of_goal(PROMISE), outcome.year)
    faults = find_faults(outcome)
    if faults:
        yield ""
        yield "Brister i mål och mått"
    for fault in faults:
        yield f"   {fault.goal}: {fault.text} {fault.todo}"


def _group(title: str, results: tuple[Result, ...], year: int) -> Iterator[str]:
    if results:
        yield ""
        yield title
    for result in results:
        yield from _indicator(result, year)


def _indicator(result: Result, year: int) -> Iterator[str]:
    indicator = result.indicator
    arrow = f" {result.trend}" if result.trend != NO_TREND else ""
    said = f"   {indicator.id} {indicator.name}: {outcome_words(result.measured, indicator.unit)}{arrow}"
    if result.followed(year):
        yield f"{said}, mål {target_words(indicator, year)}. {result_status(result)}"
    else:
        yield f"{said} {result.measured.cause}".rstrip() + "."
    said = comment(result, year)
    if said:
        yield f"       {said}"


COLUMNS = (
    "goal",
    "goal_name",
    "indicator",
    "name",
    "unit",
    "baseline",
    "outcome",
    "low",
    "high",
    "target",
    "status",
    "cause",
    "trend",
    "decided",
    "reason",
    "source",
)

NUMBERS = ("baseline", "outcome", "low", "high", "target")


def goal_table(outcome: GoalsOutcome) -> pd.DataFrame:
    """The outcome as a table with COLUMNS, one row an indicator, effect proxy and promise ("löfte").

    `goal_name` and `name` are those of the plan.
    `unit` is "antal" or "procent" (0-100); `status` the computed one in words with its `cause`; `target` the decided one,
    empty for a proposal; `decided`, `reason` the board's own status and why, by whom and when.
    """
    year = outcome.facts.year
    questions = {item.id: item.short for item in year.wave.questionnaire.items} if year else {}
    table = pd.DataFrame([_row(result, outcome, questions) for result in outcome.results], columns=list(COLUMNS))
    return table.astype(dict.fromkeys(NUMBERS, float))


def _row(result: Result, outcome: GoalsOutcome, questions: Mapping[str, str]) -> dict[str, object]:
    indicator, measured, decision = result.indicator, result.measured, result.decision
    target = indicator.decided_target(outcome.year)
    return {
        "goal": result.goal,
        "goal_name": _goal_name(result.goal, outcome.goals),
        "indicator": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "baseline": indicator.baseline.value if indicator.baseline else None,
        "outcome": measured.value,
        "low": measured.low,
        "high": measured.high,
        "target": target_value(indicator, target) if target else None,
        "status": result.judgement.status.text,
        "cause": result.judgement.cause,
        "trend": result.trend,
        "decided": decision.status.text if decision else "",
        "reason": f"{decision.reason} ({decision.who} {decision.day})" if decision else "",
        "source": source_words(indicator, outcome.goals, questions),
    }


def _goal_name(goal: str, goals: Goals) -> str:
    names = {one.id: one.name for one in goals.goals} | {one.id: one.name for one in goals.effects}
    return names.get(goal, "Löften")


def write_goals_csv(outcome: GoalsOutcome, path: Path) -> None:
    """Write goals.csv; the same outcome gives the same bytes."""
    goal_table(outcome).to_csv(path, index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g")
