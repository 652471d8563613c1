"""annual.toml: the figures of the annual report, what each is counted from, and the sentence it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.found.goals.indicator import read_indicator
from sekom_survey.found.goals.load import reference_faults
from sekom_survey.found.goals.model import Goal, Goals, Indicator
from sekom_survey.model import Problem, Questionnaire, errors
from sekom_survey.text.toml import Table, read_toml
from sekom_survey.text.toml_edit import with_rows

ANNUAL_FILE = "annual.toml"
PLACES = ("{value}", "{day}", "{detail}")
_PLACE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Figure:
    """One figure: how it is counted (an indicator as in goals.toml), its heading, its sentence with places to fill in.

    `from_baseline`: what has come this year is added to the baseline, as of those that have left since an election.
    """

    indicator: Indicator
    heading: str
    words: str
    from_baseline: bool = False


@dataclass(frozen=True)
class Annual:
    """What annual.toml says."""

    title: str
    figures: tuple[Figure, ...]

    @property
    def goals(self) -> Goals:
        """The figures as what goals are measured with."""
        return Goals(goals=(Goal("annual", self.title, "", "", tuple(one.indicator for one in self.figures)),))


def read_annual(path: Path, shown: str, questionnaire: Questionnaire) -> tuple[Annual | None, list[Problem]]:
    """annual.toml to an Annual and the problems met; None when an error makes it unusable."""
    data, problems = read_toml(path, shown)
    if problems:
        return None, problems
    table = Table(data, shown, "", problems)
    annual = Annual(
        table.text("title", required=True), tuple(_figure(entry) for entry in table.tables("figures", required=True))
    )
    table.close()
    problems.extend(reference_faults(annual.goals, questionnaire, shown))
    problems = with_rows(problems, path, shown)
    return (None if errors(problems) else annual), problems


def _figure(entry: Table) -> Figure:
    heading, words = entry.text("heading", required=True), entry.text("words", required=True)
    unknown = [place for place in _PLACE.findall(words) if place not in PLACES]
    if unknown:
        todo = "Skriv bara " + ", ".join(PLACES) + "."
        entry.fault("unknown_value", "words", f"Platsen {unknown[0]} är okänd.", todo)
    from_baseline = entry.flag("from_baseline")
    indicator = read_indicator(entry, ())
    if from_baseline and (indicator.baseline is None or indicator.baseline.value is None):
        entry.fault(
            "key_missing", "baseline", "Talet att räkna från saknas.", "Skriv baseline med value, date och source."
        )
    return Figure(indicator, heading, words, from_baseline)
