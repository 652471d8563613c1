"""The files that what a year shows rests on, with their content: what must be as it was for a result to stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sekom_survey.coding.decisions import coder_files
from sekom_survey.counted.year import Year
from sekom_survey.found.findings import has_answers, last_years_folder
from sekom_survey.text.files import is_leftover

CODINGS = "codings.csv"
APART = {
    "codebook.toml": "_coded",
    CODINGS: "_coded",
    "goals.toml": "goals",
    "decisions.csv": "goals",
    "claims.toml": "_judged",
}
APART_BEFORE = {"codebook.toml": "_coded_before", "codings.csv": "_coded_before"}


def always_read(year: Year) -> list[str]:
    """Every file of this year and the last that any part may read, with its content."""
    folder = year.wave.folder.resolve()
    before = last_years_folder(folder, year.survey.year)
    files = [path for path in _files(folder) if _read_as(path) not in APART]
    if before:
        apart = APART_BEFORE if has_answers(before) else {}
        files += [path for path in _files(before) if _read_as(path) not in apart]
    files += folder.parent.glob("*/survey.toml")
    return sorted(f"{path.relative_to(folder.parent).as_posix()} {_sha(path)}" for path in set(files))


def read_for(year: Year, parts: Iterable[str]) -> Mapping[str, list[str]]:
    """The parts of a year's findings, each with the files that only it reads and their content."""
    folder = year.wave.folder.resolve()
    before = last_years_folder(folder, year.survey.year)
    state: dict[str, list[str]] = {part: [] for part in sorted(parts)}
    for home, apart in ((folder, APART), (before, APART_BEFORE)):
        for name, part in apart.items():
            if part in state and home:
                files = [home / name, *(coder_files(home / name) if name == CODINGS else ())]
                state[part].append(f"{home.name}/{name} {' '.join(map(_sha, files))}")
    return state


def _read_as(path: Path) -> str:
    """The name a file is read by: each coder's own file is a part of codings.csv."""
    return CODINGS if path.match("codings-*.csv") else path.name


def _files(folder: Path) -> list[Path]:
    """What lies in a year's folder but notebooks, hidden files and those of an open Excel."""
    found = (path for path in folder.rglob("*") if path.is_file() and not is_leftover(path.name))
    return [path for path in found if path.suffix != ".ipynb"]


def _sha(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
