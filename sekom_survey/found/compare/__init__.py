"""Segments against each other: every item by size class, landsdel and role; exploration, without verdicts."""

from __future__ import annotations

from math import nan

import pandas as pd

from sekom_survey.counted.choices import CLASSED, countable
from sekom_survey.found.compare.choice import outcomes
from sekom_survey.found.compare.family import adjusted, family_of
from sekom_survey.found.compare.view import CodedItem, View, code, shown_contrast, views
from sekom_survey.model import Frame, Item, Survey
from sekom_survey.stats.arrays import Outcome

COLUMNS = (
    "item",
    "segmentation",
    "test",
    "statistic",
    "p",
    "p_adjusted",
    "difference",
    "low",
    "high",
    "base",
    "option",
    "first",
    "second",
    "first_count",
    "first_base",
    "second_count",
    "second_base",
    "how",
    "family",
)


def compare(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Every item of the family by size class, landsdel and role: one row each, with COLUMNS.

    `difference` is a share 0-1, `first` minus `second`, of `option`, with its 95 % interval among these members (Newcombe
    1998, method 10, finite-population correction). `p` asks whether the whole pattern could be chance, headline items
    corrected by Holm, the rest as survey.toml says. No verdict is given: that is for the declared contrasts alone
    (sekom_survey.found.facts). Answers of a politician and an official of one member count as independent, which makes the
    comparison of roles cautious.
    """
    settings = survey.comparisons
    items = _compared(survey)
    compared = views(frame, survey) if survey.of_members else ()  # of others nobody knows how many there are in a group
    rows = [row for view in compared for row in _rows(view, items, survey)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["p_adjusted"] = adjusted(table["p"], table["family"], settings)
    return table


def _compared(survey: Survey) -> list[Item]:
    settings = survey.comparisons
    wanted = {*settings.family, *settings.headline}
    return [
        item
        for item in (*countable(survey.questionnaire), *survey.questionnaire.of_kind(*CLASSED))
        if not settings.family or item.id in wanted or item.group in wanted
    ]


def _rows(view: View, items: list[Item], survey: Survey) -> list[dict[str, object]]:
    coded = [code(item, view, survey.minimum_base) for item in items]
    tested = outcomes(view, coded)
    return [
        {
            "item": one.item.id,
            "segmentation": view.segmentation,
            "family": family_of(one.item, survey.comparisons),
            "base": one.base,
            **_test_cells(test, outcome),
            **_contrast_cells(one, view),
        }
        for one, (test, outcome) in zip(coded, tested, strict=True)
    ]


def _test_cells(test: str, outcome: Outcome | None) -> dict[str, object]:
    if outcome is None:
        return {"test": test, "statistic": nan, "p": nan, "how": ""}
    return {"test": test, "statistic": outcome.statistic, "p": outcome.p_value, "how": outcome.how}


def _contrast_cells(coded: CodedItem, view: View) -> dict[str, object]:
    if len(coded.kept) < 2:
        return {"option": "", "first": "", "second": ""}
    shown = shown_contrast(coded, view)
    return {
        "option": shown.option,
        "first": shown.first,
        "second": shown.second,
        "first_count": shown.first_group.count,
        "first_base": shown.first_group.base,
        "second_count": shown.second_group.count,
        "second_base": shown.second_group.base,
        "difference": shown.difference,
        "low": shown.low,
        "high": shown.high,
    }
