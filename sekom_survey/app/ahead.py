"""Work done ahead while nobody waits: what the goals rest on, so that their screen comes as quickly as the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from sekom_survey.app.asked import Asked
from sekom_survey.model import Unusable

PAUSE = 0.3  # seconds without a request before anything is begun
NEWEST = 3  # so many years are prepared from the first page, which tells how as many stand


@dataclass
class Ahead:
    """One thread beside the requests; a request that comes puts off what has not been begun."""

    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="ahead"))
    timer: asyncio.TimerHandle | None = None

    def soon(self, asked: Asked) -> None:
        """Prepare the year of a request that has been answered, or the newest years, when all is still for a moment."""
        self.wait()
        self.timer = asyncio.get_running_loop().call_later(PAUSE, self._begin, lambda: prepare(asked))

    def wait(self) -> None:
        """Somebody asks for something: later."""
        if self.timer:
            self.timer.cancel()

    def _begin(self, work: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the tool is being closed
            self.thread.submit(work)

    def stop(self) -> None:
        """Begin nothing more."""
        self.thread.shutdown(wait=False, cancel_futures=True)


def prepare(asked: Asked) -> None:
    """Measure the goals of a year, or of the newest ones; what is wrong is told on their own page."""
    from sekom_survey.app.goals import goals_now
    from sekom_survey.app.years import known

    years = asked.place.years()
    for folder in (years[asked.wave],) if asked.wave in years else islice(years.values(), NEWEST):
        with suppress(Unusable, OSError):
            goals_now(folder)
            known(folder)
