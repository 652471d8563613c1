"""What `sekom check` says about the form, in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sekom_survey.asked.load import find_export
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.collected import read_export
from sekom_survey.counted.form_changes import (
    EMPTY,
    LOST,
    NEW,
    OPTIONS,
    REWORDED,
    SCALE_CHANGED,
    TYPE,
    FormChange,
    export_changes,
    year_changes,
)
from sekom_survey.model import Export, Survey
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.draft import draft_question

NAMES = {
    NEW: "Nya frågor",
    LOST: "Frågor som saknas",
    EMPTY: "Frågor utan svar",
    REWORDED: "Ny lydelse",
    OPTIONS: "Ändrade svarsalternativ",
    SCALE_CHANGED: "Ändrad skala",
    TYPE: "Ändrad typ av fråga",
}
BREAKS = "BRYTER TRENDEN "


def form_lines(folder: Path, known: tuple[Survey, Export] | None = None) -> list[str]:
    """A year's export against its survey.toml, and that against last year's; what cannot be read is left out.

    Last year is the neighbouring folder named after it. `known` is the year when it has been read already.
    """
    survey, export = known or _read(folder)
    if survey is None:
        return []
    lines: list[str] = []
    if export:
        title = f"Formuläret i {export.file.rpartition('/')[2]} jämfört med survey.toml"
        lines += _section(title, export_changes(export, survey.questionnaire), partial(_draft, export, survey.year))
    before, _ = read_survey(folder.parent / str(survey.year - 1) / "survey.toml", "")
    if before:
        title = f"Frågorna {survey.year} jämförda med {before.year}"
        lines += _section(title, year_changes(before.questionnaire, survey.questionnaire))
    return lines


def _read(folder: Path) -> tuple[Survey | None, Export | None]:
    survey, _ = read_survey(folder / "survey.toml", folder.name)
    path, _ = find_export(folder / "export", folder.name)
    if survey is None or path is None:
        return survey, None
    return survey, read_export(path, path.name, survey.reader, dict(survey.reader_options), survey)[0]


def _draft(export: Export, year: int, change: FormChange) -> list[str]:
    """What to paste into survey.toml for a new question."""
    if change.kind != NEW:
        return []
    name = f"ny{year}_{export.headers.index(change.item) + 1}"
    return [
        "Klistra in sist i survey.toml och gå igenom det som är märkt KONTROLLERA:",
        *draft_question(export, change.item, name),
    ]


def _nothing(change: FormChange) -> list[str]:
    return []


def _section(
    title: str, changes: Sequence[FormChange], more: Callable[[FormChange], Sequence[str]] = _nothing
) -> Iterator[str]:
    if not changes:
        yield f"{title}: inga skillnader."
        return
    broken = len({change.item for change in changes if change.breaks})
    said = f"{len(changes)} {plural(len(changes), 'skillnad', 'skillnader')}"
    breaks = f", {broken} {plural(broken, 'fråga', 'frågor')} bryter trenden om inget görs" if broken else ""
    yield f"{title}: {said}{breaks}."
    for kind, name in NAMES.items():
        mine = [change for change in changes if change.kind == kind]
        if mine:
            yield f"  {name}"
        for change in mine:
            yield "    " + (BREAKS if change.breaks else "") + " ".join(filter(None, (change.found, change.todo)))
            yield from (f"      {line}".rstrip() for line in more(change))
