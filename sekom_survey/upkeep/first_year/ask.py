"""`sekom confirm`: each place shown in the terminal, confirmed with Return or changed by answering a few questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from sekom_survey.model import Export, Unusable
from sekom_survey.text.files import as_day
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.first_year.places import (
    CHOICE,
    DAY,
    FLAG,
    KEEP,
    ORDER,
    SUBSET,
    WHOLE,
    Field,
    Place,
    marks_of,
    settle,
)
from sekom_survey.upkeep.first_year.plan import plan
from sekom_survey.upkeep.inspect import inspect_file, inspection_lines


def looked_at(file: Path, members: Path | None) -> tuple[Export, list[str]]:
    """An export and what a person should know of it, and of the year that it would make. Raises Unusable."""
    export, problems = inspect_file(file, file.name)
    if export is None:
        raise Unusable(problems)
    return export, [*inspection_lines(export, problems), *(_year_lines(file, export, members) if members else ())]


def _year_lines(file: Path, export: Export, members: Path) -> Iterator[str]:
    days = [day for day in export.rows["date"] if day]
    first = plan(file, members, int(max(days)[:4]) if days else date.today().year)
    yield from ("", "Så blir det första året:", *(f"   {line}" for line in first.lines))
    marks = list(dict.fromkeys(mark.what for mark in first.marks))
    yield f"   {len(first.marks)} {plural(len(first.marks), 'ställe', 'ställen')} att bekräfta:"
    yield from (f"   – {what}" for what in marks)


YES, CHANGE, LATER, STOP = "", "ä", "h", "s"
PROMPT = "Retur = stämmer, ä = ändra, h = hoppa över, s = sluta"


def confirm_places(folder: Path) -> Iterator[str]:
    """Go through the places that are left, asking about each; lines on how it went. Raises Unusable."""
    every, done, skipped = len(marks_of(folder)), 0, 0
    while len(places := marks_of(folder)) > skipped:
        place = places[skipped]
        for line in place_lines(place, f"{done + skipped + 1} av {every}"):
            click.echo(line)
        try:
            answer = _asked(PROMPT, {YES, CHANGE, LATER, STOP, "a"}.__contains__)
            if answer == STOP:
                break
            if answer == LATER:
                skipped += 1
                continue
            settle(folder, place.where, _changes(place) if answer in (CHANGE, "a") else {})
            done += 1
        except click.Abort:  # the end of what is typed, or Ctrl+C: the same as stopping
            click.echo()
            break
        except Unusable as stop:
            for problem in stop.problems:
                click.echo(f"   {problem.found} {problem.todo}")
    yield f"{done} bekräftade, {every - done} kvar." if every else "Det finns inget kvar att bekräfta."


def place_lines(place: Place, number: str) -> Iterator[str]:
    """A place as the terminal shows it."""
    column = f" (kolumn {place.column})" if place.column else ""
    yield f"\n{number}. {place.question or 'Om enkäten'}{column}"
    yield f"   {place.what}"
    for field in place.fields:
        yield f"   {field.name}: {_shown(field)}"


def _shown(field: Field) -> str:
    if field.kind == CHOICE:
        return field.shown[field.choices.index(field.value)]
    if field.kind == FLAG:
        return "ja" if field.value else "nej"
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
        if value != field.value and field.key in (KEEP, "kind"):
            return changed
    return changed


def _answer(field: Field) -> Any:
    """What is typed for a field; Return leaves it."""
    ways: dict[str, Callable[[Field], Any]] = {
        CHOICE: _chosen,
        FLAG: _yes,
        ORDER: _order,
        SUBSET: _some,
        DAY: _day,
        WHOLE: _whole,
    }
    return ways.get(field.kind, _words)(field)


def _yes(field: Field) -> bool:
    return _asked(f"   {field.name} [J/n]", {"", "j", "ja", "n", "nej"}.__contains__) not in ("n", "nej")


def _order(field: Field) -> list[str]:
    """All of them in the right order, and those that nobody gave."""
    labels = _picked(field, "Skriv alla numren i rätt ordning, lägst först (Retur = som nu)", field.value, every=True)
    while label := _asked("   Saknas ett svarsalternativ? Skriv det (Retur = nej)", lambda text: text not in labels):
        told = "; ".join(f"{i} {one}" for i, one in enumerate(labels, 1))
        place = _asked(
            f"   Efter vilket nummer? 0 = först, Retur = sist. {told}", lambda text: _is_place(text, len(labels))
        )
        labels.insert(int(place) if place else len(labels), label)
    return labels


def _is_place(text: str, most: int) -> bool:
    return not text or (text.isdecimal() and int(text) <= most)


def _some(field: Field) -> list[str]:
    return _picked(field, "Skriv numren på dem (Retur = som nu, - = inga)", field.value)


def _day(field: Field) -> Any:
    text = _asked(f"   {field.name} [{field.value}]", lambda text: not text or as_day(text) is not None)
    return as_day(text) or field.value


def _whole(field: Field) -> int:
    return int(_asked(f"   {field.name} [{field.value}]", lambda text: not text or text.isdecimal()) or field.value)


def _words(field: Field) -> str:
    return _asked(f"   {field.name} [{field.value}]", lambda text: True) or field.value


def _chosen(field: Field) -> str:
    click.echo(f"   {field.name}: " + "; ".join(f"{i} {name}" for i, name in enumerate(field.shown, 1)))
    text = _asked("   Nummer (Retur = som nu)", lambda text: not text or _are_places(text, len(field.choices)))
    return field.choices[int(text.split()[0]) - 1] if text else str(field.value)


def _picked(field: Field, prompt: str, now: Sequence[str], every: bool = False) -> list[str]:
    click.echo(f"   {field.name}: " + "; ".join(f"{i} {label}" for i, label in enumerate(field.choices, 1)))
    most = len(field.choices)
    text = _asked(
        f"   {prompt}",
        lambda text: (
            not text or (text == "-" and not every) or (_are_places(text, most) and len(text.split()) >= most * every)
        ),
    )
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
