"""`sekom confirm`: each place shown in the terminal, confirmed with Return or changed by answering a few questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from sekom_survey.text.files import as_day
from sekom_survey.upkeep.first_year.places import (
    CHOICE,
    DAY,
    ORDER,
    SUBSET,
    WHOLE,
    Field,
    Place,
    kind_name,
    marks_of,
    settle,
)

YES, CHANGE, LATER, STOP = "", "ä", "h", "s"
PROMPT = "Retur = stämmer, ä = ändra, h = hoppa över, s = sluta"


def confirm_places(folder: Path) -> Iterator[str]:
    """Go through the places that are left, asking about each; lines on how it went. Raises Unusable."""
    places = marks_of(folder)
    left = len(places)
    for number, place in enumerate(places, 1):
        for line in place_lines(place, f"{number} av {len(places)}"):
            click.echo(line)
        answer = _asked(PROMPT, {YES, CHANGE, LATER, STOP, "a"}.__contains__)
        if answer == STOP:
            break
        if answer == LATER:
            continue
        settle(folder, place.where, _changes(place) if answer in (CHANGE, "a") else {})
        left -= 1
    yield f"{len(places) - left} bekräftade, {left} kvar." if places else "Det finns inget kvar att bekräfta."


def place_lines(place: Place, number: str) -> Iterator[str]:
    """A place as the terminal shows it."""
    column = f" (kolumn {place.column})" if place.column else ""
    yield f"\n{number}. {place.question or 'Om enkäten'}{column}"
    yield f"   {place.what}"
    for field in place.fields:
        yield f"   {field.name}: {_shown(field)}"


def _shown(field: Field) -> str:
    if field.kind == CHOICE:
        return kind_name(field.value)
    if field.kind == ORDER:
        return "; ".join(f"{i} {label}" for i, label in enumerate(field.value, 1))
    return "; ".join(field.value) if isinstance(field.value, list) else str(field.value)


def _changes(place: Place) -> dict[str, Any]:
    """What the person answers for each field that is to be otherwise; a new kind is drafted anew before the rest is asked."""
    changed: dict[str, Any] = {}
    for field in place.fields:
        value = _answer(field)
        if value != field.value:
            changed[field.key] = value
        if field.kind == CHOICE and value != field.value:
            return changed
    return changed


def _answer(field: Field) -> Any:
    if field.kind == CHOICE:
        return field.choices[_number(field, [kind_name(one) for one in field.choices]) - 1]
    if field.kind == ORDER:
        return _picked(field, "Skriv numren i rätt ordning, lägst först (Retur = som nu)", field.value)
    if field.kind == SUBSET:
        return _picked(field, "Skriv numren på dem (Retur = som nu, - = inga)", field.value)
    if field.kind == DAY:
        shown = field.value.isoformat() if isinstance(field.value, date) else str(field.value)
        return as_day(_asked(f"   {field.name} [{shown}]", lambda text: not text or as_day(text) is not None) or shown)
    if field.kind == WHOLE:
        return int(_asked(f"   {field.name} [{field.value}]", lambda text: not text or text.isdecimal()) or field.value)
    return _asked(f"   {field.name} [{field.value}]", lambda text: True) or field.value


def _number(field: Field, names: Sequence[str]) -> int:
    click.echo(f"   {field.name}: " + "; ".join(f"{i} {name}" for i, name in enumerate(names, 1)))
    return int(_asked("   Nummer (Retur = som nu)", lambda text: not text or _are_places(text, len(names))) or 1)


def _picked(field: Field, prompt: str, now: Sequence[str]) -> list[str]:
    click.echo(f"   {field.name}: " + "; ".join(f"{i} {label}" for i, label in enumerate(field.choices, 1)))
    text = _asked(f"   {prompt}", lambda text: text in ("", "-") or _are_places(text, len(field.choices)))
    return list(now) if not text else [] if text == "-" else [field.choices[int(part) - 1] for part in text.split()]


def _are_places(text: str, most: int) -> bool:
    parts = text.split()
    return len(set(parts)) == len(parts) > 0 and all(part.isdecimal() and 0 < int(part) <= most for part in parts)


def _asked(prompt: str, fits: Callable[[str], bool]) -> str:
    """What is typed, without outer space; asked again until it fits. The end of the input stops."""
    while True:
        text: str = click.prompt(prompt, default="", show_default=False).strip()
        if fits(text):
            return text
        click.echo("   Det gick inte att förstå. Försök igen.")
