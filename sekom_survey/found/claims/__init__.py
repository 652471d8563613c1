"""The plan's sentences, tested: what supports each, and what could be said instead."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sekom_survey.found.claims.finding import Basis
from sekom_survey.found.claims.read import CLAIMS_FILE, KINDS, Claim, read_claims

__all__ = ["CLAIMS_FILE", "COLUMNS", "Basis", "Claim", "judge_claims", "read_claims"]

COLUMNS = ("claim", "quote", "verdict", "statement", "figures")


def judge_claims(claims: Sequence[Claim], basis: Basis) -> pd.DataFrame:
    """Claims to a table with COLUMNS, in order; `figures` are exhibit ids parted by ";".

    Each rule's error at its limit stands in docs/method.md; a claim about a difference or a change has its verdict from
    the year's facts and from nowhere else.
    """
    findings = [KINDS[claim.kind].judge(claim.rule, basis) for claim in claims]
    rows = [
        (claim.id, claim.quote, finding.verdict, finding.statement, ";".join(claim.figures))
        for claim, finding in zip(claims, findings, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
