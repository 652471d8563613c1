"""The goals on a day -> goals.html, for the board's meeting in the middle of the year."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.model import GoalsPage
from sekom_survey.written.page.template import write_page


def write_goals_page(page: GoalsPage, path: Path) -> None:
    """Write the page: the goals first, then the other measures, the board's own judgements and what to decide."""
    write_page("goals.html.j2", f"Målen {page.brief.goals_day}", page, path)
