"""The goals alone on one page for the board."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.model import GoalsPage
from sekom_survey.shown.goal_lines import followed_table, followed_title
from sekom_survey.written.formats import Material
from sekom_survey.written.page.template import write_page


def write_goals_page(page: GoalsPage, path: Path) -> None:
    """Write the page: the goals first, then the other measures, the board's own judgements and what to decide."""
    heads, rows = followed_table(page)
    write_page(
        "goals.html.j2",
        f"Målen {page.brief.goals_day}",
        page,
        path,
        followed_title=followed_title(page.followed),
        followed_heads=heads,
        followed_rows=rows,
    )


FILE = "goals.html"


def write(made: Material, path: Path) -> None:
    """Nothing when the year has no goals."""
    if made.goals is not None:
        write_goals_page(made.goals, path)
