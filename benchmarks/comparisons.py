"""(a) A pandas script that loops crosstab and chi-square over items and segments, against our comparisons and estimates."""

from __future__ import annotations

import pandas as pd

from benchmarks.measure import EXAMPLE, Row, medians
from sekom_survey.counted.estimate import estimate
from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.compare import compare
from sekom_survey.model import ANSWERED, SCALE, SINGLE

SEGMENTATIONS = ("size", "landsdel", "county", "skr_group")


def crosstabs(year: Year) -> tuple[dict[tuple[str, str], pd.DataFrame], int]:
    """What a notebook would do: for each item and segmentation a crosstab, its shares and a chi-square test."""
    from scipy.stats import chi2_contingency

    answers = year.frame.answers.table[year.frame.answers.table["state"] == ANSWERED]
    members = year.frame.members[year.frame.members["kind_of_member"] == "municipality"]
    tables, tests = {}, 0
    for item in year.survey.questionnaire.of_kind(SINGLE, SCALE):
        for segmentation in SEGMENTATIONS:
            mine = answers[answers["item"] == item.id].merge(members[["member_id", segmentation]], on="member_id")
            table = pd.crosstab(mine["option"], mine[segmentation])
            table.div(table.sum())
            if min(table.shape) > 1:
                chi2_contingency(table)
                tests += 1
            tables[item.id, segmentation] = table
    return tables, tests


def same_counts(year: Year, tables: dict[tuple[str, str], pd.DataFrame]) -> str:
    """Every count of the crosstabs against the estimates that are shown."""
    shown = year.estimates[~year.estimates["suppressed"]].set_index(["item", "segmentation", "option", "segment"])[
        "count"
    ]
    same = [
        int(table.at[option, segment]) == int(shown[item, segmentation, option, segment])
        for (item, segmentation), table in tables.items()
        for option in table.index
        for segment in table.columns
        if (item, segmentation, option, segment) in shown.index
    ]
    return f"{sum(same)} of {len(same)} counts equal"


def rows() -> list[Row]:
    """Crosstabs against `estimate`, with intervals; and the same loop against `compare`, with exact tests."""
    year = analyse(EXAMPLE)
    tables, tests = crosstabs(year)
    comparisons = len(compare(year.frame, year.survey))
    times = medians({
        "pandas": lambda: crosstabs(year),
        "estimate": lambda: estimate(year.frame, year.survey),
        "compare": lambda: compare(year.frame, year.survey),
    })  # fmt: skip
    return [
        Row(f"{len(tables)} crosstabs with shares and {tests} chi-square tests; ours: {len(year.estimates)} shares with exact intervals",
            "pandas loop", times["pandas"], times["estimate"], same_counts(year, tables)),
        Row(f"the same loop; ours: {comparisons} comparisons by exact or permutation tests, intervals and detectable differences",
            "pandas loop, chi-square only", times["pandas"], times["compare"], "not the same: chi-square is wrong for so few"),
    ]  # fmt: skip
