"""What is drawn when an exhibit has no rows."""

from __future__ import annotations

from matplotlib.figure import Figure

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.layout import close_sheet, open_sheet
from sekom_survey.shown.figures.sheet import paragraph
from sekom_survey.shown.figures.style import GREY, Page


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """A sentence in place of the marks; needs no columns."""
    sheet = open_sheet(exhibit, page)
    bottom = paragraph(
        sheet, page.margin, sheet.top, page.right - page.margin, "Det finns inga svar att visa.", page.text, GREY
    )
    return close_sheet(sheet, exhibit, bottom)
