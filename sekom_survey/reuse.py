"""Which notebooks need not run again: those whose own text and everything they rest on are as in the last run."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from sekom_survey.execute import Executed, Job, exhibit_ids
from sekom_survey.findings import Findings, has_answers, last_years_folder
from sekom_survey.kept import Kept, digest

APART = {
    "codebook.toml": "_coded",
    "codings.csv": "_coded",
    "goals.toml": "goals",
    "decisions.csv": "goals",
    "claims.toml": "_judged",
}
APART_BEFORE = {"codebook.toml": "_coded_before", "codings.csv": "_coded_before"}
RESTS_ON = "rests_on.json"
OURS = ("sekom_survey.exhibits", "sekom_survey.notebook")


def kept_notebook(job: Job, found: Findings, kept: Kept) -> Executed | None:
    """A notebook as the last run left it, its files put in place; None when it has to run."""
    key = _key(job, found)
    entry = kept.find(key)
    if entry is None:
        return None
    rested = json.loads((entry / RESTS_ON).read_text(encoding="utf-8"))
    if rested != _state(found, rested):
        return None
    kept.take(key, job.run_folder)
    (job.run_folder / RESTS_ON).unlink()
    return Executed(job, nbformat.read(job.run_folder / "notebooks" / f"{job.path.stem}.ipynb", as_version=4))


def keep_notebook(done: Executed, found: Findings, kept: Kept) -> None:
    """Keep what a notebook made for the next run, when all it rests on is known."""
    if done.rests_on is None or not only_ours(done.notebook):
        return
    folder, name = done.job.run_folder, done.job.path.stem
    note = folder / RESTS_ON
    note.write_text(json.dumps(_state(found, done.rests_on)), encoding="utf-8")
    figures = (path for one in exhibit_ids(done.notebook) for path in (folder / "figures").glob(f"{one}[.-]*"))
    kept.put(_key(done.job, found), folder, [note, *figures, *(folder / "notebooks").glob(f"{name}.*")])
    note.unlink()


def only_ours(notebook: Any) -> bool:
    """Whether a notebook reads nothing but through the year it opens."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module not in OURS):
                    return False
    return True


def _key(job: Job, found: Findings) -> str:
    return f"{job.build}-{job.path.stem}-" + digest(job.path.read_text(encoding="utf-8"), *always_read(found))


def always_read(found: Findings) -> list[str]:
    """Every file of this year and the last that any part may read, with its content."""
    folder = found.year.wave.folder.resolve()
    before = last_years_folder(folder, found.year.survey.year)
    files = [path for path in _files(folder) if path.name not in APART]
    if before:
        apart = APART_BEFORE if has_answers(before) else {}
        files += [path for path in _files(before) if path.name not in apart]
    files += folder.parent.glob("*/survey.toml")
    return sorted(f"{path.relative_to(folder.parent).as_posix()} {_sha(path)}" for path in set(files))


def _state(found: Findings, parts: Iterable[str]) -> Mapping[str, list[str]]:
    """The parts, each with the files that only it reads and their content."""
    folder = found.year.wave.folder.resolve()
    before = last_years_folder(folder, found.year.survey.year)
    state: dict[str, list[str]] = {part: [] for part in sorted(parts)}
    for home, apart in ((folder, APART), (before, APART_BEFORE)):
        for name, part in apart.items():
            if part in state and home:
                state[part].append(f"{home.name}/{name} {_sha(home / name)}")
    return state


def _files(folder: Path) -> list[Path]:
    """What lies in a year's folder but notebooks, hidden files and those of an open Excel."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$")))
    return [path for path in found if path.suffix != ".ipynb"]


def _sha(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
