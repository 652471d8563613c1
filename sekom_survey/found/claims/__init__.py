"""The plan's sentences, tested: what supports each, and what could be said instead."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sekom_survey.found.claims.engagement import PairedChange
from sekom_survey.found.claims.finding import Basis, Finding
from sekom_survey.found.claims.read import CLAIMS_FILE, KINDS, Claim, read_claims
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, PARTICIPATION
from sekom_survey.found.verdict import asked_phrase

__all__ = ["CLAIMS_FILE", "COLUMNS", "Basis", "Claim", "activities_of", "judge_claims", "read_claims"]

COLUMNS = ("claim", "quote", "verdict", "statement", "figures", "questions")


def judge_claims(claims: Sequence[Claim], basis: Basis) -> pd.DataFrame:
    """Claims to a table with COLUMNS, in order; `figures` are exhibit ids parted by ";",
    `questions` what the verdicts within the statement answer.

    Each rule's error at its limit stands in docs/method.md; a claim about a difference or a change has its verdict from
    the year's facts and from nowhere else.
    """
    findings = [KINDS[claim.kind].judge(claim.rule, basis) for claim in claims]
    rows = [
        (claim.id, claim.quote, finding.verdict, finding.statement, ";".join(claim.figures), _questions(finding, basis))
        for claim, finding in zip(claims, findings, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def activities_of(claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    """The activities of the log that claims are about, a set a claim."""
    return [claim.rule.activities for claim in claims if isinstance(claim.rule, PairedChange) and claim.rule.activities]


def _questions(finding: Finding, basis: Basis) -> str:
    """The questions of the differences and changes that a claim tells of, each once."""
    told = (fact for fact in basis.facts if fact.kind in (CHANGE, DIFFERENCE, PARTICIPATION) and fact.verdict)
    mine = (asked_phrase(fact.verdict, fact.question) for fact in told if fact.sentence in finding.sentence)
    return " ".join(dict.fromkeys(mine))
