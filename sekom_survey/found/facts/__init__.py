"""A year's findings in; every fact that a text may tell out, each with one question, one verdict and one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.facts.changes import change_facts
from sekom_survey.found.facts.contrasts import contrast_facts, explored_facts
from sekom_survey.found.facts.gaps import gap_facts
from sekom_survey.found.facts.goals import goal_facts
from sekom_survey.found.facts.means import mean_facts
from sekom_survey.found.facts.shares import share_facts
from sekom_survey.found.facts.table import FACT_COLUMNS, Fact, fact_table
from sekom_survey.found.facts.themes import theme_facts
from sekom_survey.found.facts.together import together_facts
from sekom_survey.found.goals.outcome import GoalsOutcome
from sekom_survey.found.themes import Themes
from sekom_survey.model import Frame, Survey

__all__ = ["FACT_COLUMNS", "Fact", "fact_table", "facts_of"]


def facts_of(
    estimates: pd.DataFrame,
    means: pd.DataFrame,
    changes: pd.DataFrame | None,
    survey: Survey,
    themes: Themes | None = None,
    goals: GoalsOutcome | None = None,
    frame: Frame | None = None,
) -> Iterator[Fact]:
    """The facts that `estimates`, `means`, `changes` (None: no last year), `themes`, `goals` and the members' own answers in
    `frame` (None in a public build), as a build may show them, give, in order.

    Totals of every item, the means of ratings, the declared contrasts, the widest difference of every headline item by size and landsdel
    (exploration), the gaps of need and value and the answers that go together (exploration), the change of the headline items, every theme, every goal and
    measure, and the measures that have moved.
    """
    yield from share_facts(estimates, survey)
    yield from mean_facts(means, survey)
    yield from contrast_facts(estimates, survey)
    for segmentation in (SIZE, LANDSDEL):
        yield from explored_facts(estimates, headline_items(survey), survey, segmentation)
    yield from gap_facts(estimates, survey)
    yield from together_facts(frame, survey)
    yield from change_facts(changes, survey)
    yield from theme_facts(themes, survey)
    yield from goal_facts(goals)
