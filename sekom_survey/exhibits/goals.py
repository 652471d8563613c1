"""Goals, members and their engagement as the board sees them: each function takes a Year and its GoalsOutcome."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.engagement.duties import DUTIES
from sekom_survey.engagement.index import ACTIVE, CLASSES
from sekom_survey.engagement.membership import Movement, movement
from sekom_survey.engagement.sensitivity import weight_sensitivity
from sekom_survey.engagement.signals import CALL, LEVELS, NONE
from sekom_survey.exhibits.asked import if_worked_out, internal_only
from sekom_survey.exhibits.notes import EXAMPLE, PERCENT_FROM
from sekom_survey.goals.faults import find_faults
from sekom_survey.goals.members import class_counts, class_moves, duty_card_of, signals_of
from sekom_survey.goals.model import LIKELY, MISSED, PROMISE, REACHED, STRENGTHS, UNLIKELY, ChainLink
from sekom_survey.goals.outcome import GoalsOutcome, Result
from sekom_survey.goals.table import goal_table
from sekom_survey.goals.text import goal_headline
from sekom_survey.goals.words import (
    baseline_words,
    comment,
    outcome_words,
    result_status,
    status_words,
    target_words,
)
from sekom_survey.model import MUNICIPALITY, Exhibit
from sekom_survey.swedish import (
    count_of,
    date_long,
    join_words,
    number,
    number_word,
    percent,
    percent_range,
    plural,
    sentence_case,
    signed,
)
from sekom_survey.year import Year

NOT_SPREAD = "Visar enskilda medlemmar och sprids inte."
SURVEY, REGISTER, LOG = "enkäten", "medlemsregistret", "aktivitetsloggen"
PLAN = ("verksamhetsplanen", REGISTER, LOG, SURVEY)
LEGEND = "Förslag som styrelsen inte beslutat räknas inte som mål."


def _table(
    year: Year,
    outcome: GoalsOutcome,
    exhibit_id: str,
    title: str,
    subtitle: str,
    table: pd.DataFrame,
    *notes: str,
    sources: tuple[str, ...] = PLAN,
) -> Exhibit:
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
    return _table(year, outcome, "goal_summary", title, "Planens mål och ambition", pd.DataFrame(rows))


@if_worked_out
def goal_status(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """Every indicator of the goals: baseline, outcome, target, status in symbol and words, trend and comment."""
    names = {goal.id: goal.name for goal in outcome.goals.goals}
    table = pd.DataFrame([_status_row(r, names[r.goal], outcome.year) for r in outcome.results if r.strategic])
    exhibit = _table(
        year, outcome, "goal_status", goal_headline(outcome), "Mål, mått, utfall och status", table, LEGEND,
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
        "Status": result_status(result),
        "Trend": result.trend,
        "Kommentar": comment(result),
    }


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
    return _table(year, outcome, "goal_faults", title, "Brister i mål och mått", table)


@if_worked_out
def effect_chain(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The links of the effect chain, what speaks of each and how strong that evidence is."""
    table = pd.DataFrame([row for link in outcome.goals.chain for row in _link_rows(link, outcome)])
    title = "Ju längre fram i kedjan, desto svagare vet vi"
    return _table(year, outcome, "effect_chain", title, "Från engagerade medlemmar till ett hållbart Sverige", table)


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
    return _table(
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


@if_worked_out
def member_flow(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The waterfall of members: before, in, out, now; data: label, count, step (read, added, removed, kept)."""
    moved = movement(outcome.facts.members, outcome.facts.start, outcome.as_of)
    rows = _steps(moved)
    table = pd.DataFrame({"Steg": [label for label, *_ in rows], "Antal": [_step_cell(n, s) for _, n, s in rows]})
    title = f"{number(moved.after)} medlemmar, {signed(moved.net)} sedan årsskiftet"
    exhibit = _table(year, outcome, "member_flow", title, "Medlemmar in, ut och netto", table, "Observatörer räknas inte.",
                     sources=(REGISTER,))  # fmt: skip
    return replace(exhibit, data=pd.DataFrame(rows, columns=["label", "count", "step"]))


def _steps(moved: Movement) -> list[tuple[str, int, str]]:
    return [
        (f"Medlemmar vid årsskiftet {moved.first.year - 1}/{moved.first.year}", moved.before, "read"),
        ("Nya medlemmar", len(moved.joined), "added"),
        ("Utträden", len(moved.left), "removed"),
        (f"Medlemmar {date_long(moved.last)}", moved.after, "kept"),
    ]


def _step_cell(count: int, step: str) -> str:
    sign = {"added": 1, "removed": -1}.get(step)
    return signed(sign * count) if sign else number(count)


@if_worked_out
def engagement_classes(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """How many municipalities are active, partly active and dormant, this year and last, and what the weights matter."""
    now, before = class_counts(outcome.facts), class_counts(outcome.facts.before)
    asked = sum(now[name] for name in CLASSES)
    tried = weight_sensitivity(outcome.facts.engaged)
    table = {"Klass": list(CLASSES), str(outcome.year): [_share_cell(now[c], asked) for c in CLASSES]}
    if before:
        last = sum(before[name] for name in CLASSES)
        table[str(outcome.year - 1)] = [_share_cell(before[c], last) for c in CLASSES]
    exhibit = _table(
        year, outcome, "engagement", f"{count_of(now[ACTIVE], asked)} kommuner är aktiva i nätverket",
        "Engagemangsindex: aktiv från 60, delvis aktiv 30–59, vilande under 30", pd.DataFrame(table),
        "Enkätsvar ingår inte i indexet.", _moves(outcome),
        f"Med {number(tried.draws)} slumpade viktningar byter {percent_range(tried.median, tried.high)} av medlemmarna klass "
        "(mitten och det 95:e av hundra)." if tried.members else "", sources=(REGISTER, LOG),
    )  # fmt: skip
    data = pd.DataFrame({"label": list(CLASSES), "answered": [now[c] for c in CLASSES], "asked": asked})
    return replace(exhibit, kind="response", data=data)


def _moves(outcome: GoalsOutcome) -> str:
    up, same, down = class_moves(outcome.facts)
    if not up + same + down:
        return ""
    return (
        f"Av {number(up + same + down)} kommuner som var med båda åren har {number(up)} flyttat upp en klass eller mer, "
        f"{number(down)} ned och {number(same)} är kvar."
    )


def _share_cell(count: int, base: int) -> str:
    return f"{count_of(count, base)} ({percent(count / base, base)})" if base >= PERCENT_FROM else count_of(count, base)


@if_worked_out
def duties(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The plan's four yearly commitments: how many municipalities keep each; data as for who answered."""
    card = duty_card_of(outcome.facts)
    card = card[card["kind"] == MUNICIPALITY]
    counted = [(d.label, int((card[d.id] == True).sum()), int(card[d.id].notna().sum())) for d in DUTIES]  # noqa: E712
    known = [(label, kept, asked) for label, kept, asked in counted if asked]
    data = pd.DataFrame(known, columns=["label", "answered", "asked"])
    every = int(((card["kept"] == len(DUTIES)) & (card["known"] == len(DUTIES))).sum())
    table = pd.DataFrame(
        {
            "Åtagande": data["label"],
            "Uppfyller": [_share_cell(k, n) for _, k, n in known],
            "Okänt": [number(len(card) - n) for *_, n in known],
        }
    )
    exhibit = _table(
        year, outcome, "duties", f"Minst {number(every)} {plural(every, 'kommun', 'kommuner')} håller alla fyra åtaganden",
        "Planens fyra årliga åtaganden", table,
        f"Andelarna räknas på dem av {number(len(card))} kommuner som uppgiften är känd för.",
    )  # fmt: skip
    return replace(exhibit, kind="response", data=data)


@if_worked_out
@internal_only
def exit_list(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """Members with signs of leaving, every sign spelled out and one thing to do; internal, a list of calls to make."""
    rows = signals_of(outcome.facts)
    rows = rows[rows["level"] != NONE]
    table = pd.DataFrame(
        {
            "Medlem": rows["name"],
            "Nivå": rows["level"],
            "Poäng": rows["points"].map(number),
            "Signaler": rows["signals"].map(sentence_case),
            "Förslag": rows["action"],
            "Kunde bedömas": [f"{count_of(j, n)} regler" for j, n in zip(rows["judged"], rows["rules"], strict=True)],
        }
    ).reset_index(drop=True)
    call = int((rows["level"] == CALL).sum())
    title = f"{number(call)} {plural(call, 'medlem', 'medlemmar')} att ringa nu"
    exhibit = _table(
        year, outcome, "exit_signals", title, "Signaler om att en medlem kan lämna", table,
        "Poängen ordnar samtalen och säger inget om hur troligt ett utträde är.", NOT_SPREAD,
    )  # fmt: skip
    return replace(exhibit, internal=True, data=rows.reset_index(drop=True))


@if_worked_out
@internal_only
def exit_levels(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """Members and fees by level of exit signals, without names; internal."""
    rows = signals_of(outcome.facts)
    whole = float(rows["fee"].sum())
    grouped = rows.groupby("level")["fee"].agg(["size", "sum"]).reindex(list(LEVELS), fill_value=0)
    shares = [percent(fee / whole, len(rows)) if whole else "–" for fee in grouped["sum"]]
    table = pd.DataFrame(
        {
            "Nivå": list(LEVELS),
            "Medlemmar": grouped["size"].map(number).to_numpy(),
            "Avgifter, kr": grouped["sum"].map(number).to_numpy(),
            "Andel av avgifterna": shares,
        }
    )
    title = f"Medlemmar att ringa nu står för {number(float(grouped.at[CALL, 'sum']))} kronor i avgifter"
    judged = percent(float((rows["judged"] / rows["rules"]).mean()), 0) if len(rows) else "0"
    exhibit = _table(
        year, outcome, "exit_levels", title, "Avgifter efter nivå av signaler", table,
        f"I medeltal kunde {judged} av reglerna bedömas.",
    )  # fmt: skip
    return replace(exhibit, internal=True)
