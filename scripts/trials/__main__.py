"""Make the trial forms, take each from nothing to its reports by the three commands, and tell how it went."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from scripts.trials.forms import make
from scripts.trials.late import make_late
from scripts.trials.odd_lists import make_odd
from scripts.trials.unlike import make_unlike
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.choices import CLASSED, COUNTED_KINDS
from sekom_survey.upkeep.first_year.places import marks_of

MEMBER_LIST = "--members"


def main(folder: Path, only: list[str]) -> None:
    """Every trial, or those named: `sekom new`, `sekom confirm` with Return at every place, `sekom run`."""
    made = {
        **make(folder / "filer"),
        **make_unlike(folder / "filer"),
        **make_odd(folder / "filer"),
        **make_late(folder / "filer"),
    }
    for name, (export, members) in made.items():
        if not only or name in only:
            trial(name, export, members, folder)


def trial(name: str, export: Path, members: Path | None, folder: Path) -> None:
    """One form from nothing to both reports, with seconds for each command and what is in the web reports."""
    target, reports = folder / name / "2026", folder / "reports" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    told([name, "new", str(target), "--export", str(export), *([MEMBER_LIST, str(members)] if members else [])])
    places = marks_of(target)
    for place in places:
        print(f"  {place.column or '–'}: {place.question[:60]} | {place.what}")
    told([name, "confirm", str(target)], "\n" * len(places))
    told([name, "run", str(target), "--reports", str(reports)])
    for build in ("internal", "public"):
        print(
            f"{name}, {build}: {figures(target, reports / '2026' / build)} slutna frågor har sin figur; {len(places)} ställen"
        )


def told(words: list[str], answers: str = "") -> None:
    """Run a command as a person does, and tell how long it took and how it ended."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "sekom_survey", *words[1:]]
    result = subprocess.run(command, input=answers, capture_output=True, text=True, check=False)
    print(f"{words[0]}: sekom {words[1]}: {time.monotonic() - begun:.0f} s, slut {result.returncode}", flush=True)
    if result.returncode:
        print(result.stdout[-1000:], result.stderr[-1000:])


def figures(target: Path, report: Path) -> str:
    """How many of the closed questions are shown in a web report, with a figure or in public with the line that says why not."""
    survey, _ = read_survey(target / "survey.toml", "survey.toml")
    if survey is None:
        return "inga"
    items = survey.questionnaire.of_kind(*COUNTED_KINDS, *CLASSED)
    shown = {json.loads(path.read_text(encoding="utf-8"))["id"] for path in (report / "figures").glob("*.json")}
    found = [item for item in items if {item.id, item.group or item.id} & shown]
    return f"{len(found)} av {len(items)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
