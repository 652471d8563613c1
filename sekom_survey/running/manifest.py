"""run.json: what went in, what came out, with which versions, and what was chosen by rule and by hand; no person's answer."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from sekom_survey import __version__
from sekom_survey.asked.load import last_years_folder
from sekom_survey.coding.decisions import Decision, read_decisions
from sekom_survey.coding.shipped import codebook_file
from sekom_survey.counted.year import Year
from sekom_survey.found.goals import decisions as board
from sekom_survey.found.past_run import PUBLISHED
from sekom_survey.found.texts import CODINGS_FILE
from sekom_survey.model import Correction, Item, Problem, Survey, Wave
from sekom_survey.protected import Protection
from sekom_survey.text.files import is_leftover
from sekom_survey.text.places import NOTEBOOKS, notebooks_of, wave_name
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import read_toml

PUBLIC_RULES = ("correction", "headline", "equivalence", "minimum_base")
_QUOTED = re.compile("”.*”", re.DOTALL)
PACKAGES = (
    "pandas",
    "numpy",
    "scipy",
    "matplotlib",
    "textblob",
    "python-calamine",
    "xlsxwriter",
    "nbclient",
    "nbconvert",
    "jinja2",
)


def write_manifest(
    year: Year, folder: Path, further: tuple[Path, ...] = (), protection: Protection | None = None
) -> None:
    """Write run.json over everything that already lies in `folder`; no clock and no path of the machine in it.

    No build tells what anybody answered: words quoted in a problem and struck answers are left out. A public build, which
    has a `protection`, tells of the questions, the rules, the programs and its own files, and nothing of any file that went
    in: the hash of a small file gives the file away to anyone who tries, and its number of rows tells who answered twice.
    """
    content = _outcome(year, folder)
    content |= (
        _origin(year, further) | {"chosen_by_rule": by_rule(year, folder)}
        if protection is None
        else {
            "chosen_by_rule": {name: by_rule(year, folder)[name] for name in PUBLIC_RULES},
            "protection": asdict(protection),
        }
    )
    _put(content, folder)


def _put(content: Mapping[str, object], folder: Path) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _outcome(year: Year, folder: Path) -> dict[str, object]:
    """What was asked and what came out, with which versions."""
    return {
        "wave": wave_name(year.wave.folder),
        "synthetic": year.survey.synthetic,
        "definitions": definitions(year.survey, codebook_file(year.wave.folder)),
        "outputs": {
            path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()
        },
        "versions": {
            "sekom-survey": __version__,
            "python": platform.python_version(),
            **{name: _version(name) for name in PACKAGES},
        },
    }


def _origin(year: Year, further: tuple[Path, ...]) -> dict[str, object]:
    """What went in, what became of it and who decided what: for the office."""
    wave, accounting = year.wave, year.base.accounting
    return {
        "inputs": {path.relative_to(wave.folder).as_posix(): sha256(path) for path in (*wave.inputs, *further)},
        "notebooks": {
            path.name: sha256(path)
            for path in notebooks_of(wave.folder)
            if path.parent == NOTEBOOKS or path.is_relative_to(wave.folder)
        },
        "platform": year.export.platform,
        "counts": {
            "rows_read": accounting.rows_read,
            "cells_read": accounting.cells_read,
            "rows": dict(accounting.rows),
            "cells": dict(accounting.cells),
            "left_behind": dict(year.export.dropped),
            "closes": accounting.closes,
        },
        "last_year": _last_year(wave),
        "by_hand": by_hand(wave.folder, wave.corrections),
        "problems": [_told(problem) for problem in year.problems],
        "corrections": [correction_told(correction) for correction in wave.corrections],
    }


def _told(problem: Problem) -> dict[str, str]:
    correction_told = {
        **asdict(problem),
        "found": _QUOTED.sub("”…”", problem.found),
        "todo": _QUOTED.sub("”…”", problem.todo),
    }
    return {key: value for key, value in correction_told.items() if key != "mends"}


def _last_year(wave: Wave) -> dict[str, str]:
    """The files of last year's folder that this year is compared with."""
    folder = last_years_folder(wave.folder, wave.survey.year) if wave.survey.of_members else None
    paths = [path for pattern in ("*", "export/*", f"{PUBLISHED}/*") for path in folder.glob(pattern)] if folder else []
    return {
        path.relative_to(folder.parent).as_posix(): sha256(path)
        for path in sorted(paths)
        if folder and path.is_file() and not is_leftover(path.name)
    }


def definitions(survey: Survey, codebook: Path | None) -> dict[str, object]:
    """What the numbers of a year mean: dates, limits, the codebook's version and every question as it was asked."""
    return {
        "opened": survey.opened.isoformat(),
        "closed": survey.closed.isoformat(),
        "frame_date": survey.frame_date.isoformat(),
        "minimum_base": survey.minimum_base,
        "size_limits": list(survey.size_classes.limits),
        "regions": dict(survey.region_overrides),
        "codebook": read_toml(codebook, codebook.name)[0].get("version", "") if codebook else "",
        "questions": {item.id: _stated(item) for item in survey.questionnaire.items},
    }


def _stated(item: Item) -> dict[str, object]:
    """An item's fields that say something."""
    options = [{key: value for key, value in asdict(option).items() if value} for option in item.options]
    fields = {
        key: value
        for key, value in asdict(item).items()
        if value is not None and value is not False and value not in ("", ())
    }
    return {**fields, "core": item.core, **({"options": options} if options else {})}


def note_outputs(folder: Path, names: Iterable[str]) -> None:
    """Files that came to a build's folder after its record was written, with their hashes."""
    content = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    content["outputs"] |= {name: sha256(folder / name) for name in names}
    _put(content, folder)


def sha256(path: Path) -> str:
    """A file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


DECISIONS_FILE = "decisions.csv"
TESTED = ("comparisons.csv", "changes.csv")


def by_rule(year: Year, folder: Path) -> dict[str, Any]:
    """Tests and how many numbers each was used on, their correction, answers merged by rule, numbers hidden by reason.

    `folder` is the build's, where the tables with tests lie; a public build has none, nor merged answers.
    """
    tables = {"estimates": year.estimates, "means": year.means}
    return {
        "tests": {
            name.removesuffix(".csv"): _counted(folder / name, "test") for name in TESTED if (folder / name).is_file()
        },
        "correction": year.survey.comparisons.correction,
        "headline": list(year.survey.comparisons.headline),
        "equivalence": year.survey.comparisons.equivalence,
        "minimum_base": year.survey.minimum_base,
        "answers_merged": _counts(year.frame.conflicts["rule"]) if len(year.frame.conflicts) else {},
        "hidden": {
            name: _counts(table.loc[table["suppressed"].astype(bool), "reason"]) for name, table in tables.items()
        },
    }


def _counted(path: Path, column: str) -> dict[str, int]:
    return _counts(pd.read_csv(path, usecols=[column])[column].dropna())


def _counts(values: Iterable[Any]) -> dict[str, int]:
    return {str(value): int(n) for value, n in sorted(Counter(values).items())}


def by_hand(folder: Path, corrections: Iterable[Correction]) -> dict[str, Any]:
    """Corrections by kind, theme decisions by coder, and the board's decisions."""
    rows, _ = read_decisions(folder / CODINGS_FILE)
    sheet = read_sheet(folder / DECISIONS_FILE, DECISIONS_FILE, board.COLUMNS, board.COLUMNS, board.ALIASES)
    decided = [
        {name: cells.get(name, "") for name in ("date", "indicator", "status", "who")} for _, cells in sheet.rows
    ]
    return {
        "corrections": _counts(correction.action for correction in corrections),
        "codings": [_coder(coder, rows) for coder in sorted({row.coder for row in rows})],
        "decisions": decided,
    }


def _coder(coder: str, rows: Iterable[Decision]) -> dict[str, Any]:
    """How many theme decisions on how many texts, between which days and with which codebooks."""
    found = [row for row in rows if row.coder == coder]
    days = sorted(row.date for row in found)
    return {
        "coder": coder,
        "decisions": len(found),
        "texts": len({row.key for row in found}),
        "first": days[0],
        "last": days[-1],
        "codebooks": sorted({row.codebook_version for row in found}),
    }


def correction_told(correction: Correction) -> Mapping[str, str]:
    """A correction as run.json tells it: of a struck answer the place and the reason, never the words."""
    stated = asdict(correction)
    return {**stated, "found": ""} if correction.action == "strike" else stated
