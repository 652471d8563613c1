"""(c) papermill and `jupyter nbconvert --execute`, one notebook after the other, against our execution."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import EXAMPLE, ROUNDS_OF_RUNS, Process, Row, Skipped, median_process, python
from sekom_survey.running.notebook import RunContext, tell_kernel
from sekom_survey.text.places import notebooks_of

MOST = 3
OURS = """
import sys
from pathlib import Path
from sekom_survey.running.execute import Job, execute_all
from sekom_survey.shown.figures import get_ready
from sekom_survey.found.findings import Findings
from sekom_survey.counted.year import analyse
wave, out, *paths = map(Path, sys.argv[1:])
found = Findings(analyse(wave))
get_ready()
done = execute_all([Job(path, "internal", out) for path in paths], str(wave), lambda one: None, [found])
sys.exit(any(one.failure for one in done))
"""
ONE_BY_ONE = """
import subprocess, sys
tool, wave, out, *paths = sys.argv[1:]
for path in paths:
    name = path.rsplit("/", 1)[-1]
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "-p", "wave", wave, path, f"{out}/{name}"]
    nbconvert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", out, path]
    subprocess.run(papermill if tool == "papermill" else nbconvert, check=True)
"""


def with_wave(path: Path, folder: Path) -> Path:
    """A copy of a notebook with the year's folder in its parameter cell, for nbconvert, which takes no parameters."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = f"wave = {str(EXAMPLE)!r}"
    copy = folder / path.name
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    return copy


def rows(rounds: int = ROUNDS_OF_RUNS) -> list[Row | Skipped]:
    """Wall and CPU time of the same notebooks, internal build."""
    work = Path(tempfile.mkdtemp(prefix="bench-"))
    paths = notebooks_of(EXAMPLE)[:MOST]
    copies = [with_wave(path, work) for path in paths]
    commands: dict[str, list[object]] = {"ours": python(OURS, EXAMPLE, work / "ours", *paths)}
    missing: list[Row | Skipped] = []
    for tool, module in (("papermill", "papermill"), ("nbconvert", "nbconvert")):
        (work / tool).mkdir()
        if importlib.util.find_spec(module):
            commands[tool] = python(ONE_BY_ONE, tool, EXAMPLE, work / tool, *copies)
        else:
            missing.append(Skipped(f"{len(paths)} notebooks", tool, "not installed"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    times: dict[str, Process] = median_process(
        commands, rounds, **{**tell_kernel(RunContext(work / "shown"), work / "run.json"), "PATH": path}
    )
    figures = (
        len(list((work / "ours" / "figures").glob("*.png"))),
        len(list((work / "shown" / "figures").glob("*.png"))),
    )
    shutil.rmtree(work)
    what = f"{len(paths)} notebooks of the example"
    checked = f"{figures[0]} figures each" if figures[0] == figures[1] else f"{figures[0]} figures against {figures[1]}"
    wall = [
        Row(f"{what}, wall time", f"{tool}, one by one", times[tool].wall, times["ours"].wall, checked)
        for tool in times
        if tool != "ours"
    ]
    cpu = [
        Row(f"{what}, CPU", f"{tool}, one by one", times[tool].cpu, times["ours"].cpu, checked)
        for tool in times
        if tool != "ours"
    ]
    return [*wall, *cpu, *missing]
