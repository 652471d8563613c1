"""Small against large when the limit moves, and a trend over population: does the difference hang on the limit?"""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import Choice, choice_of, choices_of, countable, is_multiple
from sekom_survey.counted.count import ticks
from sekom_survey.found.compare.family import adjusted, family_of
from sekom_survey.model import REGION, Frame, Item, Survey
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.permutation import orders, permutation_p
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.text.swedish import number_word

LIMIT_COLUMNS = (
    "item",
    "option",
    "limit",
    "above_count",
    "above_base",
    "above_population",
    "below_count",
    "below_base",
    "below_population",
    "difference",
    "low",
    "high",
)
TREND_COLUMNS = ("item", "option", "per_doubling", "p", "p_adjusted", "base")


def limit_sensitivity(
    frame: Frame, survey: Survey, item: Item, option: str, limits: Sequence[int] = ()
) -> pd.DataFrame:
    """An option's share in municipalities at or above each limit minus the share below it: LIMIT_COLUMNS.

    The limits are the survey's alternatives unless given.

    Exploration: one question looked at from several sides, without p or verdict. KeyError for an unknown option.
    """
    members, yes = _sized(frame, item, choice_of(item, option))
    rows = [
        (item.id, option, limit, *_split(members["population"] >= limit, yes, survey))
        for limit in limits or survey.size_classes.alternatives
    ]
    return pd.DataFrame(rows, columns=list(LIMIT_COLUMNS))


def _sized(frame: Frame, item: Item, choice: Choice) -> tuple[pd.DataFrame, Floats]:
    """The municipalities with known population, and whether each said yes (NaN: no answer)."""
    members = frame.members
    known = members[(members["kind_of_member"] != REGION) & members["population"].notna()]
    return known, ticks(frame.answers, item, list(known["member_id"]), [choice])[:, 0]


def _split(above: pd.Series, yes: Floats, survey: Survey) -> tuple[object, ...]:
    first, second = (_group(side.to_numpy(dtype=bool), yes) for side in (above, ~above))
    counts = (first.count, first.base, first.population, second.count, second.base, second.population)
    if min(first.base, second.base) < survey.minimum_base:
        return (*counts, nan, nan, nan)
    return (*counts, first.share - second.share, *newcombe_interval(first, second))


def _group(side: np.ndarray, yes: Floats) -> Group:
    answered = yes[side & ~np.isnan(yes)]
    return Group(int(answered.sum()), len(answered), int(side.sum()))


def holds_at_every_limit(sensitivity: pd.DataFrame) -> bool:
    """Whether the difference has the same sign at every limit where it could be judged, and one at least could."""
    signs = np.sign(sensitivity["difference"].dropna())
    return len(signs) > 0 and abs(signs.sum()) == len(signs)


def limit_sentence(sensitivity: pd.DataFrame) -> str:
    """One sentence on whether the difference hangs on where the limit is drawn."""
    tried = int(sensitivity["difference"].notna().sum())
    if not tried:
        return "Grupperna är för små för att jämföras vid någon av gränserna."
    same = "samma riktning" if holds_at_every_limit(sensitivity) else "olika riktning"
    if tried == 1:
        return "Bara en gräns går att pröva."
    return f"Skillnaden har {same} vid de {number_word(tried)} gränser som går att pröva."


def population_trends(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Each item's share against the logarithm of population, one row a choice, multi-choice left out: TREND_COLUMNS.

    `per_doubling` is the change of the share when population doubles (least squares), `p` a permutation test of the
    covariance, members shuffled; families are corrected as in `compare`.
    Source: Pitman (1937), Supplement to the Journal of the Royal Statistical Society 4:225-232.
    """
    rows = [
        (item.id, choice.label, *_trend(*_sized(frame, item, choice), survey), family_of(item, survey.comparisons))
        for item in countable(survey.questionnaire)
        if not is_multiple(item)
        for choice in choices_of(item)
    ]
    table = pd.DataFrame(rows, columns=["item", "option", "per_doubling", "p", "base", "family"])
    table["p_adjusted"] = adjusted(table["p"], table["family"], survey.comparisons)
    return table[list(TREND_COLUMNS)]


def _trend(members: pd.DataFrame, yes: Floats, survey: Survey) -> tuple[float, float, int]:
    answered = ~np.isnan(yes)
    base = int(answered.sum())
    if base < 2 * survey.minimum_base:
        return nan, nan, base
    doublings = np.log2(members["population"].to_numpy(dtype=float)[answered])
    centred, said = doublings - doublings.mean(), yes[answered]
    observed = float(centred @ said)
    spread = float(centred @ centred)
    if spread == 0:
        return nan, nan, base
    permuted = np.concatenate([np.abs(said[order] @ centred) for order in orders(base)])
    return observed / spread, permutation_p(abs(observed), permuted), base
