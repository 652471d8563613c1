"""What lies in a year's folder, file by file, and what `sekom check` says of the form."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sekom_survey.asked import register
from sekom_survey.asked.indicators import FOLDER as INDICATORS_FOLDER
from sekom_survey.asked.indicators import INDICATORS_FILE
from sekom_survey.asked.load import CORRECTION_ALIASES, CORRECTION_COLUMNS, find_export
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.coding import decisions as codings
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
)
from sekom_survey.counted.year_changes import year_changes
from sekom_survey.found import coming, examples, trace
from sekom_survey.found.annual.read import ANNUAL_FILE
from sekom_survey.found.engagement import hand_log
from sekom_survey.found.goals import activities, decisions
from sekom_survey.model import Export, Survey
from sekom_survey.text.files import NotText, decode, is_copy, is_leftover, read_rows, squeeze
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.draft import draft_question
from sekom_survey.upkeep.new_question import new_id
from sekom_survey.upkeep.next_year.survey import FILL_IN

GOALS_FILE = "goals.toml"
MAX_BYTES = 2_000_000
CODINGS = "codings.csv"


@dataclass(frozen=True)
class Expected:
    """A file of a year's folder: what it is for, its columns, those it must have, their other names, if a run needs it."""

    name: str
    purpose: str
    columns: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False


FILES = (
    Expected("survey.toml", "frågorna, datum och gränser", needed=True),
    Expected(
        "members.csv", "medlemmarna, en rad för varje", register.COLUMNS, register.REQUIRED, register.ALIASES, True
    ),
    Expected(
        "corrections.csv",
        "namn och svar som rättats för hand",
        CORRECTION_COLUMNS,
        ("action", "reason"),
        CORRECTION_ALIASES,
    ),
    Expected("codebook.toml", "teman för fritextsvaren"),
    Expected(CODINGS, "granskade teman; skrivs av verktyget", codings.COLUMNS, codings.COLUMNS),
    Expected("goals.toml", "målen"),
    Expected("activities.csv", "aktivitetsloggen", activities.COLUMNS, activities.REQUIRED, activities.ALIASES),
    Expected("decisions.csv", "styrelsens bedömningar", decisions.COLUMNS, decisions.COLUMNS, decisions.ALIASES),
    Expected("signals.csv", "det kansliet hört om medlemmar", hand_log.COLUMNS, hand_log.COLUMNS[:3], hand_log.ALIASES),
    Expected("examples.csv", "goda exempel", examples.COLUMNS, examples.REQUIRED, examples.ALIASES),
    Expected("coming.csv", "vad som är på gång", coming.COLUMNS, coming.COLUMNS[:2], coming.ALIASES),
    Expected("claims.toml", "planens påståenden"),
    Expected(
        trace.PLAN_FILE, "planens aktiviteter och fynden de svarar på", trace.COLUMNS, trace.COLUMNS[:1], trace.ALIASES
    ),
    Expected(ANNUAL_FILE, "verksamhetsberättelsens siffror"),
    Expected(INDICATORS_FILE, "nyckeltalen, deras enheter och riktning"),
)
OF_MEMBERS = ("members.csv", "signals.csv", "examples.csv", "coming.csv")  # nobody waits for them without a register
OTHERS = (
    INDICATORS_FOLDER,
    "ATT_GORA.md",
    "gallring.csv",
    "notebooks",
    "published",
    "export",
    "replaced",
    "codings.csv.bak",
)


def folder_lines(folder: Path) -> list[str]:
    """A line for every file of a year's folder, in Swedish; needs nothing of the folder but that it exists."""
    lines = [f"Filer i {folder.name}"]
    expected = [
        one for one in FILES if one.name not in OF_MEMBERS or (folder / one.name).exists() or _of_members(folder)
    ]
    lines += [f"  {line}" for one in expected for line in _file(folder / one.name, one)]
    lines += [f"  {line}" for line in _export(folder / "export")]
    lines += [f"  {line}" for line in _strangers(folder)]
    return lines


def _of_members(folder: Path) -> bool:
    """Whether members answer, as far as survey.toml can be read."""
    survey, _ = read_survey(folder / "survey.toml", "survey.toml")
    return survey is None or survey.of_members


def _file(path: Path, expected: Expected) -> Iterator[str]:
    if not path.is_file():
        said = "SAKNAS" if expected.needed else "finns inte (frivillig)"
        yield f"{expected.name}: {said} – {expected.purpose}." + _wanted(expected)
        return
    filled = path.stat().st_size <= MAX_BYTES and _markers(path)
    said = f" {filled} {plural(filled, 'rad är märkt', 'rader är märkta')} {FILL_IN}." if filled else ""
    yield f"{expected.name}: finns – {expected.purpose}.{said}"
    if expected.columns:
        yield from _columns(path, expected)


def _wanted(expected: Expected) -> str:
    free = [name for name in expected.columns if name not in expected.required]
    said = f" Kolumner: {', '.join(expected.required)}" if expected.required else ""
    return said + (f"{'; frivilliga:' if said else ' Kolumner:'} {', '.join(free)}." if free else "")


def _markers(path: Path) -> int:
    try:
        return decode(path.read_bytes())[0].count(FILL_IN)
    except (OSError, NotText, UnicodeDecodeError):
        return 0


def _columns(path: Path, expected: Expected) -> Iterator[str]:
    try:
        header = next((line for line in read_rows(path) if any(map(squeeze, line))), [])
    except (OSError, NotText, UnicodeDecodeError, csv.Error):
        yield "  går inte att läsa; spara den som CSV UTF-8."
        return
    names = {squeeze(cell).casefold().replace(" ", "_") for cell in header}
    have = names | {expected.aliases[name] for name in names if name in expected.aliases}
    missing = [name for name in expected.required if name not in have]
    if missing:
        yield f"  kolumner som SAKNAS: {', '.join(missing)}. Funna: {', '.join(sorted(filter(None, names)))}."


def _export(folder: Path) -> Iterator[str]:
    files = [p for p in folder.glob("*") if p.is_file() and not is_leftover(p.name)] if folder.is_dir() else []
    if len(files) == 1:
        yield f"export/: finns – {files[0].name}."
    elif files:
        yield f"export/: {len(files)} filer, men bara en ska ligga här – {', '.join(sorted(p.name for p in files))}."
    else:
        yield "export/: SAKNAS – filen med svaren, som den laddades ner. En kolumn för varje fråga i survey.toml."


def _strangers(folder: Path) -> Iterator[str]:
    known = {one.name for one in FILES} | set(OTHERS)
    for path in sorted(folder.iterdir()):
        if path.name not in known and not is_copy(path.name, CODINGS) and not is_leftover(path.name):
            yield f"{path.name}: läses inte; verktyget känner inte till filen."


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
    return [
        "Klistra in sist i survey.toml och gå igenom det som är märkt confirm:",
        *draft_question(export, change.item, new_id(export, year, change.item)),
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
