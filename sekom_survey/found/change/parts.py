"""Whether two years' questions are the same, and a change split in two: the same members think otherwise, or others answered."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from sekom_survey.model import Item, Questionnaire, labels
from sekom_survey.stats.arrays import Floats
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
