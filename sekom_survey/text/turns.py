"""One at a time on a file that several programs write to: a turn that the system takes back when its holder's process ends.

Windows' lock (msvcrt) has not been run.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE, STEP = 20.0, 0.01
FAR = 2**31 - 2  # where Windows, which keeps others from what is locked, has nothing to keep

if sys.platform == "win32":
    import msvcrt

    def free(handle: int) -> bool:
        """Lock an open file; False when another holds it."""
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def free(handle: int) -> bool:
        """Lock an open file; False when another holds it. A file system that knows no locks is taken to be free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


def taken(path: Path) -> int | None:
    """A handle to the locked file, begun when it was not there; None when another holds it. Raises OSError."""
    while True:  # the file may have been removed by its last holder while we opened it
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if not free(handle):
            os.close(handle)
            return None
        if path.exists() and path.stat().st_ino == os.fstat(handle).st_ino:
            return handle
        os.close(handle)


def let_go(path: Path, handle: int) -> None:
    """Remove the locked file, and let the next one in."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    os.close(handle)


def wait(handle: int, name: str) -> None:
    """Lock an open file, waiting for whoever holds it. Raises OSError when nobody lets go."""
    end = time.monotonic() + PATIENCE
    while not free(handle):
        _rest(end, name)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Alone with a file that is read, changed and put back whole, by a hidden file beside it. Raises OSError when nobody lets go."""
    mark, end = path.with_name(f".{path.name}.lock"), time.monotonic() + PATIENCE
    while (handle := taken(mark)) is None:
        _rest(end, path.name)
    try:
        yield
    finally:
        let_go(mark, handle)


def _rest(end: float, name: str) -> None:
    if time.monotonic() > end:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), name)
    time.sleep(STEP)
