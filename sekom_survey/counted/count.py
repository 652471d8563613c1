"""Who said what, counted: members by item, option and segment, as whole arrays."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.codes import distinct
from sekom_survey.counted.segment import ALL, KIND, MEMBER_SEGMENTATIONS, SEGMENT_ROLE, role_name, segment_order
from sekom_survey.model import REGION, ROLE, TEXT, Frame, Survey
from sekom_survey.model.codes import Answers, Distinct, Ints, words_of


@dataclass(frozen=True, eq=False)
class Placed:
    """One item's given answers as parallel arrays: member number, segment number and place among the distinct `words`."""

    member: Ints
    segment: Ints
    said: Ints
    words: Distinct


@dataclass(frozen=True, eq=False)
class View:
    """One segmentation: its segments in order, how many members each has, and the answers to each item placed in them."""

    segmentation: str
    segments: tuple[str, ...]
    populations: Ints
    answers: Mapping[str, Placed]


NOBODY = Placed(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), words_of((), (), ()))


def views(frame: Frame, survey: Survey) -> Iterator[View]:
    """Every segmentation of the municipalities, roles among them, and municipalities against regions."""
    members = frame.members
    municipal = (members["kind_of_member"] != REGION).to_numpy()
    given, roles = frame.answers, frame.by_role
    counted = {item.id for item in survey.questionnaire.items if item.kind != TEXT}
    answers = _answers(given, members, np.zeros(len(given.units), np.int64), counted)
    for segmentation in (ALL, *MEMBER_SEGMENTATIONS, KIND):
        inside = np.ones(len(members), bool) if segmentation == KIND else municipal
        names = members[segmentation].to_numpy(dtype=object)
        order = segment_order(segmentation, set(names[inside]), survey.size_classes)
        numbers = np.where(inside, _numbered(names, order), -1)
        populations = np.bincount(numbers[numbers >= 0], minlength=len(order))
        yield View(
            segmentation, tuple(order), populations, {item: _in_segments(one, numbers) for item, one in answers.items()}
        )
    if not (survey.of_members or survey.questionnaire.of_kind(ROLE)):
        return
    order = segment_order(SEGMENT_ROLE, map(role_name, ("politician", "official")), survey.size_classes)
    numbers = _numbered(roles.units["role"].map(role_name).to_numpy(dtype=object), order)
    by_role = _answers(roles, members, numbers, counted)
    placed = {item: _in_segments(one, np.where(municipal, 0, -1), one.segment) for item, one in by_role.items()}
    every = np.full(len(order), municipal.sum()) if survey.of_members else np.bincount(numbers, minlength=len(order))
    yield View(SEGMENT_ROLE, tuple(order), every, placed)


def _answers(given: Answers, members: pd.DataFrame, segment: Ints, counted: Container[str]) -> dict[str, Placed]:
    """The answers given to each of the items counted, each unit in a segment of its own."""
    member = pd.Index(members["member_id"]).get_indexer(given.units["member_id"])
    found: dict[str, Placed] = {}
    for one in (one for one in given.items if one.item in counted):
        mine = one.only(one.answered)
        found[one.item] = _together(
            found.get(one.item, NOBODY), Placed(member[mine.who], segment[mine.who], mine.said, mine.words)
        )
    return found


def _together(one: Placed, other: Placed) -> Placed:
    """The answers to an item from two places."""
    if not len(one.member):
        return other
    words = Distinct(
        *(np.concatenate([getattr(part.words, name) for part in (one, other)]) for name in ("option", "value", "text"))
    )
    said = np.concatenate([one.said.astype(np.int64), other.said.astype(np.int64) + len(one.words.option)])
    return Placed(np.concatenate([one.member, other.member]), np.concatenate([one.segment, other.segment]), said, words)


def _in_segments(one: Placed, numbers: Ints, segment: Ints | None = None) -> Placed:
    """The answers of the members that have a number, which is their segment unless it is given."""
    placed = numbers[one.member]
    kept = placed >= 0
    return Placed(one.member[kept], (placed if segment is None else segment)[kept], one.said[kept], one.words)


def _numbered(names: NDArray[np.object_], order: list[str]) -> Ints:
    return pd.Index(order).get_indexer(names)


def count_members(answers: Placed, chosen: NDArray[np.int64], options: int, segments: int) -> NDArray[np.int64]:
    """Members by option and segment, each member once a cell; shape (options, segments).

    `chosen` holds each answer's option number, -1 for none of those counted.
    """
    cells = (chosen * segments + answers.segment)[chosen >= 0]
    people = answers.member[chosen >= 0]
    everybody = people.max(initial=0) + 1
    once = distinct(cells * everybody + people, options * segments * everybody) // everybody
    return np.bincount(once, minlength=options * segments).reshape(options, segments)


def members_answering(answers: Placed, counted: NDArray[np.bool_], segments: int) -> NDArray[np.int64]:
    """Members with at least one of the counted answers, by segment."""
    return count_members(answers, np.where(counted, 0, -1), 1, segments)[0]


def member_means(answers: Placed, segment: int) -> NDArray[np.float64]:
    """Each member's mean value in a segment, in the members' order."""
    value = answers.words.value[answers.said]
    mine = (answers.segment == segment) & ~np.isnan(value)
    people, at = np.unique(answers.member[mine], return_inverse=True)
    return np.bincount(at, value[mine], len(people)) / np.bincount(at, minlength=len(people))
