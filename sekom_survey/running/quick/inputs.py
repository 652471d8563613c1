"""The files that a run rests on, with their content: what must be as it was for what was made to stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.asked.load import has_answers, last_years_folder, wave_folder
from sekom_survey.text.files import is_copy, is_leftover
from sekom_survey.text.places import notebooks_of
from sekom_survey.text.toml import read_toml

CODINGS, GOALS = "codings.csv", "goals.toml"
APART = {
    "codebook.toml": "_coded",
    CODINGS: "_coded",
    GOALS: "goals",
    "decisions.csv": "goals",
    "claims.toml": "_claimed",
}
APART_BEFORE = {"codebook.toml": "_coded_before", CODINGS: "_coded_before"}


@dataclass(frozen=True)
class Inputs:
    """The files that a run may read, each as its name and what it holds: all of them, and as parts of the year rest on them.

    `always`: what any part may read, which is all but notebooks and what belongs to a part alone; `apart`: that, by part.
    """

    every: tuple[str, ...]
    always: tuple[str, ...]
    apart: Mapping[str, tuple[str, ...]]

    def of(self, parts: Iterable[str]) -> dict[str, list[str]]:
        """Parts of a year's findings, each with the files that only it reads."""
        return {part: [*self.apart.get(part, ())] for part in sorted(parts)}


def inputs_of(folder: Path) -> Inputs:
    """What a run of a year's folder would read now, of this year and the last."""
    folder, before = folder.resolve(), _before(folder)
    beside = {*_files(folder), *(_files(before) if before else ()), *folder.parent.glob("*/survey.toml")}
    files = beside.union(*(_wave_files(folder, name) for name in _named(read_toml(folder / GOALS, "")[0], "wave")))
    told = {path: f"{_name(path, folder.parent)} {_sha(path)}" for path in {*files, *notebooks_of(folder)}}
    parts = {path: part for path in files if (part := _part(path, folder, before))}
    return Inputs(
        tuple(sorted(told.values())),
        tuple(sorted(told[path] for path in files if path not in parts)),
        {part: tuple(sorted(told[path] for path in parts if parts[path] == part)) for part in set(parts.values())},
    )


def _part(path: Path, folder: Path, before: Path | None) -> str | None:
    """The part that a file belongs to alone; each coder's own file is read with codings.csv."""
    name = CODINGS if is_copy(path.name, CODINGS) else path.name
    if path.parent == folder:
        return APART.get(name)
    return APART_BEFORE.get(name) if path.parent == before and has_answers(path.parent) else None


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


def _name(path: Path, home: Path) -> str:
    """A file's name that says nothing of where on the machine it lies."""
    path = path.absolute()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name


def _sha(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
