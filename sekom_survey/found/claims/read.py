"""claims.toml: the plan's sentences, each with the rule that would support it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekom_survey.found.claims.kinds import KINDS
from sekom_survey.model import Problem, Questionnaire, errors
from sekom_survey.text.toml import Table, did_you_mean, read_toml

CLAIMS_FILE = "claims.toml"


@dataclass(frozen=True)
class Claim:
    """A sentence to test: `kind` names the rule, `rule` holds its terms, `figures` the exhibits that show it.

    `confirmatory` claims share one correction for being tested together.
    """

    id: str
    quote: str
    kind: str
    rule: Any
    figures: tuple[str, ...] = ()
    confirmatory: bool = False


def read_claims(path: Path, shown: str, questionnaire: Questionnaire) -> tuple[tuple[Claim, ...], list[Problem]]:
    """claims.toml to claims in order and the problems met; a claim with an error is left out. No file, no claims."""
    if not path.exists():
        return (), []
    data, problems = read_toml(path, shown)
    if problems:
        return (), problems
    table = Table(data, shown, "", problems)
    claims = [claim for entry in table.tables("claims", required=True) if (claim := _claim(entry, questionnaire))]
    table.close()
    problems += _doubles(claims, shown)
    return tuple(claims), problems


def _claim(entry: Table, questionnaire: Questionnaire) -> Claim | None:
    before = len(errors(entry.problems))
    kind = entry.text("rule", required=True)
    common = {
        "id": entry.text("id", required=True),
        "quote": entry.text("quote", required=True),
        "figures": entry.texts("figures"),
        "confirmatory": entry.flag("confirmatory"),
    }
    if kind not in KINDS:
        if kind:
            todo = "Välj bland " + ", ".join(KINDS) + "." + did_you_mean(kind, KINDS)
            entry.fault("unknown_kind", "rule", f"Regeln är ”{kind}”.", todo)
        return None
    rule = KINDS[kind].read(entry, questionnaire)
    entry.close()
    if len(errors(entry.problems)) > before:
        return None
    return Claim(kind=kind, rule=rule, **common)  # type: ignore[arg-type]


def _doubles(claims: list[Claim], shown: str) -> list[Problem]:
    counts = Counter(claim.id for claim in claims)
    return [
        Problem("double_id", shown, f"claims.{name}", f"Påståendet {name} finns {n} gånger.", "Ge varje ett eget id.")
        for name, n in counts.items()
        if n > 1
    ]
