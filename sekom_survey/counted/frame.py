"""The register meets the answers: who was asked, who answered, one answer a member."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sekom_survey.counted.codes import LEFT_OUT, Given, given_in
from sekom_survey.counted.conflicts import conflicts
from sekom_survey.counted.merge import one_each
from sekom_survey.counted.rows import is_asked
from sekom_survey.counted.segment import segment_table
from sekom_survey.model import OFFICIAL, POLITICIAN, Frame, Responses, Wave

NONRESPONSE_COLUMNS = ("item", "asked", "answered", "missing")


def build_frame(responses: Responses, wave: Wave) -> Frame:
    """Responses and register to a Frame: members asked, one answer a member, conflicts and item non-response."""
    asked = [m for m in wave.members if is_asked(m, wave.survey)]
    members = segment_table(asked, wave.survey.size_classes)
    members["answered"] = members["member_id"].isin(responses.respondents["member_id"])
    given, items = given_in(responses), {item.id: item for item in wave.questionnaire.items}
    known = pd.Index(responses.respondents["respondent"])
    people = responses.respondents.iloc[known.get_indexer(given.units["respondent"])].reset_index(drop=True)
    official = (people["role"] != POLITICIAN).to_numpy(dtype=bool)
    roles = people[["member_id"]].assign(role=pd.array(np.where(official, OFFICIAL, POLITICIAN), dtype="str"))
    unit = one_each(given, people[["member_id"]], official, items)
    by_role = one_each(given, roles, official, items)
    differing = conflicts(given, people["member_id"], official, unit, items)
    return Frame(members, unit, by_role, differing, _item_nonresponse(unit, wave))


def _item_nonresponse(unit: Given, wave: Wave) -> pd.DataFrame:
    """Per item: answering members that were shown it, that answered it and that left it out (partiellt bortfall)."""
    rows = []
    for item in wave.questionnaire.items:
        found = [one for one in unit.items if one.item == item.id and len(one.who)]
        answered = sum(int(np.count_nonzero(np.bincount(one.who[one.answered]))) for one in found)
        missing = sum(int(np.count_nonzero(one.said == LEFT_OUT)) for one in found)
        rows += [(item.id, answered + missing, answered, missing)] if found else []
    return pd.DataFrame(rows, columns=list(NONRESPONSE_COLUMNS))
