"""How values, baselines, targets and comments of goals are written."""

from __future__ import annotations

from collections.abc import Mapping

from sekom_survey.found.goals.judge import target_value
from sekom_survey.found.goals.model import (
    AT_END,
    CANNOT_JUDGE,
    DECIDED,
    ENGAGEMENT,
    EXAMPLES,
    HAND,
    INDICATORS,
    LIKELY,
    LOG,
    MISSED,
    PERCENT,
    REACHED,
    REFERENCE,
    REGISTER,
    SURVEY,
    SURVEY_SHARE,
    THEME,
    UNCERTAIN,
    UNLIKELY,
    Goal,
    Goals,
    Indicator,
    Measured,
    Status,
    Target,
)
from sekom_survey.found.goals.outcome import Result
from sekom_survey.text.swedish import (
    DASH,
    NOT_AVAILABLE,
    date_long,
    join_words,
    number,
    percent,
    percent_range,
    sentence_case,
    signed,
)

SOURCE_NAMES = {
    REGISTER: "medlemsregistret",
    LOG: "aktivitetsloggen",
    ENGAGEMENT: "medlemsregistret och aktivitetsloggen",
    INDICATORS: "medlemmarnas nyckeltal",
    HAND: "uppgift för hand",
    EXAMPLES: "biblioteket med goda exempel",
}
MISSING, NOT_IN_PLAN = "saknas", "saknas i planen"
NOBODY = "ingen utsedd"
SHORT = {
    REACHED: ("uppnått", "uppnådda"),
    LIKELY: ("på väg att nås", "på väg att nås"),
    UNCERTAIN: ("osäkert", "osäkra"),
    UNLIKELY: ("inte på väg att nås", "inte på väg att nås"),
    MISSED: ("inte uppnått", "inte uppnådda"),
    CANNOT_JUDGE: ("kan inte bedömas", "kan inte bedömas"),
}
"""A status in a sentence, of one goal and of several."""
SAID = {
    REACHED: "uppnått",
    LIKELY: "bedöms nås",
    UNCERTAIN: "osäkert",
    UNLIKELY: "bedöms inte nås",
    MISSED: "inte uppnått",
    CANNOT_JUDGE: "kan inte bedömas",
}
"""A status beside its goal or measure."""


def source_words(indicator: Indicator, goals: Goals, questions: Mapping[str, str]) -> str:
    """Where an indicator comes from: "enkäten (Tid i rollen)"; `questions` has what each item is called."""
    if indicator.source == REFERENCE:
        return source_words(goals.indicator(indicator.indicator), goals, questions)
    if indicator.measure == "response_rate":
        return "enkäten och medlemsregistret"
    if indicator.source in (SURVEY, THEME):
        name = questions.get(indicator.item)
        return f"enkäten ({name})" if name else "enkäten"
    return SOURCE_NAMES.get(indicator.source, MISSING)


def amount(value: float | None, unit: str, base: int | None = None) -> str:
    """A value with its unit: "5", "62,5 %"; whole percent when it rests on fewer than 100 answers."""
    if value is None:
        return DASH
    if unit == PERCENT:
        return percent(value / 100, base) if base else percent(value / 100, 0, 1)
    return number(value, 0 if value == int(value) else 1)


def outcome_words(measured: Measured, unit: str) -> str:
    """What was measured, with its interval when it has one: "34 % (25–44 %)"."""
    said = amount(measured.value, unit, measured.base)
    if measured.low is None or measured.high is None:
        return said
    return f"{said} ({percent_range(measured.low / 100, measured.high / 100)})"


def baseline_words(indicator: Indicator) -> str:
    """The baseline with its date, or that it is missing."""
    baseline = indicator.baseline
    if baseline is None or baseline.value is None:
        return MISSING
    return f"{amount(baseline.value, indicator.unit)} ({baseline.day})"


def target_words(indicator: Indicator, year: int) -> str:
    """The decided target of a year, or that the plan has none; a sign such as "xxx" is no target."""
    target = indicator.decided_target(year)
    if target is None or not indicator.has_target(year):
        return NOT_IN_PLAN
    return amount(target_value(indicator, target), indicator.unit)


def ambition_words(goal: Goal, year: int) -> str:
    """The plan's ambition, or that the plan has none where it only has a sign for it."""
    signs = {t.words.strip() for i in goal.indicators if (t := i.decided_target(year)) and t.words}
    return NOT_IN_PLAN if goal.ambition.strip() in {*signs, ""} else goal.ambition


def responsible_words(goal: Goal) -> str:
    """Who answers for a goal."""
    return goal.responsible or NOBODY


def last_words(result: Result) -> str:
    """What it came to last year, or "..": not known."""
    return amount(result.last.value, result.indicator.unit, result.last.base) if result.last else NOT_AVAILABLE


def proposal_words(indicator: Indicator, year: int) -> str:
    """The proposals, said to be proposals: "Förslag, inte beslutat: 75 % år 2027"."""
    said = proposed(indicator, year)
    return f"Förslag, inte beslutat: {said}" if said else ""


def proposed(indicator: Indicator, year: int) -> str:
    """The proposed targets with their years, those of years gone by left out: "50 % år 2027"."""
    return join_words([_proposal(indicator, target) for target in indicator.proposals if target.year >= year])


def valued_proposals(indicator: Indicator, year: int) -> list[str]:
    """Those of the proposals that have a number, each with its year."""
    mine = [one for one in indicator.proposals if one.year >= year and (one.value, one.over_baseline) != (None, None)]
    return [_proposal(indicator, target) for target in mine]


def _proposal(indicator: Indicator, target: Target) -> str:
    if target.over_baseline is not None:
        unit = " procentenheter" if indicator.unit == PERCENT else ""
        return f"utgångsvärdet {signed(target.over_baseline)}{unit} år {target.year}"
    if target.value is None:
        return f"{target.reason} år {target.year}"
    return f"{amount(target.value, indicator.unit)} år {target.year}"


def status_words(status: Status, cause: str) -> str:
    """Symbol, words and cause: "– Kan inte bedömas (målvärde saknas)"."""
    return status.shown + (f" ({cause})" if cause else "")


def result_status(result: Result) -> str:
    """The status to show; what the board has decided and what the rule gives stand together."""
    computed = status_words(result.judgement.status, result.judgement.cause)
    if not result.decision:
        return computed
    decided = f"{SAID[result.decision.status]} enligt beslut {date_long(result.decision.day)}"
    return f"{DECIDED} {sentence_case(decided)}; beräknat: {SAID[result.judgement.status]}"


def comment(result: Result, year: int) -> str:
    """What a reader needs beside the numbers: detail, change since the baseline, proposals and the board's reason."""
    parts = [
        result.measured.detail,
        since_baseline(result),
        proposal_words(result.indicator, year),
        decision_words(result),
    ]
    return " ".join(sentence_case(part) + "." for part in parts if part)


def since_baseline(result: Result) -> str:
    """The change since the baseline, which is named; counts that begin at 0 have none, nor a baseline set this year."""
    baseline, value = result.indicator.baseline, result.measured.value
    if (
        baseline is None
        or baseline.value is None
        or value is None
        or result.indicator.rule not in (AT_END, SURVEY_SHARE)
        or baseline.value == value
    ):
        return ""
    unit = " procentenheter" if result.indicator.unit == PERCENT else ""
    gap = round(value - baseline.value, 9)
    since = f" {date_long(baseline.day)}" if baseline.day else ""
    return f"{signed(gap, 0 if gap == int(gap) else 1)}{unit} sedan utgångsvärdet{since}"


def decision_words(result: Result) -> str:
    """Who decided another status, when and why, and what the rule gave."""
    if not result.decision:
        return ""
    decided, judged = result.decision, result.judgement
    computed = judged.status.text + (f" ({judged.cause})" if judged.cause else "")
    who = f"{decided.who} {date_long(decided.day)}"
    return f"{who}: {decided.reason.rstrip('.')}. Beräknat: {computed}"
