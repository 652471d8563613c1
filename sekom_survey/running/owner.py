"""Whose reports lie in a folder: two years' folders of the same name never write over each other's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sekom_survey.model import Problem

ID_FILE, OWNER_FILE = ".sekom-id", ".owner"


def other_owner(folder: Path, home: Path) -> Problem | None:
    """A problem when the reports in `home` are another folder's, or those of a folder that this one is a copy of."""
    owner = _owner(home)
    if owner is None or _same(Path(owner["folder"]), folder):
        return None
    where, mine = Path(owner["folder"]), _id(folder)
    if mine and mine == owner["id"]:
        if _id(where) != mine:  # moved, or seen from another machine
            return None
        found = f"Mappen är en kopia av {where}, och rapporterna hör till den."
        todo = "Ge kopian ett annat namn, eller välj en annan mapp för rapporterna med --reports."
        return Problem("report_of_copy", folder.name, "", found, todo)
    found = f"Rapporterna i {home.name} hör till en annan mapp: {where}."
    todo = "Ge den här mappen ett annat namn, eller välj en annan mapp för rapporterna med --reports."
    return Problem("report_of_another", folder.name, "", found, todo)


def own(folder: Path, home: Path) -> None:
    """Note that the reports in `home` are this folder's, which gets an id of its own the first time."""
    if not _id(folder):
        with suppress(OSError):  # a year that can only be read is known by where it lies
            (folder / ID_FILE).write_text(secrets.token_hex(8) + "\n", encoding="ascii")
    note = {"id": _id(folder), "folder": str(folder.resolve())}
    (home / OWNER_FILE).write_text(json.dumps(note, ensure_ascii=False) + "\n", encoding="utf-8")


def _owner(home: Path) -> Mapping[str, str] | None:
    try:
        note = json.loads((home / OWNER_FILE).read_text(encoding="utf-8"))
        return {key: str(note[key]) for key in ("id", "folder")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _id(folder: Path) -> str:
    try:
        return (folder / ID_FILE).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
