"""A year, analysed: what notebooks, figures and writers all start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.asked.load import load_wave
from sekom_survey.asked.marks import unconfirmed
from sekom_survey.collected import read_export
from sekom_survey.counted.clean import clean
from sekom_survey.counted.estimate import estimate
from sekom_survey.counted.form_changes import form_problems
from sekom_survey.counted.frame import build_frame
from sekom_survey.counted.rows import respondents
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.share import Share, crosstab, said, share_of
from sekom_survey.counted.who_answered import Base, base_of
from sekom_survey.model import INTERNAL, PUBLIC, Export, Frame, Problem, Responses, Survey, Unusable, Wave

__all__ = ["INTERNAL", "PUBLIC", "Year", "analyse", "read_year"]


@dataclass(frozen=True, eq=False, repr=False)
class Year:
    """Everything known of a wave after the analysis; `problems` are those that do not stop it.

    In a public build `export`, `responses` and `frame` are empty: no answer of a single member is in it.
    """

    wave: Wave
    export: Export
    responses: Responses
    frame: Frame
    estimates: pd.DataFrame
    means: pd.DataFrame
    base: Base
    problems: tuple[Problem, ...]
    build: str = INTERNAL

    @property
    def survey(self) -> Survey:
        """What survey.toml says."""
        return self.wave.survey

    def shares(self, item: str, by: str = ALL) -> pd.DataFrame:
        """The estimates of an item by one segmentation, a row an option and segment; none for an item that was not asked."""
        return self.estimates.take(self._places.get((item, by), []))

    def share(self, item: str, option: str = "", **segment: str) -> Share:
        """The share that chose an option: of all, or of a segment such as `size="Små"`.

        Without `option`: the top of a scale, the first option of a choice, the highest rating. KeyError, naming the nearest,
        for an item, option or segment that there is not.
        """
        return share_of(self, item, option, **segment)

    def crosstab(self, item: str, by: str) -> pd.DataFrame:
        """Members by their answers to two questions: a row an option of `item`, a column an option of `by`, and the base.

        Columns with fewer members than the survey's minimum are empty. KeyError for a public year, which holds no member's
        answers.
        """
        return crosstab(self, item, by)

    def answers(self, item: str, by: str = "member") -> pd.DataFrame:
        """What each member said: member_id, name, answer, value, text; with `by="role"` each role's answer. Internal."""
        return said(self, item, by)

    def __repr__(self) -> str:
        answered, asked = self.base.answered()
        build, items = "publik" if self.build == PUBLIC else "intern", len(self.survey.questionnaire.items)
        return f"{self.survey.title} ({self.wave.name}, {build}): {answered} av {asked} har svarat på {items} frågor"

    @cached_property
    def _places(self) -> dict[tuple[str, str], NDArray[np.intp]]:
        """The rows of the estimates of each item and segmentation: exhibits ask for them hundreds of times."""
        places: dict[tuple[str, str], NDArray[np.intp]] = self.estimates.groupby(["item", "segmentation"]).indices
        return places


def read_answers(wave: Wave) -> tuple[Export | None, list[Problem]]:
    """A year's export, as its survey.toml says that it is read."""
    shown = f"{wave.name}/export/{wave.export.name}"
    return read_export(wave.export, shown, wave.survey.reader, dict(wave.survey.reader_options), wave.survey)


def read_year(
    folder: Path, read: Callable[[Wave], tuple[Export | None, list[Problem]]] = read_answers
) -> tuple[Wave, Export, Responses, tuple[Problem, ...]]:
    """A year's folder, read and cleaned. Raises Unusable with every problem that must be mended first.

    `read` reads the export; who asks often has one that remembers.
    """
    wave, problems = load_wave(folder)
    export, found = read(wave)
    problems = [*problems, *found]
    if export is None:
        raise Unusable(problems)
    try:
        responses = clean(export, wave)
    except Unusable as stop:
        raise Unusable([*problems, *stop.problems]) from None
    if not wave.survey.of_members:
        wave = _with_respondents(wave, responses)
    changed = form_problems(export, wave.questionnaire)
    return wave, export, responses, (*problems, *responses.problems, *changed)


def _with_respondents(wave: Wave, responses: Responses) -> Wave:
    """A wave whose members are those that answered for themselves. Raises Unusable when fewer are said to be invited."""
    heard, invited = len(responses.respondents), wave.survey.invited
    if invited is not None and invited < heard:
        found = f"{invited} var inbjudna, men {heard} svar räknas."
        todo = "Rätta antalet, eller ta bort raden om det inte är känt hur många som kunde svara."
        raise Unusable([Problem("invited_too_few", f"{wave.name}/survey.toml", "invited", found, todo)])
    return replace(wave, members=respondents(responses, wave))


def analyse(folder: Path) -> Year:
    """A year's folder -> Year. Raises Unusable with every problem that must be mended first."""
    return analysis(folder, *read_year(folder))


def analysis(folder: Path, wave: Wave, export: Export, responses: Responses, problems: tuple[Problem, ...]) -> Year:
    """The same of what `read_year` gave."""
    if left := unconfirmed(wave.survey, folder / "survey.toml", f"{wave.name}/survey.toml", export):
        raise Unusable([*problems, *left])
    if responses.respondents.empty:
        raise Unusable([*problems, _nobody(export)])
    frame = build_frame(responses, wave)
    estimates, means = estimate(frame, wave.survey)
    return Year(wave, export, responses, frame, estimates, means, base_of(responses, frame, wave), problems)


def _nobody(export: Export) -> Problem:
    todo = "Se listan: oftast är namnen okända, eller rubrikerna förskjutna."
    return Problem("nobody_counted", export.file, "", "Ingen rad i enkätfilen kan räknas.", todo)
