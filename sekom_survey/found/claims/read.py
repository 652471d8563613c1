"""claims.toml: the plan's sentences, each with the kind of rule that would support it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekom_survey.found.claims import engagement, groups, plain, ranks, shares, themes
from sekom_survey.found.claims.finding import Basis, Finding
from sekom_survey.model import NOTE, Problem, Questionnaire, errors
from sekom_survey.text.toml import Table, did_you_mean, read_toml
from sekom_survey.text.toml_edit import with_rows

CLAIMS_FILE = "claims.toml"
OUTGROWN = frozenset({"confirmatory", "level", "lower", "probability"})


@dataclass(frozen=True)
class Claim:
    """A sentence to test: `kind` names the rule, `rule` holds its terms, `figures` the exhibits that show it."""

    id: str
    quote: str
    kind: str
    rule: Any
    figures: tuple[str, ...] = ()


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
    return tuple(claims), with_rows(problems, path, shown)


def _claim(entry: Table, questionnaire: Questionnaire) -> Claim | None:
    before = len(errors(entry.problems))
    kind = entry.text("rule", required=True)
    common = {
        "id": entry.text("id", required=True),
        "quote": entry.text("quote", required=True),
        "figures": entry.texts("figures"),
    }
    if kind not in KINDS:
        if kind:
            todo = "Välj bland " + ", ".join(KINDS) + "." + did_you_mean(kind, KINDS)
            entry.fault("unknown_kind", "rule", f"Regeln är ”{kind}”.", todo)
        return None
    rule = KINDS[kind].read(entry, questionnaire)
    _note_outgrown(entry)
    entry.close()
    if len(errors(entry.problems)) > before:
        return None
    return Claim(kind=kind, rule=rule, **common)  # type: ignore[arg-type]


def _note_outgrown(entry: Table) -> None:
    """Keys of earlier versions: allowed, but they decide nothing any more, and the user is told."""
    for key in sorted(OUTGROWN & set(entry.data) - entry.asked):
        entry.asked.add(key)
        told = "Nyckeln används inte längre: varje regel har ett fast fel, högst 5 procent vid sin gräns."
        entry.problems.append(Problem("outgrown_key", entry.file, entry.at(key), told, "Ta bort raden.", NOTE))


def _doubles(claims: list[Claim], shown: str) -> list[Problem]:
    counts = Counter(claim.id for claim in claims)
    return [
        Problem("double_id", shown, f"claims.{name}", f"Påståendet {name} finns {n} gånger.", "Ge varje ett eget id.")
        for name, n in counts.items()
        if n > 1
    ]


@dataclass(frozen=True)
class Kind:
    """`read` takes the claim's table to a rule, `judge` a rule and the year's figures to a finding.

    `released`: it rests on nothing but totals of all municipalities, so that its verdict may be published where they are.
    """

    read: Callable[[Table, Questionnaire], Any]
    judge: Callable[[Any, Basis], Finding]
    released: bool = False


KINDS = {
    "response": Kind(plain.read_response, plain.judge_response, released=True),
    "process": Kind(plain.read_process, plain.judge_process, released=True),
    "value_judgement": Kind(plain.read_judgement, plain.judge_judgement, released=True),
    "baseline_goals": Kind(plain.read_baselines, plain.judge_baselines, released=True),
    "share_at_least": Kind(shares.read_share, shares.judge_share, released=True),
    "union_share": Kind(shares.read_union, shares.judge_share, released=True),
    "count_at_least": Kind(shares.read_count, shares.judge_count, released=True),
    "clear_choice": Kind(shares.read_clear, shares.judge_clear, released=True),
    "top_ranked": Kind(ranks.read_top_ranked, ranks.judge_top_ranked),
    "segment_priority": Kind(ranks.read_segment_priority, ranks.judge_segment_priority),
    "segment_difference": Kind(groups.read_segment_difference, groups.judge_segment_difference),
    "equivalence": Kind(groups.read_equivalence, groups.judge_equivalence),
    "theme_everywhere": Kind(themes.read_everywhere, themes.judge_everywhere),
    "theme_counts": Kind(themes.read_mentioned, themes.judge_mentioned),
    "paired_change": Kind(engagement.read_paired_change, engagement.judge_paired_change),
    "both_roles": Kind(engagement.read_both_roles, engagement.judge_both_roles),
}
