"""What makes a run quick, piece by piece: a full run, and one after a changed decision, with each and without it.

A piece is put out of use in the process that runs; its files are the same bytes then (tests/running/quick/test_without.py).
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ROOT, ROUNDS_OF_RUNS, process, python
from benchmarks.whole import change_a_decision, copied_year

QUICK = ROOT / "sekom_survey/running/quick"
RUN = """
import sys
from pathlib import Path
from sekom_survey.running.quick import {name}
{out}
from sekom_survey.running.run import BOTH, run
run(Path(sys.argv[1]), Path(sys.argv[2]), lambda text: None, BOTH, sys.argv[3] == "all", lambda problem: True)
"""
# What is put out of use, its files, and how.
PIECES = {
    "copies of the process: kernels, and work side by side": (
        ("parallel.py", "ahead.py"),
        "parallel",
        "parallel.CAN_FORK = False",
    ),
    "notebooks, drawings, comparisons and documents of the last run": (
        ("kept.py", "reuse.py", "inputs.py", "told.py"),
        "kept",
        "kept.Kept.find = lambda self, key: None",
    ),
    "what was proposed and released the last time": (
        ("../../found/memory.py", "../../protected/public.py"),
        "kept",
        "kept.read_memory = lambda last: kept.Memory()",
    ),
    "nothing has changed": (("noted.py",), "noted", "noted.unchanged = lambda *_: None"),
    "the typeface, cut once": (
        (),
        "kept",
        "from sekom_survey.shown.figures import fonts; fonts._kept_css = lambda: Path('/dev/null/none')",
    ),
}
KINDS = ("full", "changed", "same")


def rows(rounds: int = ROUNDS_OF_RUNS) -> list[list[str]]:
    """For each piece: its files and lines, and CPU seconds of three kinds of run without it, as times those with it."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        year = copied_year(place)
        found = {piece: [_measured(place, year, *way[1:]) for _ in range(rounds)] for piece, way in _ways().items()}
    usual = _medians(found.pop(""))
    made = [["all of it", "", "", *(f"{cpu:.1f} s" for cpu in usual)]]
    for piece, taken in found.items():
        files = PIECES[piece][0]
        lines = sum(len((QUICK / file).read_text(encoding="utf-8").splitlines()) for file in files)
        times = (f"{cpu / own:.2f}" for cpu, own in zip(_medians(taken), usual, strict=True))
        made.append([piece, ", ".join(Path(file).name for file in files), str(lines or ""), *times])
    return made


def _ways() -> dict[str, tuple[Sequence[str], str, str]]:
    return {"": ((), "kept", ""), **PIECES}


def _medians(taken: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(one) for one in zip(*taken, strict=True)]


def _measured(place: Path, year: Path, module: str, out: str) -> list[float]:
    """CPU seconds of a full run, one after a changed decision and one with nothing changed."""
    reports = place / "reports"
    shutil.rmtree(reports, ignore_errors=True)
    command = python(RUN.format(name=module, out=out), year, reports)
    full = process([*command, "all"]).cpu
    change_a_decision(year)
    changed = process([*command, ""]).cpu
    return [full, changed, process([*command, ""]).cpu]
