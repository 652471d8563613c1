"""The goals alone on one page for the board."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.page.goals import write_goals_page

FILE = "goals.html"


def write(made: Material, path: Path) -> None:
    """Nothing when the year has no goals."""
    if made.goals is not None:
        write_goals_page(made.goals, path)
