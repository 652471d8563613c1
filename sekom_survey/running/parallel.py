"""Copies of this process that share its work: what it has imported and worked out is there at once."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

CAN_FORK = sys.platform == "linux"  # elsewhere it is missing or not safe beside the system's own libraries
Result = TypeVar("Result")
PR_SET_PDEATHSIG = 1  # linux/prctl.h
_held: list[Callable[[], Any]] = []


def side_by_side(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """What several pieces of work give, done at once, each but the last in a copy of this process; raises what one raised."""
    if not CAN_FORK or len(works) < 2:
        return [work() for work in works]
    fork = multiprocessing.get_context("fork")
    with left_alone(), ProcessPoolExecutor(len(works) - 1, fork, _hold, (os.getpid(), works)) as pool:
        begun = [pool.submit(_do, place) for place in range(len(works) - 1)]
        last = works[-1]()
        return [*(one.result() for one in begun), last]


def _hold(origin: int, works: Sequence[Callable[[], Any]]) -> None:
    """Have the works at hand in a copy, as they were when it was made: sent to it, they would be read while they change here."""
    end_with(origin)
    _held[:] = works


def _do(place: int) -> Any:
    return _held[place]()


@contextmanager
def left_alone() -> Iterator[None]:
    """Have nobody look for garbage meanwhile, and copies made here never among what was there before: to look is to copy it."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def end_with(origin: int) -> None:
    """Have the system end this copy when the process it is a copy of ends, however it ends: a copy holds its lock."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != origin:
        os._exit(1)
