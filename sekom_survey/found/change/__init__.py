"""One year against the last: the same members first, then all, and where the change comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import nan

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import VALUED, Choice, choices_of, countable
from sekom_survey.counted.count import ticks, values
from sekom_survey.found.change.pair import (
    ChangeParts,
    Paired,
    TwoYears,
    earlier,
    is_reworded,
    paired_mean,
    paired_share,
    parts,
)
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.verdict import TOO_FEW, change_verdict
from sekom_survey.model import REGION, Frame, Item, Survey
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.multiplicity import holm
from sekom_survey.stats.paired import change_interval

COLUMNS = (
    "item",
    "option",
    "paired_base",
    "before",
    "after",
    "difference",
    "low",
    "high",
    "p",
    "verdict",
    "status",
    "opinion_part",
    "membership_part",
    "reworded",
    "p_adjusted",
    "test",
    "members",
    "all_before",
    "all_after",
    "all_before_base",
    "all_after_base",
    "stayers_change",
    "stayers_low",
    "stayers_high",
    "joined_part",
    "left_part",
    "nonresponse_part",
    "all_before_population",
    "all_after_population",
)
MEAN = "mean"
HEADLINE, EXPLORATION = "huvudfråga", "utforskning"
REWORDED, NEW = "omformulerad, jämförs inte", "ny fråga"


def change(before: Frame, before_survey: Survey, frame: Frame, survey: Survey) -> pd.DataFrame:
    """Every item's options (shares 0-1) and, for scales and ratings, its mean, last year and this: COLUMNS.

    `sekom_survey.found.change.published` does the same when only last year's published numbers are left.

    before - high, p and opinion_part are about municipalities that answered both years (`paired_base` of the `members`
    of both years); all_* are each year's results; stayers_* the change for members of both years with the variance of
    partly overlapping answers; opinion_part + membership_part = all_after - all_before, and membership_part = joined +
    left + nonresponse. Low-high and p ask whether the change is more than answers vary of themselves, so they carry no
    finite-population correction. Only the high end of the headline items gets a verdict (`status`), with p adjusted by Holm
    for so many; the rest is exploration. A reworded question is flagged and compared only with `trend = true`.
    """
    return judged(
        (row for item in countable(survey.questionnaire) for row in _rows(item, before, before_survey, frame, survey)),
        survey,
    )


def judged(rows: Iterable[Mapping[str, object]], survey: Survey) -> pd.DataFrame:
    """Rows with the columns of COLUMNS that each has to the table with status, adjusted p and verdicts."""
    table = pd.DataFrame(list(rows), columns=[*COLUMNS, "alike"])
    asked = {(item.id, next(iter(choices_of(item))).label) for item in headline_items(survey)}
    leading = np.array([pair in asked for pair in zip(table["item"], table["option"], strict=True)], dtype=bool)
    found = np.where(leading, HEADLINE, EXPLORATION)
    table["status"] = [told if isinstance(told, str) else one for told, one in zip(table["status"], found, strict=True)]
    tested = leading & table["p"].notna().to_numpy()
    table["p_adjusted"] = np.nan
    table.loc[tested, "p_adjusted"] = holm(table.loc[tested, "p"].to_numpy(dtype=float))
    margin = survey.comparisons.equivalence
    table["verdict"] = [
        _verdict(row, margin) if asks else "" for asks, (_, row) in zip(leading, table.iterrows(), strict=True)
    ]
    return table[list(COLUMNS)]


def _verdict(row: pd.Series, margin: float) -> str:
    if pd.isna(row["p_adjusted"]):
        return TOO_FEW
    return change_verdict(row["p_adjusted"], (row["low"], row["high"]), row["alike"], margin)


def _rows(
    item: Item, before: Frame, before_survey: Survey, frame: Frame, survey: Survey
) -> Iterator[dict[str, object]]:
    last = earlier(before_survey.questionnaire, item)
    common = asked_again(last, item)
    if last is None or "status" in common:
        yield common
        return
    for option, answers in _measured(last, item, before, frame):
        yield {**common, "option": option, **_cells(answers, option == MEAN, survey.minimum_base)}


def asked_again(last: Item | None, item: Item) -> dict[str, object]:
    """What every row of an item shares; with a status when it is new or reworded, and so not compared."""
    row = {"item": item.id, "option": ""}
    if last is None:
        return {**row, "reworded": False, "status": NEW}
    reworded = is_reworded(last, item)
    compared = item.trend or not reworded
    return {**row, "reworded": reworded, **({} if compared else {"status": REWORDED})}


def _measured(last: Item, item: Item, before: Frame, frame: Frame) -> Iterator[tuple[str, TwoYears]]:
    """Each option that both years had, and the mean where there is one, with everybody's answers."""
    then, now = (_municipalities(one) for one in (before, frame))
    ids = sorted(set(then) | set(now))
    was, here = (np.isin(ids, list(members)) for members in (then, now))
    former = {choice.label: choice for choice in choices_of(last)}
    for choice in choices_of(item):
        if choice.label in former:
            first = _yes(before, last, ids, former[choice.label])
            yield choice.label, TwoYears(first, _yes(frame, item, ids, choice), was, here)
    if item.kind in VALUED:
        scores = values(before.answers, last, ids), values(frame.answers, item, ids)
        yield MEAN, TwoYears(np.where(was, scores[0], nan), np.where(here, scores[1], nan), was, here)


def _municipalities(frame: Frame) -> list[str]:
    return list(frame.members.loc[frame.members["kind_of_member"] != REGION, "member_id"])


def _yes(frame: Frame, item: Item, ids: list[str], choice: Choice) -> Floats:
    members = np.isin(ids, _municipalities(frame))
    return np.where(members, ticks(frame.answers, item, ids, [choice])[:, 0], nan)


def _cells(answers: TwoYears, is_mean: bool, minimum: int) -> dict[str, object]:
    stay = answers.was_member & answers.is_member
    first, second = answers.before[stay], answers.after[stay]
    bases = int((~np.isnan(answers.before)).sum()), int((~np.isnan(answers.after)).sum())
    paired_base = int((~np.isnan(first) & ~np.isnan(second)).sum())
    base: dict[str, object] = {"paired_base": paired_base, "members": int(stay.sum())}
    if paired_base < minimum:
        return base
    found = paired_mean(first, second) if is_mean else paired_share(first, second)
    overlap = dict(zip(("stayers_change", "stayers_low", "stayers_high"), change_interval(first, second), strict=True))
    return {
        **base,
        **_pair_cells(found),
        **_part_cells(parts(answers)),
        **overlap,
        "all_before_base": bases[0],
        "all_after_base": bases[1],
        "all_before_population": int(answers.was_member.sum()),
        "all_after_population": int(answers.is_member.sum()),
    }


def _pair_cells(found: Paired) -> dict[str, object]:
    return {
        "before": found.before,
        "after": found.after,
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "test": found.test,
        "alike": found.alike,
    }


def _part_cells(found: ChangeParts) -> dict[str, object]:
    return {
        "all_before": found.all_before,
        "all_after": found.all_after,
        "opinion_part": found.opinion,
        "membership_part": found.membership,
        "joined_part": found.joined,
        "left_part": found.left,
        "nonresponse_part": found.nonresponse,
    }
