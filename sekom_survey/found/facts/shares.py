"""How many of all members: a fact for each answer that stands for an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from sekom_survey.counted.choices import COUNTED_KINDS, Choice
from sekom_survey.found.facts.counted import YES, counted, those_concerned, told_choices
from sekom_survey.found.facts.table import SHARE, Fact
from sekom_survey.found.facts.words import is_alone, said, who_did
from sekom_survey.found.verdict import TOO_FEW, half_question, half_verdict
from sekom_survey.model import CONSENT, MULTI, RANKING, ROLE, SINGLE, Item, Survey
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.stats.proportions import Group
from sekom_survey.text.phrases import headed, quoted
from sekom_survey.text.swedish import count_of, number_word

HOW_MANY = "Hur många av dem som svarat säger så?"
CHOSEN = (ROLE, SINGLE, MULTI, CONSENT, RANKING)


def share_facts(estimates: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """The total of every item's choices, with whether more than half say so; without a verdict where nothing is known of others."""
    for item in survey.questionnaire.of_kind(*COUNTED_KINDS):
        yield from shares_of(estimates, survey, item)


def shares_of(estimates: pd.DataFrame, survey: Survey, item: Item) -> Iterator[Fact]:
    """The facts of one item, a choice each, and of all that say yes together; none of a choice of which that is hidden, nor of a number.

    `first_population` is about how many an item concerns; `low`-`high` are the share's, as in estimates.csv, which presumes
    that it is all and so is never too narrow.
    """
    if item.kind not in COUNTED_KINDS:
        return
    concerned = those_concerned(estimates, item, survey.questionnaire)
    for choice in told_choices(item):
        found = counted(estimates, item, choice)
        if found is not None and found.base:
            yield _fact(item, choice, found, concerned if survey.infers else None, survey)


def _fact(item: Item, choice: Choice, found: Group, concerned: int | None, survey: Survey) -> Fact:
    everybody = found.population or 0
    fact = Fact(
        SHARE, item.id, item.short, HOW_MANY, option=choice.label, first="alla",
        sentence=f"{_sentence(item, choice, found, survey)}.",
    )  # fmt: skip
    fact = fact.of(replace(found, population=concerned))
    if concerned is None:
        return fact
    fact = fact.but(question=half_question(concerned, everybody))
    if found.base < survey.minimum_base:
        return fact.but(verdict=TOO_FEW)
    low, high = (members / everybody for members in hypergeometric_interval(found.count, found.base, everybody))
    return fact.but(low=low, high=high, verdict=half_verdict(low, high))


def _sentence(item: Item, choice: Choice, found: Group, survey: Survey) -> str:
    """Who said what, in the words of survey.toml; where it has none, an answer that was chosen stands after the question's name."""
    counts = count_of(found.count, found.base)
    if item.kind not in CHOSEN or (item.told and item.kind == MULTI and not is_alone(item, choice)):
        return f"{counts} {who_did(survey, said(item, choice))}"
    who = f"{counts} {survey.nouns.many}" if survey.of_members else counts
    if choice.label == YES:
        return headed(item.short, f"{who} svarar ja")
    if item.kind == RANKING:
        return headed(item.short, f"{who} sätter {quoted(choice.label)} först")
    return headed(item.short, f"{who} {said(item, choice) if item.kind == MULTI else f'svarar {quoted(choice.label)}'}")


def ranked_sentence(fact: Fact, facts: Sequence[Fact], rows: int) -> str:
    """A row's sentence, and that most say so of the `rows` where every one is among `facts` and no other is as high.

    Where not all could answer every row, the highest share need not be of the most.
    """
    others = [one for one in facts if one.item != fact.item]
    alone = rows > 1 and len(others) == rows - 1 and all(one.share < fact.share for one in others)
    most = "flest" if all(one.first_count < fact.first_count for one in others) else "störst andel"
    return f"{fact.sentence.removesuffix('.')}, {most} av {number_word(rows)}." if alone else fact.sentence
