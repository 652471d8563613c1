"""Items, options and groups named in claims.toml, checked against the questionnaire, and their rows in estimates.csv."""

from __future__ import annotations

from collections.abc import Iterable

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import choice_of
from sekom_survey.counted.segment import MEMBER_SEGMENTATIONS, SEGMENT_ROLE
from sekom_survey.model import OTHER_OPTION, Questionnaire, labels
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
