"""What members get back: their pages and the library of good examples, made at the press of a button."""

from __future__ import annotations

from sekom_survey.app.asked import Asked, Moved, address
from sekom_survey.members.examples import lines_of as library_lines
from sekom_survey.members.examples import make_examples
from sekom_survey.members.make import lines_of, make_pages
from sekom_survey.model import Unusable

GIVEN = {"members": "Medlemssidor", "examples": "Goda exempel", "office": "Till kansliet"}
"""The folders of what members get back, and what they are called; what is for the office alone lies in its own."""


def pages(asked: Asked) -> Moved:
    """A page for each member, and the office's lists."""
    home = address(asked.wave, "rapport")
    try:
        made = make_pages(asked.folder, asked.place.reports)
    except Unusable as stop:
        return Moved(home, "Medlemssidorna gjordes inte. De förra är orörda.", stop.problems)
    return Moved(home, lines_of(made)[0], made.problems)


def library(asked: Asked) -> Moved:
    """The library of good examples, with new proposals first when they are asked for."""
    home = address(asked.wave, "rapport")
    try:
        made = make_examples(asked.folder, asked.place.reports, proposing=asked.one("foresla") == "ja")
    except Unusable as stop:
        return Moved(home, "Biblioteket gjordes inte. Det förra är orört.", stop.problems)
    return Moved(home, " ".join(library_lines(made)), made.problems)
