"""Which notebooks need not run again: those whose own text and everything they rest on are as in the last run."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.execute import Executed, Job, exhibit_ids
from sekom_survey.running.inputs import always_read, read_for
from sekom_survey.running.kept import Kept, digest
from sekom_survey.running.plain import rests_on_the_year_alone

RESTS_ON = "rests_on.json"


def kept_notebook(job: Job, found: Findings | PublicFindings, kept: Kept) -> Executed | None:
    """A notebook as the last run left it, its files put in place; None when it has to run."""
    key = _key(job, found)
    entry = kept.find(key)
    if entry is None:
        return None
    rested = json.loads((entry / RESTS_ON).read_text(encoding="utf-8"))
    if rested != read_for(_home(found), rested):
        return None
    kept.take(key, job.run_folder)
    (job.run_folder / RESTS_ON).unlink()
    return Executed(job, nbformat.read(job.run_folder / "notebooks" / f"{job.path.stem}.ipynb", as_version=4))


def keep_notebook(done: Executed, found: Findings | PublicFindings, kept: Kept) -> None:
    """Keep what a notebook made for the next run, when all it rests on is known."""
    if done.rests_on is None or not rests_on_the_year_alone(done.notebook):
        return
    folder, name = done.job.run_folder, done.job.path.stem
    note = folder / RESTS_ON
    note.write_text(json.dumps(read_for(_home(found), done.rests_on)), encoding="utf-8")
    figures = (path for one in exhibit_ids(done.notebook) for path in (folder / "figures").glob(f"{one}[.-]*"))
    kept.put(_key(done.job, found), folder, [note, *figures, *(folder / "notebooks").glob(f"{name}.*")])
    note.unlink()


def _key(job: Job, found: Findings | PublicFindings) -> str:
    return f"{job.build}-{job.path.stem}-" + digest(job.path.read_text(encoding="utf-8"), *always_read(_home(found)))


def _home(found: Findings | PublicFindings) -> Path:
    return found.year.wave.folder
