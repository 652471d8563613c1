"""The goals alone on one page for the board."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.page.write import write_html

FILE = "goals.html"


def write(made: Material, path: Path) -> None:
    """Nothing when the year has no goals."""
    report = made.report
    if report.goals is None:
        return
    goals = replace(
        report,
        title=f"De strategiska målen {report.year}",
        messages=(),
        facts=(),
        sections=tuple(section for section in report.sections if report.goals in section.blocks),
        passage=(),
        declaration=(),
        questions=(),
        problems=(),
        repeat=(),
    )
    write_html(goals, path)
