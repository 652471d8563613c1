"""The platforms whose exports are known by their headings: one file each, and every file here is one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from sekom_survey.collected.grid import Grid
from sekom_survey.model import Export


class FileReader(Protocol):
    """What every reader offers, those of platforms and those for any tool."""

    title: str

    def detect(self, grid: Grid) -> bool:
        """Whether a sheet is for this reader."""

    def read(self, grid: Grid) -> Export:
        """The sheet as an Export. Raises Unusable."""


class Platform(FileReader, Protocol):
    """What a file here offers besides: headings, folded, of columns that hold no answers.

    `STARTS` tell when a respondent began, `ENDS` when they sent it in, `OTHERS` what else is about the form or the person.
    """

    STARTS: Collection[str]
    ENDS: Collection[str]
    OTHERS: Collection[str]


def found_platforms() -> dict[str, Platform]:
    """Every file here by its name, which is the platform's in survey.toml and in what is read."""
    return {name: _module(name) for name in sorted(found.name for found in iter_modules(__path__))}


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


PLATFORMS: Mapping[str, Platform] = found_platforms()
