"""A table that is kept as codes and spread into rows when somebody first looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

Kept = TypeVar("Kept")


class Codes(Protocol):
    """A table in fewer words."""

    def table(self) -> Any:
        """The same as a DataFrame."""


class _Spread:
    """A field that is given a DataFrame or Codes and always reads as the DataFrame."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, one: object, owner: type) -> Any:
        if one is None:
            return self
        kept = vars(one)
        if self.name not in kept:
            kept[self.name] = as_given(one, self.name).table()
        return kept[self.name]

    def __set__(self, one: object, given: Any) -> None:
        vars(one)[self.name if hasattr(given, "iloc") else _codes(self.name)] = given


def spread(*names: str) -> Callable[[type[Kept]], type[Kept]]:
    """Fields of a frozen dataclass that may be given as codes: read as DataFrames, made when first read."""

    def changed(kind: type[Kept]) -> type[Kept]:
        for name in names:
            setattr(kind, name, _Spread(name))
        return kind

    return changed


def as_given(one: object, name: str) -> Any:
    """What a field was given as: its codes, or the DataFrame itself."""
    kept = vars(one)
    return kept[_codes(name) if _codes(name) in kept else name]


def _codes(name: str) -> str:
    return f"{name} as codes"
