"""Where in a TOML file a key stands: problems are told with the row that a person finds in an editor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sekom_survey.model import Problem
from sekom_survey.text.files import NotText, decode

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*(?P<key>[\w-]+|"[^"]+")\s*=\s*(?P<value>.*)""")
_ID = re.compile(r'"([^"]+)"')


def rows_of(text: str) -> dict[str, int]:
    """Place -> row, for every table and key: `items[3].kind`, `scales.need.options`, and by id: `items.<id>.kind`."""
    rows: dict[str, int] = {}
    counts = Counter[str]()
    named: dict[str, str] = {}
    place, start = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            place, start = _place(header, counts), number
            rows.setdefault(place, number)
        elif found := _KEY.match(line):
            key = found["key"].strip('"')
            if key == "id" and (stated := _ID.match(found["value"])):
                named[place] = _by_id(place, stated[1], named)
                rows.setdefault(named[place], start)
                rows.setdefault(f"{place.partition('[')[0]}.{stated[1]}", start)
            for at in {place, named.get(place, place)}:
                rows.setdefault(f"{at}.{key}" if at else key, number)
    return rows


def _by_id(place: str, name: str, named: Mapping[str, str]) -> str:
    """The place of a table told by ids instead of numbers, as `items.help.rows.help_food`."""
    table = place.rpartition("[")[0] or place
    above, dot, own = table.rpartition(".")
    return f"{named.get(above, above)}{dot}{own}.{name}"


def _place(header: re.Match[str], counts: Counter[str]) -> str:
    """The table's name as problems give it: every list along it with the number of the entry, from 1."""
    place, dotted = "", ""
    parts = header["name"].split(".")
    for i, part in enumerate(parts):
        dotted, name = f"{dotted}.{part}" if dotted else part, part.strip().strip('"')
        place = f"{place}.{name}" if place else name
        last = i == len(parts) - 1
        if last and header["open"] == "[[":
            counts[place] += 1
        place += f"[{counts[place]}]" if counts[place] else ""
    return place


def with_rows(problems: Iterable[Problem], path: Path, shown: str) -> list[Problem]:
    """The problems of one TOML file with the row in front of the place, where the file has one."""
    told = list(problems)
    if not any(problem.file == shown and problem.where for problem in told):
        return told
    try:
        rows = rows_of(decode(path.read_bytes())[0])
    except (OSError, NotText, UnicodeDecodeError):
        return told
    return [_with_row(problem, rows) if problem.file == shown else problem for problem in told]


def _with_row(problem: Problem, rows: Mapping[str, int]) -> Problem:
    if problem.where.startswith("rad "):
        return problem
    place = problem.where
    while place and place not in rows:
        place = place.rpartition(".")[0]
    return replace(problem, where=f"rad {rows[place]}, {problem.where}") if place else problem
