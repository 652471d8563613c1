"""What was chosen in a run: by rule - tests, merges, what is hidden - and by hand, by whom and when. No person's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from sekom_survey.coding.decisions import Decision, read_decisions
from sekom_survey.counted.year import Year
from sekom_survey.found.goals import decisions as board
from sekom_survey.found.themes import CODINGS_FILE
from sekom_survey.model import Correction
from sekom_survey.text.table import read_sheet

DECISIONS_FILE = "decisions.csv"
TESTED = ("comparisons.csv", "changes.csv")


def by_rule(year: Year, folder: Path) -> dict[str, Any]:
    """Tests and how many numbers each was used on, their correction, answers merged by rule, numbers hidden by reason.

    `folder` is the build's, where the tables with tests lie; a public build has none, nor merged answers.
    """
    tables = {"estimates": year.estimates, "means": year.means}
    return {
        "tests": {
            name.removesuffix(".csv"): _counted(folder / name, "test") for name in TESTED if (folder / name).is_file()
        },
        "correction": year.survey.comparisons.correction,
        "headline": list(year.survey.comparisons.headline),
        "equivalence": year.survey.comparisons.equivalence,
        "minimum_base": year.survey.minimum_base,
        "answers_merged": _counts(year.frame.conflicts["rule"]) if len(year.frame.conflicts) else {},
        "hidden": {
            name: _counts(table.loc[table["suppressed"].astype(bool), "reason"]) for name, table in tables.items()
        },
    }


def _counted(path: Path, column: str) -> dict[str, int]:
    return _counts(pd.read_csv(path, usecols=[column])[column].dropna())


def _counts(values: Iterable[Any]) -> dict[str, int]:
    return {str(value): int(n) for value, n in sorted(Counter(values).items())}


def by_hand(folder: Path, corrections: Iterable[Correction]) -> dict[str, Any]:
    """Corrections by kind, theme decisions by coder, and the board's decisions."""
    rows, _ = read_decisions(folder / CODINGS_FILE)
    sheet = read_sheet(folder / DECISIONS_FILE, DECISIONS_FILE, board.COLUMNS, board.COLUMNS, board.ALIASES)
    decided = [
        {name: cells.get(name, "") for name in ("date", "indicator", "status", "who")} for _, cells in sheet.rows
    ]
    return {
        "corrections": _counts(correction.action for correction in corrections),
        "codings": [_coder(coder, rows) for coder in sorted({row.coder for row in rows})],
        "decisions": decided,
    }


def _coder(coder: str, rows: Iterable[Decision]) -> dict[str, Any]:
    """How many theme decisions on how many texts, between which days and with which codebooks."""
    found = [row for row in rows if row.coder == coder]
    days = sorted(row.date for row in found)
    return {
        "coder": coder,
        "decisions": len(found),
        "texts": len({row.key for row in found}),
        "first": days[0],
        "last": days[-1],
        "codebooks": sorted({row.codebook_version for row in found}),
    }


def told(correction: Correction) -> Mapping[str, str]:
    """A correction as run.json tells it: of a struck answer the place and the reason, never the words."""
    stated = asdict(correction)
    return {**stated, "found": ""} if correction.action == "strike" else stated
