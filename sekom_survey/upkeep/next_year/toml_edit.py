"""Single values changed in a TOML text; comments, order and everything else stay as they were written."""

from __future__ import annotations

import re
import tomllib
from typing import Any

FILL_IN = "FYLL I"
_TABLE = re.compile(r"\s*\[")


class NotRewritten(Exception):
    """The text does not have the shape that can be changed line by line; its argument is the key."""


def set_value(text: str, key: str, value: str, note: str = "") -> str:
    """`text` with a key above the first table set to `value` (as TOML); `note` becomes the comment on its line.

    A key that is not there is put first. Raises NotRewritten when the key spans several lines.
    """
    line = f"{key} = {value}" + (f"  # {note}" if note else "")
    head, tail = _top(text)
    found = [i for i, old in enumerate(head) if re.match(rf"{re.escape(key)}\s*=", old)]
    if not found:
        return "\n".join([*head[: _first_key(head)], line, *head[_first_key(head) :], *tail])
    return "\n".join([*head[: found[0]], line, *head[found[0] + 1 :], *tail])


def _top(text: str) -> tuple[list[str], list[str]]:
    """The lines above the first table header, and the rest."""
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    return lines[:end], lines[end:]


def _first_key(head: list[str]) -> int:
    return next((i for i, line in enumerate(head) if line.strip() and not line.lstrip().startswith("#")), len(head))


def checked(old: dict[str, Any], text: str, key: str) -> str:
    """`text`, when it reads as `old`. Raises NotRewritten naming `key` when anything else came out."""
    try:
        same = tomllib.loads(text) == old
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise NotRewritten(key)
    return text
