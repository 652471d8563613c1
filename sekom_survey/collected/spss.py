"""SPSS: a .sav file from any tool."""

from __future__ import annotations

from sekom_survey.collected.assemble import export, part, plain, stated_times
from sekom_survey.collected.boxes import YES_NO, joined
from sekom_survey.collected.grid import SPSS_FILE, Grid
from sekom_survey.collected.headings import Heading, bracketed, dashed
from sekom_survey.collected.sav import HEADER_ROWS
from sekom_survey.model import Export

title = "SPSS"


def detect(grid: Grid) -> bool:
    """The file is a .sav."""
    return grid.origin == SPSS_FILE


def read(grid: Grid) -> Export:
    """One case a respondent; a variable goes by its label, or by its name when it has none."""
    names, sets, labels = (grid.level(row) for row in range(HEADER_ROWS))
    about = stated_times(grid, list(zip(names, labels, strict=True)))
    texts = [label or name for name, label in zip(names, labels, strict=True)]
    headings = [
        (question, text) if question else both for question, text, both in zip(sets, texts, _parted(texts), strict=True)
    ]
    parts = joined(part(grid, HEADER_ROWS, headings, about, keys=names), (YES_NO,), ";", grid)
    return export(grid, "spss", HEADER_ROWS, about, plain(parts.columns), parts.dropped, options=parts.options)


def _parted(texts: list[str]) -> list[Heading]:
    return [both if both[1] else other for both, other in zip(bracketed(texts), dashed(texts), strict=True)]
