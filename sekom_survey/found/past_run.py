"""What a run left behind, read again: run.json and its tables, also of a year whose answers have been erased."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.register import read_members
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.shipped import codebook_file
from sekom_survey.counted.rows import is_asked
from sekom_survey.found.goals.activities import read_activities
from sekom_survey.found.themes import CODED_COLUMNS, Themes
from sekom_survey.model import Condition, Item, Option, Problem, Questionnaire, Survey, Unusable, errors
from sekom_survey.text.files import NotText, read_rows

PUBLISHED = "published"
MANIFEST = "run.json"
KEYS: Mapping[str, tuple[str, ...]] = {
    "estimates": ("item", "option", "segmentation", "segment"),
    "means": ("item", "statistic", "segmentation", "segment"),
    "goals": ("indicator",),
    "claims": ("claim",),
    "indicators": ("indicator", "year", "segmentation", "segment"),
    "indicator_values": ("indicator", "member_id", "year"),
}
MAX_BYTES = 50_000_000
Key = tuple[str, ...]
Row = Mapping[str, str]


@dataclass(frozen=True)
class PastRun:
    """A run as it was left: run.json and, by name, its tables as key -> row of text cells."""

    folder: Path
    manifest: Mapping[str, Any]
    tables: Mapping[str, Mapping[Key, Row]]

    @property
    def wave(self) -> str:
        """The wave's name."""
        return str(self.manifest.get("wave", self.folder.name))

    def part(self, name: str) -> Mapping[str, Any]:
        """A table of run.json, empty when it is not there."""
        found = self.manifest.get(name)
        return found if isinstance(found, dict) else {}

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions as they were asked; empty in runs that did not keep them."""
        stated = self.part("definitions").get("questions", {})
        return Questionnaire(tuple(_item(one) for one in stated.values()))


def find_run(name: str, reports: Path, surveys: Path) -> Path:
    """The folder a user means by a run: a folder, or a wave's internal, public or, when erased, published numbers."""
    tried = (
        Path(name),
        Path(name) / "internal",
        reports / name / "internal",
        reports / name / "public",
        surveys / name / PUBLISHED,
    )
    for folder in tried:
        if (folder / MANIFEST).is_file():
            return folder
    todo = f"Kör först: sekom run {name}. Eller ange en rapportmapp som har run.json."
    raise Unusable([Problem("run_missing", name, "", "Det finns ingen körning att jämföra med.", todo)])


def kept_run(folder: Path) -> PastRun | None:
    """The published numbers that a year's folder keeps when its answers are erased; None when there are none to use."""
    try:
        run = read_run(folder / PUBLISHED)
    except Unusable:
        return None
    return run if run.questionnaire.items else None


def read_run(folder: Path) -> PastRun:
    """A run's folder to what it left. Raises Unusable when run.json cannot be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or not _is_told(PastRun(folder, manifest, {})):
        todo = "Gör om körningen med sekom run."
        raise Unusable([Problem("run_unreadable", f"{folder.name}/{MANIFEST}", "", "Filen går inte att läsa.", todo)])
    return PastRun(folder, manifest, {name: _table(folder / f"{name}.csv", key) for name, key in KEYS.items()})


def _is_told(run: PastRun) -> bool:
    """Whether the questions can be read as they were written."""
    try:
        items = run.questionnaire.items
    except (TypeError, KeyError, AttributeError, ValueError):
        return False
    return all(map(_is_item, items))


def _is_item(item: Item) -> bool:
    texts = [
        item.id,
        item.kind,
        item.text,
        item.group_text,
        item.group or "",
        *(option.label for option in item.options),
    ]
    numbers = [item.low, item.high, item.top, item.max, *(option.score for option in item.options)]
    return all(isinstance(text, str) for text in texts) and all(
        number is None or type(number) in (int, float) for number in numbers
    )


def _table(path: Path, key: Key) -> dict[Key, Row]:
    """A csv by its key columns; empty when it is missing, unreadable or lacks one of them."""
    try:
        header, *lines = read_rows(path) if path.stat().st_size < MAX_BYTES else [[]]
    except (OSError, NotText, ValueError, csv.Error):
        return {}
    rows = [dict(zip(header, line, strict=False)) for line in lines if line]
    return {tuple(row[name] for name in key): row for row in rows if set(key) <= row.keys()}


def _item(stated: Mapping[str, Any]) -> Item:
    known = {field.name for field in fields(Item)}
    values = {key: value for key, value in stated.items() if key in known}
    values["options"] = tuple(Option(**option) for option in stated.get("options", ()))
    values["wordings"] = tuple(stated.get("wordings", ()))
    if stated.get("asked_if"):
        values["asked_if"] = Condition(stated["asked_if"]["item"], tuple(stated["asked_if"]["options"]))
    return Item(**values)


ACTIVITIES_FILE = "activities.csv"
THEMES_FILE = "themes.csv"


@dataclass(frozen=True, eq=False)
class ErasedYear:
    """A year without answers: ids of the members that were asked, the activity log, published numbers and themes."""

    survey: Survey
    members: frozenset[str]
    log: pd.DataFrame | None
    run: PastRun | None
    themes: Themes | None


def read_erased(folder: Path) -> ErasedYear | None:
    """A year's folder to what is left of it; None when its questions or register cannot be read."""
    survey, _ = read_survey(folder / "survey.toml", folder.name)
    if survey is None:
        return None
    members, problems = read_members(folder / "members.csv", folder.name, survey.region_overrides)
    if errors(problems):
        return None
    asked = frozenset(member.member_id for member in members if is_asked(member, survey))
    path = folder / ACTIVITIES_FILE
    log, problems = read_activities(path, path.name, members, survey.year) if path.exists() else (None, [])
    return ErasedYear(survey, asked, None if errors(problems) else log, kept_run(folder), _themes(folder))


def _themes(folder: Path) -> Themes | None:
    """The published themes, all of them approved; no texts and no decisions are left."""
    path = folder / PUBLISHED / THEMES_FILE
    book = codebook_file(folder)
    if not path.is_file() or book is None:
        return None
    codebook, problems = load_codebook(book, folder.name)
    try:
        estimates = pd.read_csv(path, dtype={"suppressed": bool}, keep_default_na=False, na_values=[""])
    except (OSError, ValueError):
        return None
    if errors(problems) or estimates.empty or not {"item", "option", "count", "base"} <= set(estimates.columns):
        return None
    return Themes(codebook, pd.DataFrame(columns=list(CODED_COLUMNS)), estimates, (), (), frozenset(estimates["item"]))
