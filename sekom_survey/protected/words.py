"""What is worked out of a year, as it may be published: a list of what is released, and nothing of what is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.coding_error import with_coding_errors
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.facts import Fact, facts_of
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.model import THEME
from sekom_survey.found.goals.outcome import GoalsOutcome
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.found.lazy import Touched
from sekom_survey.found.memory import Memory
from sekom_survey.found.nonresponse import NonResponse
from sekom_survey.found.themes import Themes, theme_frame
from sekom_survey.model import Problem
from sekom_survey.protected.derived import (
    released_changes,
    released_claims,
    released_goals,
    released_indicators,
    released_nonresponse,
)
from sekom_survey.protected.followed import counted_once, released_in
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.paired import Edition, edition_before, edition_of, nothing_follows
from sekom_survey.protected.public import Protection, protected, publish

NOT_SHOWN = ("respondent", "member_id", "text", "themes", "proposed")


def publish_themes(themes: Themes, year: Year, shown: Year | None = None, memory: Memory | None = None) -> Themes:
    """Themes without texts, members or decisions on single answers, and with protected counts.

    `year` is the internal Year, `shown` what is published of it: a text that followed upon an answer tells no more than that.
    `memory` knows what was released before of the same answers.
    """
    frame, survey = theme_frame(year, themes.coded, themes.codebook)
    frame = counted_once(frame, survey.questionnaire, counted_once(year.frame, year.survey.questionnaire))
    merged, _ = merge_classes(replace(frame, members=year.frame.members), survey)
    rows, *_ = protected(merged, survey, released_in(shown.estimates) if shown else None, memory)
    rows = with_coding_errors(rows, themes.misread)
    approved = rows["item"].map(themes.is_approved).astype(bool)
    hidden = themes.coded.assign(**dict.fromkeys(NOT_SHOWN, ""))
    return replace(themes, coded=hidden, estimates=rows[approved].reset_index(drop=True), problems=())


class PublicFindings(Touched):
    """Findings for a public build: each part stands here because it has been released, made of released numbers.

    What `Findings` has and this has not is nothing in a public build: None, or a function that gives None. A part that is
    added to the findings later is therefore not public until it is written here.
    """

    build = PUBLIC

    def __init__(self, found: Findings) -> None:
        super().__init__()
        self.year = found.year
        self._whole = found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(Findings, name):
            raise AttributeError(name)
        return _nothing if callable(getattr(Findings, name)) else None

    @cached_property
    def published(self) -> tuple[Year, Protection]:
        """The year without any single member's answer, and what was done to protect them."""
        return publish(self._whole.year, self._whole.memory)

    @property
    def shown(self) -> Year:
        """The year as it may be published."""
        return self.published[0]

    @property
    def protection(self) -> Protection:
        """What was done to make the tables safe."""
        return self.published[1]

    @cached_property
    def themes(self) -> Themes | None:
        """The year's themes, protected; only those that people have decided."""
        themes = self._whole.themes
        return publish_themes(themes, self._whole.year, self.shown, self._whole.memory) if themes else None

    @cached_property
    def themes_before(self) -> Themes | None:
        """Last year's themes, protected; an erased year's are public."""
        themes, before = self._whole.themes_before, self._whole.before
        return publish_themes(themes, before, memory=self._whole.memory) if themes and before else themes

    @cached_property
    def nonresponse(self) -> NonResponse | None:
        """Non-response as far as it rests on what is shown."""
        whole = self._whole.nonresponse
        return released_nonresponse(whole, self.shown) if whole else None

    @cached_property
    def goals(self) -> GoalsOutcome | None:
        """The goals, what comes from the survey measured on what is shown."""
        goals = self._whole.goals
        if goals is None:
            return None
        of_texts = any(one.indicator.source == THEME for one in goals.results)
        themes = self.themes if of_texts else None
        return released_goals(goals, self.shown, themes.estimates if themes else None)

    @cached_property
    def indicators(self) -> Indicators | None:
        """The indicators that are declared public, without files and places."""
        whole = self._whole.indicators
        return released_indicators(whole) if whole else None

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Verdicts on the plan's sentences about all municipalities; those about groups or years are not told."""
        return released_claims(self._whole.claims, self.shown)

    @cached_property
    def trace(self) -> pd.DataFrame | None:
        """The plan's activities and what they answer, without verdicts; the plan and the questions are public."""
        whole = self._whole.trace
        return None if whole is None else whole.assign(verdict="")

    def quotable(self, item: str) -> pd.DataFrame:
        """Texts that may be quoted: theme, text."""
        return self._whole.quotable(item)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the year's further files gave to look over; for the office, as all problems."""
        return self._whole.problems

    def inputs(self) -> tuple[Path, ...]:
        """The year's further files that a run reads."""
        return self._whole.inputs()

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the published numbers give."""
        changes = released_changes(self._whole.changes, self.shown, self._adds_nothing_of_both_years)
        shown, survey = self.shown, self._whole.year.survey
        return tuple(facts_of(shown.estimates, shown.means, changes, survey, self.themes, self.goals))

    @cached_property
    def _both_years(self) -> tuple[Edition, Edition] | None:
        """Last year's edition, as far as its questions are compared, and this one's."""
        before, memory = self._whole.before, self._whole.memory
        if before is None:
            return None
        asked = {item.id for item in headline_items(self._whole.year.survey)}
        return edition_before(before, asked, memory), edition_of(self._whole.year, self.shown)

    def _adds_nothing_of_both_years(self, name: str, option: str) -> bool:
        """Whether the change of those who answered both years may be told beside both years' editions."""
        if self._both_years is None or self._whole.before is None:
            return False
        last, item = (one.survey.questionnaire.item(name) for one in (self._whole.before, self._whole.year))
        return nothing_follows(*self._both_years, last, item, option, self._whole.memory)

    def forget(self) -> None:
        """Begin anew to note what is asked for, here and of the whole."""
        super().forget()
        self._whole.forget()

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is asked for meanwhile, here and of the whole, apart from what was asked for before."""
        with self._whole.noting(), super().noting():
            yield

    def rests_on(self) -> frozenset[str]:
        """The parts asked for, and those behind them."""
        return super().rests_on() | self._whole.rests_on()


def _nothing(*_: object, **__: object) -> None:
    """What a function of the findings that is not released gives."""
