"""The whole year: a survey folder in, a report folder out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sekom_survey.asked.load import load_wave
from sekom_survey.model import INTERNAL, PUBLIC, Problem, RunOutcome, Unusable
from sekom_survey.running.quick.inputs import inputs_of
from sekom_survey.running.quick.noted import unchanged
from sekom_survey.running.safe_folder import disk_problem, other_owner
from sekom_survey.text.places import report_folder

BOTH = (INTERNAL, PUBLIC)


def nobody(problem: Problem) -> bool:
    """The answer when there is nobody to ask."""
    return False


def run(
    folder: Path,
    reports: Path,
    told: Callable[[str], None],
    builds: Sequence[str] = BOTH,
    everything: bool = False,
    asked: Callable[[Problem], bool] = nobody,
) -> RunOutcome:
    """Make a year's reports; the last ones stay until the new are whole. Raises Unusable.

    `asked` is whether to go on in spite of what only a person can tell: that a notebook of the year's own may be run, that
    reports of another folder may be replaced. With nobody to ask that too raises Unusable.

    Where all that is read is as in the last run its reports stay as they are, and what the last run made of the same things
    is used again, unless `everything` is to be made anew; the files are the same bytes either way. A notebook that fails
    leaves the last reports untouched; what was made lies in `reports`/<wave>/stopped. A public build in which the scan finds
    anything of a person or a member raises Unusable, and nothing is replaced.
    """
    try:
        home = report_folder(folder, reports)
        other = other_owner(folder, home)
        if other and not asked(other):
            raise Unusable([other])
        if not (folder / "survey.toml").is_file():
            load_wave(folder)  # says what is missing, before a home or a whole disk is read through
        inputs = inputs_of(folder)
        same = None if everything or other else unchanged(home, inputs, builds)
        if same:
            told("Inget har ändrats sedan förra körningen, så rapporterna är desamma")
            return same
        from sekom_survey.running.making import make  # which imports what analyses and draws

        return make(folder, home, told, builds, everything, asked, inputs)
    except OSError as error:
        raise Unusable([disk_problem(error)]) from None
