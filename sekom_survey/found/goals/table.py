"""goals.csv: every indicator with its numbers, computed and decided status."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sekom_survey.found.goals.judge import target_value
from sekom_survey.found.goals.outcome import GoalsOutcome, Result
from sekom_survey.found.goals.words import source_words

COLUMNS = (
    "goal",
    "indicator",
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
    """The outcome as a table with COLUMNS, one row an indicator, effect proxy ("E1" ...) and promise ("löfte").

    `unit` is "antal" or "procent" (0-100); `status` the computed one in words with its `cause`; `target` the decided one,
    empty for a proposal; `decided`, `reason` the board's own status and why, by whom and when.
    """
    table = pd.DataFrame([_row(result, outcome) for result in outcome.results], columns=list(COLUMNS))
    return table.astype(dict.fromkeys(NUMBERS, float))


def _row(result: Result, outcome: GoalsOutcome) -> dict[str, object]:
    indicator, measured, decision = result.indicator, result.measured, result.decision
    target = indicator.decided_target(outcome.year)
    return {
        "goal": result.goal,
        "indicator": indicator.id,
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
        "source": source_words(indicator, outcome.goals),
    }


def write_goals_csv(outcome: GoalsOutcome, path: Path) -> None:
    """Write goals.csv; the same outcome gives the same bytes."""
    goal_table(outcome).to_csv(path, index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g")
