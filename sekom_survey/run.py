"""The whole year: a survey folder in, a report folder out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from sekom_survey.execute import Job, execute_all, section
from sekom_survey.findings import Findings, with_problems
from sekom_survey.model import Failure, Problem, Unusable, errors
from sekom_survey.notebook_files import notebook_faults
from sekom_survey.outputs import write_build
from sekom_survey.places import notebooks_of, report_folder
from sekom_survey.safe_folder import beside, changed_since, disk_problem, locked, state, swap
from sekom_survey.writers.brand import read_brand
from sekom_survey.writers.notebooks import write_notebook
from sekom_survey.year import INTERNAL, PUBLIC, Year, analyse

BOTH = (INTERNAL, PUBLIC)
PEOPLES_FILES = ("review*.xlsx", "goals-*.csv", "codebook.qdc", "codings.qdpx")


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
    try:
        return _run(folder, reports, told, builds)
    except OSError as error:
        raise Unusable([disk_problem(error)]) from None
    except FileCreateError as error:  # how xlsxwriter says OSError
        raise Unusable([disk_problem(error.args[0])]) from None


def _run(folder: Path, reports: Path, told: Callable[[str], None], builds: Sequence[str]) -> Outcome:
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
        told("Kör anteckningsböckerna som ritar figurerna")
        jobs = [Job(path, build, work / build) for build in builds for path in notebooks_of(folder)]
        executed = execute_all(jobs, str(folder.resolve()), told)
        for done in executed:
            write_notebook(done.job.path.stem, done.notebook, done.job.run_folder / "notebooks", year.survey.synthetic)
        failures = tuple(done.failure for done in executed if done.failure)
        if failures:
            return Outcome((swap(work, home / "stopped", PEOPLES_FILES),), year, failures)
        told("Skriver rapporter och tabeller")
        for build in builds:
            write_build(
                found, build, [section(done) for done in executed if done.job.build == build], work / build, brand
            )
        _refuse(changed_since(before))
        return Outcome(tuple(swap(work / build, home / build, PEOPLES_FILES) for build in builds), year, ())


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Unusable(found)
