"""A file put in its place in a year's folder: read first, the old one kept with its date, never half there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.asked import register
from sekom_survey.asked.indicators import FOLDER, INDICATORS_FILE, read_figures
from sekom_survey.asked.load import EXPORT_SUFFIXES
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.collected import read_export
from sekom_survey.collected.indicators.read import read_file
from sekom_survey.collected.reasons import REASONS
from sekom_survey.collected.workbook import workbook_sheets
from sekom_survey.collected.xlsx_guard import Refused
from sekom_survey.found import trace
from sekom_survey.found.engagement import hand_log
from sekom_survey.found.goals import activities
from sekom_survey.model import Problem, Unusable, errors
from sekom_survey.text.files import is_leftover, squeeze
from sekom_survey.text.rows import write_whole
from sekom_survey.text.table import TableRead, read_sheet
from sekom_survey.text.toml import read_toml
from sekom_survey.upkeep.next_year.survey import table_text

REPLACED, EXPORT, VALUES = "replaced", "export", "values"
FOLDERS = {EXPORT: EXPORT_SUFFIXES, VALUES: (*EXPORT_SUFFIXES, ".json")}
"""Places where files lie in a folder under names of their own, and of which kinds they are."""
ZIP_MARK = b"PK"
_STRANGE = re.compile(r"[^\w .,()&+-]")
_WINDOWS = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)", re.IGNORECASE
)  # names that Windows keeps for devices


@dataclass(frozen=True)
class Slot:
    """A place for a file: what lands there, in words, and the file's name; the export and the indicators' values keep their own."""

    id: str
    words: str
    name: str = ""


SLOTS = (
    Slot(EXPORT, "Svarsfilen"),
    Slot("members", "Medlemslistan", "members.csv"),
    Slot("activities", "Aktivitetsloggen", "activities.csv"),
    Slot("signals", "Det kansliet hört om medlemmar", "signals.csv"),
    Slot("codebook", "Kodboken", "codebook.toml"),
    Slot("goals", "Målen", "goals.toml"),
    Slot("claims", "Planens påståenden", "claims.toml"),
    Slot("plan", "Planens aktiviteter", "plan.csv"),
    Slot("annual", "Verksamhetsberättelsens siffror", "annual.toml"),
    Slot("indicators", "Nyckeltalen som följs", INDICATORS_FILE),
    Slot(VALUES, "Nyckeltalens värden"),
)
SHEETS: dict[str, Callable[[Path, str], TableRead]] = {
    "members": lambda path, name: read_sheet(path, name, register.COLUMNS, register.REQUIRED, register.ALIASES),
    "activities": lambda path, name: read_sheet(
        path, name, activities.COLUMNS, activities.REQUIRED, activities.ALIASES
    ),
    "plan": lambda path, name: read_sheet(path, name, trace.COLUMNS, trace.COLUMNS[:1], trace.ALIASES),
    "signals": lambda path, name: read_sheet(path, name, hand_log.COLUMNS, hand_log.COLUMNS[:3], hand_log.ALIASES),
}


def put_in(folder: Path, slot: str, name: str, data: bytes, day: date) -> Path:
    """A sent file in its place; where it is. What was there is in `replaced`, under its name and the day.

    Raises Unusable, with nothing changed, when the file cannot be read as what it should be. A table may be sent as xlsx; it is kept
    as csv.
    """
    place = {one.id: one for one in SLOTS}[slot]
    home = {EXPORT: EXPORT, VALUES: FOLDER}.get(slot, "")
    target = folder / home / (own_name(name, FOLDERS[slot]) if slot in FOLDERS else place.name)
    if slot in SHEETS:
        data = _as_csv(data, name)
    with _tried(folder, target.name, data) as trial:
        _read(folder, slot, trial, name)
        _put(folder, target, trial, day)
    return target


def own_name(name: str, suffixes: Sequence[str] = EXPORT_SUFFIXES) -> str:
    """A file's own name, as far as it is a name and no path, hidden file or lock file of Excel's."""
    plain = _STRANGE.sub("_", squeeze(name.replace("\\", "/").rpartition("/")[2])).lstrip(".~$ ")[-120:]
    if _WINDOWS.match(plain):
        plain = f"_{plain}"
    if Path(plain).suffix.lower() not in suffixes:
        found = f"Filtypen {Path(plain).suffix or 'utan ändelse'} går inte att läsa."
        raise Unusable([Problem("export_type", name[:120], "", found, "Exportera som xlsx eller csv.")])
    return plain


@contextmanager
def _tried(folder: Path, name: str, data: bytes) -> Iterator[Path]:
    """The file in a hidden folder of its own, gone afterwards unless it was moved."""
    work = folder / ".put-in"
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir()
        write_whole(work / name, data)
        yield work / name
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _as_csv(data: bytes, name: str) -> bytes:
    """A table as csv: a workbook's first sheet that holds anything, other files as they are."""
    if not data.startswith(ZIP_MARK):
        return data
    try:
        sheets, _ = workbook_sheets(data)
    except Refused as refused:
        code, found, todo = REASONS[refused.code]
        raise Unusable([Problem(code, name, "", found, todo)]) from None
    filled = [rows for _, rows, _ in sheets if any(map(any, rows))]
    if not filled:
        raise Unusable([Problem("file_empty", name, "", "Filen är tom.", "Kontrollera att det är rätt fil.")])
    return table_text(line for line in filled[0] if any(line)).encode()


def _read(folder: Path, slot: str, path: Path, name: str) -> None:
    """Raise Unusable when a file cannot be read as what it should be; faults in single rows are told afterwards."""
    readers: dict[str, Callable[[], Sequence[Problem]]] = {
        EXPORT: lambda: _export_faults(folder, path, name),
        VALUES: lambda: _value_faults(folder, path, name),
    }
    if slot in SHEETS:
        readers[slot] = lambda: SHEETS[slot](path, name).problems
    faults = errors(readers.get(slot, lambda: read_toml(path, name)[1])())
    if faults:
        raise Unusable(faults)


def _export_faults(folder: Path, path: Path, name: str) -> Sequence[Problem]:
    survey, _ = read_survey(folder / "survey.toml", "survey.toml")
    chosen = (survey.reader, dict(survey.reader_options)) if survey else (None, {})
    export, problems = read_export(path, name, *chosen)
    return problems if export is None else ()


def _value_faults(folder: Path, path: Path, name: str) -> Sequence[Problem]:
    """Why a file holds no value of any indicator of the year."""
    declared, problems = read_figures(folder / INDICATORS_FILE, INDICATORS_FILE, "")
    if declared is None:
        return problems
    reading = read_file(path, name, declared.figures)
    if reading.cells:
        return ()
    found = "I filen finns inga värden för nyckeltalen i indicators.toml."
    todo = "Se till att filen, bladet eller en rubrik börjar med nyckeltalets namn; docs/indicators.md visar hur."
    return [*errors(reading.problems), Problem("indicator_values", name, "", found, todo)]


def _put(folder: Path, target: Path, trial: Path, day: date) -> None:
    """Copies of what was there first, then the new file, then away with what it replaces: at no moment is a file lost."""
    target.parent.mkdir(exist_ok=True)
    beside = target.parent.glob("*") if target.parent.name == EXPORT else [target]
    old = [path for path in beside if path.is_file() and not is_leftover(path.name)]
    for path in old:
        keep(folder, path, day)
    trial.replace(target)
    for path in old:
        if path != target:
            path.unlink()


def keep(folder: Path, path: Path, day: date) -> None:
    """A copy of a year's file among the replaced ones, with the day before its name."""
    home = folder / REPLACED
    home.mkdir(exist_ok=True)
    names = (f"{day} {path.stem}{f' {n}' if n > 1 else ''}{path.suffix}" for n in range(1, 10_000))
    kept = next(home / name for name in names if not (home / name).exists())
    draft = home / f".{kept.name}"
    shutil.copy2(path, draft)
    draft.replace(kept)
