"""The goals on a day, the activity log as a table to fill in, and what the board has decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.app.remembered import Remembered
from sekom_survey.app.years import analysed, opened, stamp
from sekom_survey.found.goals import activities, decisions
from sekom_survey.found.goals.faults import find_faults
from sekom_survey.found.goals.judge import target_value
from sekom_survey.found.goals.model import HAND, PROMISE, STATUSES, Goals, Indicator
from sekom_survey.found.goals.outcome import GoalsOutcome, Result, goals_at
from sekom_survey.found.goals.text import goal_headline
from sekom_survey.found.goals.words import comment, outcome_words, result_status, status_words, target_words
from sekom_survey.model import Problem, Unusable
from sekom_survey.text.files import as_day
from sekom_survey.text.rows import add_rows, marked_rows, remove_rows
from sekom_survey.text.table import read_sheet
from sekom_survey.upkeep.goals import make_goals
from sekom_survey.upkeep.new_goal import ways

LOG, DECISIONS, GOALS = "activities.csv", "decisions.csv", "goals.toml"
ROLES = {"": "", "official": "Tjänsteperson", "politician": "Politiker"}
WIDTH = 240
REACH = 0.89  # where on the bar the target stands when the value is below it


_MEASURED: Remembered[GoalsOutcome] = Remembered(8)


@dataclass(frozen=True)
class Measure:
    """A row of the page: an indicator with its words, and its bar (value and target in pixels) when it has one."""

    id: str
    name: str
    outcome: str
    target: str
    status: str
    comment: str
    bar: tuple[int, int] | None


@dataclass(frozen=True)
class Event:
    """An occasion in the log: the rows that tell of it, with their marks."""

    day: str
    activity: str
    title: str
    members: int
    count: int
    rows: tuple[tuple[int, str], ...]


def show(asked: Asked) -> Rendered:
    """The goals, the log and the decisions."""
    folder, day = asked.folder, as_day(asked.one("dag"))
    outcome, problems = _outcome(folder, day)
    year = opened(folder)
    members = sorted(year.wave.members, key=lambda one: one.name) if year.wave else []
    return Rendered("goals.html.j2", {
        "outcome": outcome, "problems": problems, "headline": goal_headline(outcome) if outcome else "",
        "groups": list(_groups(outcome)) if outcome else [], "faults": list(find_faults(outcome)) if outcome else [],
        "events": events(folder), "decided": _decided(folder), "targets": _targets(outcome.goals) if outcome else [],
        "measures": [one for _, one in outcome.goals.measured()] if outcome else [], "by_hand": HAND, "target_words": target_words,
        "statuses": STATUSES, "activities": activities.NAMES, "with_members": activities.MEMBER_ACTIVITIES, "roles": ROLES,
        "ways": list(enumerate(ways(year.survey))), "begun": (folder / GOALS).exists(), "measured": _measured_names(outcome.goals) if outcome else [],
        "members": members, "today": asked.today, "day": day or (outcome.as_of if outcome else asked.today), "typed": asked,
        "year": year.survey.year if year.survey else asked.today.year, "synthetic": bool(year.survey and year.survey.synthetic),
    })  # fmt: skip


def goals_now(folder: Path) -> Goals | None:
    """The year's goals as they stand; None when there are none that can be read."""
    outcome, _ = _outcome(folder, None)
    return outcome.goals if outcome else None


def _outcome(folder: Path, day: date | None) -> tuple[GoalsOutcome | None, tuple[Problem, ...]]:
    if not (folder / GOALS).exists():
        return None, ()
    beside = tuple(stamp(one) for one in sorted(folder.parent.glob("????")) if one.is_dir())
    try:
        return _MEASURED.of((folder, day, stamp(folder), *beside), lambda: goals_at(folder, day, analysed)), ()
    except Unusable as stop:
        return None, stop.problems


def _groups(outcome: GoalsOutcome) -> Iterator[tuple[str, str, str, list[Measure]]]:
    """Each goal's name, the plan's words, its status, and its measures; effect goals and promises last."""
    for goal in outcome.goals.goals:
        said = status_words(*outcome.goal_status(goal))
        yield (
            f"{goal.id} {goal.name}",
            f"{goal.measured_as} – {goal.ambition}",
            said,
            _measures(outcome, outcome.of_goal(goal.id)),
        )
    for effect in outcome.goals.effects:
        yield f"{effect.id} {effect.name}", effect.sign, "", _measures(outcome, outcome.of_goal(effect.id))
    promises = outcome.of_goal(PROMISE)
    if promises:
        yield "Löften i planen", "", "", _measures(outcome, promises)


def _measures(outcome: GoalsOutcome, results: Sequence[Result]) -> list[Measure]:
    return [_measure(result, outcome.year) for result in results]


def _measure(result: Result, year: int) -> Measure:
    one = result.indicator
    followed = result.followed(year)
    status = result_status(result) if followed else result.measured.cause
    target = target_words(one, year) if followed else ""
    return Measure(
        one.id,
        one.name,
        outcome_words(result.measured, one.unit),
        target,
        status,
        comment(result, year),
        _bar(result, year),
    )


def _bar(result: Result, year: int) -> tuple[int, int] | None:
    decided = result.indicator.decided_target(year)
    target, value = target_value(result.indicator, decided) if decided else None, result.measured.value
    if not target or value is None or value < 0:
        return None
    whole = max(target / REACH, value)
    return round(WIDTH * value / whole), round(WIDTH * target / whole)


def events(folder: Path) -> list[Event]:
    """What the log holds, an occasion a row, the latest first."""
    path = folder / LOG
    sheet = read_sheet(path, LOG, activities.COLUMNS, (), activities.ALIASES) if path.exists() else None
    marks = marked_rows(path)
    found: dict[tuple[str, str, str], list[tuple[int, Mapping[str, str]]]] = {}
    for line, cells in sheet.rows if sheet else ():
        found.setdefault((cells.get("date", ""), cells.get("activity", ""), cells.get("title", "")), []).append(
            (line, cells)
        )
    made = [
        Event(*key, len({cells.get("member_id") for _, cells in rows if cells.get("member_id")}), sum(_whole(cells.get("count", "")) for _, cells in rows),
              tuple((line, marks[line]) for line, _ in rows))
        for key, rows in found.items()
    ]  # fmt: skip
    return sorted(made, key=lambda one: one.day, reverse=True)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _decided(folder: Path) -> list[tuple[int, str, Mapping[str, str]]]:
    path = folder / DECISIONS
    sheet = read_sheet(path, DECISIONS, decisions.COLUMNS, (), decisions.ALIASES) if path.exists() else None
    marks = marked_rows(path)
    return [(line, marks[line], cells) for line, cells in (sheet.rows if sheet else ())]


def _targets(goals: Goals) -> list[tuple[str, str]]:
    """What the board can decide on: each goal, and each of its measures."""
    measured: list[tuple[str, Indicator]] = list(goals.measured())
    return [(goal.id, goal.name) for goal in goals.goals] + [(one.id, one.name) for _, one in measured]


def _measured_names(goals: Goals) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each goal with the measures of it."""
    return [(goal.id, goal.name, [(one.id, one.name) for one in goal.indicators]) for goal in goals.goals]


def log_event(asked: Asked) -> Moved | Rendered:
    """Add an occasion to the log: a row for each member that was there, or one when none is named."""
    year = opened(asked.folder)
    members = asked.all("member_id") or [""]
    common = {
        "date": asked.one("date"),
        "activity": asked.one("activity"),
        "role": asked.one("role"),
        "count": asked.one("count"),
        "title": asked.one("title"),
    }
    rows = [{**common, "member_id": member} for member in members]
    ids = {member.member_id for member in year.wave.members} if year.wave else set()
    faults: list[Problem] = (
        [] if common["title"] else [Problem("title_missing", LOG, "", "Rubriken är tom.", "Skriv vad det var.")]
    )
    for row in rows:
        activities.read_row(row, "", LOG, ids, year.survey.year if year.survey else asked.today.year, faults)
    if faults:
        return again(asked, faults)
    added = add_rows(asked.folder / LOG, activities.COLUMNS, activities.ALIASES, rows)
    return Moved(f"{address(asked.wave, 'mal')}#logg", _added(added, len(rows)))


def _added(added: int, rows: int) -> str:
    return (
        "Det stod redan i loggen."
        if not added
        else f"{added} av {rows} rader är nya i loggen; de andra stod där redan."
        if added < rows
        else "Inlagt i loggen."
    )


def again(asked: Asked, faults: Sequence[Problem]) -> Rendered:
    """The page with what was typed still in it, and what is wrong with it."""
    page = show(asked)
    return Rendered(
        page.template, {**page.shown, "said": Moved("", "Inget är sparat.", tuple(dict.fromkeys(faults)))}, status=422
    )


def unlog(asked: Asked) -> Moved:
    """Take an occasion out of the log, if its rows are still the same."""
    marks = _marks(asked.all("row"))
    gone = remove_rows(asked.folder / LOG, marks)
    return Moved(
        f"{address(asked.wave, 'mal')}#logg",
        "Borttaget ur loggen." if gone else "Loggen har ändrats sedan sidan visades; inget är borttaget.",
    )


def _marks(fields: Sequence[str]) -> dict[int, str]:
    parts = [text.partition(":") for text in fields]
    return {int(line): mark for line, _, mark in parts if line.isdecimal()}


def decide(asked: Asked) -> Moved | Rendered:
    """Write the board's own judgement, with its reason."""
    row = {name: asked.one(name) for name in decisions.COLUMNS}
    outcome, _ = _outcome(asked.folder, None)
    faults: list[Problem] = []
    decisions.read_decision(row, "", DECISIONS, {id for id, _ in _targets(outcome.goals)} if outcome else set(), faults)
    if faults:
        return again(asked, faults)
    added = add_rows(asked.folder / DECISIONS, decisions.COLUMNS, decisions.ALIASES, [row])
    return Moved(f"{address(asked.wave, 'mal')}#beslut", "Beslutet är sparat." if added else "Beslutet stod redan där.")


def undecide(asked: Asked) -> Moved:
    """Take a decision out, if it is still the same."""
    gone = remove_rows(asked.folder / DECISIONS, _marks(asked.all("row")))
    return Moved(
        f"{address(asked.wave, 'mal')}#beslut",
        "Beslutet är borttaget." if gone else "Beslutet har ändrats sedan sidan visades; inget är borttaget.",
    )


def save(asked: Asked) -> Moved:
    """Write the follow-up as `sekom goals` does."""
    outcome, lines, _ = make_goals(asked.folder, asked.place.reports, as_day(asked.one("dag")), analysed)
    return Moved(f"{address(asked.wave, 'mal')}?dag={outcome.as_of.isoformat()}", lines[-1])
