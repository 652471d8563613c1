"""Which part of a figure's picture to show where title, question and note stand as text of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.model import Shown
from sekom_survey.shown.figures.style import LINE_HEIGHT, PRINT, REGULAR, SEMIBOLD
from sekom_survey.shown.figures.wrap import wrap

if TYPE_CHECKING:
    from PIL.Image import Image

_PAPER = 250  # a row of pixels as light as this holds nothing


@dataclass(frozen=True)
class Picture:
    """A picture file and the shares of its height to leave out; `width` and `height` in points of what is left."""

    file: Path
    top: float
    bottom: float
    width: float
    height: float


def bare_picture(shown: Shown) -> Picture | None:
    """The marks and labels of <id>.png, without its title, question and note; None when it cannot be read.

    Where the blank lines that part the words from the marks are not where `figures` leaves them, as in a picture drawn
    by other means, the whole picture is shown.
    """
    if shown.png is None:
        return None
    try:
        return _bare(shown, shown.png)
    except (OSError, SyntaxError, ValueError):
        return None


def _bare(shown: Shown, file: Path) -> Picture:
    from PIL import Image

    with Image.open(file) as picture:
        scale = picture.width / PRINT.width
        height = picture.height / scale
        top, bottom = _heading_ends(shown), height - _note_height(shown)
        if not (top < bottom and _blank(picture, top * scale) and _blank(picture, bottom * scale)):
            return Picture(file, 0.0, 0.0, PRINT.width, height)
    return Picture(file, top / height, 1 - bottom / height, PRINT.width, bottom - top)


def _lines(text: str, size: float, weight: int = REGULAR) -> float:
    return len(wrap(text, PRINT.right - PRINT.margin, size, weight)) * size * LINE_HEIGHT


def _heading_ends(shown: Shown) -> float:
    """The middle of the blank line under the title and the question, in points from the top."""
    from sekom_survey.shown.figures.layout import TITLE_SIZE

    question = 2 + _lines(shown.subtitle, PRINT.text) if shown.subtitle else 0.0
    return PRINT.margin + _lines(shown.title, PRINT.text * TITLE_SIZE, SEMIBOLD) + question + PRINT.text / 2


def _note_height(shown: Shown) -> float:
    """From the middle of the blank line above the note to the bottom, in points."""
    return PRINT.margin + _lines(shown.note, PRINT.small) + PRINT.text / 2 if shown.note else 0.0


def _blank(picture: Image, y: float) -> bool:
    row = min(max(round(y), 0), picture.height - 1)
    darkest = picture.crop((0, row, picture.width, row + 1)).convert("RGB").convert("L").getextrema()[0]
    return isinstance(darkest, (int, float)) and darkest >= _PAPER
