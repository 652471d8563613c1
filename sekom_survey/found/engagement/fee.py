"""The membership fee by the association's rule."""

from __future__ import annotations

from sekom_survey.model import REGION

BASIC = 4_000
ORE_PER_INHABITANT = 30
MOST_INHABITANTS = 150_000
REGION_FEE = 25_000


def fee(population: int | None, kind: str) -> int | None:
    """A member's yearly fee in whole kronor; None for a municipality whose population is unknown.

    4 000 kr and 30 öre per inhabitant up to 150 000 inhabitants; regions 25 000 kr. Source: the association's annual
    report 2025. Vaggeryd's memo of 2019 checks it: 14 000 inhabitants give 8 200 kr.
    """
    if kind == REGION:
        return REGION_FEE
    if population is None:
        return None
    return BASIC + (ORE_PER_INHABITANT * min(population, MOST_INHABITANTS) + 50) // 100
