"""Which notebooks are run: those that lie where they seem to lie, are readable, and are ours or trusted here."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat

from sekom_survey.model import WARNING, Problem
from sekom_survey.text import places


def unknown_notebooks(folder: Path, level: str = WARNING) -> Iterator[Problem]:
    """A problem for each notebook of a year's own that neither came with the tool nor was saved or trusted here."""
    ours = {_sha(path) for path in _came_along()}
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        if _sha(path) not in ours and not _signed(path):
            found = "Anteckningsboken är ett program i årets mapp som inte är känt på den här datorn."
            todo = "Öppna och läs den. Litar du på den, kör en gång med --trust."
            yield Problem(
                "notebook_unknown", f"{places.wave_name(folder)}/notebooks/{path.name}", "", found, todo, level
            )


def trust(folder: Path, problems: Iterable[Problem]) -> None:
    """Remember that a person here trusts these notebooks as they stand, in Jupyter's own list, so that nobody is asked again."""
    for problem in problems:
        with suppress(OSError, sqlite3.Error):  # a home that cannot be written in: asked again next time
            _notary().sign(nbformat.read(folder / "notebooks" / Path(problem.file).name, as_version=4))


def _came_along() -> list[Path]:
    """The notebooks of this checkout: the project's and the example's."""
    return [*places.NOTEBOOKS.glob("*.ipynb"), *places.SURVEYS.glob("exempel/*/notebooks/*.ipynb")]


def _signed(path: Path) -> bool:
    try:
        return bool(_notary().check_signature(nbformat.read(path, as_version=4)))
    except (OSError, sqlite3.Error):
        return False


def _notary() -> nbformat.sign.NotebookNotary:
    """Jupyter's list of notebooks that were saved or trusted by this user on this machine."""
    from nbformat.sign import NotebookNotary

    return NotebookNotary()


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


MAX_BYTES = 20_000_000


def notebook_faults(paths: Sequence[Path], wave: Path) -> Iterator[Problem]:
    """A problem for every notebook that leads out of its folder through a link, or cannot be read as a notebook."""
    homes = [(wave / "notebooks").absolute(), places.NOTEBOOKS.absolute()]
    for path in paths:
        inside = any(path.resolve() == home.parent.resolve() / home.name / path.name for home in homes)
        if not inside:
            found = "Anteckningsboken är en länk till en annan mapp och körs inte."
            yield Problem("notebook_link", path.name, "", found, "Lägg själva filen i mappen notebooks.")
        elif not _readable(path):
            found = "Anteckningsboken går inte att läsa."
            yield Problem(
                "notebook_unreadable", path.name, "", found, "Spara den igen i Jupyter, eller flytta undan den."
            )


def _readable(path: Path) -> bool:
    try:
        if path.stat().st_size > MAX_BYTES:
            return False
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError, nbformat.ValidationError):
        return False
    return any(cell.cell_type == "code" for cell in notebook.cells)
