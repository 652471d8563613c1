"""What goals are measured on: the register, two years' activity log and, when there is one, the survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from sekom_survey.asked.load import read_corrections
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.register import read_members
from sekom_survey.counted.year import Year
from sekom_survey.found.coding_error import Errors
from sekom_survey.found.engagement.hand_log import Heard, read_hand_log
from sekom_survey.found.engagement.index import engagement
from sekom_survey.found.examples import EXAMPLES_FILE, GoodExample, read_examples
from sekom_survey.found.goals.activities import activity_table, read_activities, with_reports
from sekom_survey.found.indicators.gather import Indicators, indicator_files, read_all
from sekom_survey.model import MUNICIPALITY, NOTE, Member, Problem, Survey


@dataclass(frozen=True, eq=False)
class CodedTexts:
    """A year's coded free text: columns item, member_id, theme, reviewed; and what is known of errors in what nobody has read."""

    rows: pd.DataFrame
    misread: Errors = field(default_factory=dict)


LOG_FILE = "activities.csv"
Coded: TypeAlias = Callable[[], CodedTexts | None]
Gathered: TypeAlias = Callable[[], Indicators | None]


def nothing_coded() -> None:
    """No free text is coded."""


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything known of a year on `as_of`.

    `log` has the columns of activities.csv and holds the year's rows and, when they are there, the year before's;
    `logged` says whether the year has a log at all. `year` is the analysed survey, None before it has closed. `before`
    is the year before on the same day, for change; `examples` the library of good examples, None without one. `themes` gives the
    coded free text when a measure asks for it, `indicators` the members' own. `waves`
    are other surveys that a goal takes its outcome from, by name. `counted` is the register that members are counted in when a
    later one has told more of the year, else None.
    """

    survey: Survey
    as_of: date
    members: tuple[Member, ...]
    log: pd.DataFrame
    logged: bool
    year: Year | None = None
    before: Facts | None = None
    heard: tuple[Heard, ...] | None = None
    examples: tuple[GoodExample, ...] | None = None
    themes: Coded = nothing_coded
    indicators: Gathered = nothing_coded
    waves: Mapping[str, Year] = field(default_factory=dict)
    counted: tuple[Member, ...] | None = None

    @property
    def register(self) -> tuple[Member, ...]:
        """The members as they are counted on the day."""
        return self.members if self.counted is None else self.counted

    @property
    def looks_back(self) -> bool:
        """Whether the log goes on after the day, so that what is written of the year may tell of what had not yet happened."""
        return bool(len(self.log)) and bool(self.log["date"].max() > self.as_of)

    @property
    def start(self) -> date:
        """The first day of the year that goals are counted from."""
        return date(self.survey.year, 1, 1)

    @property
    def end(self) -> date:
        """The last day of the year."""
        return date(self.survey.year, 12, 31)

    @property
    def elapsed(self) -> Fraction:
        """The part of the year that has gone, the day itself included."""
        return Fraction((self.as_of - self.start).days + 1, (self.end - self.start).days + 1)

    @cached_property
    def this_year(self) -> pd.DataFrame:
        """The log from the start of the year to the day."""
        return self.log[(self.log["date"] >= self.start) & (self.log["date"] <= self.as_of)]

    @cached_property
    def engaged(self) -> pd.DataFrame:
        """The engagement table of the year's members so far."""
        return engagement(self.members, self.log, self.start, self.as_of)

    @property
    def municipalities(self) -> frozenset[str]:
        """Ids of the register's municipalities: what shares are of, as in the survey; regions stand apart."""
        return frozenset(m.member_id for m in self.members if m.kind == MUNICIPALITY)


def facts_of(
    folder: Path,
    year: Year | None,
    as_of: date | None,
    before: Year | None = None,
    themes: Coded = nothing_coded,
    indicators: Gathered | None = None,
) -> tuple[Facts | None, list[Problem]]:
    """A year's folder to Facts and the problems met; works before there is any survey file in it.

    `as_of` is the day to measure on; without it, the last day that the log or the survey speaks of. The year before is
    read from the neighbouring folder named after it, when there is one.
    """
    shown = folder.name
    survey, problems = (year.survey, []) if year else read_survey(folder / "survey.toml", f"{shown}/survey.toml")
    if survey is None:
        return None, problems
    members, found = _members(folder, survey, year)
    gathered = indicators or cache(partial(_gathered, folder, survey, members, year))
    log, more = _log(folder, survey, members, gathered)
    heard, most = read_hand_log(folder / "signals.csv", f"{shown}/signals.csv", {m.member_id for m in members})
    examples, faults = read_examples(folder / EXAMPLES_FILE, f"{shown}/{EXAMPLES_FILE}", members)
    problems = [*problems, *found, *more, *most, *faults]
    day = as_of or _last_day(survey, log)
    if not date(survey.year, 1, 1) <= day <= date(survey.year, 12, 31):
        problems.append(_outside(day, survey.year))
        return None, problems
    earlier = _before(folder.parent / str(survey.year - 1), before, day, members)
    both = pd.concat([earlier.log, log], ignore_index=True) if earlier and len(earlier.log) else log
    known = year if year and day >= survey.closed else None
    return Facts(
        survey, day, members, both, bool(len(log)), known, earlier, heard, examples, themes, gathered
    ), problems


def _members(folder: Path, survey: Survey, year: Year | None) -> tuple[tuple[Member, ...], list[Problem]]:
    if year:
        return year.wave.members, []
    return read_members(folder / "members.csv", f"{folder.name}/members.csv", survey.region_overrides)


def _gathered(folder: Path, survey: Survey, members: tuple[Member, ...], year: Year | None) -> Indicators | None:
    """The year's indicators; what is wrong with their files is told where they are read for their own sake."""
    corrections = year.wave.corrections if year else read_corrections(folder, members, survey)[0]
    return read_all(folder, survey, members, corrections)[0]


def _log(
    folder: Path, survey: Survey, members: tuple[Member, ...], gathered: Gathered
) -> tuple[pd.DataFrame, list[Problem]]:
    path, shown = folder / LOG_FILE, f"{folder.name}/{LOG_FILE}"
    if path.exists():
        log, problems = read_activities(path, shown, members, survey.year)
        return with_reports(log, gathered(), survey), problems
    todo = "Lägg aktivitetsloggen i årets mapp; tills dess kan mål som räknas ur den inte bedömas."
    return activity_table([]), [Problem("log_missing", shown, "", "Aktivitetsloggen finns inte.", todo, NOTE)]


def _last_day(survey: Survey, log: pd.DataFrame) -> date:
    days = [day for day in (survey.closed, *log["date"]) if day.year == survey.year]
    return max(days, default=date(survey.year, 12, 31))


def _outside(day: date, year: int) -> Problem:
    todo = f"Ange en dag under {year}, eller det år som dagen hör till."
    return Problem("as_of_outside", str(year), "--as-of", f"Dagen {day} ligger utanför {year}.", todo)


def _before(folder: Path, before: Year | None, day: date, later: tuple[Member, ...]) -> Facts | None:
    """The year before on the same day; nothing when its folder cannot be read. `later` is this year's register."""
    if not folder.is_dir():
        return None
    files = (
        *(folder / name for name in ("survey.toml", "members.csv", "corrections.csv", LOG_FILE)),
        *indicator_files(folder),
    )
    stamps = tuple((path, (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files if path.exists())
    return _as_it_was(folder, before, day, later, stamps)


@lru_cache(maxsize=2)  # a page that is looked at again and again asks for the same day of a year that has gone
def _as_it_was(
    folder: Path, before: Year | None, day: date, later: tuple[Member, ...], stamps: tuple[tuple[Path, int, int], ...]
) -> Facts | None:
    survey, _ = (before.survey, []) if before else read_survey(folder / "survey.toml", folder.name)
    if survey is None:
        return None
    same_day = date(survey.year, day.month, min(day.day, 28) if day.month == 2 else day.day)
    members, _ = _members(folder, survey, before)
    gathered = cache(partial(_gathered, folder, survey, members, before))
    log, _ = _log(folder, survey, members, gathered)
    known = before if before and same_day >= before.survey.closed else None
    counted = _since_known(members, later, survey.year)
    return Facts(survey, same_day, members, log, bool(len(log)), known, indicators=gathered, counted=counted)


def _since_known(members: tuple[Member, ...], later: tuple[Member, ...], year: int) -> tuple[Member, ...]:
    """A year's register with what a later one tells of the same year: who joined or left before it was over."""
    left = {m.member_id: m.left for m in later if m.left and m.left.year <= year}
    known = {m.member_id for m in members}
    since = (m for m in later if m.member_id not in known and m.joined and m.joined.year <= year)
    return tuple(replace(m, left=left.get(m.member_id, m.left)) for m in (*members, *since))
