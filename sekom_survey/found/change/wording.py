"""Whether two years' questions are the same question."""

from __future__ import annotations

from sekom_survey.model import Item, Questionnaire, labels
from sekom_survey.text.files import folded


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
