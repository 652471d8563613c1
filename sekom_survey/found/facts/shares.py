"""How many of all members: one fact for the answer that stands for each core item."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.counted.choices import choices_of, countable
from sekom_survey.found.facts.counted import counted
from sekom_survey.found.facts.table import SHARE, Fact
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import TOO_FEW
from sekom_survey.model import Survey
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.text.swedish import count_of

MOST, FEWER, OPEN = "fler än hälften", "färre än hälften", "kan vara båda"


def share_facts(estimates: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """The total of every core item's choices, with whether more than half of all members say so; none where nothing is known of all."""
    for item in countable(survey.questionnaire) if survey.infers else ():
        for choice in choices_of(item) if item.core else ():
            found = counted(estimates, item, choice)
            if found is None or found.population is None:
                continue
            question = f"Gäller det fler än hälften av alla {found.population}?"
            fact = Fact(SHARE, item.id, question, option=choice.label, first="alla").of(found)
            if found.base < survey.minimum_base:
                yield fact.but(verdict=TOO_FEW)
                continue
            low, high = (
                members / found.population
                for members in hypergeometric_interval(found.count, found.base, found.population)
            )
            sentence = f"{count_of(found.count, found.base)} {survey.nouns.many} {said(item, choice)}."
            yield fact.but(low=low, high=high, verdict=_half(low, high), sentence=sentence)


def _half(low: float, high: float) -> str:
    return MOST if low > 0.5 else FEWER if high < 0.5 else OPEN
