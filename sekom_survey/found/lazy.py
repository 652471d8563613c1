"""Which parts of a lazy object have been asked for, also through other parts: what a result rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any


class Touched:
    """Base of an object whose parts, its cached properties, are worked out when first asked for, each once.

    `rests_on` gives every part asked for since `forget`, and the parts these asked for in their turn, whenever that was.
    """

    PARTS: frozenset[str] = frozenset()

    def __init_subclass__(cls) -> None:
        own = {name for name, value in vars(cls).items() if isinstance(value, cached_property)}
        cls.PARTS = cls.PARTS | own

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._behind: dict[str, frozenset[str]] = {}

    def __getattribute__(self, name: str) -> Any:
        get = super().__getattribute__
        if name in get("PARTS"):
            if name not in get("_behind"):
                get("_work_out")(name)
            get("_asked").add(name)
        return get(name)

    def _work_out(self, name: str) -> None:
        """Work a part out, noting what it asks for."""
        with self.noting():
            super().__getattribute__(name)
            self._behind[name] = self.rests_on() | {name}

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is asked for meanwhile apart from what was asked for before."""
        outer, self._asked = self._asked, set()
        try:
            yield
        finally:
            self._asked = outer

    def rests_on(self) -> frozenset[str]:
        """The parts asked for, and those behind them."""
        return frozenset().union(*(self._behind[name] for name in self._asked))

    def forget(self) -> None:
        """Begin anew to note what is asked for."""
        self._asked = set()

    def worked_out(self) -> dict[str, tuple[Any, frozenset[str]]]:
        """Every part that has been worked out, with the parts behind it."""
        return {name: (vars(self)[name], behind) for name, behind in self._behind.items()}

    def take_over(self, parts: Mapping[str, tuple[Any, frozenset[str]]]) -> None:
        """Have what another has worked out, where it is a part of this and not worked out here."""
        for name, (value, behind) in parts.items():
            if name in self.PARTS and name not in self._behind:
                vars(self)[name], self._behind[name] = value, behind
