"""plan.csv: each activity of the plan, the finding it answers and the question behind; what has no other end is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sekom_survey.coding.codebook import Codebook
from sekom_survey.found.claims import CLAIMS_FILE, Claim, read_claims
from sekom_survey.model import Item, Problem, Questionnaire, Wave, errors
from sekom_survey.text.phrases import after
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean

PLAN_FILE = "plan.csv"
COLUMNS = ("activity", "focus", "level", "answers")
ALIASES: Mapping[str, str] = {
    "aktivitet": "activity",
    "fokusområde": "focus",
    "område": "focus",
    "nivå": "level",
    "svarar_på": "answers",
    "fynd": "answers",
}
TRACE = ("activity", "focus", "level", "answers", "finding", "verdict", "question")
_APART = re.compile(r"[;,\s]+")


@dataclass(frozen=True)
class Activity:
    """An activity of the plan and the ids of what it answers: claims, questions or themes."""

    name: str
    focus: str
    level: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Answerable:
    """What an activity may answer: a claim, a question or a theme, with the questions that it was found in."""

    id: str
    text: str
    questions: tuple[str, ...]


def items_of(claim: Claim, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The ids of the questions that a claim's rule names, in the order of its terms."""
    ids = {item.id for item in questionnaire.items}
    rule = claim.rule
    values = [getattr(rule, field.name) for field in fields(rule)] if is_dataclass(rule) else []
    return tuple(dict.fromkeys(name for value in values for name in _flat(value) if name in ids))


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _flat(one)


def known_findings(
    claims: Sequence[Claim], questionnaire: Questionnaire, themes: Mapping[str, str], coded: Mapping[str, str]
) -> dict[str, Answerable]:
    """Everything that an activity may answer, by id; `themes` are their names and `coded` the question each is found in."""
    asked = {item.id: item for item in questionnaire.items}
    found = {item.id: Answerable(item.id, item.short, (worded(item),)) for item in questionnaire.items}
    found |= {
        item.group: Answerable(item.group, item.group_text, (item.group_text,)) for item in asked.values() if item.group
    }
    for theme, name in themes.items():
        item = asked.get(coded.get(theme, ""))
        found[theme] = Answerable(theme, name, (worded(item),) if item else ())
    for claim in claims:
        questions = dict.fromkeys(worded(asked[name]) for name in items_of(claim, questionnaire))
        found[claim.id] = Answerable(claim.id, claim.quote, tuple(questions))
    return found


def worded(item: Item) -> str:
    """A question as it was asked; a row of a matrix with the question above it."""
    return after(item.group_text, item.text) if item.group_text else item.text


def read_plan(path: Path, shown: str, known: Collection[str]) -> tuple[tuple[Activity, ...], list[Problem]]:
    """plan.csv to Activities in order and the problems met, named by row; none without the file."""
    if not path.exists():
        return (), []
    sheet = read_sheet(path, shown, COLUMNS, ("activity", "answers"), ALIASES)
    problems = list(sheet.problems)
    if errors(problems):
        return (), problems
    activities = []
    for line, cells in sheet.rows:
        answers = tuple(filter(None, _APART.split(cells.get("answers", ""))))
        if not cells.get("activity"):
            problems.append(Problem("cell_missing", shown, f"rad {line}", "activity är tomt.", "Fyll i activity."))
        for name in answers:
            if name not in known:
                todo = "Skriv ett id ur claims.toml, en frågas id eller ett temas id." + did_you_mean(name, known)
                problems.append(Problem("reference_unknown", shown, f"rad {line}", f"”{name}” finns inte.", todo))
        activities.append(Activity(cells.get("activity", ""), cells.get("focus", ""), cells.get("level", ""), answers))
    return tuple(activities), problems


def trace_table(
    activities: Sequence[Activity],
    known: Mapping[str, Answerable],
    claims: Sequence[Claim],
    verdicts: Mapping[str, str],
) -> pd.DataFrame:
    """One row an activity and finding; columns: TRACE. `verdicts` are those of claims, by id.

    Then those without another end: an activity that answers nothing has no `answers`, a claim that was tried on questions and
    that no activity answers has no `activity`.
    """
    rows = []
    for one in activities:
        for name in one.answers or ("",):
            rows.append((one.name, one.focus, one.level, *_told(name, known, verdicts)))
    answered = {name for one in activities for name in one.answers}
    left = [claim.id for claim in claims if claim.id not in answered and known[claim.id].questions]
    rows += [("", "", "", *_told(name, known, verdicts)) for name in left]
    return pd.DataFrame(rows, columns=list(TRACE))


def _told(name: str, known: Mapping[str, Answerable], verdicts: Mapping[str, str]) -> tuple[str, str, str, str]:
    if not name:
        return "", "", "", ""
    finding = known[name]
    return name, finding.text, verdicts.get(name, ""), " / ".join(finding.questions)


def traced(
    wave: Wave, codebook: Codebook | None, verdicts: Mapping[str, str]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The trace table of a year's plan.csv and the problems met; None without the file, or when it cannot be used."""
    if not (wave.folder / PLAN_FILE).exists():
        return None, []
    claims, _ = read_claims(wave.folder / CLAIMS_FILE, CLAIMS_FILE, wave.questionnaire)
    asked = {item.codebook: item.id for item in wave.questionnaire.items if item.codebook}
    themes = codebook.themes if codebook else ()
    coded = {one.id: asked.get(one.question, "") for one in themes}
    known = known_findings(claims, wave.questionnaire, {one.id: one.name for one in themes}, coded)
    activities, problems = read_plan(wave.folder / PLAN_FILE, f"{wave.name}/{PLAN_FILE}", known)
    return (None if errors(problems) else trace_table(activities, known, claims, verdicts)), problems
