"""What has been worked out, kept while what it rests on stays; who asks while it is worked out waits for that."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The answers last asked for, at most so many, each by a key that tells all that it rests on. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._jobs: dict[Hashable, Future[T]] = {}
        self._lock = Lock()

    def of(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` gives, worked out once; what it raises is raised to all who wait, and nothing is kept."""
        with self._lock:
            job, mine = self._jobs.pop(key, None), False
            if job is None:
                job, mine = Future(), True
            self._jobs[key] = job
            for old in list(self._jobs)[: -self._most]:
                del self._jobs[old]
        if mine:
            self._work_out(key, job, work)
        return job.result()

    def _work_out(self, key: Hashable, job: Future[T], work: Callable[[], T]) -> None:
        try:
            job.set_result(work())
        except BaseException as error:
            with self._lock:
                if self._jobs.get(key) is job:
                    del self._jobs[key]
            job.set_exception(error)
