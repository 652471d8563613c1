"""The line that shows how uncertain a mark is."""

from __future__ import annotations

import pandas as pd

from sekom_survey.shown.figures.layout import Scale
from sekom_survey.shown.figures.sheet import LINE, FigureSheet, line
from sekom_survey.shown.figures.style import INK, WHITE


def capped(sheet: FigureSheet, scale: Scale, low: float, high: float, middle: float, cap: float) -> None:
    """An interval with end caps, cased in white so that it is seen on a bar; nothing when an end is unknown."""
    if pd.isna(low) or pd.isna(high) or high <= low:
        return
    ends = (scale.at(low), scale.at(high))
    for colour, width in ((WHITE, 2.4 * sheet.page.stroke), (INK, sheet.page.stroke)):
        line(sheet, ends, (middle, middle), colour, width, order=LINE)
        for x in ends:
            line(sheet, (x, x), (middle - cap / 2, middle + cap / 2), colour, width, order=LINE)
