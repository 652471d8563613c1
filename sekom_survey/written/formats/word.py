"""The board's paper in Word."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.word.write import write_word

FILE = "report.docx"


def write(made: Material, path: Path) -> None:
    """Ten pages at most, of what is released; the run lays it in the internal build too."""
    if made.is_public:
        write_word(made.report, path, made.brand)
