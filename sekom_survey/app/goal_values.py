"""What the board decides to reach and what the office counts by hand, written to goals.toml."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.app.goals import again, goals_now
from sekom_survey.app.years import opened
from sekom_survey.found.goals.model import HAND, Goals, Indicator
from sekom_survey.model import Problem
from sekom_survey.text.files import as_day, decode
from sekom_survey.text.rows import write_whole
from sekom_survey.text.turns import turn
from sekom_survey.upkeep.goal_values import with_hand_value, with_target
from sekom_survey.upkeep.next_year.survey import NotRewritten

GOALS = "goals.toml"
MOST = 1e12


def decide_target(asked: Asked) -> Moved | Rendered:
    """Write what a measure is to reach this year."""
    goals, year = goals_now(asked.folder), year_of(asked)
    faults = _unknown(asked, goals) + ([] if goals is None or not goals.years or year in goals.years else [
        _fault("measure", f"Året {year} ligger utanför planens år.", "Ändra planens år i goals.toml först.")
    ])  # fmt: skip
    value = number_in(asked, "value", faults)
    return _write(asked, faults, lambda text: with_target(text, asked.one("measure"), year, value), "Målvärdet")


def count_by_hand(asked: Asked) -> Moved | Rendered:
    """Write a value that a person has looked up, with its day and source."""
    faults = _unknown(asked, goals_now(asked.folder), HAND)
    value, day, source = number_in(asked, "value", faults), as_day(asked.one("date")), asked.one("source")
    if day is None:
        faults.append(_fault("date", "Dagen går inte att läsa.", "Skriv ett datum som 2027-12-31."))
    if not source:
        faults.append(_fault("source", "Källan är tom.", "Skriv var värdet kommer ifrån."))
    stood = day or asked.today
    return _write(
        asked, faults, lambda text: with_hand_value(text, asked.one("measure"), stood, value, source), "Värdet"
    )


def year_of(asked: Asked) -> int:
    """The year that targets are of."""
    survey = opened(asked.folder).survey
    return survey.year if survey else asked.today.year


def _unknown(asked: Asked, goals: Goals | None, source: str = "") -> list[Problem]:
    measures: list[tuple[str, Indicator]] = list(goals.measured()) if goals else []
    if any(one.id == asked.one("measure") and source in ("", one.source) for _, one in measures):
        return []
    return [_fault("measure", "Måttet finns inte.", "Välj ett mått i listan.")]


def number_in(asked: Asked, field: str, faults: list[Problem]) -> float:
    """A number as a Swede writes it; NaN and a fault when it is none."""
    text = asked.one(field).replace("\u2212", "-").replace(",", ".")
    try:
        value = float("".join(text.split()))
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > MOST:
        faults.append(_fault(field, f"”{asked.one(field)[:40]}” är inget tal.", "Skriv ett tal som 62,5."))
    return value


def _fault(where: str, found: str, todo: str) -> Problem:
    return Problem("field_value", GOALS, where, found, todo)


def _write(asked: Asked, faults: list[Problem], changed: Callable[[str], str], what: str) -> Moved | Rendered:
    if faults:
        return again(asked, faults)
    path = asked.folder / GOALS
    try:
        with turn(path):
            write_whole(path, changed(decode(path.read_bytes())[0]).encode())
    except (KeyError, NotRewritten):
        return again(
            asked, [_fault(asked.one("measure"), "Raden kan inte ändras härifrån.", "Ändra den i goals.toml.")]
        )
    return Moved(f"{address(asked.wave, 'mal')}#varden", f"{what} är sparat.")
