"""What a run noted of what it read and made, by which the next knows that nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sekom_survey.model import Mend, Problem, RunOutcome
from sekom_survey.running.quick.inputs import Inputs
from sekom_survey.running.quick.kept import KEPT, digest
from sekom_survey.running.safe_folder import PEOPLES_FILES, state

NOTE = "noted.json"


def read_now(inputs: Inputs) -> str:
    """Everything that a run would read, and the tool itself, in a few signs."""
    return digest(*inputs.every)


def note(home: Path, inputs: Inputs, folders: Sequence[Path], problems: Iterable[Problem]) -> None:
    """Note that a run read this and made these folders in `home`."""
    content = {
        "read": read_now(inputs),
        "made": {folder.name: _stamps(folder) for folder in folders},
        "problems": [asdict(problem) for problem in problems],
    }
    (home / KEPT / NOTE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def unchanged(home: Path, inputs: Inputs, builds: Sequence[str]) -> RunOutcome | None:
    """The builds as the last run left them when it read the same and nobody has touched them; else None."""
    try:
        noted: Mapping[str, Any] = json.loads((home / KEPT / NOTE).read_text(encoding="utf-8"))
        if noted["read"] != read_now(inputs) or any(noted["made"].get(name) != _stamps(home / name) for name in builds):
            return None
        return RunOutcome(tuple(home / name for name in builds), tuple(map(_problem, noted["problems"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _problem(told: Mapping[str, Any]) -> Problem:
    return Problem(**{**told, "mends": tuple(Mend(**one) for one in told["mends"])})


def _stamps(folder: Path) -> dict[str, list[int]]:
    """Size and time of change of what a run made in a folder; people's own files are theirs to change."""
    theirs = {path for pattern in PEOPLES_FILES for path in folder.glob(pattern)}
    found = state(folder).items()
    return {path.relative_to(folder).as_posix(): list(stamp) for path, stamp in found if path not in theirs}
