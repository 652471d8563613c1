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

from sekom_survey.model import Failure, Prose, Section, Shown
from sekom_survey.notebook import EXHIBIT_KEY, RUN_BUILD, RUN_FOLDER
from sekom_survey.places import wave_name
from sekom_survey.year import INTERNAL, PUBLIC

SECONDS_PER_CELL = 300
AT_ONCE = 2
BUILD_NAMES = {INTERNAL: "intern", PUBLIC: "publik"}


@dataclass(frozen=True)
class Job:
    """A notebook to run: for which build, and the folder where its figures land."""

    path: Path
    build: str
    run_folder: Path


@dataclass(frozen=True, eq=False)
class Executed:
    """A notebook after its run; `failure` is None when every cell ran."""

    job: Job
    notebook: Any
    failure: Failure | None = None


def execute_all(jobs: Sequence[Job], wave: str, told: Callable[[str], None]) -> list[Executed]:
    """Run notebooks side by side, two at a time, each in a kernel of its own; in the order given.

    `wave` replaces the value in the cell tagged `parameters`; cells tagged `internal` are left out of a public build.
    """
    return asyncio.run(_execute_all(jobs, wave, told))


async def _execute_all(jobs: Sequence[Job], wave: str, told: Callable[[str], None]) -> list[Executed]:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(job: Job) -> Executed:
        async with turn:
            done = await _execute(job, wave)
            told(
                f"Anteckningsbok {job.path.stem}, {BUILD_NAMES[job.build]}: "
                + ("klar" if done.failure is None else "stannade")
            )
            return done

    return list(await asyncio.gather(*(one(job) for job in jobs)))


async def _execute(job: Job, wave: str) -> Executed:
    path = job.path
    notebook = nbformat.read(path, as_version=4)
    _set_parameters(notebook, wave)
    if job.build == PUBLIC:
        notebook.cells = [cell for cell in notebook.cells if "internal" not in cell.metadata.get("tags", [])]
    started: list[int] = []
    client = NotebookClient(
        notebook,
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    with (
        tempfile.TemporaryDirectory(prefix="sekom-", ignore_cleanup_errors=True) as sockets,
        Path(os.devnull).open("wb") as unheard,
    ):
        _talk_through_files(client, sockets)
        try:
            await client.async_execute(env=_environment(job), stderr=unheard)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            return Executed(job, notebook, _failure(path.stem, notebook, error, started))
        finally:
            _set_parameters(notebook, wave_name(Path(wave)))  # what is kept says which year, not where on this machine
    return Executed(job, notebook)


def _environment(job: Job) -> dict[str, str]:
    return {**os.environ, RUN_FOLDER: str(job.run_folder), RUN_BUILD: job.build, "PYTHONHASHSEED": "0"}


def _talk_through_files(client: NotebookClient, folder: str) -> None:
    """Where the system can, the kernel is reached through socket files that only this user can open, not through TCP."""
    if os.name == "posix":
        manager = client.create_kernel_manager()
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
            blocks += [read_shown(figures, name) for name in _exhibit_ids(cell)]
    return Section(name, title, tuple(blocks))


def _exhibit_ids(cell: Any) -> list[str]:
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
