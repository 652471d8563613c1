"""Claims about taking part: that it has grown since last year, and that both roles meet."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import (
    PARTLY,
    SUPPORTED,
    UNSUPPORTED,
    UNTESTABLE,
    Basis,
    Finding,
    untestable,
)
from sekom_survey.found.verdict import DOWN, UP
from sekom_survey.model import OFFICIAL, POLITICIAN, Questionnaire
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import count_of, join_words
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class PairedChange:
    """More members give the high answers to every one of `items`, and take part more in `activities`, since last year."""

    items: tuple[str, ...]
    activities: tuple[str, ...]


def read_paired_change(table: Table, questionnaire: Questionnaire) -> PairedChange:
    """Items, activities (names of the log; may be empty)."""
    return PairedChange(lookup.item_ids(table, questionnaire), table.texts("activities"))


def judge_paired_change(rule: PairedChange, basis: Basis) -> Finding:
    """Supported when every part has surely risen, partly when some have; what may be chance decides nothing."""
    parts = [_item_part(basis, name) for name in rule.items]
    if rule.activities:
        parts.append(_activity_part(rule, basis))
    sentence = " ".join(told for _, told in parts)
    verdicts = [verdict for verdict, _ in parts]
    if all(verdict == UP for verdict in verdicts):
        return Finding(SUPPORTED, sentence)
    if UP in verdicts:
        return Finding(PARTLY, sentence, _risen(rule, basis, verdicts))
    if DOWN in verdicts:
        return Finding(UNSUPPORTED, sentence, f"Ingen ökning sedan {basis.survey.year - 1} är säker.")
    return Finding(UNTESTABLE, sentence)


def _risen(rule: PairedChange, basis: Basis, verdicts: list[str]) -> str:
    names = [quoted(basis.item(name).short) for name in rule.items] + ["deltagandet i aktiviteter"]
    risen = [name for name, verdict in zip(names, verdicts, strict=False) if verdict == UP]
    return f"Sedan {basis.survey.year - 1} har {join_words(risen)} ökat."


def _item_part(basis: Basis, name: str) -> tuple[str, str]:
    fact = basis.change(name)
    if fact is None:
        return "", f"{quoted(basis.item(name).short)} har ingen bestämd jämförelse med {basis.survey.year - 1}."
    return fact.verdict, fact.sentence


def _activity_part(rule: PairedChange, basis: Basis) -> tuple[str, str]:
    fact = basis.participation(rule.activities)
    if fact is not None:
        return fact.verdict, fact.sentence
    if is_empty(basis.log) or is_empty(basis.log_before) or basis.members_before is None:
        return "", "Aktivitetsloggen för något av åren saknas eller är tom, så deltagandet kan inte bedömas."
    return "", "Ingen kommun var medlem båda åren."


def is_empty(log: pd.DataFrame | None) -> bool:
    """Whether a log says nothing of anybody: nobody can then be said to have been absent."""
    return log is None or log.empty


@dataclass(frozen=True)
class BothRoles:
    """At least `share` of the answers come from politicians, and `members` members sent both roles to one activity."""

    share: float
    members: int


def read_both_roles(table: Table, _: Questionnaire) -> BothRoles:
    """Share, members."""
    return BothRoles(lookup.share(table, "share", 0.20), table.integer("members", 3) or 3)


def judge_both_roles(rule: BothRoles, basis: Basis) -> Finding:
    """Supported when politicians answer enough and both roles meet; partly when one of the two, or the log is missing."""
    ids = set(basis.municipalities["member_id"])
    units = basis.frame.by_role.table
    people = units[units["member_id"].isin(ids)][["member_id", "role"]].drop_duplicates()
    politicians, answers = int((people["role"] == POLITICIAN).sum()), len(people)
    if answers < basis.survey.minimum_base:
        return untestable("För få har svarat.")
    enough = politicians / answers >= rule.share
    sentence = f"Förtroendevalda står för {count_phrase(politicians, answers, 'svar')}."
    wording = "" if enough else "tjänstepersoner (inte medlemmar) har svarat"
    if basis.log is None or is_empty(basis.log):
        unknown = " Aktivitetsloggen saknas eller är tom, så deltagandet kan inte bedömas."
        return Finding(PARTLY if enough else UNSUPPORTED, sentence + unknown, wording)
    both = meeting_members(basis.log, ids)
    sentence += f" Från {count_of(both, len(ids))} kommuner har båda rollerna varit med vid samma tillfälle."
    met = enough + (both >= rule.members)
    if not wording and met < 2:
        wording = "Få medlemmar har haft både politiker och tjänstepersoner med vid samma tillfälle."
    return Finding((UNSUPPORTED, PARTLY, SUPPORTED)[met], sentence, wording)


def meeting_members(log: pd.DataFrame, members: set[str]) -> int:
    """How many members that had a politician and an official at the same occasion."""
    mine = log[log["member_id"].isin(members) & log["role"].isin([POLITICIAN, OFFICIAL])]
    roles = mine.groupby(["member_id", "date", "activity", "title"])["role"].nunique()
    return int(roles[roles == 2].index.get_level_values("member_id").nunique())
