"""What a year shows beyond its shares: themes, comparisons, non-response, change, goals and claims."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from pathlib import Path

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.asked.load import has_answers, last_years_folder
from sekom_survey.coding.decisions import coder_files
from sekom_survey.counted.year import INTERNAL, Year, analyse
from sekom_survey.found.change import change
from sekom_survey.found.change.published import published_change
from sekom_survey.found.claims import CLAIMS_FILE, Basis, Claim, activities_of, judge_claims, read_claims
from sekom_survey.found.compare import compare
from sekom_survey.found.compare.limits import limit_sensitivity, population_trends
from sekom_survey.found.facts import Fact, facts_of
from sekom_survey.found.facts.participation import participation_facts
from sekom_survey.found.goals.activities import read_activities
from sekom_survey.found.goals.facts import CodedTexts
from sekom_survey.found.goals.faults import goal_baselines
from sekom_survey.found.goals.outcome import GoalsOutcome, goals_of
from sekom_survey.found.indicators.gather import Indicators, indicator_files, indicators_of
from sekom_survey.found.lazy import Touched
from sekom_survey.found.memory import Memory
from sekom_survey.found.nonresponse import NonResponse, analyse_nonresponse
from sekom_survey.found.past_run import ACTIVITIES_FILE, ErasedYear, read_erased
from sekom_survey.found.themes import Themes, quotable, theme_agreement, theme_names, theme_rows, themes_of
from sekom_survey.found.trace import PLAN_FILE, traced
from sekom_survey.model import Problem, errors

FILES = (
    "codebook.toml",
    "codings.csv",
    ACTIVITIES_FILE,
    "goals.toml",
    "decisions.csv",
    "signals.csv",
    CLAIMS_FILE,
    PLAN_FILE,
)


class Findings(Touched):
    """Everything that is worked out of a year, each part once and only when it is asked for.

    Made of an internal Year, since it needs single members' answers; what is shown in a public build goes through
    `sekom_survey.protected.words`. Parts that a year has no file for are None or empty.
    """

    build = INTERNAL

    def __init__(self, year: Year, memory: Memory | None = None) -> None:
        super().__init__()
        self.year = year
        self.memory = memory or Memory()

    @property
    def shown(self) -> Year:
        """The year as this build may show it."""
        return self.year

    @cached_property
    def before(self) -> Year | None:
        """Last year, when its folder lies beside this one and the same members may have answered."""
        folder = self._last_folder()
        return analyse(folder) if folder and has_answers(folder) else None

    def _last_folder(self) -> Path | None:
        survey = self.year.survey
        return last_years_folder(self.year.wave.folder, survey.year) if survey.of_members else None

    @cached_property
    def erased_before(self) -> ErasedYear | None:
        """What is left of last year when its answers are erased."""
        folder = self._last_folder()
        return read_erased(folder) if folder and not has_answers(folder) else None

    @cached_property
    def _coded(self) -> tuple[Themes | None, list[Problem]]:
        return themes_of(self.year, memory=self.memory)

    @property
    def themes(self) -> Themes | None:
        """The year's themes."""
        return self._coded[0]

    @property
    def themes_before(self) -> Themes | None:
        """Last year's themes."""
        return self._coded_before

    @cached_property
    def _coded_before(self) -> Themes | None:
        if self.before:
            return themes_of(self.before, self._coded[0].codebook if self._coded[0] else None, self.memory)[0]
        return self.erased_before.themes if self.erased_before else None

    def quotable(self, item: str) -> pd.DataFrame:
        """Texts that may be quoted: theme, text."""
        if self._coded[0] is None or not self._asks(item):
            return pd.DataFrame(columns=["theme", "text"])
        return quotable(self.year, item, self._coded[0])

    @cached_property
    def _log(self) -> tuple[pd.DataFrame | None, list[Problem]]:
        return read_log(self.year)

    @cached_property
    def log_before(self) -> pd.DataFrame | None:
        """Last year's activity log."""
        if self.before:
            return read_log(self.before)[0]
        return self.erased_before.log if self.erased_before else None

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """Segments against each other, with verdicts."""
        return compare(self.year.frame, self.year.survey)

    def _asks(self, item: str) -> bool:
        return any(one.id == item for one in self.year.wave.questionnaire.items)

    def limits(self, item: str, option: str = TOP) -> pd.DataFrame | None:
        """How small against large moves with the limit between them; None for an item that was not asked."""
        if not self._asks(item):
            return None
        return limit_sensitivity(self.year.frame, self.year.survey, self.year.wave.questionnaire.item(item), option)

    @cached_property
    def trends(self) -> pd.DataFrame:
        """How each item goes with the logarithm of population."""
        return population_trends(self.year.frame, self.year.survey)

    @cached_property
    def nonresponse(self) -> NonResponse | None:
        """Those who answered against those who did not; activity is that of the year before the survey closed.

        None where no register tells anything of those who did not.
        """
        if not self.year.survey.of_members:
            return None
        return analyse_nonresponse(
            self.year.frame, self.year.survey, self.year.estimates, self._log_of_the_year_before()
        )

    def _log_of_the_year_before(self) -> pd.DataFrame | None:
        logs = [log for log in (self.log_before, self._log[0]) if log is not None]
        if not logs:
            return None
        closed = self.year.survey.closed
        both = pd.concat(logs, ignore_index=True)
        return both[(both["date"] > closed - timedelta(days=365)) & (both["date"] <= closed)].reset_index(drop=True)

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """Changes since last year; from its published numbers when its answers are erased."""
        if self.before:
            return change(self.before.frame, self.before.survey, self.year.frame, self.year.survey)
        past = self.erased_before.run if self.erased_before else None
        return published_change(past, self.year.estimates, self.year.means, self.year.survey) if past else None

    @cached_property
    def goals(self) -> GoalsOutcome | None:
        """The strategic goals, measured; None when the year has no goals.toml."""
        if not (self.year.wave.folder / "goals.toml").exists():
            return None
        return goals_of(
            self.year,
            before=self.before,
            themes=lambda: coded_texts(self._coded[0]),
            indicators=lambda: self.indicators,
        )

    @cached_property
    def _indicators(self) -> tuple[Indicators | None, list[Problem]]:
        wave = self.year.wave
        return indicators_of(wave.folder, wave.survey, wave.members, wave.corrections)

    @property
    def indicators(self) -> Indicators | None:
        """The members' indicators; None for a year that has none."""
        return self._indicators[0]

    @cached_property
    def _claimed(self) -> tuple[tuple[Claim, ...], list[Problem]]:
        wave, asked = self.year.wave, self.year.survey.questionnaire
        return read_claims(wave.folder / CLAIMS_FILE, f"{wave.name}/{CLAIMS_FILE}", asked)

    @cached_property
    def _judged(self) -> pd.DataFrame:
        return judge_claims(self._claimed[0], self.basis())

    @property
    def claims(self) -> pd.DataFrame:
        """The plan's sentences with verdicts; empty when the year has no claims.toml."""
        return self._judged

    @cached_property
    def _traced(self) -> tuple[pd.DataFrame | None, list[Problem]]:
        codebook = self._coded[0].codebook if self._coded[0] else None
        return traced(
            self.year.wave, codebook, dict(self.claims[["claim", "verdict"]].itertuples(index=False, name=None))
        )

    @property
    def trace(self) -> pd.DataFrame | None:
        """The plan's activities with the findings they answer; None when the year has no plan.csv."""
        return self._traced[0]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact that a text may tell, each with one question, one verdict and one sentence, of what may be shown."""
        return self._facts

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        year, survey, frame = self.year, self.year.survey, self.year.frame
        facts = facts_of(year.estimates, year.means, self.changes, survey, self.themes, self.goals, frame)
        taking_part = participation_facts(
            activities_of(self._claimed[0]), frame, survey, (self.log_before, self._log[0]), self._members_before()
        )
        return *facts, *taking_part

    def basis(self) -> Basis:
        """What the claims are judged on."""
        return Basis(
            survey=self.year.survey,
            frame=self.year.frame,
            estimates=self.year.estimates,
            facts=self._facts,
            themes=theme_rows(self._coded[0]),
            theme_names=theme_names(self._coded[0]),
            agreement=theme_agreement(self._coded[0]),
            baselines=goal_baselines(self.goals),
            log=self._log[0],
            log_before=self.log_before,
            members_before=self._members_before(),
        )

    def _members_before(self) -> frozenset[str] | None:
        if self.before:
            return frozenset(self.before.frame.members["member_id"])
        return self.erased_before.members if self.erased_before else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the year's further files gave to look over."""
        goals = list(self.goals.problems) if self.goals else []
        parts = (self._coded[1], self._log[1], goals, self._claimed[1], self._indicators[1], self._traced[1])
        return tuple(dict.fromkeys(problem for part in parts for problem in part))

    def inputs(self) -> tuple[Path, ...]:
        """The year's further files that a run reads."""
        folder = self.year.wave.folder
        waves = [path for wave in (self.goals.facts.waves.values() if self.goals else ()) for path in wave.wave.inputs]
        further = (*coder_files(folder / "codings.csv"), *indicator_files(folder), *waves)
        return tuple(path for path in (*(folder / name for name in FILES), *further) if path.exists())


def read_log(year: Year) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A year's activity log; None when it has none or the file cannot be used."""
    path = year.wave.folder / ACTIVITIES_FILE
    if not path.exists():
        return None, []
    log, problems = read_activities(path, f"{year.wave.name}/{ACTIVITIES_FILE}", year.wave.members, year.survey.year)
    return (None if errors(problems) else log), problems


def coded_texts(themes: Themes | None) -> CodedTexts | None:
    """Themes as goals count them."""
    rows = theme_rows(themes)
    return None if themes is None or rows is None else CodedTexts(rows, themes.misread)
