"""One year against the last when the last year's answers are erased: its published numbers against this year's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, nan, sqrt
from typing import Any

import pandas as pd
from scipy.special import ndtr

from sekom_survey.counted.choices import VALUED, Choice, choices_of, countable
from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.segment import ALL
from sekom_survey.found.change import MEAN, asked_again, judged
from sekom_survey.found.change.pair import earlier
from sekom_survey.found.facts.counted import steps_of
from sekom_survey.found.past_run import Key, PastRun, Row
from sekom_survey.found.verdict import EQUIVALENCE_LEVEL
from sekom_survey.model import Item, Survey
from sekom_survey.stats.exact_tables import fisher_exact
from sekom_survey.stats.means import t_quantile
from sekom_survey.stats.proportions import Group, newcombe_interval, normal_quantile

UNPAIRED = "två års publicerade tal (Fishers exakta test; Welchs test)"
MOST = 100_000
Compared = tuple[float, float, float, tuple[float, float] | None]


@dataclass(frozen=True)
class ToldMean:
    """A published number of one year: a share 0-1 with its count, or a mean with its 95 % interval."""

    value: float
    base: int
    population: int
    count: int = 0
    low: float = 0.0
    high: float = 0.0


def published_change(past: PastRun, estimates: pd.DataFrame, means: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """The table of `sekom_survey.found.change.change` from last year's published numbers, all who answered each year.

    Nothing is known of single members, so paired_base, members, stayers_* and the parts are empty, before - high are of
    all who answered, and `test` is UNPAIRED. The two years' answers are taken as independent, which makes the intervals
    wider than they would be for the same members. A number that was hidden is not compared.
    """
    questionnaire = past.questionnaire
    rows = (
        row
        for item in countable(survey.questionnaire)
        for row in _rows(item, earlier(questionnaire, item), past, estimates, means, survey)
    )
    return judged(rows, survey)


def is_unpaired(changes: pd.DataFrame) -> bool:
    """Whether a table of changes rests on published numbers, not on the same members."""
    return bool((changes["test"] == UNPAIRED).any())


def _rows(
    item: Item, last: Item | None, past: PastRun, estimates: pd.DataFrame, means: pd.DataFrame, survey: Survey
) -> Iterator[Mapping[str, object]]:
    common = asked_again(last, item)
    if last is None or "status" in common:
        yield common
        return
    former = {choice.label: choice for choice in choices_of(last)}
    for choice in choices_of(item):
        if choice.label in former:
            shares = _past_share(past, last, former[choice.label]), _share(estimates, item, choice)
            yield {**common, "option": choice.label, **_cells(*shares, _compared_shares)}
    if item.kind in VALUED:
        yield {**common, "option": MEAN, **_cells(_past_mean(past, item), _mean(means, item), _compared_means)}


def _past_share(past: PastRun, item: Item, choice: Choice) -> ToldMean | None:
    rows = [_shown(past, "estimates", (item.id, label, ALL, ALL)) for label in steps_of(item, choice)]
    return _read(lambda: _added([row for row in rows if row is not None], len(rows)))


def _share(estimates: pd.DataFrame, item: Item, choice: Choice) -> ToldMean | None:
    rows = [share_row(estimates, item.id, label) for label in steps_of(item, choice)]
    return _added([row.to_dict() for row in rows if not row["suppressed"]], len(rows))


def _added(rows: Sequence[Mapping[str, Any]], wanted: int) -> ToldMean | None:
    """The steps put together; None when one of them is not shown."""
    if len(rows) < wanted:
        return None
    base, count = _whole(rows[0]["base"]), sum(_whole(row["count"]) for row in rows)
    return ToldMean(count / base, base, _whole(rows[0]["population"]), count)


def _past_mean(past: PastRun, item: Item) -> ToldMean | None:
    row = _shown(past, "means", (item.id, MEAN, ALL, ALL))
    return _read(lambda: _told_mean(row)) if row is not None else None


def _shown(past: PastRun, table: str, key: Key) -> Row | None:
    """A published row; None when it is hidden or not there."""
    row = past.tables[table].get(key)
    return None if row is None or row.get("suppressed") == "True" else row


def _read(number: Callable[[], ToldMean | None]) -> ToldMean | None:
    """A kept number; None when somebody has spoilt the file it stands in."""
    try:
        found = number()
    except (KeyError, ValueError, OverflowError, ZeroDivisionError):
        return None
    return found if found and 1 < found.base <= found.population < MOST and 0 <= found.count <= found.base else None


def _mean(means: pd.DataFrame, item: Item) -> ToldMean | None:
    keys = {"item": item.id, "statistic": MEAN, "segmentation": ALL, "segment": ALL}
    row = means[(means[list(keys)] == pd.Series(keys)).all(axis=1)].iloc[0]
    return None if row["suppressed"] else _told_mean(row.to_dict())


def _told_mean(row: Mapping[str, Any]) -> ToldMean:
    value, low, high = (_float(row[name]) for name in ("value", "low", "high"))
    if not low <= value <= high:
        raise ValueError(f"{value} outside {low}-{high}")
    return ToldMean(value, _whole(row["base"]), _whole(row["population"]), low=low, high=high)


def _whole(cell: object) -> int:
    return int(_float(cell))


def _float(cell: object) -> float:
    """A number as the tool or a Swedish Excel writes it."""
    return float(str(cell).replace(",", "."))


def _cells(
    before: ToldMean | None, now: ToldMean | None, compared: Callable[[ToldMean, ToldMean], Compared]
) -> dict[str, object]:
    if before is None or now is None:
        return {}
    low, high, p, alike = compared(before, now)
    return {
        "alike": alike,
        "before": before.value,
        "after": now.value,
        "difference": now.value - before.value,
        "low": low,
        "high": high,
        "p": p,
        "test": UNPAIRED,
        "all_before": before.value,
        "all_after": now.value,
        "all_before_base": before.base,
        "all_after_base": now.base,
        "all_before_population": before.population,
        "all_after_population": now.population,
    }


def _compared_shares(before: ToldMean, now: ToldMean) -> Compared:
    first, second = (Group(one.count, one.base) for one in (now, before))
    table = [[one.count, one.base - one.count] for one in (now, before)]
    alike = newcombe_interval(first, second, EQUIVALENCE_LEVEL)
    return (*newcombe_interval(first, second), fisher_exact(table).two_sided, alike)


def _compared_means(before: ToldMean, now: ToldMean) -> Compared:
    """The interval of the difference and p of chance, from the spread that the means' own intervals tell of.

    Source: Welch (1938), Biometrika 29:350-362, with the normal distribution.
    """
    gap = now.value - before.value
    error = hypot(_standard_error(now), _standard_error(before))
    half = normal_quantile(0.95) * error
    return gap - half, gap + half, 2 * float(ndtr(-abs(gap) / error)) if error else nan, None


def _standard_error(mean: ToldMean) -> float:
    """What a mean's interval says of its spread, the finite-population correction taken away; nan for a census."""
    corrected = (mean.high - mean.value) / t_quantile(0.975, mean.base - 1)
    return corrected / sqrt(1 - mean.base / mean.population) if mean.base < mean.population else nan
