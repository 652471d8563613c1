"""An exhibit on a slide: a native chart where its kind has one, else its picture, else its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sekom_survey.model import Shown
from sekom_survey.written.office.outline import note_of_figure
from sekom_survey.written.office.picture import bare_picture
from sekom_survey.written.office.table import fitted
from sekom_survey.written.powerpoint.bars import distribution, response_bars, share_bars, stacked
from sekom_survey.written.powerpoint.chart import Canvas, Row, read_data
from sekom_survey.written.powerpoint.dots import dots
from sekom_survey.written.powerpoint.parts import CELL_PADDING, LEAST, add_picture, add_table, describe, sentences

AT_THE_SIDE, AFTER_THE_QUESTION = "Siffran till höger", "Siffran efter frågan"
ASKED = "Omdömet"
FIRST = (AFTER_THE_QUESTION, "Källa", ASKED, "Bas", "Strecken", "Intervallet")
CHARTS: dict[str, Callable[[Canvas, Sequence[Row]], tuple[Any, str]]] = {
    "bars": share_bars,
    "response": response_bars,
    "distribution": distribution,
    "stacked": stacked,
    "dots": dots,
}


def told(shown: Shown) -> str:
    """The source note with what is needed most first: the source, what the verdict answers, the base, what the lines mean.

    The number that stands at the side of a scale stands after the question in the chart.
    """
    note = note_of_figure(shown)
    if shown.kind == "stacked":
        note = note.replace(AT_THE_SIDE, AFTER_THE_QUESTION)
    return " ".join(
        sorted(
            sentences(note), key=lambda s: next((i for i, word in enumerate(FIRST) if s.startswith(word)), len(FIRST))
        )
    )


def draw(canvas: Canvas, shown: Shown, figures: Path) -> str:
    """Draw the exhibit in the canvas' area; gives what to add to the note."""
    rows = read_data(figures, shown.id) if shown.kind in CHARTS else []
    if rows:
        _, added = CHARTS[shown.kind](canvas, rows)
        describe(canvas.slide.shapes[-1], shown.alt)
        return added
    picture = bare_picture(shown)
    if picture:
        add_picture(canvas.slide, canvas.area, picture, shown.alt)
    elif shown.rows:
        grid = fitted(shown.columns, shown.rows, canvas.area.width, (LEAST,), CELL_PADDING)
        add_table(canvas.slide, canvas.area, grid, shown.alt, canvas.brand)
    return ""
