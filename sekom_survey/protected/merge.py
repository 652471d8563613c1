"""Classes too small to show are merged with a neighbour before anything is hidden."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, segment_order
from sekom_survey.model import REGION, Frame, Survey
from sekom_survey.text.swedish import join_words, lower_first

ORDERED = (SIZE, LANDSDEL)


def merge_classes(frame: Frame, survey: Survey) -> tuple[Frame, tuple[str, ...]]:
    """A Frame without size classes or landsdelar that few, all or none have answered in, and what was merged.

    The smallest class goes together with its smaller neighbour in the usual order, until all are large enough or one is
    left. Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4 (global recoding before suppression).
    """
    members = frame.members.copy()
    told: list[str] = []
    for segmentation in ORDERED:
        names = _merged_names(members, segmentation, survey)
        told += [f"{segmentation}: {new}" for new in dict.fromkeys(names.values()) if new not in names]
        municipal = members["kind_of_member"] != REGION
        members.loc[municipal, segmentation] = members.loc[municipal, segmentation].map({"": ""} | names)
    return replace(frame, members=members), tuple(told)


def _merged_names(members: pd.DataFrame, segmentation: str, survey: Survey) -> dict[str, str]:
    municipal = members[members["kind_of_member"] != REGION]
    counted = municipal.groupby(segmentation)["answered"].agg(["sum", "size"])
    answered, asked = counted["sum"], counted["size"]
    groups = [[name] for name in segment_order(segmentation, answered.index, survey.size_classes)]

    def size(group: list[str]) -> int:
        return int(answered[group].sum())

    def is_telling(group: list[str]) -> bool:
        return size(group) < survey.minimum_base or size(group) == asked[group].sum()

    while len(groups) > 1 and any(map(is_telling, groups)):
        at = min((i for i, group in enumerate(groups) if is_telling(group)), key=lambda i: size(groups[i]))
        beside = min((i for i in (at - 1, at + 1) if 0 <= i < len(groups)), key=lambda i: size(groups[i]))
        first = min(at, beside)
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return {name: _name(group) for group in groups for name in group}


def _name(group: list[str]) -> str:
    return group[0] if len(group) == 1 else join_words([group[0], *map(lower_first, group[1:])])
