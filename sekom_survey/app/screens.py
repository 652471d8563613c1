"""Which address is which screen: those that show, those that change something, those that take a file."""

from __future__ import annotations

from collections.abc import Mapping

from sekom_survey.app import (
    confirming,
    deciding,
    erasing,
    first,
    given,
    goal_values,
    goals,
    new_goal,
    new_year,
    report,
    texts,
    year,
)
from sekom_survey.app.asked import Screen

SHOWS: Mapping[str, Screen] = {
    "": first.show, "nytt": new_year.show, "nytt/utkast": new_year.draft, "korning": report.follow, "lever": report.alive,
}  # fmt: skip
CHANGES: Mapping[str, Screen] = {"nytt": new_year.after_last, "nytt/skapa": new_year.make}
UPLOADS: Mapping[str, Screen] = {"lagg-in": new_year.receive}
YEAR_SHOWS: Mapping[str, Screen] = {
    "": year.show, "mal": goals.show, "rapport": report.show, "fil": report.file, "gallring": erasing.show,
    "texter": texts.show, "texter/jamfor": texts.compare,
}  # fmt: skip
YEAR_CHANGES: Mapping[str, Screen] = {
    "ordna": year.settle, "angra": year.undo, "bekrafta": confirming.confirm, "rapport": report.start, "gallring": erasing.carry_out,
    "medlemmar": given.pages, "exempel": given.library,
    "logg": goals.log_event, "logg/bort": goals.unlog, "beslut": goals.decide, "beslut/bort": goals.undecide, "mal": goals.save,
    "mal/nytt": new_goal.add_goal, "mal/matt": new_goal.add_measure, "mal/bort": new_goal.take_out,
    "mal/varde": goal_values.decide_target, "mal/raknat": goal_values.count_by_hand,
    "texter": deciding.settle, "texter/angra": deciding.take_back, "texter/resten": deciding.approve_rest, "texter/enas": deciding.agree,
}  # fmt: skip
YEAR_UPLOADS: Mapping[str, Screen] = {"lagg-in": year.receive}
