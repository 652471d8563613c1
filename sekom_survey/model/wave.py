"""A year's folder once it is read: its survey, its members and what people have corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.model.survey import Questionnaire, Survey

MUNICIPALITY, REGION, RESPONDENT = "municipality", "region", "respondent"


@dataclass(frozen=True)
class Member:
    """One row of the register, or one that answered for itself; `population` counts inhabitants, `joined` and `left` are dates or empty.

    `programme` is the day its sustainability programme was adopted or last revised, date.min when it has none; `contacts` whether
    both contact persons are named. None is unknown.
    """

    member_id: str
    name: str
    kind: str
    status: str
    code: str = ""
    county: str = ""
    landsdel: str = ""
    skr_group: str = ""
    population: int | None = None
    joined: date | None = None
    left: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    programme: date | None = None
    contacts: bool | None = None

    @property
    def is_municipality(self) -> bool:
        """Municipalities are the survey's population; regions stand apart."""
        return self.kind == MUNICIPALITY


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv: a name matched by hand or an answer struck, with its reason."""

    action: str
    row: str
    found: str
    member_id: str
    item: str
    reason: str
    date: str = ""
    who: str = ""


@dataclass(frozen=True)
class Wave:
    """A year's folder, read and found usable."""

    folder: Path
    name: str
    survey: Survey
    members: tuple[Member, ...]
    export: Path
    corrections: tuple[Correction, ...] = ()
    inputs: tuple[Path, ...] = ()

    @property
    def questionnaire(self) -> Questionnaire:
        """The items asked."""
        return self.survey.questionnaire
