"""Items, options and groups named in claims.toml, checked against the questionnaire, and their rows in estimates.csv."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sekom_survey.counted.estimate import TOP, share_row
from sekom_survey.counted.segment import MEMBER_SEGMENTATIONS, SEGMENT_ROLE
from sekom_survey.counted.yes import choice_of
from sekom_survey.found.claims.finding import Basis
from sekom_survey.model import OTHER_OPTION, Questionnaire, labels
from sekom_survey.stats.difference import Group, newcombe_interval
from sekom_survey.text.toml import Table, did_you_mean

GROUPED = (*MEMBER_SEGMENTATIONS, SEGMENT_ROLE)


def item_id(table: Table, questionnaire: Questionnaire, key: str = "item") -> str:
    """The id of an item that exists, else "" and a fault."""
    name = table.text(key, required=True)
    return name if known(table, key, name, (item.id for item in questionnaire.items), "Frågan") else ""


def item_ids(table: Table, questionnaire: Questionnaire, key: str = "items") -> tuple[str, ...]:
    """The ids of items that exist; faults for the others and for an empty list."""
    names = table.texts(key)
    if not names:
        table.fault("key_missing", key, "Listan saknas eller är tom.", "Skriv minst en frågas id.")
    ids = [item.id for item in questionnaire.items]
    return tuple(name for name in names if known(table, key, name, ids, "Frågan"))


def group_id(table: Table, questionnaire: Questionnaire, key: str = "group") -> str:
    """The id of a matrix that exists, else "" and a fault."""
    name = table.text(key, required=True)
    groups = {item.group for item in questionnaire.items if item.group}
    return name if known(table, key, name, groups, "Matrisen") else ""


def options(table: Table, questionnaire: Questionnaire, item: str, names: Iterable[str], key: str) -> tuple[str, ...]:
    """Options that an item has ("topp2" for the top of a scale); faults for the others."""
    if not item:
        return ()
    asked = questionnaire.item(item)
    there = [*labels(asked.inside), *([OTHER_OPTION] if asked.other else []), *([TOP] if asked.top else [])]
    return tuple(name for name in names if known(table, key, name, there, "Alternativet"))


def option(table: Table, questionnaire: Questionnaire, item: str, key: str = "option") -> str:
    """One option that an item has; the top of a scale or rating when the key is left out."""
    if not item:
        return ""
    asked = questionnaire.item(item)
    name = table.text(key, TOP if asked.top else "")
    try:
        return choice_of(asked, name).label
    except KeyError:
        known(table, key, name, labels(asked.inside), "Alternativet")
        return ""


def segmentation(table: Table, key: str = "segmentation") -> str:
    """A segmentation that exists, else "" and a fault."""
    name = table.text(key, required=True)
    return name if known(table, key, name, GROUPED, "Indelningen") else ""


def known(table: Table, key: str, name: str, there: Iterable[str], what: str) -> bool:
    """Whether a name is among those that exist; a fault when it is not. A missing key is reported elsewhere."""
    names = list(there)
    if not name:
        return False
    if name not in names:
        todo = "Skriv namnet som i survey.toml." + did_you_mean(name, names)
        table.fault("unknown_name", key, f"{what} ”{name}” finns inte.", todo)
    return name in names


def share(table: Table, key: str, default: float) -> float:
    """A share between 0 and 1."""
    value = table.number(key, default)
    if value is None or not 0 <= value <= 1:
        table.fault("unknown_value", key, f"Värdet är {value}.", "Skriv en andel mellan 0 och 1, som 0.33.")
        return default
    return float(value)


STEPS = 40


def segment_group(basis: Basis, item: str, option: str, segmentation: str, segment: str) -> Group | None:
    """A segment's count, base and population as estimates.csv has them; None when suppressed or not there."""
    try:
        row = share_row(basis.estimates, item, option, segmentation, segment)
    except KeyError:
        return None
    if row["suppressed"]:
        return None
    return Group(int(row["count"]), int(row["base"]), int(row["population"]))


def smallest_alpha(holds: Callable[[float], bool]) -> float:
    """The smallest one-sided error at which an interval shows what it should, by halving; 0.5 when it never does."""
    if not holds(0.5 - 1e-9):
        return 0.5
    low, high = 0.0, 0.5
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def one_sided_p(first: Group, second: Group) -> float:
    """The one-sided p for first > second that goes with Newcombe's interval; 0.5 when the difference is not positive."""
    return smallest_alpha(lambda alpha: newcombe_interval(first, second, 1 - 2 * alpha)[0] > 0)


def equivalence_p(first: Group, second: Group, margin: float) -> float:
    """The p of the two one-sided tests that two shares differ by less than `margin`."""

    def inside(alpha: float) -> bool:
        low, high = newcombe_interval(first, second, 1 - 2 * alpha)
        return -margin < low and high < margin

    return smallest_alpha(inside)
