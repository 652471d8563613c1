"""One item's published tables as cells and the equations that tie them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sekom_survey.counted.estimate import NPS_GROUPS, TOP, parts_of
from sekom_survey.counted.segment import ALL, LANDSDEL, ROLE_NAMES, SEGMENT_ROLE, SIZE
from sekom_survey.model import MULTI, NPS, RATING, Item
from sekom_survey.stats.disclosure import Equation, LinkedTables

Cell = Any
"""(option, segmentation, segment); the linked tables take any hashable name."""
Column = tuple[str, str]
Values = dict[Cell, int]
BASE, EVERYONE = "[base]", "[everyone]"
WITHOUT_OFFICIAL: Column = (SEGMENT_ROLE, "[without official]")
TOTAL: Column = (ALL, ALL)
ADD_UP = (SIZE, LANDSDEL)
SMALL_GROUP = 10


@dataclass(frozen=True, eq=False)
class ItemTables:
    """An item's cells (option, segmentation, segment) with their true counts, and which must be hidden."""

    item: Item
    tables: LinkedTables
    cells: tuple[Cell, ...]
    primary: frozenset[Cell]


def item_tables(rows: pd.DataFrame, item: Item, minimum: int) -> ItemTables:
    """An item's estimates, unsuppressed, as linked tables with the cells that must be hidden.

    `rows`: the item's rows of estimates for `all`, size, landsdel, role and kind. Equations: options add up to the base
    (not for multi-choice), segments to the total, "topp2" and the NPS groups to their parts; and for facts and scales the
    total is the officials plus the members without an official's answer, since the official's answer counts for both.
    """
    values = _values(rows, item)
    values |= _without_official(values, item)
    columns = list(dict.fromkeys(cell[1:] for cell in values))
    equations = [
        *_options_add_up(values, item, columns),
        *_segments_add_up(values),
        *_parts_add_up(values, item, columns),
        *_officials_and_others(values),
    ]
    ceilings = {cell: values[EVERYONE, *cell[1:]] for cell in values if (EVERYONE, *cell[1:]) in values}
    small = {column for column in columns if column != TOTAL and must_hide(column, values, item, minimum)}
    return ItemTables(
        item,
        LinkedTables(values, equations, ceilings),
        tuple(values),
        frozenset(cell for cell in values if cell[1:] in small),
    )


def _values(rows: pd.DataFrame, item: Item) -> Values:
    outside = {option.label for option in item.options if option.outside}
    values: Values = {}
    for row in rows.to_dict("records"):
        column = (str(row["segmentation"]), str(row["segment"]))
        values[str(row["option"]), *column] = 0 if pd.isna(row["count"]) else int(row["count"])
        base = (EVERYONE if row["option"] in outside else BASE, *column)
        values[base] = max(values.get(base, 0), int(row["base"]))
        values[EVERYONE, *column] = max(values.get((EVERYONE, *column), 0), int(row["base"]))
    return values


def _without_official(values: Values, item: Item) -> Values:
    """What subtracting the officials from the total would tell of the members that only a politician answered for."""
    if item.kind in (MULTI, RATING, NPS):
        return {}
    officials = (SEGMENT_ROLE, ROLE_NAMES["official"])
    found = {
        (option, *WITHOUT_OFFICIAL): value - values.get((option, *officials), 0)
        for (option, *column), value in values.items()
        if tuple(column) == TOTAL
    }
    return found if any((option, *officials) in values for option, *_ in found) and min(found.values()) >= 0 else {}


def must_hide(column: Column, values: Mapping[Cell, int], item: Item, minimum: int) -> bool:
    """Whether a group is too small to show for an item, or agrees so much that it tells each one's answer.

    Fewer answers than `minimum`; or, for a sensitive item, fewer than ten of which all gave one answer, or none gave any
    of the highest. A group without a single answer has nothing to hide.
    """
    base = values.get((BASE, *column), 0)
    if base == 0:
        return 0 < values.get((EVERYONE, *column), 0) < minimum
    if base < minimum:
        return True
    if not item.sensitive or base >= SMALL_GROUP:
        return False
    said = {
        option: value
        for (option, *where), value in values.items()
        if tuple(where) == column and option not in (BASE, EVERYONE)
    }
    return base in said.values() or any(said.get(option) == 0 for option in (TOP, *NPS_GROUPS))


def _plain(values: Mapping[Cell, int], item: Item, column: Column) -> list[str]:
    """The options that were chosen as such, not put together."""
    return [
        option
        for option, *where in values
        if tuple(where) == column and option not in (BASE, EVERYONE) and parts_of(item, option) == (option,)
    ]


def _options_add_up(values: Mapping[Cell, int], item: Item, columns: list[Column]) -> Iterator[Equation]:
    if item.kind == MULTI:
        return
    outside = {option.label for option in item.options if option.outside}
    for column in columns:
        plain = _plain(values, item, column)
        inside = [option for option in plain if option not in outside]
        yield {**{(option, *column): 1.0 for option in inside}, (BASE, *column): -1.0}
        yield {**{(option, *column): 1.0 for option in plain}, (EVERYONE, *column): -1.0}


def _segments_add_up(values: Mapping[Cell, int]) -> Iterator[Equation]:
    for option, *where in values:
        if tuple(where) != TOTAL:
            continue
        for segmentation in ADD_UP:
            parts: dict[Cell, float] = {cell: 1.0 for cell in values if cell[0] == option and cell[1] == segmentation}
            if parts:
                yield {**parts, (option, *TOTAL): -1.0}


def _parts_add_up(values: Mapping[Cell, int], item: Item, columns: list[Column]) -> Iterator[Equation]:
    for option, *where in values:
        column = (where[0], where[1])
        if column in columns and option not in (BASE, EVERYONE) and parts_of(item, option) != (option,):
            yield {**{(part, *column): 1.0 for part in parts_of(item, option)}, (option, *column): -1.0}


def _officials_and_others(values: Mapping[Cell, int]) -> Iterator[Equation]:
    for option, *where in values:
        if tuple(where) == WITHOUT_OFFICIAL and (option, SEGMENT_ROLE, ROLE_NAMES["official"]) in values:
            yield {
                (option, SEGMENT_ROLE, ROLE_NAMES["official"]): 1.0,
                (option, *WITHOUT_OFFICIAL): 1.0,
                (option, *TOTAL): -1.0,
            }
