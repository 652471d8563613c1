"""The whole year: a survey folder in, a report folder out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from sekom_survey.execute import Executed, Job, execute_all, section
from sekom_survey.figures.fonts import embedded_css
from sekom_survey.findings import Findings, with_problems
from sekom_survey.forked import side_by_side
from sekom_survey.kept import KEPT, Kept
from sekom_survey.model import Failure, Problem, Unusable, errors
from sekom_survey.notebook import have_at_hand
from sekom_survey.notebook_files import notebook_faults
from sekom_survey.outputs import Build, build_of, write_build
from sekom_survey.places import notebooks_of, report_folder
from sekom_survey.reuse import keep_notebook, kept_notebook
from sekom_survey.safe_folder import beside, changed_since, disk_problem, locked, state, swap
from sekom_survey.writers.brand import Brand, read_brand
from sekom_survey.writers.notebooks import write_notebook
from sekom_survey.year import INTERNAL, PUBLIC, Year, analyse

BOTH = (INTERNAL, PUBLIC)
BUILD_NAMES = {INTERNAL: "intern", PUBLIC: "publik"}
PEOPLES_FILES = ("review*.xlsx", "goals-*.csv", "codebook.qdc", "codings.qdpx")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run made: the folder of each build, the analysed year, and the notebooks that failed."""

    folders: tuple[Path, ...]
    year: Year
    failures: tuple[Failure, ...]


def run(
    folder: Path, reports: Path, told: Callable[[str], None], builds: Sequence[str] = BOTH, everything: bool = False
) -> Outcome:
    """Make a year's reports; the last ones stay until the new are whole. Raises Unusable.

    What the last run made of the same things is used again, unless `everything` is to be made anew; the files are the same
    bytes either way. A notebook that fails leaves the last reports untouched; what was made lies in `reports`/<wave>/stopped.
    A public build in which the scan finds anything of a person or a member raises Unusable, and nothing is replaced.
    """
    try:
        return _run(folder, reports, told, builds, everything)
    except OSError as error:
        raise Unusable([disk_problem(error)]) from None
    except FileCreateError as error:  # how xlsxwriter says OSError
        raise Unusable([disk_problem(error.args[0])]) from None


def _run(folder: Path, reports: Path, told: Callable[[str], None], builds: Sequence[str], everything: bool) -> Outcome:
    told("Läser årets mapp och enkätfilen")
    before = state(folder)
    _refuse(notebook_faults(notebooks_of(folder), folder))
    found = Findings(analyse(folder))
    brand, faults = read_brand(folder, found.year.wave.name)
    if errors([*found.problems, *faults]):
        raise Unusable([*found.problems, *faults])
    year = with_problems(found.year, (*found.problems, *faults))
    home = report_folder(folder, reports)
    with locked(home), beside(home) as work:
        kept = Kept(work / "none" if everything else home / KEPT, work / KEPT)
        kept.now.mkdir()
        made = side_by_side([partial(build_of, found, name, work / name, kept) for name in builds])
        told("Kör anteckningsböckerna som ritar figurerna")
        executed = _execute(folder, made, kept, told)
        failures = tuple(done.failure for done in executed if done.failure)
        if failures:
            shutil.rmtree(kept.now, ignore_errors=True)
            return Outcome((swap(work, home / "stopped", PEOPLES_FILES),), year, failures)
        told("Skriver rapporter och tabeller")
        _write(made, executed, brand)
        _refuse(changed_since(before))
        folders = tuple(swap(build.folder, home / build.name, PEOPLES_FILES) for build in made)
        kept.inherit("drawing")
        swap(kept.now, home / KEPT)
        return Outcome(folders, year, ())


def _execute(folder: Path, made: Sequence[Build], kept: Kept, told: Callable[[str], None]) -> list[Executed]:
    """Every notebook of every build: as the last run left it where nothing it rests on has changed, else run."""
    found = {build.name: build.found for build in made}
    synthetic = made[0].found.year.survey.synthetic
    jobs = [Job(path, build.name, build.folder, kept) for build in made for path in notebooks_of(folder)]
    done = {job: kept_notebook(job, found[job.build], kept) for job in jobs}
    for build in made:
        have_at_hand(build.found)

    def finished(one: Executed) -> None:
        write_notebook(one.job.path.stem, one.notebook, one.job.run_folder / "notebooks", synthetic)
        if one.failure is None:
            keep_notebook(one, found[one.job.build], kept)
        ending = "klar" if one.failure is None else "stannade"
        told(f"Anteckningsbok {one.job.path.stem}, {BUILD_NAMES[one.job.build]}: {ending}")

    ran = execute_all([job for job in jobs if done[job] is None], str(folder.resolve()), finished)
    done |= {one.job: one for one in ran}
    return [one for job in jobs if (one := done[job])]


def _write(made: Sequence[Build], executed: Sequence[Executed], brand: Brand | None) -> None:
    sections = {build.name: [section(one) for one in executed if one.job.build == build.name] for build in made}
    embedded_css()  # both pages carry the typeface; cut once, before the work is shared
    side_by_side([partial(write_build, build, sections[build.name], brand) for build in made])


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Unusable(found)
