"""The atoms of what is published: who is a member, in which cell of the register, and what each answered as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import NPS_GROUPS, options_counted, parts_of, top_labels
from sekom_survey.counted.count import marks, places
from sekom_survey.counted.segment import ALL, LANDSDEL, SIZE, role_name
from sekom_survey.model import MULTI, NPS, OFFICIAL, POLITICIAN, RATING, REGION, SCALE, Frame, Item, Survey
from sekom_survey.stats.arrays import Bools, Ints

BY = (SIZE, LANDSDEL)
REST = "[rest]"
Classes = Mapping[str, tuple[str, ...]]  # each row of the estimates of groups with the plain answers it counts


@dataclass(frozen=True, eq=False)
class Register:
    """The municipalities asked, which are public, as cells of members that no released number tells apart.

    `cells`: (size class, landsdel) of each cell; `members`: how many are in it; `cell`: the cell of each member;
    `answered`: whether it answered; `role`: under which role its answer counts, "" for none.
    """

    cells: tuple[tuple[str, str], ...]
    members: Ints
    cell: Ints
    answered: Bools
    role: NDArray[np.object_]
    place: Mapping[str, int]

    def groups(self, by: str) -> dict[str, Bools]:
        """Which cells each group of size class or landsdel is made of; all of them for `all`."""
        if by == ALL:
            return {ALL: np.ones(len(self.cells), bool)}
        names = np.array([cell[BY.index(by)] for cell in self.cells], dtype=object)
        return {name: np.array([one == name for one in names], dtype=bool) for name in dict.fromkeys(names)}

    def count(self, who: Bools) -> Ints:
        """How many of some members are in each cell."""
        return np.bincount(self.cell[who], minlength=len(self.cells)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Said:
    """What each member answered to an item: `chosen` (members, options), with `options` in the order of the estimates."""

    item: Item
    options: tuple[str, ...]
    chosen: Bools

    def of(self, *options: str) -> Bools:
        """The members that gave any of some answers."""
        places = [self.options.index(option) for option in options]
        return np.array(self.chosen[:, places].any(axis=1), dtype=bool)

    @property
    def outside(self) -> frozenset[str]:
        """The answers that stand outside the scale."""
        return frozenset(option.label for option in self.item.options if option.outside)

    @property
    def inside(self) -> tuple[str, ...]:
        """The answers that the base counts."""
        return tuple(option for option in self.options if option not in self.outside)


def register_of(frame: Frame) -> Register:
    """The municipalities of a frame, by the size classes and landsdelar it has: merged ones when they are merged."""
    members = frame.members[frame.members["kind_of_member"] != REGION]
    pairs = list(zip(members["size"].astype(str), members["landsdel"].astype(str), strict=True))
    cells = tuple(sorted(set(pairs)))
    cell = np.array([cells.index(pair) for pair in pairs], dtype=np.int64)
    place = {member: number for number, member in enumerate(members["member_id"])}
    return Register(
        cells,
        np.bincount(cell, minlength=len(cells)).astype(np.int64),
        cell,
        members["answered"].to_numpy(dtype=bool),
        _roles(frame.by_role.table, place),
        place,
    )


def _roles(by_role: pd.DataFrame, place: Mapping[str, int]) -> NDArray[np.object_]:
    """The role under which each member's answer counts: the official's where there is one, else the politician's."""
    roles = np.full(len(place), "", dtype=object)
    pairs = by_role[["member_id", "role"]].drop_duplicates()
    for role in (POLITICIAN, OFFICIAL):
        mine = pairs.loc[pairs["role"] == role, "member_id"]
        roles[[place[member] for member in mine if member in place]] = role_name(role)
    return roles


def said_of(frame: Frame, survey: Survey, kinds: tuple[str, ...], register: Register) -> dict[str, Said]:
    """Every item of some kinds with what each municipality answered."""
    place, found = places(frame.answers, list(register.place)), {}
    for item in survey.questionnaire.of_kind(*kinds):
        options = options_counted(item)
        found[item.id] = Said(item, tuple(options), marks(frame.answers, item, options, place, len(register.cell)))
    return found


def role_groups(register: Register) -> dict[str, Bools]:
    """The members whose answer counts under each role; each that answered is in one of them."""
    return {name: register.role == name for name in dict.fromkeys(register.role) if name}


def classes_of(said: Said) -> Classes:
    """The rows that are offered of groups: a scale's top, a recommendation's three groups, single options; no step of a rating."""
    item = said.item
    if item.kind == SCALE and item.top:
        return {TOP: top_labels(item)}
    if item.kind == NPS:
        return {name: parts_of(item, name) for name in NPS_GROUPS}
    if item.kind == RATING:
        return {}
    return {option: (option,) for option in said.inside}


def as_told(said: Said) -> Said:
    """Answers that exclude each other as they are told of groups: those that are told together are one answer, the rest another."""
    classes = classes_of(said)
    if said.item.kind == MULTI or not classes:
        return said
    told = [said.of(*options) for options in classes.values()]
    rest = said.of(*said.inside) & ~np.logical_or.reduce(told)
    return replace(said, options=(*classes, REST), chosen=np.column_stack([*told, rest]))
