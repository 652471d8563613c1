"""What slow functions of plain values gave the last time, so that it need not be worked out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any


class Memory:
    """Answers by a digest of all that the function was given.

    `last` are those of an earlier run; `now` those that have been asked for since, which are the ones to keep. They are what
    JSON keeps exactly: words, whole numbers, lists and tables.
    """

    def __init__(self, last: Mapping[str, Any] | None = None) -> None:
        self.last = dict(last or {})
        self.now: dict[str, Any] = {}

    def of(self, work: Callable[[], Any], *given: object) -> Any:
        """What `work` gives, remembered by everything it rests on: `given`, arrays or what `repr` tells in full."""
        key = _digest(given)
        if key not in self.now:
            self.now[key] = self.last[key] if key in self.last else work()
        return self.now[key]


def _digest(given: tuple[object, ...]) -> str:
    found = hashlib.sha256()
    for one in given:
        told: Any = one
        if hasattr(told, "tolist"):  # an array, which `repr` cuts short
            told = (str(told.dtype), told.shape, told.tolist())
        found.update(f"{told!r}\0".encode())
    return found.hexdigest()[:32]
