"""What a claim is judged on, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, EXPLORATION, PARTICIPATION, Fact, turned
from sekom_survey.model import REGION, Frame, Item, Survey
from sekom_survey.text.swedish import join_words

SUPPORTED = "Stöds"
PARTLY = "Stöds delvis"
UNSUPPORTED = "Stöds inte"
UNTESTABLE = "Kan inte prövas"
WITHHELD = "Redovisas inte"
VERDICTS = (SUPPORTED, PARTLY, UNSUPPORTED, UNTESTABLE)

OPENINGS = {
    SUPPORTED: "Påståendet stöds.",
    PARTLY: "Påståendet stöds delvis.",
    UNSUPPORTED: "Enkäten visar inte detta.",
    UNTESTABLE: "Påståendet kan inte prövas.",
}


@dataclass(frozen=True, eq=False)
class Basis:
    """Everything a claim may be judged on; what is None has not been read, and the claim says so.

    `facts` are the year's differences and changes, each with its one verdict. `themes`: member_id, item, theme, reviewed (bool), one row a theme
    of an answer; `theme_names` what a reader calls them. `agreement`: Krippendorff's alpha by theme. `baselines`: goal -> whether it states a baseline from the
    survey. `log` and `log_before`: date, activity, member_id, role, count, title of this year and the last;
    `members_before` the ids of those who were asked last year.
    """

    survey: Survey
    frame: Frame
    estimates: pd.DataFrame
    facts: tuple[Fact, ...] = ()
    themes: pd.DataFrame | None = None
    theme_names: Mapping[str, str] | None = None
    agreement: Mapping[str, float] | None = None
    baselines: Mapping[str, bool] | None = None
    log: pd.DataFrame | None = None
    log_before: pd.DataFrame | None = None
    members_before: frozenset[str] | None = None

    @property
    def municipalities(self) -> pd.DataFrame:
        """The members that claims are about."""
        return self.frame.members[self.frame.members["kind_of_member"] != REGION]

    def theme(self, name: str) -> str:
        """A theme's name in a sentence."""
        shown = (self.theme_names or {}).get(name, name.replace("_", " "))
        return shown[:1].lower() + shown[1:]

    def contrast(self, item: str, option: str, segmentation: str, first: str, second: str) -> Fact | None:
        """The declared difference between two groups, `first` minus `second`; None when it was not declared."""
        for fact in self.facts:
            if (fact.kind, fact.item, fact.option, fact.segmentation) != (DIFFERENCE, item, option, segmentation):
                continue
            if fact.status != EXPLORATION and {fact.first, fact.second} == {first, second}:
                return fact if fact.first == first else turned(fact)
        return None

    def change(self, item: str) -> Fact | None:
        """The judged change of an item since last year; None when there is none."""
        return next((fact for fact in self.facts if (fact.kind, fact.item) == (CHANGE, item)), None)

    def participation(self, activities: tuple[str, ...]) -> Fact | None:
        """The judged change of taking part in these activities; None where the logs do not tell of both years."""
        sought = (PARTICIPATION, join_words(activities))
        return next((fact for fact in self.facts if (fact.kind, fact.option) == sought), None)

    def item(self, name: str) -> Item:
        """An item of the questionnaire."""
        return self.survey.questionnaire.item(name)


@dataclass(frozen=True)
class Finding:
    """A verdict, the sentence with its numbers, and a wording that holds ("")."""

    verdict: str
    sentence: str
    wording: str = ""

    @property
    def statement(self) -> str:
        """What a reader meets: the verdict in words, the numbers and, when needed, a wording that holds."""
        inner = self.wording.replace("”", "’")
        proposal = f" Förslag till formulering: ”{inner}”" if inner else ""
        return f"{OPENINGS[self.verdict]} {self.sentence}{proposal}"


def untestable(cause: str) -> Finding:
    """The finding when something that the rule needs is missing; `cause` is a sentence."""
    return Finding(UNTESTABLE, cause)
