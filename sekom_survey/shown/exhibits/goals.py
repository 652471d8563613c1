"""The plan's goals, effects, promises and sentences as the board sees them: each function takes a Year and what was found."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE, WITHHELD
from sekom_survey.found.goals.faults import find_faults
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    PROMISE,
    STRENGTHS,
    ChainLink,
)
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.text import goal_headline, goal_words, promise_headline
from sekom_survey.found.goals.words import (
    ambition_words,
    baseline_words,
    last_words,
    outcome_words,
    proposed,
    responsible_words,
    result_status,
    target_words,
)
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out
from sekom_survey.shown.exhibits.notes import EXAMPLE, source_note
from sekom_survey.shown.exhibits.released import YEARS, released
from sekom_survey.shown.goal_lines import measure_line
from sekom_survey.text.swedish import (
    NOT_AVAILABLE,
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


@released("Mål", "Mäts som", YEARS, "Utfall", "Status", "Ansvarar")
@if_worked_out
def goal_summary(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The six goals, one row each: the plan's measure and ambition, the outcome and the status."""
    rows = []
    for goal in outcome.goals.goals:
        shown = [outcome.result(indicator.id) for indicator in goal.shown]
        said = [f"{r.indicator.name}: {outcome_words(r.measured, r.indicator.unit)}" for r in shown]
        row = {
            "Mål": goal.name,
            "Mäts som": goal.measured_as,
            f"Ambition {outcome.year}": ambition_words(goal, outcome.year),
        }
        told = {"Utfall": ". ".join(said), "Status": goal_words(goal, outcome), "Ansvarar": responsible_words(goal)}
        rows.append(row | told)
    title = goal_headline(outcome)
    return plan_table(year, outcome, "goal_summary", title, "Planens mål och ambition", pd.DataFrame(rows))


@released("Mått", YEARS, "Utfall", "Målvärde", "Bedömning", "Ansvarar")
@if_worked_out
def goal_status(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The measures that can be judged: a bar against the target, last year's outcome first, status, who answers."""
    judged = [result for result in outcome.results if result.strategic and result.status != CANNOT_JUDGE]
    goals = {goal.id: goal for goal in outcome.goals.goals}
    last = f"Utfall {outcome.year - 1}"
    table = [
        {
            "Mått": r.indicator.name,
            last: last_words(r),
            "Utfall": outcome_words(r.measured, r.indicator.unit),
            "Målvärde": target_words(r.indicator, outcome.year),
            "Bedömning": result_status(r),
            "Ansvarar": responsible_words(goals[r.goal]),
        }
        for r in judged
    ]
    title = f"{sentence_case(number_word(len(judged)))} mått går att bedöma" if judged else "Inget mått går att bedöma"
    exhibit = plan_table(
        year, outcome, "goal_status", title, "Utfall mot målvärde",
        pd.DataFrame(table, columns=["Mått", last, "Utfall", "Målvärde", "Bedömning", "Ansvarar"]),
        f"Svart streck: målvärdet. Öppen triangel: utfallet samma dag {outcome.year - 1}.",
    )  # fmt: skip
    bars = pd.DataFrame([_bullet(r, outcome) for r in judged], columns=list(BULLET))
    told = " ".join(f"{row['Mått']}: {row['Utfall']} av {row['Målvärde']}, {row['Bedömning']}." for row in table)
    return (
        replace(exhibit, kind="bullet", data=bars, alt=f"Liggande staplar mot målvärdet. {told}") if judged else exhibit
    )


BULLET = ("label", "outcome", "target", "last", "unit", "status", "told", "before")


def _bullet(result: Result, outcome: GoalsOutcome) -> tuple[object, ...]:
    line = measure_line("", result, outcome, "", "")
    told = (line.outcome, line.before or f"{outcome.year - 1}: {NOT_AVAILABLE}")
    return line.measure, line.value, line.target, line.last, result.indicator.unit, result_status(result), *told


@released("Mått", YEARS, "Utfall", "Det som saknas", "Förslag, inte beslutat")
@if_worked_out
def goal_missing(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The measures that cannot be judged, each with its outcome and what is missing."""
    rest = [result for result in outcome.results if result.strategic and result.status == CANNOT_JUDGE]
    last = f"Utfall {outcome.year - 1}"
    rows = [
        {
            "Mått": r.indicator.name,
            last: last_words(r),
            "Utfall": outcome_words(r.measured, r.indicator.unit),
            "Det som saknas": r.judgement.cause.removesuffix(" saknas") or "–",
            "Förslag, inte beslutat": proposed(r.indicator, outcome.year) or "–",
        }
        for r in rest
    ]
    title = (
        f"{sentence_case(number_word(len(rest), neuter=True))} mått följs men kan inte bedömas"
        if rest
        else "Alla mått kan bedömas"
    )
    columns = ["Mått", last, "Utfall", "Det som saknas", "Förslag, inte beslutat"]
    return plan_table(
        year, outcome, "goal_missing", title, "Det här saknas", pd.DataFrame(rows, columns=columns), LEGEND
    )


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
def effect_chain(year: Year, outcome: GoalsOutcome) -> Exhibit | None:
    """The links of the effect chain, what speaks of each and how strong that evidence is; None where the plan has no chain."""
    chain = outcome.goals.chain
    if not chain:
        return None
    table = pd.DataFrame([row for link in chain for row in _link_rows(link, outcome)])
    title = "Ju längre fram i kedjan, desto mindre vet vi"
    return plan_table(
        year, outcome, "effect_chain", title, f"Led för led: {join_words([one.name for one in chain])}", table
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
def promises(year: Year, outcome: GoalsOutcome) -> Exhibit | None:
    """What the plan promises to do, what has been done and how it stands; None where it promises nothing beside the goals."""
    if not outcome.goals.promises:
        return None
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
        year, outcome, "promises", promise_headline(results), "Löften i planen vid sidan av målen", pd.DataFrame(rows)
    )


SYMBOLS = {SUPPORTED: "✔", PARTLY: "◆", UNSUPPORTED: "✖", UNTESTABLE: "–"}
NONE_TOLD = "Inget omdöme om planens påståenden redovisas här"
WHY = "Omdömen om grupper, roller och förändring redovisas inte i den publika rapporten."


def _asked(claims: pd.DataFrame) -> list[str]:
    """What the verdicts on differences and changes in the claims answer, each question once."""
    told = (part.strip() for text in claims["questions"] for part in str(text).split("?"))
    return [f"{part}?" for part in dict.fromkeys(told) if part]


def _claims_title(supported: int, judged: int, claims: int) -> str:
    if not judged:
        return NONE_TOLD
    here = " som redovisas här" if judged < claims else ""
    what = plural(judged, "påstående", "påståenden")
    return f"Enkäten stöder {count_of(supported, judged)} {what} i planen{here}"


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
        title=_claims_title(int(counts.get(SUPPORTED, 0)), judged, len(claims)),
        subtitle="Meningarna i verksamhetsplanen, var och en prövad mot en regel som skrivits i förväg",
        note=source_note(
            year,
            f"{len(claims)} påståenden",
            *_asked(claims),
            WHY if judged < len(claims) else "",
        ),
        alt=f"Tabell med {len(claims)} påståenden: {told}.",
        data=claims[["claim", "verdict"]].reset_index(drop=True),
        table=table.reset_index(drop=True),
    )
