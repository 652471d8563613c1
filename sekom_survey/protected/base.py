"""What lies under the figures, as it may be published: municipalities alone, and nothing of the survey file."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sekom_survey.counted.segment import ALL, KIND, KIND_NAMES
from sekom_survey.counted.who_answered import Base
from sekom_survey.model import ANSWERED, REGION, UNANSWERED, Accounting, Export, Frame, Responses, Survey
from sekom_survey.model.cells import Columns
from sekom_survey.protected.worlds import FEWEST


def shown_base(base: Base, frame: Frame, survey: Survey, told: Collection[str], items: Collection[str]) -> Base:
    """A Base without anything counted in the file; who answered only by the segmentations that are told, of `items` alone."""
    missing = _of_municipalities(frame, survey)
    return Base(
        accounting=Accounting((), (), 0, 0),
        response=_response(base.response, told),
        item_nonresponse=missing[missing["item"].isin(items)].reset_index(drop=True),
        texts=base.texts.loc[base.texts["item"].isin(items), ["item", "members"]].assign(
            texts=np.nan, median_words=np.nan
        ),
        conflicts=0,
    )


def _response(response: pd.DataFrame, told: Collection[str]) -> pd.DataFrame:
    """Who answered: all municipalities, the segmentations that are told, and regions when they are many enough."""
    rows = response[response["segmentation"].isin((ALL, *told))]
    if told_of(
        *response.loc[(response["segmentation"] == KIND) & (response["segment"] == KIND_NAMES[REGION]), COUNTED].sum()
    ):
        rows = pd.concat([rows, response[response["segmentation"] == KIND]])
    return rows[["segmentation", "segment", *COUNTED]].reset_index(drop=True)


COUNTED = ["asked", "answered"]


def told_of(asked: int, answered: int) -> bool:
    """Whether it may be told how many of a whole group answered: no four of them surely did, or surely did not."""
    return min(answered, asked - answered) >= FEWEST - 1


def _of_municipalities(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Item non-response as in Base, over municipalities alone: with the regions it would tell how they answered."""
    ids = frame.members.loc[frame.members["kind_of_member"] != REGION, "member_id"]
    answers = frame.answers.table
    states = answers.loc[answers["member_id"].isin(ids), ["member_id", "item", "state"]].drop_duplicates()
    counted = pd.crosstab(states["item"], states["state"]).reindex(columns=[ANSWERED, UNANSWERED], fill_value=0)
    rows = [(item.id, *counted.loc[item.id]) for item in survey.questionnaire.items if item.id in counted.index]
    return pd.DataFrame(
        [(name, int(a + m), int(a), int(m)) for name, a, m in rows], columns=["item", "asked", "answered", "missing"]
    )


def no_export(export: Export) -> Export:
    """An export with nothing in it."""
    return Export(export.file, export.platform, (), Columns((), 0), export.rows.head(0))


def no_responses(responses: Responses) -> Responses:
    """Responses of nobody."""
    return Responses(responses.respondents.head(0), responses.answers.nobody(), Accounting((), (), 0, 0))


def nobody(frame: Frame) -> Frame:
    """A Frame with its columns and no rows."""
    empty = frame.item_nonresponse.head(0)
    return Frame(frame.members.head(0), frame.answers.nobody(), frame.by_role.nobody(), frame.conflicts.head(0), empty)
