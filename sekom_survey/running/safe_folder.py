"""A report folder made whole: the last one stays until the new is there, and two years never write over each other's."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sekom_survey.model import Problem, Unusable
from sekom_survey.text.files import is_leftover
from sekom_survey.text.turns import let_go, taken

PEOPLES_FILES = ("review*.xlsx", "goals-*.*", "codebook.qdc", "codings.qdpx")
LOCK, WORK, OLD = ".lock", ".work-", ".old-"
FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Only one run at a time on a folder. Raises Unusable when another holds it.

    The system lets go of the lock when its process ends, however it ends: no lock is ever left to be removed by hand.
    """
    home.mkdir(parents=True, exist_ok=True)
    handle = taken(home / LOCK)
    if handle is None:
        todo = "Vänta tills den är klar och försök igen."
        raise Unusable([Problem("run_locked", home.name, "", "En annan körning av samma år pågår.", todo)])
    try:
        recover(home)
        yield
    finally:
        let_go(home / LOCK, handle)


def recover(home: Path) -> None:
    """Mend what a run that was killed left: put back the last report if it was moved aside, clear half-made ones."""
    for old in sorted(home.glob(f"{OLD}*")):
        target = home / old.name.removeprefix(OLD)
        if not target.exists():
            old.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    for work in home.glob(f"{WORK}*"):
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def beside(home: Path) -> Iterator[Path]:
    """A working folder beside the reports, gone afterwards whatever happens."""
    work = home / f"{WORK}{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def swap(work: Path, target: Path, peoples: Sequence[str] = ()) -> Path:
    """Put the finished folder in place of the last one; `peoples` are patterns of files that follow along.

    When it cannot be put there, the last one is put back and OSError raised.
    """
    old = target.with_name(f"{OLD}{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        _carry_over(target, work, peoples)
        target.rename(old)
    try:
        work.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return target


def _carry_over(last: Path, work: Path, patterns: Sequence[str]) -> None:
    """People's own files in the last folder, such as a workbook half reviewed, follow along to the new one."""
    for pattern in patterns:
        for path in last.glob(pattern):
            shutil.copy2(path, work / path.name)


def disk_problem(error: OSError) -> Problem:
    """What to tell when a file could not be written or read."""
    name = Path(str(error.filename)).name if error.filename else ""
    if error.errno in FULL:
        return Problem(
            "disk_full", name, "", "Disken är full.", "Frigör utrymme och kör igen. Den förra rapporten är orörd."
        )
    if error.errno in CLOSED:
        todo = "Stäng filen om den är öppen i Excel eller Word, eller välj en annan mapp med --reports."
        return Problem("not_writable", name, "", "Filen eller mappen går inte att skriva i.", todo)
    todo = "Kontrollera disken och mappen, och kör igen. Den förra rapporten är orörd."
    return Problem("disk_error", name, "", f"Ett fel på disken: {error.strerror or error}.", todo)


def state(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of change of every file in a folder, but hidden ones and those of an open Excel."""
    files = (path for path in folder.rglob("*") if path.is_file() and not is_leftover(path.name))
    return {path: _stamp(path) for path in files}


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def changed_since(before: Mapping[Path, tuple[int, int]]) -> Iterator[Problem]:
    """A problem for every file saved or removed meanwhile: what was made of them would not be of one moment."""
    for path, stamp in before.items():
        if not path.is_file() or _stamp(path) != stamp:
            found, todo = (
                "Filen ändrades medan rapporten gjordes.",
                "Spara klart och kör igen. Den förra rapporten är orörd.",
            )
            yield Problem("changed_meanwhile", path.name, "", found, todo)


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
