"""What a draft left for a person to confirm: each place with its menus, and what was chosen written to survey.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sekom_survey.app.asked import Asked, Moved, address
from sekom_survey.app.remembered import Remembered
from sekom_survey.app.years import stamp_of_form
from sekom_survey.model import Problem, Unusable
from sekom_survey.text.files import as_day
from sekom_survey.upkeep.first_year.places import (
    DAY,
    FLAG,
    ORDER,
    SUBSET,
    WHOLE,
    Field,
    Place,
    kind_name,
    marks_of,
    settle,
)

HOME = "#steg-fragor"
_PLACES: Remembered[tuple[Place, ...]] = Remembered(8)


def places(folder: Path) -> tuple[Place, ...]:
    """The places that are left; none when survey.toml cannot be read, which is told elsewhere."""
    try:
        return _PLACES.of((folder, stamp_of_form(folder)), lambda: marks_of(folder))
    except Unusable:
        return ()


def confirm(asked: Asked) -> Moved:
    """Confirm one place, with what was changed there."""
    place = next((one for one in places(asked.folder) if one.where == asked.one("where")), None)
    home = address(asked.wave) + HOME
    if place is None:
        return Moved(home, "Det är redan bekräftat.")
    given = {field.key: _value(field, asked) for field in place.fields}
    faults = [field for field in place.fields if given[field.key] is None]
    if faults:
        found = f"{faults[0].name} går inte att läsa."
        return Moved(
            home,
            "",
            (
                Problem(
                    "field_value",
                    "survey.toml",
                    place.where,
                    found,
                    "Skriv ett datum som 2027-01-19, eller ett heltal.",
                ),
            ),
        )
    try:
        settle(
            asked.folder,
            place.where,
            {field.key: given[field.key] for field in place.fields if given[field.key] != field.value},
        )
    except Unusable as stop:
        return Moved(home, "", stop.problems)
    return Moved(home, "Bekräftat.")


def _value(field: Field, asked: Asked) -> Any:
    """What the form says of a field, in the type it has in the file; None when it cannot be read."""
    name = f"falt_{field.key}"
    if field.kind == FLAG:
        return asked.one(name) == "ja"
    if field.kind == SUBSET:
        return [one for one in field.choices if one in asked.all(name)]
    if field.kind == ORDER:
        lines = [line.strip() for line in asked.one(name).splitlines() if line.strip()]
        whole = set(map(str, field.value)) <= set(lines) and len(set(lines)) == len(lines)
        return lines if whole else None  # a line more is an answer that nobody gave
    return _written(field, asked.one(name))


def _written(field: Field, text: str) -> Any:
    """A text as a field's value; where nothing was guessed nothing need be said."""
    if not text and field.value == "":
        return ""
    if field.kind == WHOLE:
        return int(text) if text.removeprefix("-").isdecimal() and len(text) < 6 else None
    if field.choices:
        return text if text in field.choices else None
    return as_day(text) if field.kind == DAY else text or None


def shown(value: object) -> str:
    """A field's value as a form holds it."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


__all__ = ["confirm", "kind_name", "places", "shown"]
