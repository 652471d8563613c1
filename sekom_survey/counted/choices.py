"""What is counted of an item: each answer for itself, and answers that count together - the top of a scale, the high end of a rating."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sekom_survey.asked.contrasts import TOP
from sekom_survey.model import (
    CONSENT,
    DATE,
    MULTI,
    NPS,
    NUMBER,
    OTHER_OPTION,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    Item,
    Questionnaire,
)

COUNTED_KINDS = (ROLE, SINGLE, MULTI, SCALE, RATING, NPS, RANKING, CONSENT)
CLASSED = (NUMBER, DATE)  # counted in classes that the answers give, and told in the office only
VALUED = (SCALE, RATING, NPS)
PROMOTERS, PASSIVES, DETRACTORS = "9–10", "7–8", "0–6"
NPS_GROUPS = (DETRACTORS, PASSIVES, PROMOTERS)
HIGH_STEPS, LONG_SCALE = 2, 7


@dataclass(frozen=True)
class Choice:
    """A way to say yes, by its label: any of `options`, which are answers that are counted for themselves."""

    label: str
    options: tuple[str, ...]


def countable(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items whose answers are counted and compared; the respondent's role, numbers and days are left out."""
    return tuple(item for item in questionnaire.of_kind(*COUNTED_KINDS) if item.kind != ROLE)


def choices_of(item: Item) -> tuple[Choice, ...]:
    """The ways to say yes to an item, labelled as the options of estimates.csv.

    A scale has its top ("topp2"), a recommendation 9-10, another rating its three highest steps together ("8–10"), or the two
    highest of a short one, a single or multi-choice question each option within the scale. A scale without `top` counts its
    highest step.
    """
    if item.kind == SCALE:
        return (Choice(counted_as_yes(item), highest_labels(item)),)
    if item.kind == NPS:
        return (Choice(PROMOTERS, parts_of(item, PROMOTERS)),)
    if item.kind == RATING:
        steps = options_counted(item)[-1 - high_steps(item) :]
        return (Choice(f"{steps[0]}–{steps[-1]}", tuple(steps)),)
    return tuple(Choice(label, (label,)) for label in inside_options(item))


def choice_of(item: Item, label: str) -> Choice:
    """The choice of an item with a label, any option outside the top included. KeyError when there is none."""
    known = {choice.label: choice for choice in choices_of(item)}
    known |= {
        option.label: Choice(option.label, (option.label,)) for option in item.inside if option.label not in known
    }
    return known[label]


def options_counted(item: Item) -> list[str]:
    """Every answer of an item that is counted for itself, in order: options and "Annat", or the steps of a rating."""
    if item.kind in (RATING, NPS):
        return [str(step) for step in range(item.low or 0, (item.high or 10) + 1)]
    return [option.label for option in item.options] + ([OTHER_OPTION] if item.other else [])


def inside_options(item: Item) -> list[str]:
    """Those of them that stand within the scale, and so are in the base."""
    outside = {option.label for option in item.options if option.outside}
    return [option for option in options_counted(item) if option not in outside]


def parts_of(item: Item, option: str) -> tuple[str, ...]:
    """The answers an option of `estimates` counts: itself, or those that "topp2" and the NPS groups put together."""
    if option == TOP:
        return top_labels(item)
    if option in NPS_GROUPS and item.kind == NPS:
        return tuple(str(step) for step in range(11) if nps_group(step) == option)
    return (option,)


def top_labels(item: Item) -> tuple[str, ...]:
    """The highest options of a scale that count together as "topp2"."""
    return tuple(option.label for option in item.inside[-(item.top or 0) :]) if item.top else ()


def highest_labels(item: Item) -> tuple[str, ...]:
    """The highest options of a scale that count together, the highest one alone where `top` is not said."""
    return top_labels(item) or tuple(option.label for option in item.inside[-1:])


def yes_labels(item: Item) -> tuple[str, ...]:
    """The options of a single choice that all begin with "Ja" where another begins with "Nej": they say yes together; else none."""
    first = {label: label.split(",")[0].split()[0].lower() for label in inside_options(item) if label.split()}
    yes = tuple(label for label, word in first.items() if word == "ja")
    return yes if len(yes) > 1 and "nej" in first.values() else ()


def counted_as_yes(item: Item) -> str:
    """The option of `estimates` that says how many gave the highest answers to a scale."""
    return TOP if item.top else item.inside[-1].label


def round_half_up(value: float) -> int:
    """The whole step a mean of two ratings is counted at: 7.5 becomes 8."""
    return int(np.floor(value + 0.5))


def nps_group(value: float) -> str:
    """Promoters 9-10, passives 7-8, detractors 0-6 (Reichheld 2003, Harvard Business Review 81:46-54)."""
    step = round_half_up(value)
    return PROMOTERS if step >= 9 else PASSIVES if step >= 7 else DETRACTORS


def nps_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of each answer in the net promoter score, as `nps_score`."""
    distinct, which = np.unique(values, return_inverse=True)
    return np.array([nps_score(value) for value in distinct], dtype=float)[which]


def nps_score(value: float) -> float:
    """One answer's part in the net promoter score: 100, 0 or -100."""
    return {PROMOTERS: 100.0, PASSIVES: 0.0, DETRACTORS: -100.0}[nps_group(value)]


def high_steps(item: Item) -> int:
    """How many steps under the highest count as high: two of a long scale, one of a short one such as five stars."""
    return HIGH_STEPS if (item.high or 10) - (item.low or 0) >= LONG_SCALE else 1


def is_yes_no(item: Item) -> bool:
    """Whether an item is a choice between two options."""
    return item.kind == SINGLE and len(item.inside) == 2 and not item.other


def is_multiple(item: Item) -> bool:
    """Whether several options may be chosen."""
    return item.kind == MULTI
