"""From findings to a build's folder: its tables, its notebooks run or taken from the last run, its documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from sekom_survey.counted.year import INTERNAL, PUBLIC
from sekom_survey.running.execute import Executed, Job, execute_all, sections
from sekom_survey.running.kept import Kept
from sekom_survey.running.notebook import have_at_hand
from sekom_survey.running.outputs import Build, write_build
from sekom_survey.running.parallel import side_by_side
from sekom_survey.running.reuse import keep_notebook, kept_notebook
from sekom_survey.shown.figures import get_ready
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.text.places import notebooks_of
from sekom_survey.written.brand import Brand
from sekom_survey.written.page.notebooks import write_notebook

BUILD_NAMES = {INTERNAL: "intern", PUBLIC: "publik"}


def prepare() -> None:
    """Do what is the same for every build, so that copies of this process need not: fonts found, the typeface cut."""
    get_ready()
    embedded_css()


def run_notebooks(folder: Path, made: Sequence[Build], kept: Kept, told: Callable[[str], None]) -> list[Executed]:
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

    waiting = [job for job in jobs if done[job] is None]
    ran = execute_all(sorted(waiting, key=_longest_first), str(folder.resolve()), finished)
    done |= {one.job: one for one in ran}
    return [one for job in jobs if (one := done[job])]


def _longest_first(job: Job) -> tuple[bool, int]:
    """The order to begin in: a long notebook begun last would end alone; the public build draws little that is not drawn yet."""
    return job.build == PUBLIC, -job.path.stat().st_size


def write_documents(made: Sequence[Build], executed: Sequence[Executed], brand: Brand | None) -> None:
    """Everything that the notebooks do not write, build beside build. Raises OSError, and Unusable when a public build leaks."""
    mine = {build.name: [one for one in executed if one.job.build == build.name] for build in made}
    told = {name: [part for one in ones for part in sections(one)] for name, ones in mine.items()}
    try:
        side_by_side([partial(write_build, build, told[build.name], brand) for build in made])
    except FileCreateError as error:  # how xlsxwriter says OSError
        raise error.args[0] from None
