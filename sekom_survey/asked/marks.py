"""What a draft leaves for a person to confirm: `confirm = "..."` in any table of survey.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sekom_survey.model import Export, Problem, Questionnaire, Survey
from sekom_survey.text.files import folded
from sekom_survey.text.toml_edit import with_rows

KEY = "confirm"
FREE = ("headings", "missing", "missing_in", "region_overrides")  # their keys are people's own


class Mark(NamedTuple):
    """A place in survey.toml ("items.q05") and what a person is to look at there."""

    where: str
    what: str


def taken_out(data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Mark, ...]]:
    """A file's table without its marks, and each mark as (where, what to confirm)."""
    marks = tuple(_marks(data, ""))
    return (_without(data), marks) if marks else (dict(data), ())


def _marks(data: Mapping[str, Any], path: str) -> Iterator[Mark]:
    for key, value in data.items():
        if key == KEY and isinstance(value, str):
            yield Mark(path, value)
        elif isinstance(value, dict) and key not in FREE:
            yield from _marks(value, f"{path}.{key}".lstrip("."))
        elif isinstance(value, list):
            for number, entry in enumerate(value, 1):
                if isinstance(entry, dict):
                    yield from _marks(entry, f"{path}.{key}.{entry.get('id') or number}".lstrip("."))


def _without(value: Any) -> Any:
    if isinstance(value, list):
        return [_without(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {
        key: one if key in FREE else _without(one)
        for key, one in value.items()
        if key != KEY or not isinstance(one, str)
    }


def unconfirmed(survey: Survey, path: Path, shown: str, export: Export | None = None) -> list[Problem]:
    """An error for each mark that is left, with the question's text: a run stops for them, and `check` lists them.

    With the `export` each question is told with its column letter.
    """
    columns = (
        {folded(heading): place for heading, place in zip(export.headers, export.places, strict=False)}
        if export
        else {}
    )
    told = [_unconfirmed(Mark(*mark), survey.questionnaire, shown, columns) for mark in survey.marks]
    return with_rows(told, path, shown)


def _unconfirmed(mark: Mark, questionnaire: Questionnaire, shown: str, letters: Mapping[str, str]) -> Problem:
    texts = list(texts_at(mark.where, questionnaire))
    columns = [letters[folded(text)] for text in texts if folded(text) in letters]
    question = f"”{texts[0]}”" if len(texts) == 1 else f"{len(texts)} frågor" if texts else ""
    place = question + (f" (kolumn {_run(columns)})" if columns else "")
    found = f"{place}: {mark.what}" if place else mark.what
    todo = "Bekräfta med sekom confirm, eller titta efter och ta bort raden confirm."
    return Problem("unconfirmed", shown, mark.where or KEY, found, todo)


def texts_at(where: str, questionnaire: Questionnaire) -> Iterator[str]:
    """The headings that a place is about: one of a question, those of all rows for a matrix, none elsewhere."""
    name = where.removeprefix("items.").rpartition(".")[2]
    if where.startswith("items."):
        yield from (item.text for item in questionnaire.items if name in (item.id, item.group))


def _run(columns: Sequence[str]) -> str:
    return columns[0] if len(columns) == 1 else f"{columns[0]}–{columns[-1]}"
