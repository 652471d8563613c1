"""Members in and out, their engagement, duties and signs of leaving: each function takes a Year and its GoalsOutcome."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.engagement.duties import ALL_DUTIES
from sekom_survey.found.engagement.index import ACTIVE, CLASSES, weight_sensitivity
from sekom_survey.found.engagement.membership import Movement, movement
from sekom_survey.found.engagement.signals import CALL, CALL_LEVELS, NONE
from sekom_survey.found.goals.measure import class_counts, class_moves, duty_card_of, signals_of
from sekom_survey.found.goals.outcome import GoalsOutcome
from sekom_survey.model import MUNICIPALITY, Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.goals import LOG, REGISTER, plan_table
from sekom_survey.shown.exhibits.released import YEARS, released
from sekom_survey.shown.figures.values import PERCENT_FROM
from sekom_survey.text.swedish import (
    count_of,
    date_long,
    number,
    number_word,
    percent,
    plural,
    sentence_case,
    signed,
)

ROUNDED_FROM = 10_000  # kronor
NOT_SPREAD = "Visar enskilda medlemmar och sprids inte."


@released("Steg", "Antal")
@if_worked_out
def member_flow(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """The waterfall of members: before, in, out, now; data: label, count, step (read, added, removed, kept)."""
    moved = movement(outcome.facts.members, outcome.facts.start, outcome.as_of)
    rows = _steps(moved)
    table = pd.DataFrame({"Steg": [label for label, *_ in rows], "Antal": [_step_cell(n, s) for _, n, s in rows]})
    net = f"{signed(moved.net)} sedan" if moved.net else "lika många som vid"
    title = f"{number(moved.after)} medlemmar, {net} årsskiftet"
    exhibit = plan_table(year, outcome, "member_flow", title, "Medlemmar in, ut och netto", table, "Observatörer räknas inte.",
                     sources=(REGISTER,))  # fmt: skip
    told = ". ".join(f"{label}: {_step_cell(count, step)}" for label, count, step in rows)
    data = pd.DataFrame(rows, columns=["label", "count", "step"])
    return replace(
        exhibit,
        kind="flow",
        alt=f"Liggande staplar som visar hur medlemmarna blivit fler och färre. {told}.",
        data=data,
    )


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


@released("Klass", YEARS)
@if_worked_out
def engagement_classes(year: Year, outcome: GoalsOutcome) -> Exhibit | None:
    """How many municipalities are active, partly active and dormant, this year and last, and what the weights matter; None where nothing is known."""
    now, before = class_counts(outcome.facts), class_counts(outcome.facts.before)
    asked = sum(now[name] for name in CLASSES)
    if not asked:
        return None
    tried = weight_sensitivity(outcome.facts.engaged)
    table = {"Klass": list(CLASSES), str(outcome.year): [_share_cell(now[c], asked) for c in CLASSES]}
    if before:
        last = sum(before[name] for name in CLASSES)
        table[str(outcome.year - 1)] = [_share_cell(before[c], last) for c in CLASSES]
    exhibit = plan_table(
        year, outcome, "engagement", f"{count_of(now[ACTIVE], asked)} kommuner är aktiva i nätverket",
        "Engagemangsindex: aktiv från 60, delvis aktiv 30–59, vilande under 30", pd.DataFrame(table),
        "Enkätsvar ingår inte i indexet.", _moves(outcome),
        f"När vikterna slumpas om byter oftast {percent(tried.median, tried.members)}, sällan över {percent(tried.high, tried.members)}, av medlemmarna klass."
        if tried.members else "", sources=(REGISTER, LOG),
    )  # fmt: skip
    data = pd.DataFrame({"label": list(CLASSES), "answered": [now[c] for c in CLASSES], "asked": asked})
    return replace(exhibit, kind="response", data=data)


def _moves(outcome: GoalsOutcome) -> str:
    up, same, down = class_moves(outcome.facts)
    if not up + same + down:
        return ""
    return (
        f"Av {number(up + same + down)} kommuner som var med båda åren har {number(up)} flyttat upp minst en klass, "
        f"{number(down)} flyttat ned och {number(same)} stannat kvar."
    )


def _share_cell(count: int, base: int) -> str:
    return f"{count_of(count, base)} ({percent(count / base, base)})" if base >= PERCENT_FROM else count_of(count, base)


@if_worked_out
def duties(year: Year, outcome: GoalsOutcome) -> Exhibit | None:
    """The plan's commitments that something is known of: how many municipalities keep each; data as for who answered."""
    card = duty_card_of(outcome.facts)
    card = card[card["kind"] == MUNICIPALITY]
    told = [duty for duty in ALL_DUTIES if card[duty.id].notna().any()]
    known = [(d.label, int((card[d.id] == True).sum()), int(card[d.id].notna().sum())) for d in told]  # noqa: E712
    if not known:
        return None
    data = pd.DataFrame(known, columns=["label", "answered", "asked"])
    every = int((card[[duty.id for duty in told]] == True).all(axis=1).sum())  # noqa: E712
    table = pd.DataFrame(
        {
            "Åtagande": data["label"],
            "Uppfyller": [_share_cell(k, n) for _, k, n in known],
            "Okänt": [number(len(card) - n) for *_, n in known],
        }
    )
    who = (
        f"Minst {number_word(every)} {plural(every, 'kommun', 'kommuner')}" if every else "Ingen kommun är känd för att"
    )
    exhibit = plan_table(
        year, outcome, "duties", f"{who} {'håller' if every else 'hålla'} {_every(len(told))}",
        "Planens åtaganden för medlemmar", table,
        f"Varje andel räknas på de kommuner som uppgiften är känd för, av {number(len(card))}.",
    )  # fmt: skip
    return replace(exhibit, kind="response", data=data)


def _every(duties: int) -> str:
    return {1: "åtagandet", 2: "båda åtagandena"}.get(duties, f"alla {number_word(duties)} åtaganden")


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
    many = sentence_case(number_word(call)) if call else "Inga"
    title = f"{many} {plural(call, 'medlem', 'medlemmar')} att ringa nu"
    exhibit = plan_table(
        year, outcome, "exit_signals", title, "Signaler om att en medlem kan lämna", table,
        "Poängen ordnar samtalen och säger inget om hur troligt ett utträde är.", NOT_SPREAD,
    )  # fmt: skip
    return replace(exhibit, internal=True, data=rows.reset_index(drop=True))


def _about(kronor: float) -> str:
    """A sum as it is told in a sentence: "cirka 79 000" from ten thousand."""
    return number(kronor) if kronor < ROUNDED_FROM else f"cirka {number(round(kronor, -3))}"


@if_worked_out
@internal_only
def exit_levels(year: Year, outcome: GoalsOutcome) -> Exhibit:
    """Members and fees by level of exit signals, without names; internal."""
    rows = signals_of(outcome.facts)
    whole = float(rows["fee"].sum())
    grouped = rows.groupby("level")["fee"].agg(["size", "sum"]).reindex(list(CALL_LEVELS), fill_value=0)
    shares = [percent(fee / whole, len(rows)) if whole else "–" for fee in grouped["sum"]]
    table = pd.DataFrame(
        {
            "Nivå": list(CALL_LEVELS),
            "Medlemmar": grouped["size"].map(number).to_numpy(),
            "Avgifter, kr": grouped["sum"].map(number).to_numpy(),
            "Andel av avgifterna": shares,
        }
    )
    title = (
        f"Medlemmar att ringa nu står för {_about(float(grouped.at[CALL, 'sum']))} kronor i avgifter"
        if grouped.at[CALL, "size"]
        else "Inga medlemmar att ringa nu: alla avgifter står på lägre nivåer"
    )
    judged = percent(float((rows["judged"] / rows["rules"]).mean()), 0) if len(rows) else "0"
    exhibit = plan_table(
        year, outcome, "exit_levels", title, "Avgifter efter nivå av signaler", table,
        f"I medeltal kunde {judged} av reglerna bedömas.",
    )  # fmt: skip
    return replace(exhibit, internal=True)
