"""How many of all members: one fact for the answer that stands for each core item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from sekom_survey.counted.choices import Choice, choices_of, countable
from sekom_survey.found.facts.counted import counted, those_concerned
from sekom_survey.found.facts.table import SHARE, Fact
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import TOO_FEW, half_question, half_verdict
from sekom_survey.model import Item, Survey
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.stats.proportions import Group
from sekom_survey.text.swedish import count_of

HOW_MANY = "Hur många av dem som svarat säger så?"


def share_facts(estimates: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """The total of every item's choices, with whether more than half say so; without a verdict where nothing is known of others.

    `first_population` is about how many an item concerns; `low`-`high` are the share's, as in estimates.csv, which presumes
    that it is all and so is never too narrow. None of an item of which that is hidden.
    """
    for item in countable(survey.questionnaire):
        concerned = those_concerned(estimates, item, survey.questionnaire)
        for choice in choices_of(item):
            found = counted(estimates, item, choice)
            if found is not None and found.base:
                yield _fact(item, choice, found, concerned if survey.infers else None, survey)


def _fact(item: Item, choice: Choice, found: Group, concerned: int | None, survey: Survey) -> Fact:
    everybody = found.population or 0
    sentence = f"{count_of(found.count, found.base)} {survey.nouns.many} {said(item, choice)}."
    fact = Fact(SHARE, item.id, HOW_MANY, option=choice.label, first="alla", sentence=sentence)
    fact = fact.of(replace(found, population=concerned))
    if concerned is None:
        return fact
    fact = fact.but(question=half_question(concerned, everybody))
    if found.base < survey.minimum_base:
        return fact.but(verdict=TOO_FEW)
    low, high = (members / everybody for members in hypergeometric_interval(found.count, found.base, everybody))
    return fact.but(low=low, high=high, verdict=half_verdict(low, high))
