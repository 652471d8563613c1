"""A year's folder made into reports: analysed, its notebooks run or taken from the last run, its documents written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from sekom_survey.counted.year import INTERNAL, PUBLIC, analyse
from sekom_survey.model import ERROR, Problem, RunOutcome, Unusable, errors
from sekom_survey.protected.second import few_set_apart, second_edition
from sekom_survey.running.execute import Executed, Job, execute_all, sections
from sekom_survey.running.outputs import Build, build_of, share_boards_files, write_build
from sekom_survey.running.quick.ahead import comparisons_key, findings_of
from sekom_survey.running.quick.inputs import Inputs
from sekom_survey.running.quick.kept import KEPT, Kept, read_memory, write_memory
from sekom_survey.running.quick.noted import note
from sekom_survey.running.quick.parallel import side_by_side
from sekom_survey.running.quick.reuse import keep_notebook, kept_notebook, rests_on_the_year_alone
from sekom_survey.running.safe_folder import PEOPLES_FILES, beside, changed_since, locked, own, state, swap
from sekom_survey.running.trust import notebook_faults, trust, unknown_notebooks
from sekom_survey.shown.figures import get_ready
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.text.places import notebooks_of
from sekom_survey.written.brand import Brand, read_brand
from sekom_survey.written.page.notebooks import write_notebook

BUILD_NAMES = {INTERNAL: "intern", PUBLIC: "publik"}
NOTHING = ".nothing"  # a store that is never there


def make(
    folder: Path,
    home: Path,
    told: Callable[[str], None],
    builds: Sequence[str],
    everything: bool,
    asked: Callable[[Problem], bool],
    inputs: Inputs,
) -> RunOutcome:
    """A year's reports in `home`, as `run` says; `inputs` are what there was to read when it was begun. Raises Unusable, OSError."""
    told("Läser årets mapp och enkätfilen")
    before = state(folder)
    _refuse(notebook_faults(notebooks_of(folder), folder))
    _refuse(_doubtful(folder, asked))
    year = analyse(folder)
    last = home / (NOTHING if everything else KEPT)
    memory, compared = read_memory(last), comparisons_key(inputs)
    founds = findings_of(year, builds, (last / compared).is_dir(), memory, prepare)
    brand, faults = read_brand(folder, year.wave.name)
    problems = (*founds[0].problems, *faults)
    if errors(problems):
        raise Unusable(problems)
    problems = (*year.problems, *problems)
    with locked(home), beside(home) as work:
        kept = Kept(last, work / KEPT)
        kept.now.mkdir()
        made = [build_of(found, work / found.build, kept, compared) for found in founds]
        told("Kör anteckningsböckerna som ritar figurerna")
        executed = run_notebooks(folder, made, kept, inputs, told)
        failures = tuple(done.failure for done in executed if done.failure)
        if failures:
            shutil.rmtree(kept.now, ignore_errors=True)
            return RunOutcome((swap(work, home / "stopped", PEOPLES_FILES),), problems, failures)
        told("Skriver rapporter och tabeller")
        write_documents(made, executed, brand, kept)
        _refuse(changed_since(before))
        folders, remarks = _put_in_place(made, home, year.survey.published is not None)
        problems += remarks
        kept.inherit("drawing")
        write_memory(memory, kept.now)
        swap(kept.now, home / KEPT)
        own(folder, home)
        if all(rests_on_the_year_alone(one.notebook) for one in executed):  # else it is not known what was read
            note(home, inputs, folders, problems)
        return RunOutcome(folders, problems)


def _put_in_place(made: Sequence[Build], home: Path, spread: bool) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Each build where the last one is, but for a public one that is spread and that few answers set apart from the new."""
    near = [build for build in made if build.name == PUBLIC and few_set_apart(home / PUBLIC, build.tables)]
    folders = tuple(
        home / build.name if spread and build in near else swap(build.folder, home / build.name, PEOPLES_FILES)
        for build in made
    )
    return folders, tuple(second_edition(spread) for _ in near)


def _doubtful(folder: Path, asked: Callable[[Problem], bool]) -> Iterator[Problem]:
    """The year's own notebooks that nobody here has agreed to run."""
    unknown = list(unknown_notebooks(folder, ERROR))
    agreed = [problem for problem in unknown if asked(problem)]
    trust(folder, agreed)
    yield from (problem for problem in unknown if problem not in agreed)


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Unusable(found)


def prepare() -> None:
    """Do what is the same for every build, so that copies of this process need not: fonts found, the typeface cut."""
    get_ready()
    embedded_css()


def run_notebooks(
    folder: Path, made: Sequence[Build], kept: Kept, inputs: Inputs, told: Callable[[str], None]
) -> list[Executed]:
    """Every notebook of every build: as the last run left it where nothing it rests on has changed, else run."""
    synthetic = made[0].found.year.survey.synthetic
    jobs = [Job(path, build.name, build.folder, kept) for build in made for path in notebooks_of(folder)]
    done = {job: kept_notebook(job, inputs, kept) for job in jobs}

    def finished(one: Executed) -> None:
        write_notebook(one.job.path.stem, one.notebook, one.job.run_folder / "notebooks", synthetic)
        if one.failure is None:
            keep_notebook(one, inputs, kept)
        ending = "klar" if one.failure is None else "stannade"
        told(f"Anteckningsbok {one.job.path.stem}, {BUILD_NAMES[one.job.build]}: {ending}")

    waiting = [job for job in jobs if done[job] is None]
    ordered, at_hand = sorted(waiting, key=_longest_first), [build.found for build in made]
    ran = execute_all(ordered, str(folder.resolve()), finished, at_hand)
    done |= {one.job: one for one in ran}
    return [one for job in jobs if (one := done[job])]


def _longest_first(job: Job) -> tuple[bool, int]:
    """The order to begin in: a long notebook begun last would end alone; the public build draws little that is not drawn yet."""
    return job.build == PUBLIC, -job.path.stat().st_size


def write_documents(made: Sequence[Build], executed: Sequence[Executed], brand: Brand | None, kept: Kept) -> None:
    """Everything that the notebooks do not write, build beside build. Raises OSError, and Unusable when a public build leaks."""
    mine = {build.name: [one for one in executed if one.job.build == build.name] for build in made}
    told = {name: [part for one in ones for part in sections(one)] for name, ones in mine.items()}
    try:
        side_by_side([partial(write_build, build, told[build.name], brand, kept) for build in made])
        share_boards_files(made)
    except FileCreateError as error:  # how xlsxwriter says OSError
        raise error.args[0] from None
