"""Need against experienced value, pair by pair as survey.toml declares them: exploration, with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.found.facts.counted import counted, leading_choice
from sekom_survey.found.facts.table import EXPLORATION, GAP, Fact
from sekom_survey.found.facts.words import said, who_did
from sekom_survey.found.verdict import EXPLORED
from sekom_survey.model import Survey
from sekom_survey.stats.proportions import newcombe_interval
from sekom_survey.text.swedish import count_of, points

QUESTION = "Hur mycket vanligare är behovet än det upplevda värdet? Utforskning, som inget omdöme ges om."


def gap_facts(estimates: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """The share with a great need less the share with a great value, of each pair that is shown; `second` is the value's id.

    The two are taken as answers of different members, which makes the interval wider than it is for the same ones.
    """
    made = (gap_fact(estimates, survey, *pair) for pair in survey.questionnaire.measures.pairs)
    yield from (fact for fact in made if fact)


def gap_fact(estimates: pd.DataFrame, survey: Survey, need: str, value: str) -> Fact | None:
    """The gap of one need and one value; None when either is hidden or has too few answers."""
    items = survey.questionnaire.item(need), survey.questionnaire.item(value)
    choices = tuple(leading_choice(item) for item in items)
    first, second = (counted(estimates, item, choice) for item, choice in zip(items, choices, strict=True))
    if first is None or second is None or min(first.base, second.base) < survey.minimum_base:
        return None
    low, high = newcombe_interval(first, second)
    gap = first.share - second.share
    needed = f"{count_of(first.count, first.base)} {who_did(survey, said(items[0], choices[0]))}"
    had = f"{count_of(second.count, second.base)} {said(items[1], choices[1])}"
    fact = Fact(
        GAP, need, items[0].short, QUESTION, option=choices[0].label, first="behov", second=value, status=EXPLORATION, difference=gap,
        low=low, high=high, verdict=EXPLORED, sentence=f"{needed}, och {had}: {points(gap)}.",
    )  # fmt: skip
    return fact.of(first, second)
