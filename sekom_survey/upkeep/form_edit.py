"""survey.toml changed where the form has changed: the lines of one question, and nothing else."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

from sekom_survey.model import METADATA, Mend
from sekom_survey.upkeep.next_year.survey import NotRewritten, checked

_HEAD = re.compile(r"\s*\[+\s*([\w.\"-]+)\s*\]+")
ITEM, ROW = "items", "items.rows"
Data = dict[str, Any]


def mended_survey(text: str, how: Mend) -> str:
    """The text of survey.toml with one mend in it; the same text when it is there already.

    Raises NotRewritten when the lines of the item do not have a shape that can be changed safely.
    """
    old = tomllib.loads(text)
    changes: dict[str, Callable[[Data], str | None]] = {
        "wording": lambda one: _worded(text, how, one),
        "reworded": lambda one: _with_key(text, how.item, "text", json.dumps(how.found, ensure_ascii=False)),
        "unasked": lambda one: _without(text, how.item),
    }
    if how.action == METADATA:
        return _uncounted(text, how.found, old)
    item = _entry(old, how.item)
    if item is None:
        return text
    new = changes[how.action](item)
    if new is None:
        return text
    _change(old, item, how)
    return checked(old, new, how.item)


def _entry(data: Data, name: str) -> Data | None:
    """The table of an item, or of a row of a matrix."""
    entries = [one for item in data.get(ITEM, []) for one in (item, *item.get("rows", []))]
    return next((one for one in entries if one.get("id") == name), None)


def _change(data: Data, item: Data, how: Mend) -> None:
    """What the new text is to read as."""
    if how.action == "wording":
        item["wordings"] = [*item.get("wordings", []), how.found]
    elif how.action == "reworded":
        item["text"] = how.found
    else:
        for holder in (data, *data[ITEM]):
            key = ITEM if holder is data else "rows"
            if key in holder:
                holder[key] = [one for one in holder[key] if one is not item]


def _worded(text: str, how: Mend, item: Data) -> str | None:
    known = item.get("wordings", [])
    if how.found in known:
        return None
    return _with_key(text, how.item, "wordings", json.dumps([*known, how.found], ensure_ascii=False))


def _with_key(text: str, name: str, key: str, value: str) -> str:
    """The key set on one line of its own in the item's block, under its id when it was not there."""
    lines = text.split("\n")
    start, end = _block(lines, name)
    own = [i for i in range(start, end) if re.match(rf"\s*{key}\s*=", lines[i])]
    indent = re.match(r"\s*", lines[start])[0]  # type: ignore[index]
    line = f"{indent}{key} = {value}"
    if own:
        return "\n".join([*lines[: own[0]], line, *lines[own[0] + 1 :]])
    at = next(i for i in range(start, end) if _names(lines[i], name))
    return "\n".join([*lines[: at + 1], line, *lines[at + 1 :]])


def _without(text: str, name: str) -> str:
    lines = text.split("\n")
    start, end = _block(lines, name, whole=True)
    return "\n".join([*lines[:start], *lines[end:]])


def _names(line: str, name: str) -> bool:
    return re.match(rf"""\s*id\s*=\s*["']{re.escape(name)}["']""", line) is not None


def _block(lines: Sequence[str], name: str, whole: bool = False) -> tuple[int, int]:
    """From the heading of an item's table to the next; `whole` with the rows and other tables that are its own."""
    heads = [i for i, line in enumerate(lines) if _HEAD.match(line)]
    named = next(
        (i for i, line in enumerate(lines) if _names(line, name) and _owner(lines, heads, i) in (ITEM, ROW)), None
    )
    if named is None:
        raise NotRewritten(name)
    start = max(i for i in heads if i < named)
    own = f"{_title(lines[start])}." if whole else "\0"
    end = next((i for i in heads if i > start and not _title(lines[i]).startswith(own)), len(lines))
    return start, end


def _owner(lines: Sequence[str], heads: Sequence[int], place: int) -> str:
    before = [i for i in heads if i < place]
    return _title(lines[before[-1]]) if before else ""


def _title(line: str) -> str:
    found = _HEAD.match(line)
    return found[1] if found else ""


def _uncounted(text: str, heading: str, old: Data) -> str:
    """An item last in the file for a column that is about the form, with an id that nothing else has."""
    if any(heading in (one.get("text"), *one.get("wordings", [])) for one in old.get(ITEM, [])):
        return text
    taken = {one.get("id") for one in old.get(ITEM, [])}
    name = next(f"not_counted_{n}" for n in range(1, len(taken) + 2) if f"not_counted_{n}" not in taken)
    entry = {"id": name, "kind": METADATA, "text": heading}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    new = "\n".join([text.rstrip("\n"), "", "[[items]]", *lines, ""])
    return checked({**old, ITEM: [*old.get(ITEM, []), entry]}, new, name)
