"""Who said what, counted: members by item, option and segment, as whole arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.model import ANSWERED, Frame, Survey
from sekom_survey.segment import ALL, KIND, MEMBER_SEGMENTATIONS, SEGMENT_ROLE, role_name, segment_order


@dataclass(frozen=True, eq=False)
class View:
    """One segmentation: its segments in order, how many members each has, and the answers placed in them.

    `answers` maps an item to an ItemAnswers.
    """

    segmentation: str
    segments: tuple[str, ...]
    populations: NDArray[np.int64]
    answers: dict[str, ItemAnswers]


@dataclass(frozen=True, eq=False)
class ItemAnswers:
    """One item's given answers as parallel arrays: member number, segment number, option label and value."""

    member: NDArray[np.int64]
    segment: NDArray[np.int64]
    option: NDArray[np.object_]
    value: NDArray[np.float64]


NOBODY = ItemAnswers(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, object), np.zeros(0))


def views(frame: Frame, survey: Survey) -> Iterator[View]:
    """Every segmentation of the municipalities, roles among them, and municipalities against regions."""
    members = frame.members
    municipal = (members["kind_of_member"] == "municipality").to_numpy()
    answers, roles = _given(frame.answers, members), _given(frame.by_role, members)
    for segmentation in (ALL, *MEMBER_SEGMENTATIONS, KIND):
        inside = np.ones(len(members), bool) if segmentation == KIND else municipal
        names = members[segmentation].to_numpy(dtype=object)
        order = segment_order(segmentation, set(names[inside]), survey.size_classes)
        numbers = np.where(inside, _numbered(names, order), -1)
        populations = np.bincount(numbers[numbers >= 0], minlength=len(order))
        yield View(segmentation, tuple(order), populations, _by_item(answers, numbers[answers["member"].to_numpy()]))
    order = segment_order(SEGMENT_ROLE, map(role_name, ("politician", "official")), survey.size_classes)
    numbers = _numbered(roles["role"].map(role_name).to_numpy(dtype=object), order)
    numbers = np.where(municipal[roles["member"].to_numpy()], numbers, -1)
    yield View(SEGMENT_ROLE, tuple(order), np.full(len(order), municipal.sum()), _by_item(roles, numbers))


def _given(answers: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    given = answers[answers["state"] == ANSWERED]
    return given.assign(member=pd.Index(members["member_id"]).get_indexer(given["member_id"]))


def _numbered(names: NDArray[np.object_], order: list[str]) -> NDArray[np.int64]:
    return pd.Index(order).get_indexer(names)


def _by_item(answers: pd.DataFrame, segment: NDArray[np.int64]) -> dict[str, ItemAnswers]:
    codes, items = pd.factorize(answers["item"])
    kept = np.flatnonzero(segment >= 0)
    order = kept[np.argsort(codes[kept], kind="stable")]
    bounds = np.searchsorted(codes[order], np.arange(len(items) + 1))
    columns = [
        answers[name].to_numpy(dtype=kind)[order]
        for name, kind in (("member", np.int64), ("option", object), ("value", np.float64))
    ]
    placed = segment[order]
    return {
        str(item): ItemAnswers(columns[0][a:b], placed[a:b], columns[1][a:b], columns[2][a:b])
        for item, a, b in zip(items, bounds, bounds[1:], strict=False)
    }


def count_members(answers: ItemAnswers, chosen: NDArray[np.int64], options: int, segments: int) -> NDArray[np.int64]:
    """Members by option and segment, each member once a cell; shape (options, segments).

    `chosen` holds each answer's option number, -1 for none of those counted.
    """
    cells = (chosen * segments + answers.segment)[chosen >= 0]
    people = answers.member[chosen >= 0]
    everybody = people.max(initial=0) + 1
    once = np.unique(cells * everybody + people) // everybody
    return np.bincount(once, minlength=options * segments).reshape(options, segments)


def members_answering(answers: ItemAnswers, counted: NDArray[np.bool_], segments: int) -> NDArray[np.int64]:
    """Members with at least one of the counted answers, by segment."""
    return count_members(answers, np.where(counted, 0, -1), 1, segments)[0]


def member_means(answers: ItemAnswers, segment: int) -> NDArray[np.float64]:
    """Each member's mean value in a segment, in the members' order."""
    mine = (answers.segment == segment) & ~np.isnan(answers.value)
    people, at = np.unique(answers.member[mine], return_inverse=True)
    return np.bincount(at, answers.value[mine], len(people)) / np.bincount(at, minlength=len(people))
