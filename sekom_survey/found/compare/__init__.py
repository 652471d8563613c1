"""Segments against each other: every item by size class, landsdel and role, with a verdict that can be defended."""

from __future__ import annotations

from math import nan

import pandas as pd

from sekom_survey.counted.yes import countable
from sekom_survey.found.compare.choice import outcomes
from sekom_survey.found.compare.contrast import detectable, shown_contrast, widest
from sekom_survey.found.compare.verdict import TOO_FEW, adjusted, family_of, verdict_of
from sekom_survey.found.compare.view import Coded, View, code, views
from sekom_survey.model import Frame, Item, Survey
from sekom_survey.stats.outcome import Outcome

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
    "detectable",
    "verdict",
    "base",
    "option",
    "first",
    "second",
    "first_count",
    "first_base",
    "second_count",
    "second_base",
    "equal_low",
    "equal_high",
    "how",
    "family",
)


def compare(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Every item of the family by size class, landsdel and role: one row each, with COLUMNS.

    `difference` is a share 0-1, `first` minus `second`, of `option`. `p` and the 95 % interval `low`-`high` ask whether
    the pattern could be chance, so they carry no finite-population correction (Newcombe 1998, method 10);
    `equal_low`-`equal_high`, the outer ends of all pairs' 90 % intervals, describe these members and do. `detectable` is
    the smallest difference Fisher's test would have found with 80 % power. Headline items are corrected by Holm, the rest as
    survey.toml says. Answers of a politician and an official of one member count as independent, which makes the
    comparison of roles cautious.
    """
    settings = survey.comparisons
    items = _compared(survey)
    rows = [row for view in views(frame, survey) for row in _rows(view, items, survey)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["p_adjusted"] = adjusted(table["p"], table["family"], settings)
    table["verdict"] = [_verdict(row, settings.equivalence) for _, row in table.iterrows()]
    return table


def _compared(survey: Survey) -> list[Item]:
    settings = survey.comparisons
    wanted = {*settings.family, *settings.headline}
    return [
        item
        for item in countable(survey.questionnaire)
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


def _contrast_cells(coded: Coded, view: View) -> dict[str, object]:
    if len(coded.kept) < 2:
        return {"option": "", "first": "", "second": ""}
    shown = shown_contrast(coded, view)
    low, high = widest(coded, view)
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
        "equal_low": low,
        "equal_high": high,
        "detectable": detectable(shown.first_group.base, shown.second_group.base),
    }


def _verdict(row: pd.Series, margin: float) -> str:
    if pd.isna(row["p"]):
        return TOO_FEW
    return verdict_of(row["p_adjusted"], (row["low"], row["high"]), (row["equal_low"], row["equal_high"]), margin)
