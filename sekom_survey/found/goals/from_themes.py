"""Indicators counted in coded free text."""

from __future__ import annotations

from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.from_survey import answering, share_measured
from sekom_survey.found.goals.model import NO_DATA, Indicator, Measured


def measure_theme(indicator: Indicator, facts: Facts) -> Measured:
    """The percent of the municipalities that answered a text item whose answer has one of the themes in `options`.

    Only when a person has reviewed every answer; until then the data are missing.
    """
    themes = facts.themes()
    if facts.year is None or themes is None:
        return Measured(cause=NO_DATA)
    asked = answering(facts.year, indicator.item)
    mine = themes[(themes["item"] == indicator.item) & themes["member_id"].isin(asked)]
    if not asked or asked - set(mine["member_id"]) or not mine["reviewed"].astype(bool).all():
        return Measured(cause=NO_DATA, detail="alla fritextsvar är inte granskade")
    yes = frozenset(mine.loc[mine["theme"].isin(indicator.options), "member_id"])
    return share_measured(yes, asked, facts.year)
