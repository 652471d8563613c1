"""What the facts of a year say of its members: engagement classes, duties kept, signs of leaving."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from sekom_survey.found.engagement.duties import duty_card, standing_duties
from sekom_survey.found.engagement.index import CLASSES
from sekom_survey.found.engagement.signals import exit_signals
from sekom_survey.found.engagement.signs import signs_of
from sekom_survey.found.goals.facts import Facts
from sekom_survey.model import ANSWERED, MUNICIPALITY, Frame, Questionnaire


def class_counts(facts: Facts | None) -> Counter[str]:
    """How many municipalities are in each engagement class; nothing without a log."""
    if facts is None or not facts.logged:
        return Counter()
    return Counter(facts.engaged.loc[facts.engaged["kind"] == MUNICIPALITY, "class"])


def class_moves(facts: Facts) -> tuple[int, int, int]:
    """(up, unchanged, down): municipalities with a class in both years, by how their class has changed."""
    if facts.before is None or not facts.before.logged:
        return 0, 0, 0
    now, before = (_ranks(one) for one in (facts, facts.before))
    steps = [before[member] - now[member] for member in now.keys() & before.keys()]
    return sum(s > 0 for s in steps), sum(s == 0 for s in steps), sum(s < 0 for s in steps)


def _ranks(facts: Facts) -> dict[str, int]:
    table = facts.engaged[(facts.engaged["kind"] == MUNICIPALITY) & facts.engaged["class"].isin(CLASSES)]
    return {member: CLASSES.index(name) for member, name in zip(table["member_id"], table["class"], strict=True)}


def duty_card_of(facts: Facts) -> pd.DataFrame:
    """The duty card of everyone who has been a member during the year."""
    standing = standing_duties(facts.members, facts.as_of, facts.survey.programme_years)
    if facts.year is None or facts.year.frame.members.empty:
        return duty_card(facts.engaged, None, None, standing)
    members = facts.year.frame.members
    answered = set(members.loc[members["answered"], "member_id"])
    return duty_card(facts.engaged, answered, _spreads(facts.year.frame, facts.survey.questionnaire), standing)


def _spreads(frame: Frame, questionnaire: Questionnaire) -> dict[str, bool]:
    """By member_id, whether it spreads the newsletter, of those that have said so, by `spreads` of [measures]."""
    told = questionnaire.measures.spreads
    if told is None:
        return {}
    outside = {o.label for item in questionnaire.named(told.item) for o in item.options if o.outside}
    rows = frame.answers.table
    said = rows[(rows["item"] == told.item) & (rows["state"] == ANSWERED) & ~rows["option"].isin(outside)]
    return dict(zip(said["member_id"], said["option"].isin(told.options), strict=True))


def signals_of(facts: Facts) -> pd.DataFrame:
    """Exit signals of everyone who is a member on the day; internal."""
    surveys = (facts.year, facts.before.year if facts.before else None)
    signs = signs_of(facts.members, facts.log, facts.heard, surveys, facts.as_of)
    return exit_signals(facts.members, signs, facts.as_of)
