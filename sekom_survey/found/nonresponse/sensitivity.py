"""What is possible whatever the silent think, and how much they may differ before a result no longer holds."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, inf, isinf, isnan, nan

import pandas as pd

from sekom_survey.counted.choices import choices_of
from sekom_survey.counted.segment import ALL
from sekom_survey.found.facts.counted import counted, those_concerned
from sekom_survey.found.nonresponse.weighting import MEAN, NET, told_items
from sekom_survey.found.verdict import DECIMALS
from sekom_survey.model import NPS, RATING, Item, Survey
from sekom_survey.stats.intervals import tipping_point
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import number, plural

WORST_COLUMNS = (
    "item",
    "option",
    "count",
    "base",
    "population",
    "silent",
    "possible_low",
    "possible_high",
    "needed",
    "slack",
)


def worst_case(estimates: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """What is possible whatever those who did not answer think, for `told_items` as far as they are shown: WORST_COLUMNS.

    `population` is all members, or about how many of them the question concerns. `needed` of the `silent` must agree for
    more than half to do so: 0 when those who answered are enough, NaN when not even all the silent would be. `slack` is how
    much the silent's share may differ from that of those who answered while as much as half of all, or no more than half,
    still say so: in the direction that matters, inf when whatever they say, NaN when it does not follow at all.
    Source: Manski (2003), Partial Identification of Probability Distributions, ch. 1; the tipping point of Yan, Lee & Li
    (2009), Journal of Biopharmaceutical Statistics 19:1085-1098.
    """
    rows = [row for item in told_items(survey) for row in _rows(estimates, item, survey)]
    return pd.DataFrame(rows, columns=list(WORST_COLUMNS))


def _rows(estimates: pd.DataFrame, item: Item, survey: Survey) -> Iterator[tuple[object, ...]]:
    for choice in choices_of(item):
        found = counted(estimates, item, choice)
        if found is None or found.base < survey.minimum_base:
            continue
        population = those_concerned(estimates, item, survey.questionnaire)
        if population is None:
            continue
        silent, needed = population - found.base, tipping_point(found.count, found.base, population)
        bounds = found.count / population, (found.count + silent) / population
        yield (item.id, choice.label, found.count, found.base, population, silent, *bounds,
               nan if needed is None else needed, slack(found.count, found.base, population))  # fmt: skip


def slack(count: int, base: int, population: int) -> float:
    """How much the share of the silent may differ from `count` / `base` while what is more (not more) than half stays so.

    0.14: fourteen points towards the half. Source: arithmetic, as `tipping_point`.

    >>> round(slack(36, 50, 80), 3)
    0.553
    """
    silent, share = population - base, count / base
    if share > 0.5:
        needed = tipping_point(count, base, population)
        return nan if needed is None else inf if needed == 0 else max(0.0, share - needed / silent)
    allowed = population // 2 - count
    return nan if allowed < 0 else inf if allowed >= silent else max(0.0, allowed / silent - share)


def holds_words(row: pd.Series) -> str:
    """How long a result holds, for a cell: "Mer än hälften, så länge de andra skiljer sig högst 55 procentenheter"."""
    claim = "mer än hälften" if row["count"] > row["base"] / 2 else "högst hälften"
    if isnan(row["slack"]):
        return f"Inte säkert {claim}"
    if isinf(row["slack"]):
        return f"{claim.capitalize()}, hur de andra än svarar"
    return f"{claim.capitalize()}, så länge de andra skiljer sig högst {_points(row['slack'])}"


def _points(share: float) -> str:
    """A share in whole points, never more than it is."""
    most = floor(round(100 * share, DECIMALS))
    return f"{most} {plural(most, 'procentenhet', 'procentenheter')}"


def mean_sentences(means: pd.DataFrame, survey: Survey) -> Iterator[str]:
    """How long ratings stay over (under) the middle of their scale, and recommendations over (under) nought."""
    for item in told_items(survey):
        if item.kind in (RATING, NPS):
            middle = ((item.low or 0) + (item.high if item.high is not None else 10)) / 2
            yield from _mean_sentence(means, item, *((NET, 0.0, 0) if item.kind == NPS else (MEAN, middle, 1)))


def _mean_sentence(means: pd.DataFrame, item: Item, statistic: str, middle: float, decimals: int) -> Iterator[str]:
    rows = means[(means["item"] == item.id) & (means["statistic"] == statistic) & (means["segmentation"] == ALL)]
    for _, row in rows[~rows["suppressed"].astype(bool)].iterrows():
        silent, gap = row["population"] - row["base"], row["value"] - middle
        if not silent or not gap:
            continue
        step = 10**decimals
        most = floor(round(abs(gap) * row["population"] / silent * step, DECIMALS)) / step
        what = "rekommendationstalet" if statistic == NET else "medelvärdet"
        place = "noll" if statistic == NET else f"skalans mitt, {number(middle, 1).removesuffix(',0')},"
        side, other = ("över", "lägre") if gap > 0 else ("under", "högre")
        yield (
            f"{quoted(item.short)}: {what} ligger {side} {place} så länge de som inte svarat ligger högst "
            f"{number(most, decimals)} {other} i genomsnitt."
        )
