"""What a page is asked, and what it can answer: no server here, so that every screen is a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from jinja2.utils import url_quote

from sekom_survey.app.run_process import Runs
from sekom_survey.app.years import Workplace
from sekom_survey.model import Problem

Fields: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its name as its owner has it, never a path, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Asked:
    """One request: the year it is about, the fields of the form or the address, and the files sent along."""

    place: Workplace
    runs: Runs
    wave: str = ""
    fields: Fields = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The year's folder."""
        return self.place.years()[self.wave]

    @property
    def today(self) -> date:
        """The day it is."""
        return self.place.today()

    def one(self, name: str) -> str:
        """A field's value without outer space; empty when it was not sent."""
        return (self.fields.get(name) or ("",))[-1].strip()

    def all(self, name: str) -> Sequence[str]:
        """Every value of a field."""
        return self.fields.get(name, ())


@dataclass(frozen=True)
class Rendered:
    """A template and what it shows."""

    template: str
    shown: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True)
class Moved:
    """It is done: the address to go on to, and what to say there. A page is never the answer to what changes anything."""

    to: str
    said: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A file: shown when it is a page, else saved by the browser under `name`."""

    name: str
    data: bytes
    kind: str


@dataclass(frozen=True)
class Notice:
    """Facts for the page's own script, as JSON."""

    facts: Mapping[str, Any]


Reply: TypeAlias = Rendered | Moved | Sent | Notice
Screen: TypeAlias = Callable[[Asked], Reply]


def address(wave: str, page: str = "") -> str:
    """The address of a year's page."""
    return f"/ar/{url_quote(wave)}" + (f"/{page}" if page else "")
