"""The whole year: a survey folder in, a report folder out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.counted.year import INTERNAL, PUBLIC, Year, analyse
from sekom_survey.found.findings import with_problems
from sekom_survey.model import ERROR, Failure, Problem, Unusable, errors
from sekom_survey.running.ahead import findings_of
from sekom_survey.running.kept import KEPT, Kept
from sekom_survey.running.notebook_files import notebook_faults
from sekom_survey.running.owner import other_owner, own
from sekom_survey.running.safe_folder import beside, changed_since, disk_problem, locked, state, swap
from sekom_survey.running.trust import Asked, trust, unknown_notebooks
from sekom_survey.text.places import notebooks_of, report_folder
from sekom_survey.written.brand import read_brand

BOTH = (INTERNAL, PUBLIC)
NOTHING = ".nothing"  # a store that is never there
PEOPLES_FILES = ("review*.xlsx", "goals-*.csv", "codebook.qdc", "codings.qdpx")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run made: the folder of each build, the analysed year, and the notebooks that failed."""

    folders: tuple[Path, ...]
    year: Year
    failures: tuple[Failure, ...]


def nobody(problem: Problem) -> bool:
    """The answer when there is nobody to ask."""
    return False


def run(
    folder: Path,
    reports: Path,
    told: Callable[[str], None],
    builds: Sequence[str] = BOTH,
    everything: bool = False,
    asked: Asked = nobody,
) -> Outcome:
    """Make a year's reports; the last ones stay until the new are whole. Raises Unusable.

    `asked` is whether to go on in spite of what only a person can tell: that a notebook of the year's own may be run, that
    reports of another folder may be replaced. With nobody to ask that too raises Unusable.

    What the last run made of the same things is used again, unless `everything` is to be made anew; the files are the same
    bytes either way. A notebook that fails leaves the last reports untouched; what was made lies in `reports`/<wave>/stopped.
    A public build in which the scan finds anything of a person or a member raises Unusable, and nothing is replaced.
    """
    try:
        return _run(folder, reports, told, builds, everything, asked)
    except OSError as error:
        raise Unusable([disk_problem(error)]) from None


def _run(
    folder: Path, reports: Path, told: Callable[[str], None], builds: Sequence[str], everything: bool, asked: Asked
) -> Outcome:
    told("Läser årets mapp och enkätfilen")
    before = state(folder)
    _refuse(notebook_faults(notebooks_of(folder), folder))
    home = report_folder(folder, reports)
    _refuse(_doubts(folder, home, asked))
    year = analyse(folder)
    last = home / (NOTHING if everything else KEPT)
    founds = findings_of(year, builds, last, _load)
    brand, faults = read_brand(folder, year.wave.name)
    problems = (*founds[0].problems, *faults)
    if errors(problems):
        raise Unusable(problems)
    year = with_problems(year, problems)
    from sekom_survey.running.making import run_notebooks, write_documents
    from sekom_survey.running.outputs import build_of

    with locked(home), beside(home) as work:
        kept = Kept(last, work / KEPT)
        kept.now.mkdir()
        made = [build_of(found, work / found.build, kept) for found in founds]
        told("Kör anteckningsböckerna som ritar figurerna")
        executed = run_notebooks(folder, made, kept, told)
        failures = tuple(done.failure for done in executed if done.failure)
        if failures:
            shutil.rmtree(kept.now, ignore_errors=True)
            return Outcome((swap(work, home / "stopped", PEOPLES_FILES),), year, failures)
        told("Skriver rapporter och tabeller")
        write_documents(made, executed, brand)
        _refuse(changed_since(before))
        folders = tuple(swap(build.folder, home / build.name, PEOPLES_FILES) for build in made)
        kept.inherit("drawing")
        swap(kept.now, home / KEPT)
        own(folder, home)
        return Outcome(folders, year, ())


def _doubts(folder: Path, home: Path, asked: Asked) -> Iterator[Problem]:
    """What a person has not agreed to."""
    unknown = list(unknown_notebooks(folder, ERROR))
    agreed = [problem for problem in unknown if asked(problem)]
    trust(folder, agreed)
    yield from (problem for problem in unknown if problem not in agreed)
    other = other_owner(folder, home)
    if other and not asked(other):
        yield other


def _load() -> None:
    """Import and get ready what makes the figures and the documents; half a second, while others work."""
    from sekom_survey.running.making import prepare

    prepare()


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Unusable(found)
