"""What lies under the figures, counted without any member named: who was asked, who answered, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sekom_survey.counted.segment import ALL, KIND, KIND_NAMES, MEMBER_SEGMENTATIONS, segment_order
from sekom_survey.model import ANSWERED, REGION, TEXT, Accounting, Frame, Responses, Wave

RESPONSE_COLUMNS = ("segmentation", "segment", "asked", "answered")
TEXT_COLUMNS = ("item", "members", "texts", "median_words")


@dataclass(frozen=True, eq=False)
class Base:
    """The counts every exhibit stands on.

    `response`: RESPONSE_COLUMNS, one row a segment. `item_nonresponse`: item, asked, answered, missing (members).
    `texts`: TEXT_COLUMNS over municipalities. `conflicts`: questions on which a member's two roles disagree.
    """

    accounting: Accounting
    response: pd.DataFrame
    item_nonresponse: pd.DataFrame
    texts: pd.DataFrame
    conflicts: int

    def answered(self, segmentation: str = ALL, segment: str = ALL) -> tuple[int, int]:
        """(members that answered, members asked) in a segment; (0, 0) for one that does not exist."""
        table = self.response
        row = table[(table["segmentation"] == segmentation) & (table["segment"] == segment)]
        return (int(row["answered"].iloc[0]), int(row["asked"].iloc[0])) if len(row) else (0, 0)

    @property
    def regions(self) -> tuple[int, int]:
        """(regions that answered, regions asked)."""
        return self.answered(KIND, KIND_NAMES[REGION])


def base_of(responses: Responses, frame: Frame, wave: Wave) -> Base:
    """Count what lies under a year's figures."""
    return Base(
        accounting=responses.accounting,
        response=_response(frame, wave),
        item_nonresponse=frame.item_nonresponse,
        texts=_texts(frame, wave),
        conflicts=len(frame.conflicts),
    )


def _response(frame: Frame, wave: Wave) -> pd.DataFrame:
    municipalities = frame.members[frame.members["kind_of_member"] != REGION]
    rows = []
    for segmentation in (ALL, *MEMBER_SEGMENTATIONS, KIND):
        members = frame.members if segmentation == KIND else municipalities
        counted = members.groupby(segmentation)["answered"].agg(["size", "sum"])
        for segment in segment_order(segmentation, counted.index, wave.survey.size_classes):
            rows.append((segmentation, segment, int(counted.at[segment, "size"]), int(counted.at[segment, "sum"])))
    return pd.DataFrame(rows, columns=list(RESPONSE_COLUMNS))


def _texts(frame: Frame, wave: Wave) -> pd.DataFrame:
    ids = frame.members.loc[frame.members["kind_of_member"] != REGION, "member_id"]
    answers = frame.answers.table
    given = answers[(answers["state"] == ANSWERED) & answers["member_id"].isin(ids)]
    rows = []
    for item in wave.questionnaire.of_kind(TEXT):
        mine = given[given["item"] == item.id]
        words = mine["text"].str.split().str.len()
        rows.append((item.id, mine["member_id"].nunique(), len(mine), float(words.median()) if len(mine) else 0.0))
    return pd.DataFrame(rows, columns=list(TEXT_COLUMNS))
