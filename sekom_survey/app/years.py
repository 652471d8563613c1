"""The years there are, by name, and what is known of each; read again only when its files have changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.app.remembered import Remembered
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Export, Problem, Responses, Survey, Unusable, Wave
from sekom_survey.running.safe_folder import state

if TYPE_CHECKING:
    from sekom_survey.counted.year import Year

State = tuple[tuple[str, int, int], ...]
CORRECTIONS, EXPORT = "corrections.csv", "export/"
ANSWERS = ("survey.toml", "members.csv", CORRECTIONS)
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
    stamped = stamp(folder)
    return _KNOWN.of((folder, stamped), lambda: _looked_through(folder, stamped))


def opened(folder: Path) -> KnownYear:
    """A year's questions, members and answers; what is wrong with its other files is not looked for."""
    stamped = _answers(stamp(folder))
    return _OPENED.of((folder, stamped), lambda: _opened(folder, stamped))


def stamp(folder: Path) -> State:
    """Which files a year has, their sizes and when they were changed; decisions on texts do not count."""
    found = ((path.relative_to(folder).as_posix(), *was) for path, was in state(folder).items())
    return tuple(sorted(one for one in found if not one[0].startswith(KEPT_APART)))


def _opened(folder: Path, stamped: State) -> KnownYear:
    survey, faults = read_survey(folder / "survey.toml", f"{folder.name}/survey.toml")
    try:
        return KnownYear(survey, *_read(folder, stamped))
    except Unusable as stop:
        return KnownYear(survey, None, None, None, tuple(dict.fromkeys((*faults, *stop.problems))))


def _looked_through(folder: Path, stamped: State) -> KnownYear:
    from sekom_survey.upkeep.before_run import file_problems, indicator_problems

    year = opened(folder)
    if (wave := year.wave) is None:
        return year
    beside = (folder, tuple(one for one in stamped if one[0] != CORRECTIONS and not one[0].startswith(EXPORT)))
    found = (*year.problems, *_FILES.of(beside, lambda: file_problems(wave)), *indicator_problems(wave))
    return replace(year, problems=tuple(dict.fromkeys(found)))


def analysed(folder: Path) -> Year:
    """A year, analysed. Raises Unusable with every problem that must be mended first."""
    stamped = _answers(stamp(folder))
    return _ANALYSED.of((folder, stamped), lambda: _analysed(folder, stamped))


def stamp_of_texts(folder: Path) -> State:
    """As `stamp`, of the files that the free texts and what is proposed for them rest on."""
    everything = stamp(folder)
    return (*_answers(everything), *(one for one in everything if one[0] == "codebook.toml"))


def stamp_of_form(folder: Path) -> State:
    """As `stamp`, of the file of answers and how it is read."""
    return _form(stamp(folder))


def stamp_of(folder: Path, name: str) -> State:
    """As `stamp`, of one file."""
    return tuple(one for one in stamp(folder) if one[0] == name)


def _form(stamped: State) -> State:
    return tuple(one for one in stamped if one[0] == "survey.toml" or one[0].startswith(EXPORT))


def _answers(stamped: State) -> State:
    """The files that the answers rest on, of all that a year has."""
    return tuple(one for one in stamped if one[0] in ANSWERS or one[0].startswith(EXPORT))


def _read(folder: Path, stamped: State) -> tuple[Wave, Export, Responses, tuple[Problem, ...]]:
    return _READ.of((folder, stamped), lambda: _cleaned(folder, stamped))


def _cleaned(folder: Path, stamped: State) -> tuple[Wave, Export, Responses, tuple[Problem, ...]]:
    """The answers; the export is opened anew only when it or survey.toml has changed, not for each name that is settled."""
    from sekom_survey.counted.year import read_answers, read_year

    form = (folder, _form(stamped))
    return read_year(folder, lambda wave: _EXPORTS.of(form, lambda: read_answers(wave)))


def _analysed(folder: Path, stamped: State) -> Year:
    from sekom_survey.counted.year import analysis

    return analysis(folder, *_read(folder, stamped))


_KNOWN: Remembered[KnownYear] = Remembered(16)
_OPENED: Remembered[KnownYear] = Remembered(16)
_FILES: Remembered[tuple[Problem, ...]] = Remembered(8)
_READ: Remembered[tuple[Wave, Export, Responses, tuple[Problem, ...]]] = Remembered(8)
_EXPORTS: Remembered[tuple[Export | None, list[Problem]]] = Remembered(8)
_ANALYSED: Remembered[Year] = Remembered(8)
