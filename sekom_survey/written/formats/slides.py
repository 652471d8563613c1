"""Slides in PowerPoint."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.powerpoint.write import write_slides

FILE = "slides.pptx"


def write(made: Material, path: Path) -> None:
    """Twelve at most, of what is released; the run lays them in the internal build too."""
    if made.is_public:
        write_slides(made.report, made.figures, path, made.brand)
