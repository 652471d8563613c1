"""A problem mended by the line that a person could have typed: a row of corrections.csv, a key of survey.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sekom_survey.asked.load import ACTIONS, CORRECTION_ALIASES, CORRECTION_COLUMNS
from sekom_survey.model import METADATA, Mend, Problem, Unusable
from sekom_survey.text.files import decode
from sekom_survey.text.rows import add_rows, marked_rows, remove_rows, write_whole
from sekom_survey.text.table import read_sheet
from sekom_survey.text.turns import turn
from sekom_survey.upkeep.new_question import with_question
from sekom_survey.upkeep.next_year.survey import NotRewritten, checked

_HEAD = re.compile(r"\s*\[+\s*([\w.\"-]+)\s*\]+")
ASKED = "asked"
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
        "option": lambda one: _allowing(text, how, one),
        "own_words": lambda one: _with_key(text, how.item, "other", "true"),
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
    elif how.action == "option":
        item["options"] = [*item["options"], how.found]
    elif how.action == "own_words":
        item["other"] = True
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


def _allowing(text: str, how: Mend, item: Data) -> str | None:
    """An answer added last among the options; one on a scale of its own name is for a person to place."""
    if "options" not in item:
        raise NotRewritten(how.item)
    if how.found in item["options"]:
        return None
    return _with_key(text, how.item, "options", json.dumps([*item["options"], how.found], ensure_ascii=False))


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


CORRECTIONS, SURVEY = "corrections.csv", "survey.toml"


@dataclass(frozen=True)
class Mended:
    """A row of corrections.csv as it stands: its number in the file, its mark, and its cells by column."""

    line: int
    mark: str
    action: str
    row: str
    found: str
    member_id: str
    item: str
    reason: str
    date: str
    who: str


def mend(folder: Path, how: Mend, reason: str, day: date, who: str = "") -> bool:
    """Write what mends a problem of a year; whether anything had to be written. Raises Unusable and OSError.

    A mend by corrections.csv needs its reason, and a match its member.
    """
    if how.action not in ACTIONS:
        return _mend_survey(folder / SURVEY, how)
    if not reason.strip():
        raise Unusable(
            [
                Problem(
                    "reason_missing", CORRECTIONS, "", "Skälet är tomt.", "Skriv varför, så att nästa person förstår."
                )
            ]
        )
    cells = {"action": how.action, "row": how.row, "found": how.found, "member_id": how.member_id, "item": how.item}
    row = {**cells, "reason": reason.strip(), "date": day.isoformat(), "who": who.strip()}
    if any(_same(row, old) for old in corrections(folder)):
        return False
    return add_rows(folder / CORRECTIONS, CORRECTION_COLUMNS, CORRECTION_ALIASES, [row]) > 0


def _same(row: dict[str, str], old: Mended) -> bool:
    """Whether a row says what another does, whatever the reason and the day."""
    return all(row[name] == getattr(old, name) for name in ("action", "row", "found", "member_id", "item"))


def corrections(folder: Path) -> list[Mended]:
    """What has been corrected by hand, in the order of the file."""
    path = folder / CORRECTIONS
    sheet = read_sheet(path, path.name, CORRECTION_COLUMNS, (), CORRECTION_ALIASES) if path.exists() else None
    found = (
        [(line, {name: cells.get(name, "") for name in CORRECTION_COLUMNS}) for line, cells in sheet.rows]
        if sheet
        else []
    )
    marks = marked_rows(path)
    return [
        Mended(line, marks[line], **{**cells, "action": ACTIONS.get(cells["action"].casefold(), cells["action"])})
        for line, cells in found
    ]


def unmend(folder: Path, line: int, mark: str) -> bool:
    """Take a row out of corrections.csv, if it still has its mark; whether it had."""
    return remove_rows(folder / CORRECTIONS, {line: mark})


def _mend_survey(path: Path, how: Mend) -> bool:
    with turn(path):
        old = decode(path.read_bytes())[0].removeprefix("\ufeff").replace("\r\n", "\n")
        try:
            new = with_question(path.parent, old, how.found) if how.action == ASKED else mended_survey(old, how)
        except NotRewritten as key:
            found, todo = f"Raderna för {key} kan inte skrivas om.", "Ändra dem för hand i survey.toml."
            raise Unusable([Problem("not_rewritten", SURVEY, str(key), found, todo)]) from None
        if new != old:
            write_whole(path, new.encode())
        return new != old
