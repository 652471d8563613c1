"""The whole year: a survey folder in, a report folder out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.assemble import report_of
from sekom_survey.execute import Job, execute_all, section
from sekom_survey.manifest import write_manifest
from sekom_survey.model import Failure, Problem, Section, Unusable
from sekom_survey.places import notebooks_of, report_folder, wave_name
from sekom_survey.publish import publish
from sekom_survey.publish.scan import public_names, scan
from sekom_survey.writers.excel import write_tables
from sekom_survey.writers.html import write_html
from sekom_survey.writers.notebooks import write_notebook
from sekom_survey.year import INTERNAL, PUBLIC, Year, analyse

BOTH = (INTERNAL, PUBLIC)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run made: the folder of each build, the analysed year, and the notebooks that failed."""

    folders: tuple[Path, ...]
    year: Year
    failures: tuple[Failure, ...]


def run(folder: Path, reports: Path, told: Callable[[str], None], builds: Sequence[str] = BOTH) -> Outcome:
    """Make a year's reports; the last ones stay until the new are whole. Raises Unusable.

    A notebook that fails leaves the last reports untouched; what was made lies in `reports`/<wave>/stopped. A public build
    in which the scan finds anything of a person or a member raises Unusable, and nothing is replaced.
    """
    told("Läser årets mapp och enkätfilen")
    year = analyse(folder)
    home = report_folder(folder, reports)
    with _locked(home), _beside(home) as work:
        told("Kör anteckningsböckerna som ritar figurerna")
        jobs = [Job(path, build, work / build) for build in builds for path in notebooks_of(folder)]
        executed = execute_all(jobs, str(folder.resolve()), told)
        for done in executed:
            write_notebook(done.job.path.stem, done.notebook, done.job.run_folder / "notebooks", year.survey.synthetic)
        failures = tuple(done.failure for done in executed if done.failure)
        if failures:
            return Outcome((_swap(work, home / "stopped"),), year, failures)
        told("Skriver rapporter och tabeller")
        for build in builds:
            write_build(year, build, [section(done) for done in executed if done.job.build == build], work / build)
        return Outcome(tuple(_swap(work / build, home / build) for build in builds), year, ())


def write_build(year: Year, build: str, sections: list[Section], folder: Path) -> None:
    """Everything in a build's folder that the notebooks do not write. Raises Unusable when a public build leaks."""
    shown, protection = publish(year) if build == PUBLIC else (year, None)
    shown.estimates.to_csv(
        folder / "estimates.csv", index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g"
    )
    shown.means.to_csv(folder / "means.csv", index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g")
    write_html(report_of(shown, sections, build, wave_name(year.wave.folder)), folder / "report.html")
    write_tables(
        folder / "tables.xlsx",
        estimates=shown.estimates,
        means=shown.means,
        survey=year.survey,
        accounting=shown.base.accounting,
        item_nonresponse=shown.base.item_nonresponse,
        conflicts=shown.frame.conflicts,
        problems=shown.problems,
    )
    write_manifest(shown, folder, protection)
    leaks = scan(folder, set(year.frame.answers["text"]), public_names(year)) if build == PUBLIC else []
    if leaks:
        raise Unusable(leaks)


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A working folder beside the reports, gone afterwards whatever happens."""
    work = home / f".work-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Only one run at a time on a wave; the lock of a run that died is taken over."""
    home.mkdir(parents=True, exist_ok=True)
    lock = home / ".lock"
    if lock.exists() and _alive(lock.read_text(encoding="utf-8").strip()):
        raise Unusable(
            [
                Problem(
                    "run_locked",
                    str(lock.name),
                    "",
                    "En annan körning av samma år pågår.",
                    "Vänta tills den är klar och försök igen.",
                )
            ]
        )
    lock.write_text(str(os.getpid()), encoding="utf-8")
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _alive(pid: str) -> bool:
    if not pid.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(pid) != os.getpid()


def _swap(work: Path, target: Path) -> Path:
    """Put the finished folder in place of the last one."""
    old = target.with_name(f".old-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    work.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target
