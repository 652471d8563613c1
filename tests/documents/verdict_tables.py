"""The verdicts of changes.csv, goals.csv, claims.csv and of what the figures are drawn from, held against findings.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from tests.documents.verdicts import JUDGED, statuses

ARROWS = {"säker ökning": "↗", "säker minskning": "↘"}
NONE = "–"
CLAIMED = (
    "claims",
    "trace",
    "figures/claims",
    "figures/trace",
)  # verdicts on the plan's sentences, whose facts are told in words


def at_odds(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> list[str]:
    """Verdicts in a build's tables that are not their fact's, and facts that a table has lost; `names` is what items are called."""
    tables = {name: table.astype(object).where(table.notna(), "") for name, table in tables.items()}
    facts = tables["findings"].to_dict("records")
    return [*_changes(tables, facts), *_goals(tables, facts), *_drawn(tables, facts, names)]


def _changes(tables: Mapping[str, pd.DataFrame], facts: list[dict]) -> Iterator[str]:
    for name in {"changes", "figures/changes"} & set(tables):
        rows = tables[name].to_dict("records")
        held = {(row["item"], row["option"], row["verdict"]) for row in rows if row["verdict"]}
        told = {(fact["item"], fact["option"], fact["verdict"]) for fact in facts if fact["kind"] == "change"}
        yield from (f"{name}.csv: {one}" for one in held ^ told)


def _goals(tables: Mapping[str, pd.DataFrame], facts: list[dict]) -> Iterator[str]:
    verdicts = {
        kind: {fact["item"]: fact["verdict"] for fact in facts if fact["kind"] == kind} for kind in ("goal", "trend")
    }
    for row in tables["goals"].to_dict("records") if "goals" in tables else ():
        measure, goal = row["indicator"], row["goal"]
        said = statuses(f"{row['status']} {row['decided']}")
        if statuses(verdicts["goal"][measure]) != said:
            yield f"goals.csv: {measure} {row['status']} {row['decided']}"
        if row["trend"] != ARROWS.get(verdicts["trend"].get(measure, ""), NONE):
            yield f"goals.csv: {measure} {row['trend']}"
        mine = [verdicts["goal"][one] for one in tables["goals"].query("goal == @goal")["indicator"]]
        if goal in verdicts["goal"] and statuses(verdicts["goal"][goal]) not in map(statuses, mine):
            yield f"findings.csv: {goal} {verdicts['goal'][goal]}"


def _drawn(tables: Mapping[str, pd.DataFrame], facts: list[dict], names: Mapping[str, str]) -> Iterator[str]:
    named = [(names.get(fact["item"], fact["item"]), fact) for fact in facts]
    told = {(name, fact["verdict"]) for name, fact in named if fact["kind"] in JUDGED}
    goals = [(name, statuses(fact["verdict"])) for name, fact in named if fact["kind"] == "goal"]
    for name, table in tables.items():
        for row in table.to_dict("records") if name.startswith("figures/") and "label" in table else ():
            if row.get("verdict") and (row["label"], row["verdict"]) not in told:
                yield f"{name}: {row['label']} {row['verdict']}"
            if row.get("status") and (row["label"], statuses(row["status"])) not in goals:
                yield f"{name}: {row['label']} {row['status']}"


def with_other_verdict(tables: Mapping[str, pd.DataFrame]) -> Iterator[Mapping[str, pd.DataFrame]]:
    """Each table that has a verdict with one of them turned, beside the facts alone."""
    for name, table in tables.items():
        for column in {"verdict", "status", "decided", "trend"} & set(table) if name != "findings" else ():
            if name in CLAIMED or (name.endswith("changes") and column == "status"):
                continue
            for place in table.index[table[column].astype(object).fillna("") != ""]:
                turned = table.astype({column: object}).copy()
                turned.loc[place, column] = _other(str(turned.loc[place, column]))
                yield {"findings": tables["findings"], name: turned}


def _other(verdict: str) -> str:
    others = ("Målet är uppnått", "Kan inte bedömas", "säker minskning", "säker skillnad", "↘", "↗")
    return next(other for other in others if other != verdict and statuses(other) != (statuses(verdict) or {"?"}))


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """A build's csv files by name, and those of its figures as "figures/<id>"."""
    paths = [*sorted(folder.glob("*.csv")), *sorted(folder.glob("figures/*.csv"))]
    return {
        path.relative_to(folder).with_suffix("").as_posix(): pd.read_csv(path, dtype={"first": str, "second": str})
        for path in paths
        if path.stat().st_size > 1
    }
