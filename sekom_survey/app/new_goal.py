"""Goals written on the page: the first goals.toml, a goal more, a measure more, and what was wrongly put in taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.app.goal_values import GOALS, number_in, year_of
from sekom_survey.app.goals import again
from sekom_survey.app.years import opened
from sekom_survey.model import Problem, Questionnaire, errors
from sekom_survey.text.files import as_day, decode
from sekom_survey.text.rows import write_whole
from sekom_survey.text.turns import turn
from sekom_survey.upkeep.new_goal import (
    WayToCount,
    begun,
    faults_in,
    nothing_in,
    ways,
    with_goal,
    with_measure,
    without,
)
from sekom_survey.upkeep.next_year.survey import NotRewritten
from sekom_survey.upkeep.put_in import keep

MOST_YEARS = 10
GONE = "Målen har ändrats sedan sidan visades. Inget är sparat."


def add_goal(asked: Asked) -> Moved | Rendered:
    """Write a goal with its first measure; the file itself when there is none."""
    faults: list[Problem] = []
    goal = {
        "name": _text(asked, "ny_mal", "Målets namn", faults),
        "measured_as": asked.one("ny_mats"),
        "ambition": asked.one("ny_ambition"),
        "responsible": asked.one("ny_ansvarig"),
        "indicators": [_measure(asked, faults)],
    }
    return _write(asked, faults, lambda text: with_goal(text or _begin(asked, faults), goal), "Målet är inlagt.")


def add_measure(asked: Asked) -> Moved | Rendered:
    """Write one more measure of a goal."""
    faults: list[Problem] = []
    measure = _measure(asked, faults)
    return _write(asked, faults, lambda text: with_measure(text, asked.one("ny_for"), measure), "Måttet är inlagt.")


def take_out(asked: Asked) -> Moved | Rendered:
    """Take a goal or a measure out; the file as it was is kept with its date."""
    return _write(asked, [], lambda text: without(text, asked.one("id")), "Borttaget. Filen som den var ligger i replaced.", kept=True)  # fmt: skip


def menu(asked: Asked) -> Sequence[WayToCount]:
    """What a measure can be counted from in this year."""
    return ways(opened(asked.folder).survey)


def choice(number: int, way: WayToCount) -> str:
    """A way to count as the form tells it: one that has changed since the page was shown is not taken for another."""
    return f"{number} {way.words}"


def _begin(asked: Asked, faults: list[Problem]) -> str:
    first, last = (asked.one(name) for name in ("ny_fran", "ny_till"))
    plan = _text(asked, "ny_plan", "Planens namn", faults)
    known = all(one.isdecimal() and len(one) == 4 for one in (first, last))
    if not known or not 0 <= int(last) - int(first) < MOST_YEARS:
        faults.append(_fault("years", "Planens år går inte att läsa.", "Skriv två år, som 2027 och 2028."))
        return begun(plan, [year_of(asked)])
    return begun(plan, range(int(first), int(last) + 1))


def _measure(asked: Asked, faults: list[Problem]) -> dict[str, Any]:
    """The keys of a measure as the form tells it."""
    way, year = (
        next((one for n, one in enumerate(menu(asked)) if asked.one("ny_satt") == choice(n, one)), None),
        year_of(asked),
    )
    if way is None:
        faults.append(_fault("source", "Inget är valt att räkna.", "Välj i listan vad måttet räknas ur."))
        return {}
    target = [{"year": year, "value": _shortest(number_in(asked, "ny_varde", faults))}] if asked.one("ny_varde") else []
    return {
        "name": asked.one("ny_matt") or way.words, **way.keys, "plan": "both", "definition": asked.one("ny_definition"),
        "baseline": _baseline(asked, faults, year), "targets": target if "rule" in way.keys else [],
    }  # fmt: skip


def _baseline(asked: Asked, faults: list[Problem], year: int) -> dict[str, Any]:
    if not asked.one("ny_utgang"):
        return {"missing": f"mäts första gången {year}"}
    value, day, source = number_in(asked, "ny_utgang", faults), as_day(asked.one("ny_dag")), asked.one("ny_kalla")
    if day is None or not source:
        faults.append(
            _fault(
                "baseline", "Utgångsvärdet saknar dag eller källa.", "Skriv när det gällde och var det kommer ifrån."
            )
        )
    return {"value": _shortest(value), "date": day or asked.today, "source": source}


def _shortest(value: float) -> float:
    return int(value) if isfinite(value) and value == int(value) else value


def _text(asked: Asked, name: str, words: str, faults: list[Problem]) -> str:
    if not asked.one(name):
        faults.append(_fault(name, f"{words} är tomt.", "Skriv det som det står i planen."))
    return asked.one(name)


def _fault(where: str, found: str, todo: str) -> Problem:
    return Problem("field_value", GOALS, where, found, todo)


def _write(
    asked: Asked, faults: list[Problem], changed: Callable[[str], str], said: str, *, kept: bool = False
) -> Moved | Rendered:
    """Write what reads as goals; else the page again, with what was typed and what is wrong with it."""
    if faults:
        return again(asked, faults)
    path = asked.folder / GOALS
    with turn(path):
        old = decode(path.read_bytes())[0] if path.exists() else ""
        try:
            text = changed(old)
        except NotRewritten as where:
            return again(asked, [_fault(str(where), "Filen kan inte ändras härifrån.", "Ändra den i goals.toml.")])
        except KeyError:
            return Moved(f"{address(asked.wave, 'mal')}#nytt-mal", GONE)
        faults = faults or _new_faults(old, text, asked)
        if faults:
            return again(asked, faults)
        if kept:
            keep(asked.folder, path, asked.today)
        _put(path, text)
    return Moved(f"{address(asked.wave, 'mal')}#nytt-mal", said)


def _put(path: Path, text: str) -> None:
    """The file, or none when its last goal was taken out of it."""
    if nothing_in(text):
        path.unlink()
    else:
        write_whole(path, text.encode())


def _new_faults(old: str, text: str, asked: Asked) -> list[Problem]:
    """What would stop a run and did not before; without a readable survey no question can be named."""
    survey = opened(asked.folder).survey
    questions = survey.questionnaire if survey else Questionnaire(())
    if nothing_in(text):
        return []
    before = {one.found for one in faults_in(old, questions)} if old else set()
    return [one for one in errors(faults_in(text, questions)) if one.found not in before]
