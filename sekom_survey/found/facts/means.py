"""The mean of every rating and the recommendation score: one fact each, with its interval and no verdict word."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import pandas as pd

from sekom_survey.counted.segment import ALL
from sekom_survey.found.facts.table import MEAN, Fact
from sekom_survey.model import NPS, RATING, Item, Survey
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import DASH, number

AVERAGE, SCORE = "mean", "nps"
WHAT = {AVERAGE: "medelvärdet", SCORE: "rekommendationstalet"}


def mean_facts(means: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """What all answers to a rating give, `option` the statistic of means.csv; none of an item of which that is hidden."""
    for item in survey.questionnaire.of_kind(RATING, NPS):
        for statistic in (AVERAGE, SCORE) if item.kind == NPS else (AVERAGE,):
            fact = mean_fact(means, survey, item, statistic)
            if fact is not None:
                yield fact


def mean_fact(means: pd.DataFrame, survey: Survey, item: Item, statistic: str = AVERAGE) -> Fact | None:
    """The one fact of a rating's statistic: `first_count` is its value, `low`-`high` the 95 % interval in its unit."""
    told = (means["item"] == item.id) & (means["statistic"] == statistic) & (means["segmentation"] == ALL)
    for row in means[told & ~means["suppressed"].astype(bool)].to_dict("records"):
        return Fact(
            MEAN, item.id, _question(statistic, row["population"], survey), option=statistic, first="alla",
            first_count=row["value"], first_base=row["base"], first_population=row["population"] if survey.infers else nan,
            low=row["low"], high=row["high"], sentence=_sentence(item, survey, statistic, row["value"]),
        )  # fmt: skip
    return None


def _question(statistic: str, population: int, survey: Survey) -> str:
    if not survey.infers:
        return f"Vilket är {WHAT[statistic]} bland dem som svarat?"
    return f"Vilket är {WHAT[statistic]} bland alla {number(population)}, om de som inte svarat liknar dem som svarat?"


def _sentence(item: Item, survey: Survey, statistic: str, value: float) -> str:
    if statistic == SCORE:
        return f"Rekommendationstalet för {quoted(item.short)} är {number(value)}."
    whose = "Medlemmarnas" if survey.of_members else "De svarandes"
    satisfaction = item.id == survey.questionnaire.measures.satisfaction
    what = f"{whose} genomsnittliga nöjdhet" if satisfaction else f"Medelvärdet för {quoted(item.short)}"
    return f"{what} är {number(value, 1)} på en skala {item.low}{DASH}{item.high}."
