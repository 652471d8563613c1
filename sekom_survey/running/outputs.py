"""The files of a build that the notebooks do not write: tables, pages, documents and the record."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sekom_survey.counted.year import INTERNAL, PUBLIC
from sekom_survey.found.facts import fact_table
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.text import goal_table
from sekom_survey.found.indicators.standing import statistics_table, values_table
from sekom_survey.found.themes import theme_names
from sekom_survey.model import Section, Unusable
from sekom_survey.protected.scan import public_names, scan
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.manifest import note_outputs, write_manifest
from sekom_survey.running.quick.kept import Kept, digest
from sekom_survey.running.quick.told import files_in, told
from sekom_survey.shown.goal_lines import goals_page
from sekom_survey.text.places import wave_name
from sekom_survey.text.rows import guarded
from sekom_survey.written.brand import Brand
from sekom_survey.written.formats import BOARDS_FILES, FORMATS, Material
from sekom_survey.written.report import report_of

COMPARISONS_FILE = "comparisons.csv"
ESTIMATES = ("item", "option", "segmentation", "segment", "base", "population", "count", "share", "low", "high", "low_members",
             "high_members", "possible_low", "possible_high", "suppressed", "reason")  # fmt: skip
RELEASED = {
    "findings": ("kind", "item", "name", "question", "option", "segmentation", "first", "second", "status", "first_count", "first_base",
                 "first_population", "second_count", "second_base", "second_population", "difference", "low", "high", "p",
                 "missed", "verdict", "sentence"),
    "estimates": ESTIMATES,
    "themes": ESTIMATES,
    "means": ("item", "statistic", "segmentation", "segment", "base", "population", "value", "low", "high", "suppressed", "reason"),
    "goals": ("goal", "goal_name", "indicator", "name", "unit", "baseline", "outcome", "low", "high", "target", "status", "cause", "trend", "decided",
              "reason", "source"),
    "claims": ("claim", "quote", "verdict", "figures"),
    "trace": ("activity", "focus", "level", "answers", "finding", "question"),
    "indicators": ("indicator", "label", "unit", "good", "year", "common", "segmentation", "segment", "members", "reported", "filled",
                   "mean", "low", "high", "q1", "median", "q3"),
}  # fmt: skip
"""The tables and columns of a public build; a new one is public only when it is written here."""


@dataclass(frozen=True, eq=False)
class Build:
    """A build's name, its folder, what may be shown in it, and its csv tables by name."""

    name: str
    folder: Path
    found: Findings | PublicFindings
    tables: dict[str, pd.DataFrame]


def build_of(found: Findings | PublicFindings, folder: Path, kept: Kept, compared: str = "") -> Build:
    """A build with its tables worked out; which one it is, its findings say. `compared`: what comparisons are kept by."""
    if isinstance(found, PublicFindings):
        return Build(found.build, folder, found, public_tables(found))
    _write_comparisons(found, folder, kept, compared)
    return Build(found.build, folder, found, internal_tables(found))


def _write_comparisons(found: Findings, folder: Path, kept: Kept, key: str) -> None:
    """comparisons.csv, which takes longest to work out and rests on nothing but the answers: kept by them."""
    folder.mkdir(parents=True)
    if not kept.take(key, folder):
        write_csv(found.comparisons, folder / COMPARISONS_FILE)
        kept.put(key, folder, [folder / COMPARISONS_FILE])


def write_build(build: Build, sections: list[Section], brand: Brand | None, kept: Kept | None = None) -> None:
    """Everything in a build's folder beside the notebooks' figures. Raises Unusable when a public build leaks."""
    found, folder, tables = build.found, build.folder, build.tables
    year, shown = found.year, found.shown
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    report = report_of(shown, sections, build.name, wave_name(year.wave.folder), found)
    facts = (shown.survey, shown.base, shown.frame.conflicts, shown.problems)
    names = theme_names(found.themes) or {}
    goals = goals_page(found.goals, year.survey, build.name) if found.goals is not None else None
    _write_formats(Material(report, *facts, tables, folder / "figures", brand, names, goals), folder, kept)
    write_manifest(shown, folder, found.inputs(), found.protection if isinstance(found, PublicFindings) else None)
    if build.name == PUBLIC:
        _refuse_leaks(found, folder)


def _write_formats(made: Material, folder: Path, kept: Kept | None) -> None:
    """Each format, but as the last run left it when all that it is written of is as it was."""
    known = told(made, files_in(made.figures)) if kept else ""
    for one in FORMATS:
        key = f"document-{made.report.build}-{one.FILE}-{digest(known)}"
        if kept is None or not kept.take(key, folder):
            one.write(made, folder / one.FILE)
            if kept:
                kept.put(key, folder, [path for path in [folder / one.FILE] if path.exists()])


def share_boards_files(builds: Sequence[Build]) -> None:
    """Lay the board's papers, which the public build has made, in the internal build's folder too."""
    folders = {build.name: build.folder for build in builds}
    if set(folders) == {INTERNAL, PUBLIC}:
        for name in BOARDS_FILES:
            shutil.copyfile(folders[PUBLIC] / name, folders[INTERNAL] / name)
        note_outputs(folders[INTERNAL], BOARDS_FILES)


def internal_tables(found: Findings) -> dict[str, pd.DataFrame]:
    """The csv files of an internal build but that of the comparisons, by name."""
    tables = {"findings": fact_table(found.facts), "estimates": found.year.estimates, "means": found.year.means}
    if found.changes is not None:
        tables["changes"] = found.changes
    if found.themes is not None:
        tables["themes"] = found.themes.estimates
    if found.indicators is not None:
        tables["indicators"] = statistics_table(found.indicators, found.year.survey.size_classes)
        tables["indicator_values"] = values_table(found.indicators)
    return tables | _plan_tables(found)


def public_tables(found: PublicFindings) -> dict[str, pd.DataFrame]:
    """The csv files of a public build: these and of these the columns in RELEASED, whatever else a table may hold."""
    shown = {"estimates": found.shown.estimates, "means": found.shown.means}
    tables = {"findings": fact_table(found.facts)} | shown | _plan_tables(found)
    if found.themes is not None:
        tables["themes"] = found.themes.estimates
    if found.indicators is not None:
        tables["indicators"] = statistics_table(found.indicators)
    return {name: table[[column for column in RELEASED[name] if column in table]] for name, table in tables.items()}


def _plan_tables(found: Findings | PublicFindings) -> dict[str, pd.DataFrame]:
    tables = {}
    if found.goals is not None:
        tables["goals"] = goal_table(found.goals)
    if len(found.claims):
        tables["claims"] = found.claims
    if found.trace is not None:
        tables["trace"] = found.trace
    return tables


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """A table as UTF-8 csv, the same bytes for the same table; no cell of it is a formula to a spreadsheet."""
    guarded(table).to_csv(path, index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g")


def _refuse_leaks(found: Findings | PublicFindings, folder: Path) -> None:
    year = found.year
    asked = [item.id for item in year.wave.questionnaire.items if item.consent]
    consented = {text for item in asked for text in found.quotable(item)["text"]}
    leaks = scan(folder, set(year.frame.answers.table["text"]) - consented, public_names(year))
    if leaks:
        raise Unusable(leaks)
