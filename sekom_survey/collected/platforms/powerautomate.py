"""Power Automate: the table in Excel that a flow fills with answers from Microsoft Forms."""

from __future__ import annotations

from sekom_survey.collected.assemble import ABOUT, END, START, export, part, plain
from sekom_survey.collected.grid import Grid
from sekom_survey.model import Export

title = "Power Automate"

STARTS = {"start time", "starttid"}
ENDS = {"submission time", "inlämningstid", "tid för inlämning"}
IDS = {"response id", "svars-id"}
OTHERS = IDS | {
    "responders' email",
    "responder's email",
    "responders’ email",
    "svararens e-post",
    "svarandes e-post",
    "e-post",
    "email",
}


def detect(grid: Grid) -> bool:
    """The time of submission and the response's number or the responder's address, as the flow names them."""
    keys = set(grid.keys())
    return bool(keys & ENDS) and bool(keys & OTHERS)


def read(grid: Grid) -> Export:
    """One row a response; several choices are a list in JSON, `["A","B"]`."""
    told = {**dict.fromkeys(OTHERS, ABOUT), **dict.fromkeys(STARTS, START), **dict.fromkeys(ENDS, END)}
    about = {index: told[key] for index, key in enumerate(grid.keys()) if key in told}
    parts = part(grid, 1, [(heading, "") for heading in grid.level()], about)
    return export(grid, "powerautomate", 1, about, plain(parts.columns), parts.dropped)
