"""Run notebooks headless, several at once, and read what they left."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from sekom_survey.counted.year import PUBLIC
from sekom_survey.model import Failure, Prose, Section, Shown
from sekom_survey.running.kept import Kept
from sekom_survey.running.kernels import Forked, ForkProvisioner, waiting_kernels
from sekom_survey.running.notebook import EXHIBIT_KEY, RUN_BUILD, RUN_FOLDER, RUN_KEPT
from sekom_survey.running.parallel import CAN_FORK
from sekom_survey.text.places import wave_name

SECONDS_PER_CELL = 300
AT_ONCE = 3  # one more than the usual cores, since a cell also waits for its answer to be heard
OPEN = 8  # kernels that are there at once, some of them starting or ending, which is mostly to wait
ASKED = "from sekom_survey.running.notebook import tell_what_it_rests_on\ntell_what_it_rests_on()"


@dataclass(frozen=True)
class Job:
    """A notebook to run: for which build, the folder where its figures land, and where finished drawings are kept."""

    path: Path
    build: str
    run_folder: Path
    kept: Kept | None = None


@dataclass(frozen=True, eq=False)
class Executed:
    """A notebook after its run; `failure` is None when every cell ran.

    `rests_on` names the parts of the year's findings that it asked for; None when it cannot be known.
    """

    job: Job
    notebook: Any
    failure: Failure | None = None
    rests_on: tuple[str, ...] | None = None


def execute_all(jobs: Sequence[Job], wave: str, finished: Callable[[Executed], None]) -> list[Executed]:
    """Run notebooks side by side, some at a time, each in a kernel of its own; in the order given.

    `wave` replaces the value in the cell tagged `parameters`; cells tagged `internal` are left out of a public build.
    `finished` is called with each as it ends, one at a time, while others run. Where the system allows it a kernel is a copy of this process, which saves it importing and analysing again.
    """
    with waiting_kernels(len(jobs) if CAN_FORK else 0) as copies:
        return asyncio.run(_execute_all(jobs, copies or [None] * len(jobs), wave, finished))


async def _execute_all(
    jobs: Sequence[Job], copies: Sequence[Forked | None], wave: str, finished: Callable[[Executed], None]
) -> list[Executed]:
    place, turn, writing = asyncio.Semaphore(OPEN), asyncio.Semaphore(AT_ONCE), asyncio.Lock()

    async def one(job: Job, copy: Forked | None) -> Executed:
        async with place:
            done = await _execute(job, copy, wave, turn)
        async with writing:
            await asyncio.to_thread(finished, done)  # meanwhile kernels are listened to
        return done

    return list(await asyncio.gather(*(one(job, copy) for job, copy in zip(jobs, copies, strict=True))))


async def _execute(job: Job, copy: Forked | None, wave: str, turn: asyncio.Semaphore) -> Executed:
    path = job.path
    notebook = nbformat.read(path, as_version=4)
    _set_parameters(notebook, wave)
    if job.build == PUBLIC:
        notebook.cells = [cell for cell in notebook.cells if "internal" not in cell.metadata.get("tags", [])]
    notebook.cells.append(nbformat.v4.new_code_cell(ASKED))
    started: list[int] = []
    client = NotebookClient(
        notebook,
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(path.parent)}},
    )
    with (
        tempfile.TemporaryDirectory(prefix="sekom-", ignore_cleanup_errors=True) as sockets,
        Path(os.devnull).open("wb") as unheard,
    ):
        manager = client.create_kernel_manager()
        _talk_through_files(manager, sockets)
        if copy:
            manager.provisioner = ForkProvisioner(copy, parent=manager)
        try:
            client.reset_execution_trackers()
            async with client.async_setup_kernel(env=_environment(job), stderr=unheard), turn:
                for index, cell in enumerate(notebook.cells):
                    await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            return Executed(job, notebook, _failure(path.stem, notebook, error, started))
        finally:
            asked = notebook.cells.pop()
            _set_parameters(notebook, wave_name(Path(wave)))  # what is kept says which year, not where on this machine
    return Executed(job, notebook, rests_on=_rests_on(asked))


def _rests_on(asked: Any) -> tuple[str, ...] | None:
    told = [out.data["application/json"] for out in asked.outputs if "application/json" in out.get("data", {})]
    return tuple(told[0]) if told else None


def _environment(job: Job) -> dict[str, str]:
    kept = os.pathsep.join((str(job.kept.last), str(job.kept.now))) if job.kept else ""
    return {
        **os.environ,
        RUN_FOLDER: str(job.run_folder),
        RUN_BUILD: job.build,
        RUN_KEPT: kept,
        "PYTHONHASHSEED": "0",
    }


def _talk_through_files(manager: Any, folder: str) -> None:
    """Where the system can, the kernel is reached through socket files that only this user can open, not through TCP."""
    if os.name == "posix":
        manager.transport = "ipc"
        manager.ip = str(Path(folder) / "kernel")


def _set_parameters(notebook: Any, wave: str) -> None:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = f"wave = {json.dumps(wave, ensure_ascii=False)}"


def _failure(name: str, notebook: Any, error: Exception, started: Sequence[int]) -> Failure:
    """The cell that was running last; `started` holds the place of each cell that was begun."""
    at = started[-1] if started else 0
    cell = notebook.cells[at]
    said = {"CellTimeoutError": f"Cellen tog mer än {SECONDS_PER_CELL} sekunder.", "DeadKernelError": "Kärnan dog."}
    errors = [out for out in cell.get("outputs", []) if out.output_type == "error"]
    text = f"{errors[0].ename}: {errors[0].evalue}" if errors else str(error).splitlines()[-1]
    return Failure(name, at + 1, cell.source, said.get(type(error).__name__, text))


def section(executed: Executed) -> Section:
    """A notebook's part of the report: prose and exhibits in the order they stand."""
    name, figures = executed.job.path.stem, executed.job.run_folder / "figures"
    title = name
    blocks: list[Prose | Shown] = []
    for cell in executed.notebook.cells:
        if cell.cell_type == "markdown":
            heading, _, rest = cell.source.partition("\n")
            if heading.startswith("# ") and title == name:
                title, text = heading[2:].strip(), rest.strip()
            else:
                text = cell.source.strip()
            blocks += [Prose(text)] if text else []
        elif cell.cell_type == "code":
            blocks += [read_shown(figures, name) for name in _shown_in(cell)]
    return Section(name, title, tuple(blocks))


def exhibit_ids(notebook: Any) -> list[str]:
    """The exhibits that a notebook has shown, in order."""
    return [name for cell in notebook.cells if cell.cell_type == "code" for name in _shown_in(cell)]


def _shown_in(cell: Any) -> list[str]:
    return [out.metadata[EXHIBIT_KEY] for out in cell.outputs if EXHIBIT_KEY in out.get("metadata", {})]


def read_shown(figures: Path, name: str) -> Shown:
    """An exhibit's files, as `show` left them."""
    described = json.loads((figures / f"{name}.json").read_text(encoding="utf-8"))
    files = {
        key: path if path.exists() else None
        for key, path in (
            ("svg", figures / f"{name}.svg"),
            ("narrow", figures / f"{name}-narrow.svg"),
            ("png", figures / f"{name}.png"),
        )
    }
    return Shown(
        id=described["id"],
        kind=described["kind"],
        title=described["title"],
        subtitle=described["subtitle"],
        note=described["note"],
        alt=described["alt"],
        columns=tuple(described["columns"]),
        rows=tuple(tuple(row) for row in described["rows"]),
        internal=described["internal"],
        svg=files["svg"],
        narrow=files["narrow"],
        png=files["png"],
    )
