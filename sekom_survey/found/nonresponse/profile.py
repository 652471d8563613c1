"""Those who answered beside those who did not and all members, trait by trait."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from sekom_survey.counted.segment import segment_order
from sekom_survey.found.nonresponse.traits import NO, YES, trait_names
from sekom_survey.model import Survey
from sekom_survey.stats.exact_tables import fisher_freeman_halton
from sekom_survey.stats.weights import r_indicator, standardised_share_difference

PROFILE_COLUMNS = (
    "trait",
    "group",
    "answered",
    "answered_base",
    "silent",
    "silent_base",
    "members",
    "members_base",
    "standardised",
)
LIKENESS_COLUMNS = ("trait", "r_indicator", "p", "how", "largest", "group")

# Under this a difference of shares is small enough to leave aside (Rubin 2001, Health Services & Outcomes
# Research Methodology 2:169-188); groups with fewer members swing by chance alone.
NOTABLE = 0.25
LEAST_MEMBERS = 10


def profile(table: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Each trait's groups among those who answered, those who did not and all members: PROFILE_COLUMNS.

    `standardised` is the difference of the first two shares in standard deviations.
    Source: Austin (2009), Communications in Statistics - Simulation and Computation 38:1228-1234.
    """
    answered, silent = table[table["answered"]], table[~table["answered"]]
    rows = [
        (
            trait,
            group,
            int((answered[trait] == group).sum()),
            len(answered),
            int((silent[trait] == group).sum()),
            len(silent),
            int((table[trait] == group).sum()),
            len(table),
        )
        for trait in trait_names(table)
        for group in _groups(table, trait, survey)
    ]
    counts = pd.DataFrame(rows, columns=list(PROFILE_COLUMNS[:-1]))
    return counts.assign(standardised=[_standardised(row) for _, row in counts.iterrows()])


def _groups(table: pd.DataFrame, trait: str, survey: Survey) -> list[str]:
    if set(table[trait]) <= {YES, NO}:
        return [YES]
    return segment_order(trait, table[trait], survey.size_classes)


def _standardised(row: pd.Series) -> float:
    if not row["answered_base"] or not row["silent_base"]:
        return float("nan")
    return standardised_share_difference(row["answered"], row["answered_base"], row["silent"], row["silent_base"])


def likeness(table: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    """How alike those who answered are to all members, one row a trait: LIKENESS_COLUMNS.

    `r_indicator` is 1 when every group answered to the same extent (Schouten, Cobben & Bethlehem 2009, Survey
    Methodology 35:101-113); `p` tests whether response hangs together with the trait; `largest` is the standardised
    difference of `group`, the one that differs most among groups of at least ten members.
    """
    return pd.DataFrame(
        [_likeness(table, trait, profiled) for trait in trait_names(table)], columns=list(LIKENESS_COLUMNS)
    )


def _likeness(table: pd.DataFrame, trait: str, profiled: pd.DataFrame) -> tuple[object, ...]:
    grouped = table.groupby(trait)["answered"].agg(["sum", "size"]).astype(int)
    test = fisher_freeman_halton([(row["sum"], row["size"] - row["sum"]) for _, row in grouped.iterrows()])
    mine = profiled[(profiled["trait"] == trait) & (profiled["members"] >= LEAST_MEMBERS)]
    known = mine[mine["standardised"].map(isfinite)]
    largest, group = float("nan"), ""
    if len(known):
        top = known.loc[known["standardised"].abs().idxmax()]
        largest, group = float(top["standardised"]), str(top["group"])
    indicator = r_indicator(grouped["sum"].to_list(), grouped["size"].to_list())
    return trait, indicator, test.p_value, test.how, largest, group
