"""Where the CPU time of a full run goes: its stacks looked at every few milliseconds, in all its processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.measure import ROOT, Figure
from benchmarks.whole import copied_year

LIMIT = 0.05
# Each copy of the process asks for its own clock; a sample is the stack, innermost first, written in one piece.
SAMPLED = """
import os, signal, sys
from pathlib import Path
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def look(number, frame):
    stack = []
    while frame:
        stack.append(f"{frame.f_code.co_filename}:{frame.f_code.co_name}")
        frame = frame.f_back
    os.write(out, (";".join(stack) + "\\n").encode())

def begin():
    signal.setitimer(signal.ITIMER_PROF, .004, .004)

signal.signal(signal.SIGPROF, look)
os.register_at_fork(after_in_child=begin)
begin()
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from sekom_survey.running.run import BOTH, run
run(Path(sys.argv[2]), Path(sys.argv[3]), lambda text: None, BOTH, True)
signal.setitimer(signal.ITIMER_PROF, 0)
"""
# A sample belongs to the first step whose place is anywhere in its stack.
STEPS = (
    ("imports", "<frozen importlib"),
    ("drawing", "figures/__init__.py:file_content"),
    ("getting ready to draw, the page's typeface", "making.py:prepare"),
    ("what is kept between runs", "reuse.py:"),
    ("what is kept between runs", "kept.py:"),
    ("reading: files of the year, export, notebooks", "load.py:"),
    ("reading: files of the year, export, notebooks", "collected/__init__.py:read_export"),
    ("reading: files of the year, export, notebooks", "trust.py:"),
    ("cleaning", "clean.py:clean"),
    ("members and answers joined", "frame.py:build_frame"),
    ("shares and means with intervals", "estimate.py:estimate"),
    ("protection of the public tables", "protected/public.py:publish"),
    ("themes: codebook and coding", "themes.py:themes_of"),
    ("comparisons", "compare/__init__.py:compare"),
    ("change", "change/__init__.py:change"),
    ("goals", "goals/outcome.py:goals_of"),
    ("claims", "claims/__init__.py:judge_claims"),
    ("non-response", "nonresponse/__init__.py:analyse_nonresponse"),
    ("exhibits' tables", "exhibits/"),
    ("figures' data and records", "notebook.py:show"),
    ("kernels: start", "ipykernel/kernelapp.py:initialize"),
    ("kernels: start", "parallel.py:waiting_kernels"),
    ("kernels: cells and messages", "parallel.py:_become_kernel"),
    ("kernels: cells and messages", "execute.py:_execute"),
    ("notebooks' pages", "page/notebooks.py:write_notebook"),
    ("notebooks' pages", "selectors.py:select;"),  # the main thread waits, and is looked at, while another writes them
    ("report.docx", "word/write.py:write_word"),
    ("slides.pptx", "powerpoint/write.py:write_slides"),
    ("tables.xlsx", "excel/write.py:write_tables"),
    ("report.html, goals.html", "page/template.py:write_page"),
    ("scan of the public build", "protected/scan.py:scan"),
    ("csv files and run.json", "outputs.py:write_csv"),
    ("csv files and run.json", "manifest.py:"),
    ("processes that share the work", "parallel.py:side_by_side"),
)
ALLOWED = ("imports", "drawing", "kernels: start", "reading: files of the year, export, notebooks")


def samples() -> list[str]:
    """The stacks of one full run."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        year = copied_year(place)
        command = [sys.executable, "-c", SAMPLED, str(place / "stacks"), str(year), str(place / "reports")]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return (place / "stacks").read_text(encoding="utf-8").splitlines()


def step_of(stack: str) -> str:
    """The step a stack belongs to."""
    return next((step for step, place in STEPS if place in stack), "all else")


def figures() -> list[Figure]:
    """Every step's share of the run's CPU time, the largest first."""
    stacks = samples()
    found = Counter(map(step_of, stacks)).most_common()
    return [
        Figure(
            step,
            f"{100 * count / len(stacks):.1f} %",
            *(() if step in ALLOWED else ("at most 5 %", count <= LIMIT * len(stacks))),
        )
        for step, count in found
    ]
