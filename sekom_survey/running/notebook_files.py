"""Which notebooks may be run: the project's and the wave's own, lying where they seem to lie, and readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat

from sekom_survey.model import Problem
from sekom_survey.text import places

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
