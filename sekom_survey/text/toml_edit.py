"""TOML as text: keys set or taken away with every other line as it was, tables written, the row where a key stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sekom_survey.model import Problem
from sekom_survey.text.files import NotText, decode

_HEADER = re.compile(r"\s*\[\[?[^\[\]=]+\]\]?\s*(#.*)?")


def with_keys(text: str, where: str, keys: Mapping[str, Any]) -> str:
    """The text with keys of the table at `where` (as `rows_of` names it, empty above the first table) set; None takes one away.

    Raises KeyError when there is no such table.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    start, end = _block(text, lines, where)
    block = lines[start:end]
    for key, value in keys.items():
        block = _with_key(block, key, value)
    return "\n".join([*lines[:start], *block, *lines[end:]])


def without_table(text: str, where: str) -> str:
    """The text without the table at `where`. Raises KeyError when there is no such table."""
    lines = text.replace("\r\n", "\n").split("\n")
    start, end = _block(text, lines, where)
    return "\n".join([*lines[: start - 1], *lines[end:]])


def _block(text: str, lines: list[str], where: str) -> tuple[int, int]:
    """Where a table's keys begin and end; a number alone in its name is the place in a list."""
    start = rows_of(text)[re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", where)] if where else 0
    return start, next((i for i in range(start, len(lines)) if _HEADER.fullmatch(lines[i])), len(lines))


def _with_key(block: list[str], key: str, value: Any) -> list[str]:
    new = [] if value is None else f"{key} = {toml_value(value, len(key))}".split("\n")
    at = next((i for i, line in enumerate(block) if re.match(rf"\s*{re.escape(key)}\s*=", line)), None)
    if at is not None:
        indent = block[at][: len(block[at]) - len(block[at].lstrip())]
        return [*block[:at], *(indent + line for line in new), *block[at + _length(block[at:]) :]]
    last = max((i for i, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#")), default=-1)
    return [*block[: last + 1], *new, *block[last + 1 :]]


def _length(lines: list[str]) -> int:
    """How many lines the first key's value takes."""
    for n in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[:n]))
        except tomllib.TOMLDecodeError:
            continue
        return n
    return 1


_TABLE_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*(?P<key>[\w-]+|"[^"]+")\s*=\s*(?P<value>.*)""")
_ID = re.compile(r'"([^"]+)"')


def rows_of(text: str) -> dict[str, int]:
    """Place -> row, for every table and key: `items[3].kind`, `scales.need.options`, and by id: `items.<id>.kind`."""
    rows: dict[str, int] = {}
    counts = Counter[str]()
    named: dict[str, str] = {}
    place, start = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE_HEADER.fullmatch(line):
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


WIDTH = 110


def toml_text(data: Mapping[str, Any], path: str = "") -> str:
    """A table as TOML: its plain keys, then its tables, then its lists of tables; empty values are left out."""
    return "\n".join(table_lines(data, path)).lstrip("\n") + "\n"


def table_lines(data: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The lines of a table, without its header."""
    for key, value in data.items():
        if not _is_table(value) and value not in (None, (), [], ""):
            yield f"{_key(key)} = {toml_value(value, len(key))}"
    for key, value in data.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        for entry in (
            value if isinstance(value, list) and _is_table(value) else [value] if isinstance(value, dict) else []
        ):
            lines = list(table_lines(entry, name))
            header = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from lines if lines and not lines[0] else ("", header, *lines)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    )


def toml_value(value: Any, indent: int = 0) -> str:
    """A value as TOML writes it; a list that is long has one entry a line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {toml_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence):
        entries = [toml_value(one) for one in value]
        line = "[" + ", ".join(entries) + "]"
        return line if len(line) + indent < WIDTH else "[\n" + "".join(f"  {one},\n" for one in entries) + "]"
    return str(value)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else quoted(key)
