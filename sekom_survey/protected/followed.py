"""Questions that only some were asked: how many they were is an answer to the question that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from sekom_survey.counted.segment import ALL
from sekom_survey.model import Condition, Frame, Questionnaire
from sekom_survey.model.codes import answers_in
from sekom_survey.protected.ladder import Release

Releases = Mapping[str, Release]


def followed(releases: Releases, questionnaire: Questionnaire, others: Releases | None = None) -> dict[str, Release]:
    """What is released of each question, of a follow-up no more than of the answers that made it shown.

    Its base is at most the number that gave these answers: a total or a group that hides them must not tell it. `others`:
    questions that stand elsewhere, as those before a text whose themes are published.
    """
    kept: dict[str, Release] = {**(others or {}), **releases}
    for item in questionnaire.items:  # in the order of the form, so that what follows upon a follow-up is cut by it
        if item.asked_if and item.id in releases:
            kept[item.id] = _cut(kept[item.id], kept.get(item.asked_if.item), item.asked_if)
    return {name: kept[name] for name in releases}


def counted_once(frame: Frame, questionnaire: Questionnaire, before: Frame | None = None) -> Frame:
    """A Frame in which a question that only some were asked has answers of those alone whose answer that counts asks it.

    Where a member's two answers differ the other one may have been asked it, and one more with an answer than said yes would
    tell so. `before`: where the answers before it stand, when they are in another frame.
    """
    table = frame.answers.table
    earlier, kept = (before.answers.table if before else table), pd.Series(True, index=table.index)
    for item in questionnaire.items:
        if item.asked_if is None:
            continue
        asks = earlier[(earlier["item"] == item.asked_if.item) & earlier["option"].isin(item.asked_if.options)]
        mine = (table["item"] == item.id) & ~table["member_id"].isin(asks["member_id"])
        kept &= ~mine
        if before is None:
            earlier = earlier[~((earlier["item"] == item.id) & ~earlier["member_id"].isin(asks["member_id"]))]
    return frame if kept.all() else replace(frame, answers=answers_in(table[kept]))


def released_in(estimates: pd.DataFrame) -> dict[str, Release]:
    """What published estimates show, as releases."""
    shown = estimates[~estimates["suppressed"].astype(bool)]
    found = {
        item: rows.groupby("segmentation")["option"].agg(frozenset).to_dict() for item, rows in shown.groupby("item")
    }
    return {str(item): Release(ALL in told, told) for item, told in found.items()}


def _cut(release: Release, before: Release | None, condition: Condition) -> Release:
    if before is None or not before.total:
        return Release(False, {}, release.offered)
    told = {
        by: options
        for by, options in release.groups.items()
        if before.groups.get(by, frozenset()).issuperset(condition.options)
    }
    return replace(release, groups=told)


def told_bases(releases: Releases, questionnaire: Questionnaire) -> frozenset[str]:
    """The questions of which it may be told how many were asked and how many of them answered."""
    told: set[str] = set()
    for item in questionnaire.items:
        open_to_all = item.asked_if is None or item.asked_if.item in told & releases.keys()
        if open_to_all and (item.id not in releases or releases[item.id].total):
            told.add(item.id)
    return frozenset(told)
