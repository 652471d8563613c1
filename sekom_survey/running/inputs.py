"""The files that a run rests on, with their content: what must be as it was for what was made to stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sekom_survey.asked.load import has_answers, last_years_folder, wave_folder
from sekom_survey.coding.decisions import coder_files
from sekom_survey.text.files import is_leftover
from sekom_survey.text.places import notebooks_of
from sekom_survey.text.toml import read_toml

CODINGS = "codings.csv"
APART = {
    "codebook.toml": "_coded",
    CODINGS: "_coded",
    "goals.toml": "goals",
    "decisions.csv": "goals",
    "claims.toml": "_judged",
}
APART_BEFORE = {"codebook.toml": "_coded_before", CODINGS: "_coded_before"}


def every_file(folder: Path) -> list[str]:
    """Every file that a run of a year's folder may read, of this year and the last, with its content."""
    return _told([*_read(folder), *notebooks_of(folder)], folder)


def always_read(folder: Path) -> list[str]:
    """Those of them that any part may read: all but notebooks and what belongs to a part alone."""
    before = _before(folder)
    apart = {(folder.resolve(), name) for name in APART}
    if before and has_answers(before):
        apart |= {(before, name) for name in APART_BEFORE}
    return _told([path for path in _read(folder) if (path.parent, _read_as(path)) not in apart], folder)


def read_for(folder: Path, parts: Iterable[str]) -> Mapping[str, list[str]]:
    """The parts of a year's findings, each with the files that only it reads and their content."""
    folder, before = folder.resolve(), _before(folder)
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


def _read(folder: Path) -> list[Path]:
    """What lies in this year's folder and the last, and the file that tells which year each folder beside them is."""
    folder, before = folder.resolve(), _before(folder)
    waves = [
        path for name in _named(read_toml(folder / "goals.toml", "")[0], "wave") for path in _wave_files(folder, name)
    ]
    return [*_files(folder), *(_files(before) if before else ()), *waves, *folder.parent.glob("*/survey.toml")]


def _named(data: object, key: str) -> Iterator[str]:
    """Every text that stands for a key anywhere in a TOML file."""
    parts = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    if isinstance(data, dict) and isinstance(data.get(key), str):
        yield data[key]
    yield from (name for part in parts for name in _named(part, key))


def _wave_files(folder: Path, name: str) -> list[Path]:
    """What lies in the folder of another survey that a goal takes its outcome from."""
    other = wave_folder(folder.parent, name)
    return _files(other) if other else []


def _before(folder: Path) -> Path | None:
    year = read_toml(folder / "survey.toml", "survey.toml")[0].get("year")
    return last_years_folder(folder.resolve(), year) if isinstance(year, int) else None


def _files(folder: Path) -> list[Path]:
    """What lies in a year's folder but notebooks, hidden files and those of an open Excel."""
    found = (path for path in folder.rglob("*") if path.is_file() and not is_leftover(path.name))
    return [path for path in found if path.suffix != ".ipynb"]


def _told(files: Iterable[Path], folder: Path) -> list[str]:
    home = folder.resolve().parent
    return sorted(f"{_name(path, home)} {_sha(path)}" for path in set(files))


def _name(path: Path, home: Path) -> str:
    """A file's name that says nothing of where on the machine it lies."""
    path = path.absolute()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name


def _sha(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
