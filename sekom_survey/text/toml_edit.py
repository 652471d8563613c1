"""Keys of one table in a TOML text, set or taken away; every other line stays as it was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from sekom_survey.text.toml_rows import rows_of
from sekom_survey.text.toml_text import toml_value

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
