"""Non-response: those who answered against those who did not, on what is known of every member."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sekom_survey.found.nonresponse.profile import likeness, profile, traits
from sekom_survey.found.nonresponse.sensitivity import worst_case
from sekom_survey.found.nonresponse.sentences import sentences, trust_sentence
from sekom_survey.found.nonresponse.weighting import weighted
from sekom_survey.model import Frame, Survey


@dataclass(frozen=True, eq=False)
class NonResponse:
    """The analysis: see `profile`, `likeness`, `weighted` and `worst_case` for the columns of the tables.

    `trust` is how far to trust the answers, in one plain sentence.
    """

    profile: pd.DataFrame
    likeness: pd.DataFrame
    weighted: pd.DataFrame
    worst: pd.DataFrame
    sentences: tuple[str, str, str]
    trust: str


def analyse_nonresponse(
    frame: Frame, survey: Survey, estimates: pd.DataFrame, log: pd.DataFrame | None = None
) -> NonResponse:
    """Frame, its estimates and, when there is one, the activity log (date, activity, member_id, role, count, title) to NonResponse.

    The log should cover the year before the survey closed, since what came after may follow from having answered.
    """
    table = traits(frame, survey, log)
    profiled = profile(table, survey)
    alike = likeness(table, profiled)
    weights, worst = weighted(frame, survey, table, alike), worst_case(estimates, survey)
    told = sentences(survey, profiled, alike, weights, worst)
    return NonResponse(profiled, alike, weights, worst, told, trust_sentence(survey, profiled, alike, weights))
