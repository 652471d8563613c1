"""The plan's sentences, tested: what supports each, and what could be said instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, Basis, Finding
from sekom_survey.found.claims.read import CLAIMS_FILE, KINDS, Claim, read_claims
from sekom_survey.stats.multiplicity import holm
from sekom_survey.text.swedish import number

__all__ = ["ALPHA", "CLAIMS_FILE", "COLUMNS", "Basis", "Claim", "judge_claims", "read_claims"]

COLUMNS = ("claim", "quote", "verdict", "statement", "figures")
ALPHA = 0.05


def judge_claims(claims: Sequence[Claim], basis: Basis) -> pd.DataFrame:
    """Claims to a table with COLUMNS, in order; `figures` are exhibit ids parted by ";".

    Confirmatory claims whose rule is a test are corrected together by Holm: one that is supported alone but not
    together is supported partly.
    """
    findings = together(claims, [KINDS[claim.kind].judge(claim.rule, basis) for claim in claims])
    rows = [
        (claim.id, claim.quote, finding.verdict, finding.statement, ";".join(claim.figures))
        for claim, finding in zip(claims, findings, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def together(claims: Sequence[Claim], findings: Sequence[Finding]) -> list[Finding]:
    """The findings when the confirmatory ones with a p are tested as one family by Holm."""
    confirmed = {i: findings[i].p for i, claim in enumerate(claims) if claim.confirmatory}
    family = {i: p for i, p in confirmed.items() if p is not None}
    adjusted = dict(zip(family, holm(list(family.values())), strict=True)) if family else {}
    return [
        _weakened(finding, len(family)) if adjusted.get(i, 0.0) > ALPHA and finding.verdict == SUPPORTED else finding
        for i, finding in enumerate(findings)
    ]


def _weakened(finding: Finding, family: int) -> Finding:
    doubt = f" Säkerheten räcker inte när {number(family)} påståenden prövas samtidigt."
    return replace(finding, verdict=PARTLY, sentence=finding.sentence + doubt)
