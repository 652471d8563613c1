"""Copies of this process that share its work, and those of them that wait to become notebook kernels."""

from __future__ import annotations

import ctypes
import gc
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

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


KERNEL_NEEDS = (  # imported once here instead of in every copy
    "ipykernel.kernelapp", "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect",
    "IPython.extensions.storemagic", "sqlite3", "psutil", "tornado.platform.asyncio", "tornado.queues", "pandas.io.formats.html",
)  # fmt: skip
INLINE = "module://matplotlib_inline.backend_inline"


class Forked:
    """A copy of this process that waits to be told what to become; spoken to as a subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, become: Callable[[bytes], None]) -> None:
        context = multiprocessing.get_context("fork")
        listening, self._telling = context.Pipe(duplex=False)
        self._process = context.Process(target=_wait, args=(listening, become, os.getpid()), daemon=True)
        self._process.start()
        listening.close()

    @property
    def pid(self) -> int:
        """The number the system knows it by."""
        return self._process.pid or 0

    def tell(self, order: bytes) -> None:
        """End its waiting."""
        self._telling.send_bytes(order)

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait until it has ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, at once."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()


class ForkProvisioner(LocalProvisioner):
    """Gives Jupyter a waiting copy instead of starting Python anew."""

    def __init__(self, copy: Forked, **further: Any) -> None:
        super().__init__(kernel_spec=KernelSpec(argv=[sys.executable, "{connection_file}"]), **further)
        self.copy = copy

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> Any:
        """Tell the copy its connection file, environment and folder."""
        order = {"arguments": cmd[cmd.index("-f") :], "env": settings["env"], "cwd": settings["cwd"]}
        self.copy.tell(json.dumps(order).encode())
        process: Any = self.copy
        self.process, self.pid, self.pgid = process, self.copy.pid, self.copy.pid
        return self.connection_info


@contextmanager
def waiting_kernels(count: int, ready: Callable[[], None] = lambda: None) -> Iterator[Sequence[Forked]]:
    """`count` copies of this process, each ready to become one kernel; those left over are ended. Each begins with `ready`.

    To be called before anything of asyncio or ZeroMQ is begun, of which a copy would only get half.
    """
    for module in KERNEL_NEEDS:
        with suppress(ImportError):
            import_module(module)
    with left_alone():
        copies = [Forked(partial(_become_kernel, ready)) for _ in range(count)]
    try:
        yield copies
    finally:
        for copy in copies:
            copy.kill()
        for copy in copies:
            copy.wait()


def _wait(listening: Connection, become: Callable[[bytes], None], origin: int) -> None:
    end_with(origin)
    os.setsid()
    with suppress(EOFError):  # the process it is a copy of has ended
        become(listening.recv_bytes())


def _become_kernel(ready: Callable[[], None], order: bytes) -> None:
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp

    gc.enable()  # a notebook may draw as much as it likes
    told = json.loads(order)
    os.environ.clear()
    os.environ.update({"MPLBACKEND": INLINE, **told["env"]})
    matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    os.chdir(told["cwd"])
    unheard = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(unheard, stream)
    ready()
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # no debugger, whose import is most of a kernel's start
    app = IPKernelApp.instance()
    app.initialize(told["arguments"])
    app.start()
