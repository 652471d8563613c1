"""How many said yes in a group, out of the estimates that a build may show: never out of single answers."""

from __future__ import annotations

from math import isnan

import pandas as pd

from sekom_survey.counted.choices import Choice, choices_of, yes_labels
from sekom_survey.counted.estimate import share_row, too_few
from sekom_survey.counted.segment import ALL
from sekom_survey.model import MULTI, RATING, Condition, Item, Questionnaire
from sekom_survey.stats.proportions import Group

YES = "alla ja"  # every option that says yes


def leading_choice(item: Item, option: str = "") -> Choice:
    """The choice a fact is about: the option named, else the high end that stands for an item. KeyError for another."""
    choices = {choice.label: choice for choice in choices_of(item)}
    return choices[option] if option else next(iter(choices.values()))


def steps_of(item: Item, choice: Choice) -> tuple[str, ...]:
    """The options of estimates.csv that a choice is made of: a rating's high end, and every yes, are told one by one there."""
    return choice.options if item.kind == RATING or choice.label == YES else (choice.label,)


def told_choices(item: Item) -> tuple[Choice, ...]:
    """The choices that are told of an item: each, and the options that say yes together where there are such."""
    yes = yes_labels(item)
    return (*choices_of(item), *((Choice(YES, yes),) if yes else ()))


def counted(
    estimates: pd.DataFrame, item: Item, choice: Choice, segmentation: str = ALL, segment: str = ALL
) -> Group | None:
    """Count, base and population of those who said yes; None when any part of it is hidden or not there."""
    try:
        rows = [share_row(estimates, item.id, label, segmentation, segment) for label in steps_of(item, choice)]
    except KeyError:
        return None
    if not rows or any(row["suppressed"] or pd.isna(row["count"]) for row in rows):
        return None
    first = rows[0]
    return Group(sum(int(row["count"]) for row in rows), int(first["base"]), int(first["population"]))


def those_concerned(estimates: pd.DataFrame, item: Item, questionnaire: Questionnaire) -> int | None:
    """About how many of all members an item concerns: all of them, but for a question that not everybody can answer.

    Of all that were asked (`asked_if`: the part that gave such an answer) it is the part that answered within the scale and
    not beside it ("har inte använt"). None when what it rests on is hidden.
    """
    try:
        own = share_row(estimates, item.id, steps_of(item, choices_of(item)[0])[0])
        asked: float | None = own["population"]
        if item.asked_if is not None:
            asked = _through(estimates, item.asked_if, questionnaire)
        outside = [option.label for option in item.options if option.outside]
        everyone = float(share_row(estimates, item.id, outside[0])["base"]) if outside else float(own["base"])
    except KeyError:
        return None
    part = float(own["base"]) / everyone if everyone else 1.0
    return None if asked is None or isnan(asked * part) else max(int(own["base"]), round(asked * part))


def _through(estimates: pd.DataFrame, gate: Condition, questionnaire: Questionnaire) -> float | None:
    """About how many of all members are asked what follows an answer; None when several such answers may be given at once."""
    item = questionnaire.item(gate.item)
    concerned = those_concerned(estimates, item, questionnaire)
    rows = [share_row(estimates, gate.item, option) for option in gate.options]
    if concerned is None or (item.kind == MULTI and len(rows) > 1):
        return None
    return float(concerned * sum(row["count"] for row in rows) / rows[0]["base"])


def has_few(estimates: pd.DataFrame, item: Item, choice: Choice, segmentation: str, segment: str, minimum: int) -> bool:
    """Whether a group is not shown because too few answered, not because it protects somebody or is not there."""
    try:
        row = share_row(estimates, item.id, steps_of(item, choice)[0], segmentation, segment)
    except KeyError:
        return False
    return bool(row["suppressed"]) and row["reason"] in (too_few(0, minimum), too_few(1, minimum))
