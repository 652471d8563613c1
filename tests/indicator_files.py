"""Small made-up indicator files for tests, and what reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sekom_survey.asked.indicators import read_figures
from sekom_survey.collected.indicators.read import Collected, read_indicators
from sekom_survey.model import Correction, Member, Problem

DECLARED = """
title = "Gröna nyckeltal"
means = ["Ekokommunerna"]

[[indicators]]
code = "6a"
label = "Hushållsavfall"
unit = "kg/person"
units = ["kg per person"]
good = "low"
origin = "national"
names = ["N07801"]
public = true

[[indicators]]
code = "7"
label = "Förnybar energi i egna lokaler"
unit = "%"
good = "high"
origin = "reported"

[[indicators]]
code = "2b"
label = "Förnybart bränsle i kollektivtrafiken"
unit = "%"
good = "high"
origin = "reported"
fill = true
"""


def member(
    id: str,
    name: str,
    population: int | None = 10_000,
    county: str = "Kalmar län",
    kind: str = "municipality",
    code: str = "",
    group: str = "",
    left: date | None = None,
) -> Member:
    """A member of an invented name."""
    return Member(id, name, kind, "member", code, county, "Götaland", group, population, date(2001, 1, 1), left)


MEMBERS = (
    member("m1", "Almköping"),
    member("m2", "Björkvalla"),
    member("m3", "Cedersö", county="Gotlands län"),
    member("m4", "Duvhult", code="1080", county="Blekinge län"),
    member("r1", "Region Granland", None, kind="region"),
)


def figures(text: str = DECLARED, folder: Path | None = None, tmp: str = "indicators.toml"):
    """A declared set."""
    assert folder is not None
    path = folder / tmp
    path.write_text(text, encoding="utf-8")
    found, problems = read_figures(path, "2026/indicators.toml", "Sveriges Ekokommuner")
    assert found is not None, problems
    return found


def read(
    tmp_path: Path,
    files: dict[str, str | bytes],
    declared: str = DECLARED,
    corrections: tuple[Correction, ...] = (),
    members: tuple[Member, ...] = MEMBERS,
) -> tuple[Collected, list[Problem]]:
    """Files by name, read as a year's indicators/."""
    folder = tmp_path / "indicators"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return read_indicators(folder, "2026/indicators", figures(declared, tmp_path), members, corrections, 2026)


def told(collected: Collected) -> dict[tuple[str, str, int], float]:
    """(figure, key, year) -> value."""
    return {(one.figure, one.key, one.year): one.value for one in collected.values}
