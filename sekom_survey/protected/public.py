"""A year's tables, made safe to publish, with what lies under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sekom_survey.counted.choices import COUNTED_KINDS
from sekom_survey.counted.segment import ALL, KIND, KIND_NAMES, LANDSDEL, SEGMENT_ROLE, SIZE
from sekom_survey.counted.who_answered import Base, base_of
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.memory import Memory
from sekom_survey.model import ANSWERED, REGION, ROLE, UNANSWERED, Accounting, Export, Frame, Responses, Survey
from sekom_survey.model.cells import Columns
from sekom_survey.protected.atoms import Register, Said, register_of, said_of
from sekom_survey.protected.followed import Releases, counted_once, followed, told_bases
from sekom_survey.protected.ladder import Audit, Release, audit_of, release
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.rows import by_role_once, shown_means, shown_quartiles, shown_rows
from sekom_survey.protected.worlds import FEWEST
from sekom_survey.text.swedish import count_of, join_words, number


def shown_base(base: Base, frame: Frame, survey: Survey, told: Collection[str], items: Collection[str]) -> Base:
    """A Base without anything counted in the file; who answered only by the segmentations that are told, of `items` alone."""
    missing = _of_municipalities(frame, survey)
    return Base(
        accounting=Accounting((), (), 0, 0),
        response=_response(base.response, told),
        item_nonresponse=missing[missing["item"].isin(items)].reset_index(drop=True),
        texts=base.texts.loc[base.texts["item"].isin(items), ["item", "members"]].assign(
            texts=np.nan, median_words=np.nan
        ),
        conflicts=0,
    )


def _response(response: pd.DataFrame, told: Collection[str]) -> pd.DataFrame:
    """Who answered: all municipalities, the segmentations that are told, and regions when they are many enough."""
    rows = response[response["segmentation"].isin((ALL, *told))]
    if told_of(
        *response.loc[(response["segmentation"] == KIND) & (response["segment"] == KIND_NAMES[REGION]), COUNTED].sum()
    ):
        rows = pd.concat([rows, response[response["segmentation"] == KIND]])
    return rows[["segmentation", "segment", *COUNTED]].reset_index(drop=True)


COUNTED = ["asked", "answered"]


def told_of(asked: int, answered: int) -> bool:
    """Whether it may be told how many of a whole group answered: no four of them surely did, or surely did not."""
    return min(answered, asked - answered) >= FEWEST - 1


def _of_municipalities(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Item non-response as in Base, over municipalities alone: with the regions it would tell how they answered."""
    ids = frame.members.loc[frame.members["kind_of_member"] != REGION, "member_id"]
    answers = frame.answers.table
    states = answers.loc[answers["member_id"].isin(ids), ["member_id", "item", "state"]].drop_duplicates()
    counted = pd.crosstab(states["item"], states["state"]).reindex(columns=[ANSWERED, UNANSWERED], fill_value=0)
    rows = [(item.id, *counted.loc[item.id]) for item in survey.questionnaire.items if item.id in counted.index]
    return pd.DataFrame(
        [(name, int(a + m), int(a), int(m)) for name, a, m in rows], columns=["item", "asked", "answered", "missing"]
    )


def no_export(export: Export) -> Export:
    """An export with nothing in it."""
    return Export(export.file, export.platform, (), Columns((), 0), export.rows.head(0))


def no_responses(responses: Responses) -> Responses:
    """Responses of nobody."""
    return Responses(responses.respondents.head(0), responses.answers.nobody(), Accounting((), (), 0, 0))


def nobody(frame: Frame) -> Frame:
    """A Frame with its columns and no rows."""
    empty = frame.item_nonresponse.head(0)
    return Frame(frame.members.head(0), frame.answers.nobody(), frame.by_role.nobody(), frame.conflicts.head(0), empty)


def audited(register: Register, memory: Memory) -> Audit:
    """`audit_of` a register, remembered."""

    def work() -> dict[str, Any]:
        found = audit_of(register)
        return {"response": [*found.response], "counted": _counted(found)}

    told = memory.of(work, *_facts(register))
    return _add(Audit(tuple(told["response"])), *told["counted"])


def released(said: Said, register: Register, minimum: int, audit: Audit, memory: Memory) -> Release:
    """The `release` of a question, remembered, and what was tried for it counted in the audit."""

    def work() -> dict[str, Any]:
        mine = Audit(audit.response)
        found = release(said, register, minimum, mine)
        groups = {by: sorted(options) for by, options in found.groups.items()}
        return {"total": found.total, "groups": groups, "offered": sorted(found.offered), "counted": _counted(mine)}

    asked = (said.item, said.options, said.chosen, minimum, audit.response)
    told = memory.of(work, *asked, *_facts(register))
    _add(audit, *told["counted"])
    groups = {by: frozenset(options) for by, options in told["groups"].items()}
    return Release(told["total"], groups, frozenset(told["offered"]))


def _facts(register: Register) -> tuple[object, ...]:
    """All that is known of a register, but its members' names."""
    return register.cells, register.members, register.cell, register.answered, register.role


def _counted(audit: Audit) -> list[int]:
    return [audit.tried, audit.worlds, audit.narrowest]


def _add(audit: Audit, tried: int, worlds: int, narrowest: int) -> Audit:
    """The audit, with what has been tried elsewhere."""
    audit.tried += tried
    audit.worlds += worlds
    audit.narrowest = min(audit.narrowest, narrowest)
    return audit


@dataclass(frozen=True)
class Protection:
    """What was done to make the tables safe and what the auditor found: the certificate in run.json.

    `merged`: classes put together. `response`: by what it is told who answered. `questions`: how many there are, and `totals`,
    `by_size`, `by_landsdel`, `by_role` of how many of them something is shown. `tried`: rows whose cells and small sums were
    attacked, `worlds` the other ways to answer that were found to give the same numbers; `narrowest`: the least number of
    members between the bounds of a row that is hidden while its neighbours are shown, of which `width` is asked for if so many
    gave the answer.
    """

    merged: tuple[str, ...]
    response: tuple[str, ...]
    questions: int
    totals: int
    by_size: int
    by_landsdel: int
    by_role: int
    tried: int
    worlds: int
    width: int
    narrowest: int


def publish(year: Year, memory: Memory | None = None) -> tuple[Year, Protection]:
    """A Year without any single member's answer in it, and the certificate of what was done to protect them.

    Size classes and landsdelar are merged until each has enough answers; counties, SKR groups and regions are left out; then,
    question by question, answers, roles, landsdel and size give way until nothing follows of any sum over fewer than five
    members. Groups under ten answers keep counts but no percent.
    Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4; Fischetti & Salazar (2001).
    """
    frame, merged = merge_classes(counted_once(year.frame, year.survey.questionnaire), year.survey)
    rows, means, releases, audit = protected(frame, year.survey, memory=memory)
    told = told_bases(releases, year.survey.questionnaire)
    safe = Year(  # field by field: one that is added later is a fault here, not a leak
        wave=replace(year.wave, corrections=()),
        export=no_export(year.export),
        responses=no_responses(year.responses),
        frame=nobody(frame),
        estimates=rows,
        means=means,
        base=shown_base(base_of(year.responses, frame, year.wave), frame, year.survey, audit.response, told),
        problems=(),
        build=PUBLIC,
    )
    return safe, _protection(merged, releases, audit)


def protected(
    frame: Frame, survey: Survey, others: Releases | None = None, memory: Memory | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Release], Audit]:
    """Estimates and means of a frame as they may be published, what is released of each question, and the audit.

    `others`: what is released of questions outside the survey given, which decided who was asked one of its own. `memory`
    knows what was released before of the same answers.
    """
    register, memory = register_of(frame), memory or Memory()
    audit = audited(register, memory)
    said = said_of(frame, survey, COUNTED_KINDS, register)
    whole = {name: released(one, register, survey.minimum_base, audit, memory) for name, one in said.items()}
    releases = followed(whole, survey.questionnaire, others)
    rows = shown_rows(by_role_once(frame, register), survey, releases)
    means = pd.concat(
        [shown_means(rows, survey), shown_quartiles(frame, survey, told_bases(releases, survey.questionnaire))],
        ignore_index=True,
    )
    return rows, means, releases, audit


def _protection(merged: tuple[str, ...], releases: Mapping[str, Release], audit: Audit) -> Protection:
    shown = Counter(by for one in releases.values() for by, options in one.groups.items() if options)
    return Protection(
        merged=merged,
        response=audit.response,
        questions=len(releases),
        totals=sum(one.total for one in releases.values()),
        by_size=shown[SIZE],
        by_landsdel=shown[LANDSDEL],
        by_role=shown[SEGMENT_ROLE],
        tried=audit.tried,
        worlds=audit.worlds,
        width=audit.width,
        narrowest=audit.narrowest,
    )


OF_ROLES = (("roll", "by_role"),)
OF_MEMBERS = (("kommunstorlek", "by_size"), ("landsdel", "by_landsdel"), *OF_ROLES)


def given_up(protection: Protection, survey: Survey) -> str:
    """What is not shown, in words and without telling for which group or why for which question."""
    of, who = protection.questions, survey.nouns.many
    divisions = OF_MEMBERS if survey.of_members else OF_ROLES if survey.questionnaire.of_kind(ROLE) else ()
    parts = [f"för {number(getattr(protection, field))} efter {name}" for name, field in divisions]
    groups = join_words(parts).replace(" efter ", " redovisas något svar också efter ", 1)
    merged = join_words([name.partition(": ")[2] for name in protection.merged])
    return (
        f"För alla {who} redovisas {count_of(protection.totals, of)} frågor med fasta svar"
        + (f"; {groups}. " if parts else ". ")
        + f"Resten visas inte, så att inget om enskilda {who} kan räknas ut; det säger inget om vad någon grupp har svarat."
        + (f" Sammanslagna grupper: {merged}." if merged else "")
    )
