"""The formats a report is written in: one file each, with `FILE` and `write`; every file here is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol

import pandas as pd

from sekom_survey.counted.who_answered import Base
from sekom_survey.model import PUBLIC, GoalsPage, Problem, Report, Survey
from sekom_survey.written.brand import Brand


@dataclass(frozen=True, eq=False)
class Material:
    """All that a format is written of: the report, what was asked, who answered, the csv tables by name, and the look.

    `conflicts` are the questions on which a member's two roles disagree, `problems` what there was to look over; `figures` is
    the folder where the notebooks' drawings lie. A format reads nothing else: it is taken again when all this is as it was.
    `theme_names` are what readers call the themes, by id; `goals` are the goals on their own page, None when there are none.
    """

    report: Report
    survey: Survey
    base: Base
    conflicts: pd.DataFrame
    problems: tuple[Problem, ...]
    tables: Mapping[str, pd.DataFrame]
    figures: Path
    brand: Brand | None = None
    theme_names: Mapping[str, str] = field(default_factory=dict)
    goals: GoalsPage | None = None

    @property
    def is_public(self) -> bool:
        """Whether it is of the public build, of which alone the board's papers are made: they may become public documents."""
        return self.report.build == PUBLIC


BOARDS_FILES = ("report.docx", "slides.pptx")
"""Made of what is released alone, and the same in both builds."""


class Format(Protocol):
    """What a file here offers: the name of what it writes in a build's folder, and how."""

    FILE: str

    def write(self, made: Material, path: Path) -> None:
        """Write the file at `path`, or nothing when there is nothing to tell. Raises OSError."""


def found_formats() -> tuple[Format, ...]:
    """Every format there is."""
    return tuple(_module(name) for name in sorted(found.name for found in iter_modules(__path__)))


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


FORMATS: tuple[Format, ...] = found_formats()
