"""The years there are, by name, and what is known of each; read again only when its files have changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Export, Problem, Responses, Survey, Unusable, Wave
from sekom_survey.running.safe_folder import state

if TYPE_CHECKING:
    from sekom_survey.counted.year import Year

State = tuple[tuple[str, int, int], ...]
ANSWERS = ("survey.toml", "members.csv", "corrections.csv")
KEPT_APART = ("codings",)  # files of decisions: they change with every text, and no answer rests on them


@dataclass(frozen=True)
class Workplace:
    """Where the years and the reports lie, and what day it is."""

    surveys: Path
    reports: Path
    today: Callable[[], date] = date.today

    def years(self) -> Mapping[str, Path]:
        """Name -> folder of every year, the newest first, the example last. The only way from a name to a folder."""
        found = {
            path.parent.relative_to(self.surveys).as_posix(): path.parent
            for path in self.surveys.glob("**/survey.toml")
        }
        usual = {
            name: folder for name, folder in found.items() if not any(part.startswith(".") for part in Path(name).parts)
        }
        return dict(sorted(sorted(usual.items(), reverse=True), key=lambda one: "/" in one[0]))


@dataclass(frozen=True, eq=False)
class KnownYear:
    """What reading a year gave: all of it, or the problems that stopped it; `survey` whenever that alone can be read."""

    survey: Survey | None
    wave: Wave | None
    export: Export | None
    responses: Responses | None
    problems: tuple[Problem, ...]


def known(folder: Path) -> KnownYear:
    """A year, read as `sekom check` reads it."""
    return _known(folder, stamp(folder))


def stamp(folder: Path) -> State:
    """Which files a year has, their sizes and when they were changed; decisions on texts do not count."""
    found = ((path.relative_to(folder).as_posix(), *was) for path, was in state(folder).items())
    return tuple(sorted(one for one in found if not one[0].startswith(KEPT_APART)))


@lru_cache(maxsize=16)
def _known(folder: Path, stamped: State) -> KnownYear:
    from sekom_survey.upkeep.check import run_problems

    survey, faults = read_survey(folder / "survey.toml", f"{folder.name}/survey.toml")
    try:
        wave, export, responses, problems = _read(folder, _answers(stamped))
    except Unusable as stop:
        return KnownYear(survey, None, None, None, tuple(dict.fromkeys((*faults, *stop.problems))))
    return KnownYear(survey, wave, export, responses, tuple(dict.fromkeys((*problems, *run_problems(wave)))))


def analysed(folder: Path) -> Year:
    """A year, analysed. Raises Unusable with every problem that must be mended first."""
    return _analysed(folder, _answers(stamp(folder)))


def stamp_of_texts(folder: Path) -> State:
    """As `stamp`, of the files that the free texts and what is proposed for them rest on."""
    everything = stamp(folder)
    return (*_answers(everything), *(one for one in everything if one[0] == "codebook.toml"))


def _answers(stamped: State) -> State:
    """The files that the answers rest on, of all that a year has."""
    return tuple(one for one in stamped if one[0] in ANSWERS or one[0].startswith("export/"))


@lru_cache(maxsize=8)
def _read(folder: Path, stamped: State) -> tuple[Wave, Export, Responses, tuple[Problem, ...]]:
    from sekom_survey.counted.year import read_year

    return read_year(folder)


@lru_cache(maxsize=8)
def _analysed(folder: Path, stamped: State) -> Year:
    from sekom_survey.counted.year import analyse

    return analyse(folder)
