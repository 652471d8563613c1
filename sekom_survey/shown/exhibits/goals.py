"""The plan's goals, effects, promises and sentences as the board sees them: each function takes a Year and what was found."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE, WITHHELD
from sekom_survey.found.goals.faults import find_faults
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    LIKELY,
    MISSED,
    NO_TARGET,
    PROMISE,
    REACHED,
    STRENGTHS,
    UNLIKELY,
    ChainLink,
)
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.text import goal_headline, goal_table
from sekom_survey.found.goals.words import (
    baseline_words,
    comment,
    outcome_words,
    result_status,
    status_words,
    target_words,
)
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out
from sekom_survey.shown.exhibits.notes import EXAMPLE, source_note
from sekom_survey.shown.exhibits.released import YEARS, released
from sekom_survey.text.swedish import (
    count_of,
    date_long,
    join_words,
    number_word,
    plural,
    sentence_case,
)

SURVEY, REGISTER, LOG = "enkäten", "medlemsregistret", "aktivitetsloggen"
PLAN = ("verksamhetsplanen", REGISTER, LOG, SURVEY)
LEGEND = "Förslag som styrelsen inte beslutat räknas inte som mål."


def plan_table(
    year: Year,
    outcome: GoalsOutcome,
    exhibit_id: str,
    title: str,
    subtitle: str,
    table: pd.DataFrame,
    *notes: str,
    sources: tuple[str, ...] = PLAN,
) -> Exhibit:
    """A table on the plan with its sources and day in the note; `sources` are those of PLAN that it rests on."""
    survey = (year.survey.title,) if outcome.facts.year is not None and SURVEY in sources else ()
    named = [name for name in sources if name != SURVEY]
    parts = [f"Källa: {join_words([*named, *survey])}.", f"Läget {date_long(outcome.as_of)}.", *notes]
    return Exhibit(
        id=exhibit_id,
        kind="table",
        title=title,
        subtitle=subtitle,
        note=" ".join(part for part in [*parts, EXAMPLE if year.survey.synthetic else ""] if part),
        alt=f"Tabell med {len(table)} {plural(len(table), 'rad', 'rader')}. {title}.",
        data=table,
        table=table,
    )  # fmt: skip


@released("Mål", "Mäts som", YEARS, "Utfall", "Status")
@if_worked_out
def goal_summary(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The six goals, one row each: the plan's measure and ambition, the outcome and the status."""
    rows = []
    for goal in outcome.goals.goals:
        mine = [outcome.result(indicator.id) for indicator in goal.headline]
        status = result_status(mine[0]) if len(mine) == 1 else status_words(*outcome.goal_status(goal))
        shown = [outcome.result(indicator.id) for indicator in goal.shown]
        said = [f"{r.indicator.name}: {outcome_words(r.measured, r.indicator.unit)}" for r in shown]
        row = {"Mål": goal.name, "Mäts som": goal.measured_as, f"Ambition {outcome.year}": goal.ambition}
        rows.append(row | {"Utfall": ". ".join(said), "Status": status})
    title = goal_headline(outcome)
    return plan_table(year, outcome, "goal_summary", title, "Planens mål och ambition", pd.DataFrame(rows))


@released("Mål", "Mått", "Utgångsvärde", "Utfall", "Målvärde", "Status", "Trend", "Kommentar")
@if_worked_out
def goal_status(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """Every indicator of the goals: baseline, outcome, target, status in symbol and words, trend and comment."""
    names = {goal.id: goal.name for goal in outcome.goals.goals}
    results = [result for result in outcome.results if result.strategic]
    table = pd.DataFrame([_status_row(result, names[result.goal], outcome.year) for result in results])
    unjudged = sum(result.status == CANNOT_JUDGE for result in results)
    title = f"{count_of(unjudged, len(results))} mått kan inte bedömas" if unjudged else "Alla mått kan bedömas"
    exhibit = plan_table(
        year, outcome, "goal_status", title, "Mål, mått, utfall och status", table, LEGEND,
        "Trend visas bara när samma medlemmar säkert har ändrat sig sedan förra året.",
    )  # fmt: skip
    data = goal_table(outcome)
    return replace(exhibit, data=data[data["goal"].isin(list(names))].reset_index(drop=True))


def _status_row(result: Result, goal: str, year: int) -> dict[str, str]:
    indicator = result.indicator
    return {
        "Mål": goal,
        "Mått": indicator.name,
        "Utgångsvärde": baseline_words(indicator),
        "Utfall": outcome_words(result.measured, indicator.unit),
        "Målvärde": target_words(indicator, year),
        "Status": _status(result),
        "Trend": result.trend,
        "Kommentar": comment(result),
    }


def _status(result: Result) -> str:
    """The status with its cause, unless that is a missing target, which the column beside says."""
    judged = result.judgement
    return judged.status.shown if not result.decision and judged.cause == NO_TARGET else result_status(result)


@released("Mål", "Brist", "Att besluta")
@if_worked_out
def goal_faults(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """ "Brister i mål och mått": what is wrong with the goals themselves and what to decide."""
    faults = find_faults(outcome)
    table = pd.DataFrame(
        [{"Mål": f.goal, "Brist": f.text, "Att besluta": f.todo} for f in faults],
        columns=["Mål", "Brist", "Att besluta"],
    )
    lacking = [g.name for g in outcome.goals.goals if not any(i.has_target(outcome.year) for i in g.indicators)]
    title = f"{join_words(lacking)} saknar målvärde för {outcome.year}" if lacking else "Brister i mål och mått"
    return plan_table(year, outcome, "goal_faults", title, "Brister i mål och mått", table)


@released("Led", "Tecken", "Utfall", "Så säkert vet vi")
@if_worked_out
def effect_chain(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The links of the effect chain, what speaks of each and how strong that evidence is."""
    table = pd.DataFrame([row for link in outcome.goals.chain for row in _link_rows(link, outcome)])
    title = "Ju längre fram i kedjan, desto svagare vet vi"
    return plan_table(
        year, outcome, "effect_chain", title, "Från engagerade medlemmar till ett hållbart Sverige", table
    )


def _link_rows(link: ChainLink, outcome: GoalsOutcome) -> list[dict[str, str]]:
    strength = STRENGTHS[link.strength]
    if not link.indicators:
        return [{"Led": link.name, "Tecken": link.note, "Utfall": "–", "Så säkert vet vi": strength}]
    results = [outcome.result(name) for name in link.indicators]
    return [
        {
            "Led": link.name,
            "Tecken": r.indicator.name,
            "Utfall": outcome_words(r.measured, r.indicator.unit),
            "Så säkert vet vi": strength,
        }
        for r in results
    ]


@released("Löfte", "Utgångsvärde", "Utfall", "Målvärde", "Status", "Kommentar")
@if_worked_out
def promises(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """What the plan promises to do, what has been done and how it stands."""
    notes = {p.indicator.id: p.note for p in outcome.goals.promises}
    results = outcome.of_goal(PROMISE)
    rows = [
        {
            "Löfte": r.indicator.name,
            "Utgångsvärde": baseline_words(r.indicator),
            "Utfall": outcome_words(r.measured, r.indicator.unit),
            "Målvärde": target_words(r.indicator, outcome.year),
            "Status": result_status(r) if r.followed(outcome.year) else "–",
            "Kommentar": notes[r.indicator.id],
        }
        for r in results
    ]
    return plan_table(
        year, outcome, "promises", _promise_title(results), "Löften i planen vid sidan av målen", pd.DataFrame(rows)
    )


def _promise_title(results: tuple[Result, ...]) -> str:
    late = sum(r.status in (UNLIKELY, MISSED) for r in results)
    kept = sum(r.status in (REACHED, LIKELY) for r in results)
    if not late + kept:
        return "Löften i planen"
    return (
        f"{sentence_case(number_word(kept, neuter=True))} löften hålls, {number_word(late, neuter=True)} gör det inte"
    )


SYMBOLS = {SUPPORTED: "✔", PARTLY: "◆", UNSUPPORTED: "✖", UNTESTABLE: "–"}
WHY = "Omdömen om grupper, roller och förändring redovisas inte i den publika rapporten."


@released("Nr", "Påstående", "Omdöme")
def claims_table(year: Year, claims: pd.DataFrame) -> Exhibit | None:
    """The verdict on every claim, with the sentence that says why.

    In a public build the verdicts stand alone, and those that rest on groups or on two years are not told.
    """
    if claims.empty:
        return None
    counts = claims["verdict"].value_counts()
    judged = len(claims) - int(counts.get(WITHHELD, 0))
    told = ", ".join(f"{verdict.lower()} {counts.get(verdict, 0)}" for verdict in SYMBOLS)
    table = pd.DataFrame(
        {
            "Nr": claims["claim"],
            "Påstående": [f"”{quote}”" for quote in claims["quote"]],
            "Omdöme": [f"{SYMBOLS.get(verdict, '')} {verdict}".strip() for verdict in claims["verdict"]],
            "Vad svaren visar": claims["statement"],
        }
    )
    return Exhibit(
        id="claims",
        kind="table",
        title=f"Enkäten stöder {count_of(int(counts.get(SUPPORTED, 0)), judged)} av planens påståenden",
        subtitle="Meningarna i verksamhetsplanen, var och en prövad mot en regel som skrivits i förväg",
        note=source_note(
            year, f"{len(claims)} påståenden", "Reglerna står i claims.toml.", WHY if judged < len(claims) else ""
        ),
        alt=f"Tabell med {len(claims)} påståenden: {told}.",
        data=claims[["claim", "verdict"]].reset_index(drop=True),
        table=table.reset_index(drop=True),
    )
