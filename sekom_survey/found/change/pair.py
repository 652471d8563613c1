"""Whether two years' questions are the same, and the same members asked twice: how far they moved, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from sekom_survey.found.verdict import EQUIVALENCE_LEVEL
from sekom_survey.model import Item, Questionnaire, labels
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.means import t_quantile
from sekom_survey.stats.paired import mcnemar_mid_p, signed_rank
from sekom_survey.stats.proportions import wilson_interval
from sekom_survey.text.files import folded


@dataclass(frozen=True, eq=False)
class TwoYears:
    """Everybody who was a member either year: answers of both years (NaN: none) and whether they were members then."""

    before: Floats
    after: Floats
    was_member: np.ndarray
    is_member: np.ndarray


@dataclass(frozen=True)
class ChangeParts:
    """`total` = opinion + joined + left + nonresponse, all in the unit of the answers; NaN without common answers."""

    all_before: float
    all_after: float
    opinion: float
    joined: float
    left: float
    nonresponse: float

    @property
    def membership(self) -> float:
        """What comes from who answered, not from what they think."""
        return self.joined + self.left + self.nonresponse

    @property
    def total(self) -> float:
        """The change between the two years' results."""
        return self.all_after - self.all_before


def parts(answers: TwoYears) -> ChangeParts:
    """The change of a mean or share between two years, split exactly.

    Opinion is the change among those who answered both years. Each of the others pulls its year's result from that of
    the common members by (answer - their mean) / base; the pulls are summed by why they answered only once.
    """
    here, there = ~np.isnan(answers.before), ~np.isnan(answers.after)
    both = here & there
    if not both.any():
        return ChangeParts(_mean(answers.before[here]), _mean(answers.after[there]), nan, nan, nan, nan)
    before, after = answers.before[both].mean(), answers.after[both].mean()
    new, gone = there & ~here, here & ~there
    pull_new = np.where(new, (answers.after - after) / there.sum(), 0.0)
    pull_gone = np.where(gone, -(answers.before - before) / here.sum(), 0.0)
    joined, left = new & ~answers.was_member, gone & ~answers.is_member
    rest = pull_new[new & ~joined].sum() + pull_gone[gone & ~left].sum()
    return ChangeParts(
        _mean(answers.before[here]),
        _mean(answers.after[there]),
        float(after - before),
        float(pull_new[joined].sum()),
        float(pull_gone[left].sum()),
        float(rest),
    )


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else nan


def earlier(questionnaire: Questionnaire, item: Item) -> Item | None:
    """Last year's item with the same id, None when it was not asked or was of another kind."""
    found = next((other for other in questionnaire.items if other.id == item.id), None)
    return found if found is not None and found.kind == item.kind else None


def is_reworded(before: Item, after: Item) -> bool:
    """Whether text, matrix question, options or scale differ; letter case and spacing do not count."""
    return _asked(before) != _asked(after)


def _asked(item: Item) -> tuple[object, ...]:
    options = tuple(folded(label) for label in labels(item.options))
    inside = tuple(folded(label) for label in labels(item.inside))
    return folded(item.text), folded(item.group_text), options, inside, item.low, item.high, item.top, item.max


MCNEMAR = "McNemars test (mid-p)"
SIGNED_RANK = "Wilcoxons teckenrangtest (exakt)"


@dataclass(frozen=True)
class Paired:
    """`base` members answered both years: before, after, difference with 95 % interval, and the p of `test`.

    `alike` is the 90 % interval, for asking whether nothing much has changed; None where that is not asked.
    """

    base: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    test: str
    alike: tuple[float, float] | None = None


@dataclass(frozen=True)
class Crossed:
    """Yes/no twice: both, only before (lost), only after (gained), neither."""

    both: int
    lost: int
    gained: int
    neither: int

    @property
    def base(self) -> int:
        """How many answered both years."""
        return self.both + self.lost + self.gained + self.neither


def paired_share_interval(table: Crossed, level: float = 0.95) -> tuple[float, float]:
    """The interval of the share after minus the share before among the same members, by square-and-add.

    From the two score intervals and the correlation phi between the answers, without finite-population correction: who
    answers may be fixed, but what a member answers varies of itself, and an interval that says "ökat" must cover that.
    Source: Newcombe (1998), Statistics in Medicine 17:2635-2650, method 10.
    """
    base = table.base
    counts = (table.both + table.gained, table.both + table.lost)
    after, before = (count / base for count in counts)
    (low1, high1), (low2, high2) = (wilson_interval(c, base, level) for c in counts)
    phi = _phi(table)
    gap = after - before
    below = _combined(after - low1, high2 - before, phi)
    above = _combined(high1 - after, before - low2, phi)
    return gap - below, gap + above


def _phi(table: Crossed) -> float:
    after, before = table.both + table.gained, table.both + table.lost
    product = after * (table.base - after) * before * (table.base - before)
    excess = table.both * table.neither - table.lost * table.gained
    # Newcombe's correction: a positive association is taken half an answer nearer to none.
    nearer = max(excess - table.base / 2, 0.0) if excess > 0 else excess
    return nearer / sqrt(product) if product else 0.0


def _combined(first: float, second: float, phi: float) -> float:
    return sqrt(max(0.0, first**2 - 2 * phi * first * second + second**2))


def crossed(before: Floats, after: Floats) -> Crossed:
    """Yes/no answers of the members of both years, shape (members,), NaN where there was none, to a table."""
    known = ~np.isnan(before) & ~np.isnan(after)
    first, second = before[known] > 0, after[known] > 0
    return Crossed(
        int((first & second).sum()),
        int((first & ~second).sum()),
        int((~first & second).sum()),
        int((~first & ~second).sum()),
    )


def paired_share(before: Floats, after: Floats) -> Paired:
    """The change of a share among those who answered both years."""
    table = crossed(before, after)
    first, second = ((table.both + part) / table.base for part in (table.lost, table.gained))
    low, high = paired_share_interval(table)
    p = mcnemar_mid_p(table.lost, table.gained)
    alike = paired_share_interval(table, EQUIVALENCE_LEVEL)
    return Paired(table.base, first, second, second - first, low, high, p, MCNEMAR, alike)


def paired_mean(before: Floats, after: Floats) -> Paired:
    """The change of a mean among those who answered both years, by Student's t of the differences.

    Source: Student (1908), Biometrika 6:1-25.
    """
    known = ~np.isnan(before) & ~np.isnan(after)
    first, second = before[known], after[known]
    gaps = second - first
    change, base = float(gaps.mean()), len(gaps)
    half = t_quantile(0.975, base - 1) * float(gaps.std(ddof=1)) / sqrt(base) if base > 1 else nan
    p = signed_rank(first, second).two_sided
    return Paired(base, float(first.mean()), float(second.mean()), change, change - half, change + half, p, SIGNED_RANK)
