"""A goal and its measures put into goals.toml, or taken out, as a person could have typed it."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from sekom_survey.counted.choices import countable
from sekom_survey.found.goals.activities import ACTIVITIES, MEMBER_ACTIVITIES, NAMES
from sekom_survey.found.goals.load import read_goals
from sekom_survey.found.goals.model import (
    AT_END,
    COUNT,
    DURING_YEAR,
    HAND,
    LOG,
    NO_SOURCE,
    PERCENT,
    REGISTER,
    SHARES,
    SURVEY,
    SURVEY_SHARE,
)
from sekom_survey.model import OTHER_OPTION, Problem, Questionnaire, Survey, labels
from sekom_survey.text.toml_edit import rows_of, toml_value
from sekom_survey.upkeep.next_year.survey import NotRewritten, checked

GOALS, INDICATORS = "goals", "indicators"
HEAD = "# Målen i planen. Planens egna ord står i measured_as (mäts som) och ambition.\n\n"
REGISTERED = {
    "members": ("Antal medlemmar", AT_END), "new": ("Nya medlemmar under året", DURING_YEAR),
    "left": ("Medlemmar som lämnat eller beslutat att lämna", AT_END),
}  # fmt: skip
LOGGED = {
    "occasions": "antal tillfällen", "people": "antal personer", "members": "antal medlemmar som varit med",
    "member_share": "andel av kommunerna som varit med",
}  # fmt: skip
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?")
Entry = dict[str, Any]


@dataclass(frozen=True)
class WayToCount:
    """What a measure can be counted from: the group it stands in, its words, and what goals.toml says of it."""

    group: str
    words: str
    keys: Mapping[str, Any]


def ways(survey: Survey | None) -> tuple[WayToCount, ...]:
    """Everything that a measure can be counted from without a word of TOML, in the order of a menu."""
    return (
        *(_registered() if survey is None or survey.of_members else ()),
        *_logged(),
        *(_asked(survey) if survey else ()),
        WayToCount("Räknas för hand", "Ett antal som någon räknar", {"unit": COUNT, "source": HAND, "rule": AT_END}),
        WayToCount("Räknas för hand", "En andel i procent som någon räknar", {"unit": PERCENT, "source": HAND, "rule": AT_END}),
        WayToCount("Räknas för hand", "Inget än: måttet är inte bestämt", {"unit": COUNT, "source": NO_SOURCE}),
    )  # fmt: skip


def _registered() -> Iterator[WayToCount]:
    for measure, (words, rule) in REGISTERED.items():
        yield WayToCount("Medlemslistan", words, {"unit": COUNT, "source": REGISTER, "measure": measure, "rule": rule})


def _logged() -> Iterator[WayToCount]:
    for activity in ACTIVITIES:
        for measure, words in LOGGED.items():
            if activity in MEMBER_ACTIVITIES or measure == "occasions":
                keys = {"source": LOG, "measure": measure, "activities": [activity], "rule": DURING_YEAR}
                yield WayToCount("Aktivitetsloggen", f"{NAMES[activity]}: {words}", {"unit": _unit(measure), **keys})


def _asked(survey: Survey) -> Iterator[WayToCount]:
    if survey.of_members:
        rate = {"unit": PERCENT, "source": SURVEY, "measure": "response_rate", "rule": AT_END}
        yield WayToCount("Enkäten", "Andel av kommunerna som svarat", rate)
    for item in countable(survey.questionnaire):
        shown = [*labels(item.inside), *([OTHER_OPTION] if item.other else [])]
        top = [("topp2", "de två högsta svaren")] if item.top else []
        for option, words in [*top, *((label, label) for label in shown)]:
            keys: Entry = {
                "source": SURVEY,
                "measure": "share",
                "item": item.id,
                "options": [option],
                "rule": SURVEY_SHARE,
            }
            yield WayToCount("Enkäten", f"{item.short}: {words}", {"unit": PERCENT, **keys})


def _unit(measure: str) -> str:
    return PERCENT if measure in SHARES else COUNT


def begun(plan: str, years: Sequence[int]) -> str:
    """A goals.toml before its first goal."""
    return HEAD + "\n".join(_keys({"plan": plan, "years": list(years)})) + "\n"


def with_goal(text: str, goal: Entry) -> str:
    """The text with a goal last; its id is the next free one. `goal` has a list of indicators, whose ids are made too.

    Raises NotRewritten, as the two below, when the file is no TOML, or holds what cannot be changed line by line.
    """
    data = _read(text)
    name = _free("M", {one.get("id") for one in data.get(GOALS, [])})
    entry = {"id": name, **goal, INDICATORS: [{"id": one_id, **one} for one_id, one in zip(_letters(name), goal[INDICATORS], strict=False)]}  # fmt: skip
    lines = ["", f"[[{GOALS}]]", *_keys(entry), *(line for one in entry[INDICATORS] for line in _measure_lines(one))]
    data.setdefault(GOALS, []).append(_filled(entry))
    return checked(data, text.replace("\r\n", "\n").rstrip("\n") + "\n".join(["", *lines, ""]), name)


def with_measure(text: str, goal: str, measure: Entry) -> str:
    """The text with one more measure of a goal. Raises KeyError when there is no such goal."""
    data = _read(text)
    place, table = _goal(data, goal)
    taken = {one.get("id") for one in table.get(INDICATORS, [])}
    entry = {"id": next(one for one in _letters(goal) if one not in taken), **measure}
    lines = text.replace("\r\n", "\n").split("\n")
    end = _ends(lines, *_goal_lines(text, lines, place))
    table.setdefault(INDICATORS, []).append(_filled(entry))
    return checked(data, "\n".join([*lines[:end], *_measure_lines(entry), *lines[end:]]), entry["id"])


def without(text: str, name: str) -> str:
    """The text without a goal, or without a measure of one. Raises KeyError when there is neither."""
    data = _read(text)
    lines = text.replace("\r\n", "\n").split("\n")
    for place, goal in enumerate(data.get(GOALS, []), 1):
        if goal.get("id") == name:
            first, last = _goal_lines(text, lines, place)
            data[GOALS].remove(goal)
            _drop_empty(data, GOALS)
            return checked(data, _cut(lines, first, last), name)
        for inner, measure in enumerate(goal.get(INDICATORS, []), 1):
            if measure.get("id") == name:
                first = _row(text, f"{GOALS}[{place}].{INDICATORS}[{inner}]")
                goal[INDICATORS].remove(measure)
                _drop_empty(goal, INDICATORS)
                return checked(data, _cut(lines, first, _next_table(lines, first, f"{GOALS}.{INDICATORS}.")), name)
    raise KeyError(name)


def nothing_in(text: str) -> bool:
    """Whether a goals.toml says nothing but what the plan is called and its years."""
    return tomllib.loads(text).keys() <= {"plan", "years"}


def faults_in(text: str, questionnaire: Questionnaire) -> list[Problem]:
    """What `sekom check` would say of the text as a goals.toml."""
    with tempfile.TemporaryDirectory(prefix="sekom-") as place:
        path = Path(place) / "goals.toml"
        path.write_text(text, encoding="utf-8")
        return read_goals(path, "goals.toml", questionnaire)[1]


def _read(text: str) -> Entry:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise NotRewritten(GOALS) from None
    goals = data.get(GOALS, [])
    if not _are_tables(goals) or not all(_are_tables(goal.get(INDICATORS, [])) for goal in goals):
        raise NotRewritten(GOALS)
    return data


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _letters(goal: str) -> Iterator[str]:
    """What a goal's measures are called: its id with a to z, then aa, ab ..."""
    return (goal + "".join(some) for length in count(1) for some in product(ascii_lowercase, repeat=length))


def _row(text: str, place: str) -> int:
    """The row of a table, from 1. Raises NotRewritten where it has none of its own, as a goal written on one line."""
    row = rows_of(text).get(place)
    if row is None:
        raise NotRewritten(place)
    return row


def _goal(data: Mapping[str, Any], name: str) -> tuple[int, Entry]:
    found = next(((n, one) for n, one in enumerate(data.get(GOALS, []), 1) if one.get("id") == name), None)
    if found is None:
        raise KeyError(name)
    return found


def _goal_lines(text: str, lines: Sequence[str], place: int) -> tuple[int, int]:
    """The line of a goal's heading, from 1, and how many lines there are before the next table that is not its own."""
    first = _row(text, f"{GOALS}[{place}]")
    return first, _next_table(lines, first, f"{GOALS}.")


def _next_table(lines: Sequence[str], after: int, own: str) -> int:
    """The line before the next table that is none of its own."""
    headers = ((n, _HEADER.fullmatch(lines[n])) for n in range(after, len(lines)))
    return next((n for n, header in headers if header and not header[1].startswith(own)), len(lines))


def _ends(lines: Sequence[str], first: int, last: int) -> int:
    """Where a table's own lines end: what stands empty or is remarked before the next belongs to that."""
    return max(n for n in range(first, last + 1) if n == first or (lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#")))  # fmt: skip


def _cut(lines: Sequence[str], first: int, last: int) -> str:
    end = _ends(lines, first, last)
    before = lines[: first - 1]
    while before and not before[-1].strip():
        before = before[:-1]
    return "\n".join([*before, *lines[end:]])


def _drop_empty(table: Entry, key: str) -> None:
    if not table[key]:
        del table[key]


def _free(letter: str, taken: set[object]) -> str:
    return next(f"{letter}{n}" for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)


def _filled(entry: Mapping[str, Any]) -> Entry:
    """As it is read: what is empty is not written."""
    return {key: [_filled(one) for one in value] if key == INDICATORS else value for key, value in entry.items() if value not in (None, "", [], ())}  # fmt: skip


def _keys(entry: Mapping[str, Any]) -> Iterator[str]:
    """A table's lines but for the measures in it; a target or a baseline stands on one line, as in the example."""
    return (f"{key} = {toml_value(value, len(key))}" for key, value in _filled(entry).items() if key != INDICATORS)


def _measure_lines(entry: Entry) -> Iterator[str]:
    """A measure, which stands in from its goal."""
    yield ""
    for line in (f"[[{GOALS}.{INDICATORS}]]", *_keys(entry)):
        yield f"  {line}"
