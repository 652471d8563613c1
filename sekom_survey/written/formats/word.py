"""The board's paper in Word."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.formats import Material
from sekom_survey.written.word.write import write_word

FILE = "report.docx"


def write(made: Material, path: Path) -> None:
    """With the plan's passage and the annexes."""
    write_word(made.report, path, made.brand)
