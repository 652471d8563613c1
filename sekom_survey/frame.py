"""The register meets the answers: who was asked, who answered, one answer a member."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.model import (
    ANSWERED,
    MULTI,
    NOT_SHOWN,
    NPS,
    OFFICIAL,
    POLITICIAN,
    RATING,
    TEXT,
    UNANSWERED,
    Frame,
    Item,
    Responses,
    Wave,
)
from sekom_survey.rows import is_asked
from sekom_survey.segment import segment_table

RULES = {
    RATING: "medelvärdet av båda",
    NPS: "medelvärdet av båda",
    MULTI: "allt som någon av dem valt",
    TEXT: "båda texterna",
}
OFFICIAL_RULE = "tjänstepersonens svar"
ANSWER_PARTS = ["item", "state", "option", "value", "text"]
CONFLICT_COLUMNS = ("member_id", "item", "politician", "official", "used", "rule")


def build_frame(responses: Responses, wave: Wave) -> Frame:
    """Responses and register to a Frame: members asked, one answer a member, conflicts and item non-response."""
    asked = [m for m in wave.members if is_asked(m, wave.survey)]
    members = segment_table(asked, wave.survey.size_classes)
    people = responses.respondents
    members["answered"] = members["member_id"].isin(people["member_id"])
    asked_of = pd.Index(people["respondent"]).get_indexer(responses.answers["respondent"])
    role = np.where(people["role"] == POLITICIAN, POLITICIAN, OFFICIAL)
    answers = responses.answers.assign(
        member_id=people["member_id"].array.take(asked_of), role=pd.Series(role, dtype="str").array.take(asked_of)
    )
    items = {item.id: item for item in wave.questionnaire.items}
    unit = _merged(answers, ["member_id"], items)
    by_role = _merged(answers, ["member_id", "role"], items)
    return Frame(members, unit, by_role, _conflicts(answers, unit, items), _item_nonresponse(unit, wave))


def _merged(answers: pd.DataFrame, unit: list[str], items: dict[str, Item]) -> pd.DataFrame:
    """One answer a unit and item: units with a single respondent pass through, the others are merged by rule."""
    people = answers[["respondent", *unit]].drop_duplicates()
    several = people[people.duplicated(unit, keep=False)]["respondent"]
    doubled = answers["respondent"].isin(several)
    columns = [*unit, *ANSWER_PARTS]
    alone = answers.loc[~doubled, columns]
    if not doubled.any():
        return alone.reset_index(drop=True)
    return pd.concat([alone, _merge(answers[doubled], unit, items)[columns]], ignore_index=True)


def _merge(answers: pd.DataFrame, unit: list[str], items: dict[str, Item]) -> pd.DataFrame:
    """Each unit's answers to an item made one, units and items in the order they are met.

    Facts and scales: the official's (the latest of several); ratings: the mean; multi-choice: the union, exclusive
    options only when nothing else was chosen; texts: all. Nothing answered: left out, or not shown to anybody.
    """
    group, groups = _numbered(answers, [*unit, "item"])
    state, kind = answers["state"].to_numpy(dtype=object), _by_item(answers["item"], {i: items[i].kind for i in items})
    answered = state == ANSWERED
    official = answered & (answers["role"].to_numpy(dtype=object) == OFFICIAL)
    means, choices, texts = np.isin(kind, (RATING, NPS)), kind == MULTI, kind == TEXT
    facts = ~(means | choices | texts)
    picked = official | (answered & ~_in_any(group, official, groups))
    chosen = choices & answered & _chosen(answers, group, groups, items)
    kept = (means & _first(group, answered)) | chosen | (texts & answered) | (facts & _last(group, picked))
    silent = _first(group, ~_in_any(group, answered, groups))
    shown = _in_any(group, state != NOT_SHOWN, groups)
    value = answers["value"].to_numpy(dtype=float)
    counted = np.bincount(group, means & answered, groups)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(group, np.where(means & answered, value, 0), groups) / counted
    merged = answers.assign(
        value=np.where(means & answered, mean[group], value),
        state=np.where(answered, state, np.where(shown, UNANSWERED, NOT_SHOWN)),
    )
    rows = np.flatnonzero(kept | silent)
    return merged.iloc[rows[np.argsort(group[rows], kind="stable")]]


def _numbered(answers: pd.DataFrame, columns: list[str]) -> tuple[NDArray[np.int64], int]:
    """Each row's group by some columns, numbered as they are met, and how many groups there are."""
    key = np.zeros(len(answers), np.int64)
    for name in columns:
        codes, uniques = pd.factorize(answers[name])
        key = key * len(uniques) + codes
    group, groups = pd.factorize(key)
    return group.astype(np.int64), len(groups)


def _by_item(column: pd.Series, facts: dict[str, str]) -> NDArray[np.object_]:
    codes, names = pd.factorize(column)
    return np.array([facts[str(name)] for name in names], dtype=object)[codes]


def _in_any(group: NDArray[np.int64], rows: NDArray[np.bool_], groups: int) -> NDArray[np.bool_]:
    """Whether a row's group has any of the given rows."""
    return (np.bincount(group, rows, groups) > 0)[group]


def _first(group: NDArray[np.int64], rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The first of the given rows in each group."""
    places = np.flatnonzero(rows)[::-1]
    first = np.full(group.max(initial=-1) + 1, -1)
    first[group[places]] = places  # written backwards, so that the first of each group stays
    found = np.zeros(len(group), bool)
    found[first[first >= 0]] = True
    return found


def _last(group: NDArray[np.int64], rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return _first(group[::-1], rows[::-1])[::-1]


def _chosen(
    answers: pd.DataFrame, group: NDArray[np.int64], groups: int, items: dict[str, Item]
) -> NDArray[np.bool_]:
    """The choices of a union: each option once, exclusive ones only where there is no other."""
    option, labels = pd.factorize(answers["option"])
    names = [(item.id, option.label) for item in items.values() for option in item.options if option.exclusive]
    item = _by_item(answers["item"], {name: name for name in items})
    exclusive = np.zeros(len(answers), bool)
    for name, label in names:
        exclusive |= (item == name) & (labels.get_indexer([label])[0] == option)
    once = _first(group * len(labels) + option, answers["state"].to_numpy(dtype=object) == ANSWERED)
    other = once & ~exclusive
    return other | (once & ~_in_any(group, other, groups))


def _conflicts(answers: pd.DataFrame, unit: pd.DataFrame, items: dict[str, Item]) -> pd.DataFrame:
    """Items on which a member's politician and official said different things, and what was used."""
    roles = answers[["member_id", "role"]].drop_duplicates()
    both = roles["member_id"][roles["member_id"].duplicated()]
    counted = [name for name, item in items.items() if item.kind not in (TEXT, "role")]
    rows = answers[answers["member_id"].isin(both) & answers["item"].isin(counted) & (answers["state"] == ANSWERED)]
    said = {role: _said(rows[rows["role"] == role]) for role in (POLITICIAN, OFFICIAL)}
    differ = [
        key
        for key in dict.fromkeys(zip(*(rows[name].to_numpy(dtype=object) for name in ("member_id", "item")), strict=True))
        if said[POLITICIAN].get(key) and said[OFFICIAL].get(key) and said[POLITICIAN][key] != said[OFFICIAL][key]
    ]
    used = _said(unit[unit["member_id"].isin(both) & unit["item"].isin(counted)])
    return pd.DataFrame(
        [
            (member, name, said[POLITICIAN][member, name], said[OFFICIAL][member, name], used[member, name], RULES.get(items[name].kind, OFFICIAL_RULE))
            for member, name in differ
        ],
        columns=list(CONFLICT_COLUMNS),
    )


def _said(answers: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What stands in the answers of each (member, item), in words: options, or numbers, each once and sorted."""
    value = answers["value"].to_numpy(dtype=float)
    distinct, which = np.unique(value, return_inverse=True)
    numbers = np.array(["" if np.isnan(v) else f"{v:g}".replace(".", ",") for v in distinct], dtype=object)[which]
    words = np.where(answers["option"] != "", answers["option"].to_numpy(dtype=object), numbers)
    found: dict[tuple[str, str], set[str]] = {}
    keys = (answers[name].to_numpy(dtype=object) for name in ("member_id", "item"))
    for member, item, word in zip(*keys, words, strict=True):
        found.setdefault((member, item), set()).add(word)
    return {key: "; ".join(sorted(said)) for key, said in found.items()}


def _item_nonresponse(unit: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Per item: answering members that were shown it, that answered it and that left it out (partiellt bortfall)."""
    first = unit[_first(_numbered(unit, ["member_id", "item"])[0], np.ones(len(unit), bool))]
    counts = first.groupby(["item", "state"]).size()
    present = set(counts.index.get_level_values("item"))
    rows = []
    for item in wave.questionnaire.items:
        if item.id in present:
            answered = int(counts.get((item.id, ANSWERED), 0))
            asked = answered + int(counts.get((item.id, UNANSWERED), 0))
            rows.append({"item": item.id, "asked": asked, "answered": answered, "missing": asked - answered})
    return pd.DataFrame(rows, columns=["item", "asked", "answered", "missing"])
