"""The whole report as one page."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.page.write import write_html

FILE = "report.html"


def write(made: Material, path: Path) -> None:
    """For a browser, a phone or paper."""
    write_html(made.report, path)
