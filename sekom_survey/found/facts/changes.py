"""The headline items since last year: one fact each, with the verdict that the change got."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.found.change import HEADLINE
from sekom_survey.found.facts.counted import leading_choice
from sekom_survey.found.facts.table import CHANGE, Fact
from sekom_survey.found.facts.words import said, who_did
from sekom_survey.found.verdict import TOO_FEW, change_question
from sekom_survey.model import Survey
from sekom_survey.stats.proportions import Group
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of


def change_facts(changes: pd.DataFrame | None, survey: Survey) -> Iterator[Fact]:
    """A fact for each headline item that was asked both years; the same members where they are known.

    A row without a verdict has been tried with the others but may not be told.
    """
    if changes is None:
        return
    mine = changes[changes["status"] == HEADLINE]
    declared = int((mine["verdict"] != TOO_FEW).sum())
    for row in mine[mine["verdict"] != ""].to_dict("records"):
        item = survey.questionnaire.item(str(row["item"]))
        fact = Fact(
            kind=CHANGE, item=item.id, name=item.short, option=str(row["option"]), first=str(survey.year), second=str(survey.year - 1),
            status=HEADLINE, question=change_question(declared), verdict=str(row["verdict"]),
        )  # fmt: skip
        if row["verdict"] == TOO_FEW or pd.isna(row["before"]):
            yield fact.but(sentence=f"{quoted(item.short)} har för få svar för att jämföras med {fact.second}.")
            continue
        now, before, same = _groups(row)
        did = said(item, leading_choice(item, fact.option))
        yield fact.of(now, before).but(
            difference=row["difference"], low=row["low"], high=row["high"], p=row["p_adjusted"],
            sentence=change_sentence(fact, now, before, who_did(survey, did), same),
        )  # fmt: skip


def _groups(row: dict[object, object]) -> tuple[Group, Group, bool]:
    """Counts of this year and the last, and whether they are of the same members."""
    same = pd.notna(row["paired_base"])
    bases = (row["paired_base"], row["paired_base"]) if same else (row["all_after_base"], row["all_before_base"])
    shares = (row["after"], row["before"])
    now, before = (Group(round(float(s) * float(b)), int(b)) for s, b in zip(shares, bases, strict=True))  # type: ignore[arg-type, call-overload]
    return now, before, bool(same)


def change_sentence(fact: Fact, now: Group, before: Group, told: str, same: bool) -> str:
    """ "22 av 36 kommuner har ..., 13 av samma 36 år 2025: säker ökning."; `told` is who they are and what they said."""
    last = f"{before.count} av samma {before.base}" if same else count_of(before.count, before.base)
    return f"{count_of(now.count, now.base)} {told}, {last} år {fact.second}: {fact.verdict}."
