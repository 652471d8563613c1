"""What is to be erased of a year, and when; erased after two confirmations."""

from __future__ import annotations

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.app.years import known
from sekom_survey.model import Problem, Unusable
from sekom_survey.upkeep.erase import DUE, erase, plan

WORDS = {"TA BORT": "Ska tas bort nu", "SENARE": "Senare", "KLART": "Klart", "FÖR HAND": "Gör du för hand"}


def show(asked: Asked) -> Rendered:
    """The retention table; the second step shows what will go and asks for the year's name."""
    survey = known(asked.folder).survey
    table = plan(asked.folder, survey, asked.today, asked.place.reports) if survey else ()
    due = [one for one in table if one.state == DUE]
    return Rendered("erasing.html.j2", {
        "title": survey.title if survey else asked.folder.name, "table": table, "due": due, "words": WORDS,
        "second": bool(due) and asked.one("steg") == "2", "year": asked.folder.name,
    })  # fmt: skip


def carry_out(asked: Asked) -> Moved:
    """Erase what is due, when the year has been written."""
    home = address(asked.wave, "gallring")
    if asked.one("year") != asked.folder.name:
        problem = Problem(
            "not_confirmed",
            asked.wave,
            "",
            "Året stämmer inte.",
            f"Skriv {asked.folder.name} för att bekräfta. Inget är borttaget.",
        )
        return Moved(f"{home}?steg=2", "", (problem,))
    try:
        lines = erase(asked.folder, asked.today, True, asked.place.reports)
    except Unusable as stop:
        return Moved(home, "Inget är borttaget.", stop.problems)
    return Moved(home, lines[-1])
