"""The micro-benchmarks of benchmarks/test_micro.py, run by pytest-benchmark."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import ROOT


def table_of() -> str:
    """Median time of each, as a Markdown table; says so when pytest-benchmark is not installed."""
    if not importlib.util.find_spec("pytest_benchmark"):
        return "pytest-benchmark is not installed."
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.json")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "benchmarks/test_micro.py",
            f"--benchmark-json={found}",
            "-p",
            "no:xdist",
        ]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        measured = json.loads(found.read_text(encoding="utf-8"))["benchmarks"]
    lines = [
        f"| {one['name'].removeprefix('test_').replace('_', ' ')} | {1000 * one['stats']['median']:.3g} ms | {one['stats']['rounds']} |"
        for one in measured
    ]
    return "\n".join(["| what | median | rounds |", "| --- | --- | --- |", *lines])
