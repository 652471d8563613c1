"""A fact: its numbers, the one question that is asked of it, one verdict and one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from math import nan
from typing import Any

import pandas as pd

from sekom_survey.stats.proportions import Group

SHARE, MEAN, DIFFERENCE, CHANGE, GAP = "share", "mean", "difference", "change", "gap"
GOAL, TREND, THEME = "goal", "trend", "theme"
TOGETHER, PARTICIPATION = "together", "participation"
FORESEEN, AFTERWARDS, EXPLORATION = "bestämd i förväg", "bestämd efter att svaren kommit", "utforskning"


@dataclass(frozen=True)
class Fact:
    """Something that a text may tell. `first` and `second` name what is set against each other, "" where nothing is.

    `name` is what a reader calls what it is about: the question, the goal, the measure. `item` is an item, a goal or an indicator (of which `option` is the unit, `segmentation` the goal, `first_count` the outcome
    and `second_count` the target; of a trend the members this year and last, or the percent where no base is told; of a mean `first_count` is its value; of participation the counts are occasions), `status` how the fact came to be looked for or decided. Shares and differences are
    0-1; `low`-`high` is the 95 % interval of `difference`, or of the share; `p` is corrected; `missed` the smallest
    difference that the same rule finds four times in five. What does not apply is NaN or "".
    """

    kind: str
    item: str
    name: str
    question: str
    option: str = ""
    segmentation: str = ""
    first: str = ""
    second: str = ""
    status: str = ""
    first_count: float = nan
    first_base: float = nan
    first_population: float = nan
    second_count: float = nan
    second_base: float = nan
    second_population: float = nan
    difference: float = nan
    low: float = nan
    high: float = nan
    p: float = nan
    missed: float = nan
    verdict: str = ""
    sentence: str = ""

    def but(self, **changes: Any) -> Fact:
        """The fact with some of it replaced."""
        return replace(self, **changes)

    def of(self, first: Group, second: Group | None = None) -> Fact:
        """The fact with its groups' numbers."""
        fact = replace(self, first_count=first.count, first_base=first.base, first_population=_known(first.population))
        if second is None:
            return fact
        return replace(
            fact, second_count=second.count, second_base=second.base, second_population=_known(second.population)
        )

    @property
    def share(self) -> float:
        """The first group's share, 0-1."""
        return self.first_count / self.first_base if self.first_base else nan

    @property
    def before(self) -> float:
        """The second group's share, 0-1: last year's in a change."""
        return self.second_count / self.second_base if self.second_base else nan


def turned(fact: Fact) -> Fact:
    """A difference seen from the other side."""
    return replace(
        fact, first=fact.second, second=fact.first, difference=-fact.difference, low=-fact.high, high=-fact.low,
        first_count=fact.second_count, first_base=fact.second_base, first_population=fact.second_population,
        second_count=fact.first_count, second_base=fact.first_base, second_population=fact.first_population,
    )  # fmt: skip


def _known(population: int | None) -> float:
    return nan if population is None else population


FACT_COLUMNS = tuple(field.name for field in fields(Fact))


def fact_table(facts: Iterable[Fact]) -> pd.DataFrame:
    """Facts as a table with FACT_COLUMNS, in order."""
    rows = [[getattr(fact, name) for name in FACT_COLUMNS] for fact in facts]
    return pd.DataFrame(rows, columns=list(FACT_COLUMNS))
