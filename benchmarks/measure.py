"""How everything is measured: medians of interleaved rounds, whole processes with their children, and table rows."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "surveys/exempel/2026"
ROUNDS, ROUNDS_OF_RUNS = 5, 3


@dataclass(frozen=True)
class Row:
    """One line of the table: what was done, by whom, seconds, our seconds for the same, and what was checked."""

    what: str
    peer: str
    seconds: float
    ours: float
    checked: str = ""

    @property
    def ratio(self) -> float:
        """How many times our time the peer took; below 1 the peer is faster."""
        return self.seconds / self.ours


@dataclass(frozen=True)
class Skipped:
    """A peer that is not here."""

    what: str
    peer: str
    why: str


@dataclass(frozen=True)
class Figure:
    """A number of our own against its target."""

    what: str
    value: str
    target: str = ""
    met: bool | None = None


def medians(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each work; the works take turns, so that a busy moment meets them all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            work()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(found) for name, found in times.items()}


@dataclass(frozen=True)
class Process:
    """What a process and its children took: CPU and wall seconds, and the largest single process in MB."""

    cpu: float
    wall: float
    megabytes: float


# A process is said to be at least as large as the one that started it, so it is started by a small one.
STARTER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(running.pid, 0)
took = used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "took": took}))
"""


def process(command: Sequence[object], limit: float | None = None, **environment: str) -> Process:
    """Run a command to its end and say what it took; modules are compiled once, as they are for a user.

    Raises CalledProcessError, and TimeoutExpired after `limit` seconds, when all that was started has been ended.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-S", "-c", STARTER, *map(str, command)]
    starter = subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, env={**surroundings, **environment}, start_new_session=True
    )
    try:
        told, _ = starter.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
        raise
    done = json.loads(told)
    if done["code"]:
        raise subprocess.CalledProcessError(done["code"], words)
    return Process(*done["took"])


def median_process(
    commands: Mapping[str, Sequence[object]], rounds: int = ROUNDS, **environment: str
) -> dict[str, Process]:
    """Medians of whole processes that take turns."""
    found: dict[str, list[Process]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(process(command, **environment))
    return {
        name: Process(*(statistics.median(getattr(one, part) for one in done) for part in ("cpu", "wall", "megabytes")))
        for name, done in found.items()
    }


def python(code: str, *arguments: object) -> list[object]:
    """The command that runs some code in a fresh interpreter."""
    return [sys.executable, "-c", code, *arguments]


def sekom(*arguments: object) -> list[object]:
    """The command line of the toolkit."""
    return [sys.executable, "-m", "sekom_survey", *arguments]
