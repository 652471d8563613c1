"""Run notebooks headless, several at once, and read what they left."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from sekom_survey.counted.year import PUBLIC
from sekom_survey.model import PLACEMENTS, Failure, Prose, Section, Shown
from sekom_survey.running.notebook import EXHIBIT_KEY, PROSE_KEY, RunContext, have_at_hand, tell_kernel
from sekom_survey.running.quick.ahead import AnyFindings
from sekom_survey.running.quick.kept import Kept
from sekom_survey.running.quick.parallel import CAN_FORK, Forked, ForkProvisioner, waiting_kernels
from sekom_survey.text.places import wave_name

SECONDS_PER_CELL = 300
AT_ONCE = 3  # one more than the usual cores, since a cell also waits for its answer to be heard
OPEN = 8  # kernels that are there at once, some of them starting or ending, which is mostly to wait
_SUBHEADING = re.compile(r"(?m)^(?=##? )")
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


def execute_all(
    jobs: Sequence[Job], wave: str, finished: Callable[[Executed], None], at_hand: Sequence[AnyFindings] = ()
) -> list[Executed]:
    """Run notebooks side by side, some at a time, each in a kernel of its own; in the order given.

    `wave` replaces the value in the cell tagged `parameters`; cells tagged `internal` are left out of a public build.
    `finished` is called with each as it ends, one at a time, while others run. `at_hand` is what is analysed already. Where the system allows it a kernel is a copy of this process, which saves it importing and analysing again.
    """
    with waiting_kernels(len(jobs) if CAN_FORK else 0, partial(have_at_hand, at_hand)) as copies:
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
            async with client.async_setup_kernel(env=_environment(job, Path(sockets)), stderr=unheard), turn:
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


def _environment(job: Job, place: Path) -> dict[str, str]:
    context = RunContext(job.run_folder, job.build, job.kept)
    return {**os.environ, **tell_kernel(context, place / "run.json"), "PYTHONHASHSEED": "0"}


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
    warned = [out.text for out in cell.get("outputs", []) if out.output_type == "stream" and out.name == "stderr"]
    text = f"{errors[0].ename}: {errors[0].evalue}" if errors else (warned or [str(error)])[-1].strip().splitlines()[-1]
    return Failure(name, at + 1, cell.source, said.get(type(error).__name__, text))


def sections(executed: Executed) -> list[Section]:
    """A notebook's sections of the report, each from a heading "# " on: prose and exhibits in the order they stand.

    A heading with cells under it that show nothing goes, with its words; so does a section that shows nothing at all.
    """
    name, figures = executed.job.path.stem, executed.job.run_folder / "figures"
    found: list[Section] = []
    for group in _groups(executed.notebook.cells):
        if group.runs and not group.exhibits and not group.begins:
            continue
        blocks = [Prose(text) for text in [group.words] if text]
        shown = [read_shown(figures, exhibit, placement) for exhibit, placement in group.exhibits]
        if group.begins or not found:
            found.append(Section(f"{name}-{len(found) + 1}" if found else name, group.title or name, ()))
        found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *blocks, *shown))
    return [one for one in found if any(isinstance(block, Shown) for block in one.blocks)]


@dataclass
class _Group:
    """A heading with the words and exhibits under it; `begins` a section with `title`, and whether cells were to show something."""

    words: str = ""
    begins: bool = False
    title: str = ""
    runs: bool = False
    exhibits: list[tuple[str, str]] = field(default_factory=list)


def _groups(cells: Sequence[Any]) -> list[_Group]:
    groups = [_Group()]
    for text, exhibit, placement in _blocks(cells):
        if text.startswith("#"):
            heading, _, rest = text.partition("\n")
            begins = heading.startswith("# ")
            groups.append(_Group(rest.strip() if begins else text, begins, heading[2:].strip() if begins else ""))
        elif text:
            groups.append(_Group(text, runs=False)) if groups[-1].exhibits else _add_words(groups[-1], text)
        else:
            groups[-1].runs = True
            groups[-1].exhibits += [(exhibit, placement)] if exhibit else []
    return groups


def _add_words(group: _Group, text: str) -> None:
    group.words = "\n\n".join(filter(None, (group.words, text)))


def _blocks(cells: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    """(words, exhibit, placement) in order; ("", "", "") where a cell has had its say, and so was to show something."""
    for cell in cells:
        if cell.cell_type == "markdown":
            yield from ((part.strip(), "", "") for part in _SUBHEADING.split(cell.source) if part.strip())
        elif cell.cell_type == "code":
            placement = next((tag for tag in cell.metadata.get("tags", []) if tag in PLACEMENTS), "")
            for out in cell.outputs:
                yield from _told(out, placement)
            if "show(" in cell.source:
                yield "", "", ""


def _told(out: Any, placement: str) -> Iterator[tuple[str, str, str]]:
    kept = out.get("metadata", {})
    if EXHIBIT_KEY in kept:
        yield "", kept[EXHIBIT_KEY], placement
    elif PROSE_KEY in kept:
        yield out.data["text/markdown"], "", ""
        yield "", "", ""


def exhibit_ids(notebook: Any) -> list[str]:
    """The exhibits that a notebook has shown, in order."""
    return [name for cell in notebook.cells if cell.cell_type == "code" for name in _shown_in(cell)]


def _shown_in(cell: Any) -> list[str]:
    return [out.metadata[EXHIBIT_KEY] for out in cell.outputs if EXHIBIT_KEY in out.get("metadata", {})]


def read_shown(figures: Path, name: str, placement: str = "") -> Shown:
    """An exhibit's files, as `show` left them; a placement that its cell has counts before its own."""
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
        placement=placement or described["placement"],
        by=described["by"],
        svg=files["svg"],
        narrow=files["narrow"],
        png=files["png"],
    )
