"""Which questions are shown, and which of them come first where there is room for a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from sekom_survey.counted.choices import CLASSED, COUNTED_KINDS
from sekom_survey.model import NPS, RATING, SCALE, TEXT, UPLOAD, Measures, Questionnaire, Survey


def shown_names(questionnaire: Questionnaire) -> list[str]:
    """Every question with a figure or themes, in the order of the form; a matrix once."""
    shown = [
        item
        for item in questionnaire.items
        if item.kind in (*COUNTED_KINDS, *CLASSED, UPLOAD) or (item.kind == TEXT and item.codebook)
    ]
    return list(dict.fromkeys(item.group or item.id for item in shown))


def with_rows(questionnaire: Questionnaire, names: Iterable[str]) -> Iterator[str]:
    """Names with the rows of those that are matrices."""
    for name in names:
        yield name
        yield from (item.id for item in questionnaire.group(name))


def headline_names(survey: Survey) -> tuple[str, ...]:
    """The items and matrices that are headline or declared measures, else the core's scales and ratings; in form order."""
    questionnaire, measures = survey.questionnaire, survey.questionnaire.measures
    declared = {
        *survey.comparisons.headline,
        *(getattr(measures, one.name) for one in fields(Measures) if one.name != "pairs"),
    }
    names = shown_names(questionnaire)
    found = [name for name in names if declared & {name, *with_rows(questionnaire, [name])}]
    return tuple(found or (name for name in names if _is_core_scale(questionnaire, name)))


def _is_core_scale(questionnaire: Questionnaire, name: str) -> bool:
    item = questionnaire.named(name)[0]
    return item.core and item.kind in (SCALE, RATING, NPS)
