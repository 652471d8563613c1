"""The register meets the answers: who was asked, who answered, one answer a member."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
from sekom_survey.rows import in_frame
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
    asked = [m for m in wave.members if m.status == "member" and in_frame(m, wave)]
    members = segment_table(asked, wave.survey.size_classes)
    people = responses.respondents
    members["answered"] = members["member_id"].isin(people["member_id"])
    answers = responses.answers.merge(people[["respondent", "member_id", "role"]], on="respondent")
    answers["role"] = np.where(answers["role"] == POLITICIAN, POLITICIAN, OFFICIAL)
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
    parts = [
        merge_answers(group, items[str(keys[-1])])[columns]
        for keys, group in answers[doubled].groupby([*unit, "item"], sort=False)
    ]
    return pd.concat([answers.loc[~doubled, columns], *parts], ignore_index=True)


def _conflicts(answers: pd.DataFrame, unit: pd.DataFrame, items: dict[str, Item]) -> pd.DataFrame:
    """Items on which a member's politician and official said different things, and what was used."""
    roles = answers[["member_id", "role"]].drop_duplicates()
    both = roles["member_id"][roles["member_id"].duplicated()]
    used = dict(iter(unit[unit["member_id"].isin(both)].groupby(["member_id", "item"])))
    found = [
        _conflict(str(member), group, used[(member, name)], items[str(name)])
        for (member, name), group in answers[answers["member_id"].isin(both)].groupby(["member_id", "item"], sort=False)
    ]
    return pd.DataFrame([conflict for conflict in found if conflict], columns=list(CONFLICT_COLUMNS))


def merge_answers(group: pd.DataFrame, item: Item) -> pd.DataFrame:
    """One item's answers from one member to the member's answer.

    Facts and scales: the official's (the latest of several); ratings: the mean; multi-choice: the union; texts: all.
    `group` and the result have at least the columns role, item, state, option, value, text.
    """
    answered = group[group["state"] == ANSWERED]
    if answered.empty:
        shown = (group["state"] != NOT_SHOWN).any()
        return group.head(1).assign(state=UNANSWERED if shown else NOT_SHOWN)
    if item.kind in (RATING, NPS):
        return answered.head(1).assign(value=answered["value"].mean())
    if item.kind == MULTI:
        exclusive = {option.label for option in item.options if option.exclusive}
        chosen = answered.drop_duplicates("option")
        others = chosen[~chosen["option"].isin(exclusive)]
        return others if len(others) else chosen
    if item.kind == TEXT:
        return answered
    official = answered[answered["role"] == OFFICIAL]
    return (official if len(official) else answered).tail(1)


def _conflict(member: str, group: pd.DataFrame, used: pd.DataFrame, item: Item) -> dict[str, str] | None:
    if item.kind in (TEXT, "role"):
        return None
    said = {
        role: _said(group[(group["role"] == role) & (group["state"] == ANSWERED)]) for role in (POLITICIAN, OFFICIAL)
    }
    if not all(said.values()) or said[POLITICIAN] == said[OFFICIAL]:
        return None
    return {
        "member_id": member,
        "item": item.id,
        "politician": said[POLITICIAN],
        "official": said[OFFICIAL],
        "used": _said(used),
        "rule": RULES.get(item.kind, OFFICIAL_RULE),
    }


def _said(answers: pd.DataFrame) -> str:
    if answers.empty:
        return ""
    numbers = ["" if np.isnan(value) else f"{value:g}".replace(".", ",") for value in answers["value"]]
    return "; ".join(sorted(np.where(answers["option"] != "", answers["option"], numbers)))


def _item_nonresponse(unit: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Per item: answering members that were shown it, that answered it and that left it out (partiellt bortfall)."""
    rows = []
    for item in wave.questionnaire.items:
        states = unit.loc[unit["item"] == item.id].drop_duplicates("member_id")["state"]
        if len(states):
            answered = int((states == ANSWERED).sum())
            asked = int((states != NOT_SHOWN).sum())
            rows.append({"item": item.id, "asked": asked, "answered": answered, "missing": asked - answered})
    return pd.DataFrame(rows, columns=["item", "asked", "answered", "missing"])
