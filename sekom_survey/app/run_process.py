"""A run in a process of its own: what it tells goes to the page, and the page can go away."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sekom_survey.model import Failure, Problem, Unusable

DONE, STOPPED, FAILED, LOST = "done", "stopped", "failed", "lost"


@dataclass
class Run:
    """A run of a year: what it has told, how it ended (empty while it goes on), what stopped it."""

    wave: str
    steps: int
    told: list[str] = field(default_factory=list)
    ended: str = ""
    problems: tuple[Problem, ...] = ()
    failures: tuple[Failure, ...] = ()


class Runs:
    """The one run that may go on at a time, and how the last one ended; `work` is what the process does."""

    def __init__(self, work: Callable[[Connection, Path, Path, bool, bool], None] | None = None) -> None:
        self._work = work or run_year
        self.last: Run | None = None
        self._process: Any = None

    @property
    def going(self) -> Run | None:
        """The run that goes on now."""
        return self.last if self.last and not self.last.ended else None

    def start(
        self, wave: str, folder: Path, reports: Path, steps: int, everything: bool = False, trusted: bool = False
    ) -> bool:
        """Begin a run; False when one is already going on. `trusted`: a person has said yes to what only a person can tell."""
        if self.going:
            return False
        self.last = run = Run(wave, steps)
        context = multiprocessing.get_context("spawn")
        hears, tells = context.Pipe(duplex=False)
        self._process = context.Process(target=self._work, args=(tells, folder, reports, everything, trusted))
        self._process.start()
        tells.close()
        threading.Thread(target=_listen, args=(hears, run), daemon=True).start()
        return True

    def stop(self) -> None:
        """End the run that goes on; the last report is untouched."""
        if self.going and self._process is not None:
            self._process.terminate()


def _listen(hears: Connection, run: Run) -> None:
    """Take in what a run tells until it ends; one that ends without a word was killed."""
    with suppress(EOFError, OSError):
        while True:
            kind, what = hears.recv()
            if kind == "told":
                run.told.append(what)
            else:
                run.problems, run.failures = what
                run.ended = kind
    run.ended = run.ended or LOST


def run_year(tells: Connection, folder: Path, reports: Path, everything: bool, trusted: bool) -> None:
    """What the process does: `sekom run`, told to the other end of a pipe that may have gone."""
    from sekom_survey.running.run import BOTH, run

    def tell(kind: str, what: Any) -> None:
        with suppress(OSError):
            tells.send((kind, what))

    try:
        outcome = run(folder, reports, _teller(tell), BOTH, everything, lambda problem: trusted)
        tell(FAILED if outcome.failures else DONE, (outcome.problems, outcome.failures))
    except Unusable as stop:
        tell(STOPPED, (stop.problems, ()))


def _teller(tell: Callable[[str, Any], None]) -> Callable[[str], None]:
    return lambda line: tell("told", line)
