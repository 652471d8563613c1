"""The mean of every rating, the recommendation score and the median of every number: one fact each, without a verdict word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import nan
from typing import Any

import pandas as pd

from sekom_survey.counted.segment import ALL, LANDSDEL, SIZE
from sekom_survey.found.facts.contrasts import group_name
from sekom_survey.found.facts.table import EXPLORATION, MEAN, Fact
from sekom_survey.found.facts.words import value_words
from sekom_survey.model import DATE, NPS, NUMBER, RATING, Item, Survey
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import DASH, number

AVERAGE, SCORE, MEDIAN = "mean", "nps", "median"
WHAT = {AVERAGE: "medelvärdet", SCORE: "rekommendationstalet", MEDIAN: "medianen"}
TOLD = {RATING: (AVERAGE,), NPS: (AVERAGE, SCORE), NUMBER: (MEDIAN,), DATE: (MEDIAN,)}
EXPLORED = " Utforskning, som inget omdöme ges om."


def mean_facts(means: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """What all answers to a rating or a number give, then what each group's do; none of what is hidden."""
    for item in survey.questionnaire.of_kind(*TOLD):
        yield from means_of(means, survey, item)


def means_of(means: pd.DataFrame, survey: Survey, item: Item) -> Iterator[Fact]:
    """The facts of one item: `option` is the statistic of means.csv, `first_count` its value, `low`-`high` the 95 % interval in its unit.

    Those of a group have its `segmentation`, and its name as `first`.
    """
    mine = means[(means["item"] == item.id) & ~means["suppressed"].astype(bool)].to_dict("records")
    for statistic in TOLD.get(item.kind, (AVERAGE,)):
        yield from (_fact(row, survey, item) for row in mine if row["statistic"] == statistic)


def _fact(row: Mapping[Any, Any], survey: Survey, item: Item) -> Fact:
    everybody = row["segmentation"] == ALL
    fact = Fact(
        MEAN, item.id, item.short, _question(row, survey), option=str(row["statistic"]), first="alla",
        first_count=row["value"], first_base=row["base"], first_population=row["population"] if survey.infers else nan,
        low=row["low"], high=row["high"], sentence=_sentence(row, survey, item),
    )  # fmt: skip
    return fact if everybody else fact.but(segmentation=row["segmentation"], first=row["segment"], status=EXPLORATION)


def _question(row: Mapping[Any, Any], survey: Survey) -> str:
    what, everybody = WHAT[str(row["statistic"])], row["segmentation"] == ALL
    if not survey.infers or row["statistic"] == MEDIAN:
        asked = f"Vilket är {what} bland dem{'' if everybody else ' i gruppen'} som svarat?"
    else:
        of = f"alla {number(row['population'])}{'' if everybody else ' i gruppen'}"
        asked = f"Vilket är {what} bland {of}, om de som inte svarat liknar dem som svarat?"
    return asked if everybody else asked + EXPLORED


def _sentence(row: Mapping[Any, Any], survey: Survey, item: Item) -> str:
    statistic, value = row["statistic"], row["value"]
    among = _among(str(row["segmentation"]), str(row["segment"]), survey)
    if statistic == SCORE:
        return f"Rekommendationstalet för {quoted(item.short)}{among} är {number(value)}."
    if statistic == MEDIAN:
        return f"Medianen för {quoted(item.short)}{among} är {value_words(item, value)}."
    whose = "Medlemmarnas" if survey.of_members else "De svarandes"
    satisfaction = item.id == survey.questionnaire.measures.satisfaction
    what = f"{whose} genomsnittliga nöjdhet" if satisfaction else f"Medelvärdet för {quoted(item.short)}"
    scale = f" på en skala {item.low}{DASH}{item.high}" if item.low is not None and item.high is not None else ""
    return f"{what}{among} är {number(value, 1)}{scale}."


def _among(segmentation: str, segment: str, survey: Survey) -> str:
    """Whose answers a group's are: " bland små kommuner", " i gruppen ”Förtroendevalda”"."""
    if segmentation == ALL:
        return ""
    if segmentation in (SIZE, LANDSDEL):
        return f" bland {group_name(segmentation, segment, survey.nouns.many)}"
    return f" i gruppen {quoted(segment)}"
