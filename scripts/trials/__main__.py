"""Make the trial forms, take each from nothing to its reports, and tell how it went."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.trials.forms import make
from sekom_survey.running.run import run
from sekom_survey.upkeep.first_year.places import marks_of, settle
from sekom_survey.upkeep.first_year.plan import create, plan


def main(folder: Path, only: list[str]) -> None:
    """Every trial, or those named: new, confirm everything as drafted, run."""
    for name, (export, members) in make(folder / "filer").items():
        if only and name not in only:
            continue
        target = folder / name / "2026"
        target.parent.mkdir(parents=True, exist_ok=True)
        print("\n".join(create(plan(export, members, 2026), target)))
        places = marks_of(target)
        for place in places:
            print(f"  {place.column or '–'}: {place.question[:60]} | {place.what}")
            settle(target, place.where)
        outcome = run(target, folder / "reports" / name, print)
        print(name, "ok" if not outcome.failures else outcome.failures, [str(path) for path in outcome.folders])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
