"""What is only for the office, on a page of its own."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.page.office import write_office

FILE = "office.html"


def write(made: Material, path: Path) -> None:
    """Nothing in a public build."""
    if not made.is_public:
        write_office(made.report, path)
