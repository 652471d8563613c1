"""What a draft leaves for a person to confirm: `confirm = "..."` in any table of survey.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sekom_survey.model import Problem, Survey

KEY = "confirm"
FREE = ("headings", "missing", "region_overrides")  # their keys are people's own


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


def unconfirmed(survey: Survey, shown: str) -> list[Problem]:
    """An error for each mark that is left: a run stops for them, and `check` lists them."""
    return [
        Problem(
            "unconfirmed",
            shown,
            where,
            f"Ska bekräftas: {what}",
            "Titta efter, rätta om det behövs, och ta sedan bort raden confirm.",
        )
        for where, what in survey.marks
    ]
