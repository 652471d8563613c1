"""Which answers of a multi-choice question go together: exploration, told only where it is hardly chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import nan

import numpy as np
from numpy.typing import NDArray

from sekom_survey.counted.choices import choices_of
from sekom_survey.counted.count import ticks
from sekom_survey.found.facts.table import EXPLORATION, TOGETHER, Fact
from sekom_survey.found.facts.words import is_alone
from sekom_survey.found.verdict import EXPLORED
from sekom_survey.model import MULTI, REGION, Frame, Item, Survey
from sekom_survey.stats.exact_tables import fisher_exact
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of

QUESTION = "Vilka två svar går tydligast ihop? Utforskning, som inget omdöme ges om."
HARDLY_CHANCE = 0.01
Pair = tuple[float, int, int]


def together_facts(frame: Frame | None, survey: Survey) -> Iterator[Fact]:
    """The clearest pair of each multi-choice question, where there is one; None of a public build, which tells of no pairs."""
    if frame is not None:
        made = (together_fact(frame, survey, item) for item in survey.questionnaire.items)
        yield from (fact for fact in made if fact)


def together_fact(frame: Frame, survey: Survey, item: Item) -> Fact | None:
    """The two answers that go together most clearly, those who give the first against the others; None where none do.

    Every pair of answers that enough have chosen and enough have not is tried with Fisher's exact test, and the p of the
    clearest is multiplied by the number of pairs (Bonferroni). An answer that is chosen instead of all others goes with none by
    definition and is left out. An interval stands only where it is known who could answer.
    """
    if item.kind != MULTI:
        return None
    members = frame.members[frame.members["kind_of_member"] != REGION]
    given = ticks(frame.answers, item, list(members["member_id"]), choices_of(item))
    chosen = given[~np.isnan(given).any(axis=1)] > 0
    often = [n for n in _often(chosen, survey.minimum_base) if not is_alone(item, choices_of(item)[n])]
    tried = [_tried(chosen, *pair) for pair in combinations(often, 2)]
    if not tried or min(tried)[0] * len(tried) >= HARDLY_CHANCE:
        return None
    p, *pair = min(tried)
    fact = _told(chosen, item, *pair).but(p=p * len(tried))
    return fact if survey.of_members else fact.but(low=nan, high=nan)


def _often(chosen: NDArray[np.bool_], minimum: int) -> list[int]:
    """The answers that at least so many have chosen and so many have not."""
    counts = chosen.sum(axis=0)
    return np.flatnonzero((counts >= minimum) & (len(chosen) - counts >= minimum)).tolist()


def _tried(chosen: NDArray[np.bool_], one: int, other: int) -> Pair:
    first, second = chosen[:, one], chosen[:, other]
    table = [[int(((first == a) & (second == b)).sum()) for b in (False, True)] for a in (False, True)]
    return fisher_exact(np.array(table)).two_sided, one, other


def _told(chosen: NDArray[np.bool_], item: Item, one: int, other: int) -> Fact:
    had, counted = choices_of(item)[one].label, choices_of(item)[other].label
    parts = chosen[chosen[:, one], other], chosen[~chosen[:, one], other]
    first, second = (Group(int(part.sum()), len(part)) for part in parts)
    how = "oftare" if first.share > second.share else "mer sällan"
    low, high = newcombe_interval(first, second)
    fact = Fact(
        TOGETHER, item.id, item.short, QUESTION, option=counted, first=had, second="övriga", status=EXPLORATION,
        difference=first.share - second.share, low=low, high=high, verdict=EXPLORED,
        sentence=f"Utforskning: de som väljer {quoted(had)} väljer {how} {quoted(counted)}, "
        f"{count_of(first.count, first.base)} mot {second.count} av de {second.base} övriga.",
    )  # fmt: skip
    return fact.of(first, second)
