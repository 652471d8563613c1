"""One year against the last: the same members first, then all, and where the change comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import nan

import numpy as np
import pandas as pd

from sekom_survey.counted.yes import VALUED, Choice, Floats, choices_of, countable, ticks, values
from sekom_survey.found.change.pair import Paired, paired_mean, paired_share
from sekom_survey.found.change.parts import Answers, Parts, earlier, is_reworded, parts
from sekom_survey.found.compare.verdict import adjusted, family_of
from sekom_survey.model import Frame, Item, Survey
from sekom_survey.stats.overlap import change_interval

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
ALPHA = 0.05
UP, DOWN, NO_CHANGE = "säker ökning", "säker minskning", "ingen säker förändring"
MAYBE_UP, MAYBE_DOWN = "ökning, kan vara slump", "minskning, kan vara slump"
TOO_FEW, REWORDED, NEW = "för få svar", "omformulerad, jämförs inte", "ny fråga"
VERDICTS = (UP, DOWN, MAYBE_UP, MAYBE_DOWN, NO_CHANGE, TOO_FEW, REWORDED, NEW)


def change(before: Frame, before_survey: Survey, frame: Frame, survey: Survey) -> pd.DataFrame:
    """Every item's options (shares 0-1) and, for scales and ratings, its mean, last year and this: COLUMNS.

    `sekom_survey.found.change.published` does the same when only last year's published numbers are left.

    before - high, p and opinion_part are about municipalities that answered both years (`paired_base` of the `members`
    of both years); all_* are each year's results; stayers_* the change for members of both years with the variance of
    partly overlapping answers; opinion_part + membership_part = all_after - all_before, and membership_part = joined +
    left + nonresponse. Nothing is an increase or a decrease unless the interval, which describes these members, leaves
    out nought, and none is sure unless p, adjusted as survey.toml says for so many tests, is at most 5 %. A reworded
    question is flagged and compared only with `trend = true`.
    """
    return judged(
        (row for item in countable(survey.questionnaire) for row in _rows(item, before, before_survey, frame, survey)),
        survey,
    )


def judged(rows: Iterable[Mapping[str, object]], survey: Survey) -> pd.DataFrame:
    """Rows with the columns of COLUMNS that each has, and `family`, to the table with adjusted p and verdicts."""
    table = pd.DataFrame(list(rows), columns=[*COLUMNS, "family"])
    table["p_adjusted"] = adjusted(table["p"], table["family"], survey.comparisons)
    table["verdict"] = [_verdict(row) for _, row in table.iterrows()]
    return table[list(COLUMNS)]


def _rows(
    item: Item, before: Frame, before_survey: Survey, frame: Frame, survey: Survey
) -> Iterator[dict[str, object]]:
    last = earlier(before_survey.questionnaire, item)
    common = asked_again(last, item, survey)
    if last is None or "verdict" in common:
        yield common
        return
    for option, answers in _measured(last, item, before, frame):
        yield {**common, "option": option, **_cells(answers, option == MEAN, survey.minimum_base)}


def asked_again(last: Item | None, item: Item, survey: Survey) -> dict[str, object]:
    """What every row of an item shares; with a verdict when it is new or reworded, and so not compared."""
    row = {"item": item.id, "family": family_of(item, survey.comparisons), "option": ""}
    if last is None:
        return {**row, "reworded": False, "verdict": NEW}
    reworded = is_reworded(last, item)
    compared = item.trend or not reworded
    return {**row, "reworded": reworded, **({} if compared else {"verdict": REWORDED})}


def _measured(last: Item, item: Item, before: Frame, frame: Frame) -> Iterator[tuple[str, Answers]]:
    """Each option that both years had, and the mean where there is one, with everybody's answers."""
    then, now = (_municipalities(one) for one in (before, frame))
    ids = sorted(set(then) | set(now))
    was, here = (np.isin(ids, list(members)) for members in (then, now))
    former = {choice.label: choice for choice in choices_of(last)}
    for choice in choices_of(item):
        if choice.label in former:
            first = _yes(before, last, ids, former[choice.label])
            yield choice.label, Answers(first, _yes(frame, item, ids, choice), was, here)
    if item.kind in VALUED:
        scores = values(before.answers, last, ids), values(frame.answers, item, ids)
        yield MEAN, Answers(np.where(was, scores[0], nan), np.where(here, scores[1], nan), was, here)


def _municipalities(frame: Frame) -> list[str]:
    return list(frame.members.loc[frame.members["kind_of_member"] == "municipality", "member_id"])


def _yes(frame: Frame, item: Item, ids: list[str], choice: Choice) -> Floats:
    members = np.isin(ids, _municipalities(frame))
    return np.where(members, ticks(frame.answers, item, ids, [choice])[:, 0], nan)


def _cells(answers: Answers, is_mean: bool, minimum: int) -> dict[str, object]:
    stay = answers.was_member & answers.is_member
    first, second = answers.before[stay], answers.after[stay]
    bases = int((~np.isnan(answers.before)).sum()), int((~np.isnan(answers.after)).sum())
    paired_base = int((~np.isnan(first) & ~np.isnan(second)).sum())
    base = {"paired_base": paired_base, "members": int(stay.sum())}
    if paired_base < minimum:
        return {**base, "verdict": TOO_FEW}
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
    }


def _part_cells(found: Parts) -> dict[str, object]:
    return {
        "all_before": found.all_before,
        "all_after": found.all_after,
        "opinion_part": found.opinion,
        "membership_part": found.membership,
        "joined_part": found.joined,
        "left_part": found.left,
        "nonresponse_part": found.nonresponse,
    }


def _verdict(row: pd.Series) -> str:
    if isinstance(row["verdict"], str):
        return row["verdict"]
    return verdict_of(row["low"], row["high"], row["p_adjusted"])


def verdict_of(low: float, high: float, p_adjusted: float) -> str:
    """An increase or a decrease only when the interval leaves out nought, a sure one when it is not chance either."""
    if low <= 0 <= high:
        return NO_CHANGE
    sure = p_adjusted <= ALPHA
    if low > 0:
        return UP if sure else MAYBE_UP
    return DOWN if sure else MAYBE_DOWN
