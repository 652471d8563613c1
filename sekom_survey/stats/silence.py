"""What a library in C prints by itself does not reach the user."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STDOUT = 1


@contextmanager
def silent() -> Iterator[None]:
    """Have what is printed to standard output meanwhile, also below Python, go nowhere.

    The solver of SciPy prints lines of its own ("HighsMipSolverData ...") whatever it is told of being quiet.
    Source: the file descriptors of POSIX, which Windows' runtime has too.
    """
    try:
        heard = os.dup(STDOUT)
    except OSError:  # a program without a terminal has nowhere to print
        yield
        return
    _flush()
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), STDOUT)
    try:
        yield
    finally:
        _flush()  # into nowhere: what C has not written yet would come out later
        os.dup2(heard, STDOUT)
        os.close(heard)


def _flush() -> None:
    with suppress(OSError, AttributeError):
        (ctypes.CDLL("ucrtbase") if sys.platform == "win32" else ctypes.CDLL(None)).fflush(None)
