"""A question that the form has and survey.toml has not: its drafted lines put last in the file, to be confirmed there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sekom_survey.asked.load import find_export
from sekom_survey.asked.marks import taken_out
from sekom_survey.collected import read_export
from sekom_survey.model import Export
from sekom_survey.upkeep.draft import draft_question
from sekom_survey.upkeep.next_year.survey import NotRewritten


def new_id(export: Export, year: int, heading: str) -> str:
    """An id that says when the question came and in which column."""
    return f"ny{year}_{export.headers.index(heading) + 1}"


def with_question(folder: Path, text: str, heading: str) -> str:
    """survey.toml with a question of the export drafted last in it; as it was when it is there already.

    Raises NotRewritten when there is nothing to draft from, or when the lines would change anything else in the file.
    """
    old = tomllib.loads(text)
    if any(heading in (one.get("text"), *one.get("wordings", [])) for one in old.get("items", [])):
        return text
    path, _ = find_export(folder / "export", folder.name)
    options = taken_out(old.get("reader_options", {}))[0]
    export = read_export(path, path.name, old.get("reader"), options)[0] if path else None
    if export is None or heading not in export.headers:
        raise NotRewritten(heading)
    lines = draft_question(export, heading, new_id(export, old["year"], heading))
    new = "\n".join([text.rstrip("\n"), *lines, ""])
    try:
        found = tomllib.loads(new)
    except tomllib.TOMLDecodeError:
        raise NotRewritten(heading) from None
    if found.get("items", [])[:-1] != old.get("items", []) or any(
        found.get(key) != value for key, value in old.items() if key not in ("items", "scales")
    ):
        raise NotRewritten(heading)
    return new
