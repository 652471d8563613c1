"""What a person calls in Python: a year, what more it shows, the year as it may be published, and a run."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.asked.load import find_wave
from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.findings import Findings
from sekom_survey.model import RunOutcome
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.run import run as run_year
from sekom_survey.text.places import REPORTS, SURVEYS


def load(wave: str | Path) -> Year:
    """The analysed year of a wave: a name under surveys/ such as "exempel/2026", or a folder.

    Raises Unusable, whose `problems` say what must be mended first.
    """
    return analyse(find_wave(str(wave), SURVEYS))


def findings(year: Year) -> Findings:
    """What more a year shows, each part worked out when it is first asked for: themes, comparisons, goals, claims."""
    return Findings(year)


def public(year: Year) -> Year:
    """The year as it may be published: without any member's answers, small groups hidden."""
    return PublicFindings(Findings(year)).shown


def run(wave: str | Path, reports: Path = REPORTS) -> RunOutcome:
    """Make a year's two reports in `reports`, as `sekom run` does, and tell of each step. Raises Unusable."""
    return run_year(find_wave(str(wave), SURVEYS), reports, print)
