"""Which words may be quoted: consented, decided by a person, and pointing at nobody."""

from __future__ import annotations

import pandas as pd

from sekom_survey.asked.reference import municipalities
from sekom_survey.counted.year import Year
from sekom_survey.found.themes import Themes, respondent_keys
from sekom_survey.model import ANSWERED, Item
from sekom_survey.text.redact import redact
from sekom_survey.text.swedish import lower_first

SHORTEST, LONGEST = 25, 220
FIT_AT_LEAST = 5


def consented(year: Year, item: Item) -> frozenset[int]:
    """Respondents that let their answer to an item be spread."""
    if item.consent is None:
        return frozenset()
    answers = year.responses.answers
    said = answers[
        (answers["item"] == item.consent.item)
        & (answers["state"] == ANSWERED)
        & answers["option"].isin(item.consent.options)
    ]
    return frozenset(said["respondent"])


def quotable(year: Year, item_id: str, themes: Themes) -> pd.DataFrame:
    """Texts that may be quoted: consented, decided by a person, nothing masked, no name in them, and enough members alike.

    Columns: theme, text, who. `who` is size class and landsdel, and fits at least five members of the register.
    """
    item = year.wave.questionnaire.item(item_id)
    members = year.frame.members.set_index("member_id")
    alike = members.groupby(["size", "landsdel"]).size()
    names = [one.name for one in municipalities()] + list(members["name"])
    allowed = consented(year, item)
    keys = respondent_keys(year)
    spoken_for = {keys[respondent] for respondent in allowed}
    rows = []
    for coded in themes.coded[(themes.coded["item"] == item_id) & themes.coded["reviewed"]].itertuples():
        place = (members.at[coded.member_id, "size"], members.at[coded.member_id, "landsdel"])
        fits = (
            coded.respondent in spoken_for
            and SHORTEST <= len(coded.text) <= LONGEST
            and alike.get(place, 0) >= FIT_AT_LEAST
        )
        if fits and not _identifies(coded.text, names):
            rows += [
                (theme, coded.text, f"{lower_first(str(place[0]))} kommuner i {place[1]}") for theme in coded.themes
            ]
    return pd.DataFrame(rows, columns=["theme", "text", "who"])


def _identifies(text: str, names: list[str]) -> bool:
    found = redact(text, names)
    return bool(found.found or found.flags or "[" in text)
