"""A small year with goals: six municipalities, one region, a log and a survey."""

from __future__ import annotations

from pathlib import Path

from tests.waves import answer, make_wave

HEAD = 'plan = "Planen"\nyears = [2026, 2027]\n'
LOG = """date,activity,member_id,role,count,title
2026-02-10,webinar,m1,official,2,Vatten
2026-02-10,webinar,m2,politician,1,Vatten
2026-03-10,webinar,m1,official,1,Skog
2026-05-28,annual_meeting,m1,official,1,Årsmöte
2026-05-28,annual_meeting,m1,politician,1,Årsmöte
2026-05-28,annual_meeting,m2,official,1,Årsmöte
2026-09-01,consultation,,,1,Remiss
"""


def indicator(**changes: str) -> str:
    """One goal with one indicator as TOML; a change of None leaves the key out."""
    keys = {
        "id": '"A"',
        "name": '"Mått"',
        "unit": '"antal"',
        "source": '"register"',
        "measure": '"members"',
        "plan": '"both"',
        "rule": '"at_end"',
        "targets": "[{ year = 2026, value = 5 }]",
    } | changes
    lines = [f"{key} = {value}" for key, value in keys.items() if value is not None]
    goal = '[[goals]]\nid = "M1"\nname = "Målet"\nmeasured_as = "Antal"\nambition = "5"\n'
    return HEAD + goal + "[[goals.indicators]]\n" + "\n".join(lines) + "\n"


def year_folder(folder: Path, goals: str, log: str = LOG, survey: bool = True, **files: str) -> Path:
    """A year's folder with goals.toml and a log; files by name without suffix are csv."""
    rows = [answer(name) for name in ("Almköping", "Björkvalla", "Cedersö", "Duvhult")]
    named = {f"{name}.csv": text for name, text in files.items()}
    made = make_wave(folder, rows, files={"goals.toml": goals, "activities.csv": log, **named})
    if not survey:
        (made / "export" / "svar.xlsx").unlink()
    return made
