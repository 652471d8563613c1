"""A year's findings in; every fact that a text may tell out, each with one question, one verdict and one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.facts.changes import change_facts
from sekom_survey.found.facts.contrasts import contrast_facts, explored_facts
from sekom_survey.found.facts.shares import share_facts
from sekom_survey.found.facts.table import FACT_COLUMNS, Fact, fact_table
from sekom_survey.model import Survey

__all__ = ["FACT_COLUMNS", "Fact", "fact_table", "facts_of"]


def facts_of(estimates: pd.DataFrame, changes: pd.DataFrame | None, survey: Survey) -> Iterator[Fact]:
    """The facts that `estimates`, as a build may show them, and `changes` (None: no last year) give, in order.

    Totals of every core item, the declared contrasts, the widest difference of every headline item by size and landsdel
    (exploration), and the change of the headline items.
    """
    yield from share_facts(estimates, survey)
    yield from contrast_facts(estimates, survey)
    for segmentation in (SIZE, LANDSDEL):
        yield from explored_facts(estimates, headline_items(survey), survey, segmentation)
    yield from change_facts(changes, survey)
