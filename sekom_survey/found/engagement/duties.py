"""The plan's six commitments, four a year and two that always hold, which members keep them, and the fee by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.model import REGION, Member


@dataclass(frozen=True)
class Duty:
    """A commitment of the plan and the column of the duty card that tells whether it is kept."""

    id: str
    label: str


DUTIES = (
    Duty("meeting", "Både politiker och tjänsteperson på årsmötet"),
    Duty("indicators", "Rapporterar nyckeltalen"),
    Duty("survey", "Svarar på enkäten"),
    Duty("newsletter", "Läser och sprider nyhetsbrevet"),
)
STANDING = (
    Duty("programme", "Har ett aktuellt miljö- och hållbarhetsprogram"),
    Duty("contacts", "Har utsett två kontaktpersoner"),
)
ALL_DUTIES = (*DUTIES, *STANDING)
DUTY_IDS = tuple(duty.id for duty in ALL_DUTIES)
Standing = tuple[bool | None, bool | None]


def standing_duties(members: Iterable[Member], day: date, years: int) -> dict[str, Standing]:
    """By member_id, whether the programme is up to date and both contact persons are named on a day; None is unknown.

    A programme is up to date when it was adopted or last revised at most `years` years before. Source: the operational plan
    2026-2027, "Ett nätverk byggt på gemensamt ansvar".
    """
    earlier = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    first = earlier.replace(year=max(day.year - years, date.min.year + 1))
    return {
        one.member_id: (None if one.programme is None else first <= one.programme <= day, one.contacts)
        for one in members
    }


def duty_card(
    engaged: pd.DataFrame,
    answered: Collection[str] | None,
    spreads: Mapping[str, bool] | None,
    standing: Mapping[str, Standing],
) -> pd.DataFrame:
    """The engagement table to one row a member: member_id, name, kind, the six duties (True, False or None), kept, known.

    `answered`: ids of the members that answered the survey, `spreads`: member_id -> whether it says that it
    spreads the newsletter; None when there is no survey. Reading is half of the letters opened (the log); a member that reads but has
    not said whether it spreads the letter is unknown, not False. Source: the operational plan 2026-2027, "Ett nätverk byggt
    på gemensamt ansvar".
    """
    card = engaged[["member_id", "name", "kind"]].copy()
    card["meeting"] = pd.Series([_kept(value) for value in engaged["annual_meeting"]], dtype=object)
    card["indicators"] = pd.Series([_kept(value) for value in engaged["indicators"]], dtype=object)
    card["survey"] = pd.Series([None if answered is None else m in answered for m in card["member_id"]], dtype=object)
    letters = [
        None if spreads is None else _newsletter(_kept(read), spreads.get(member))
        for member, read in zip(engaged["member_id"], engaged["newsletter"], strict=True)
    ]
    card["newsletter"] = pd.Series(letters, dtype=object)
    for at, duty in enumerate(STANDING):
        card[duty.id] = pd.Series([standing.get(m, (None, None))[at] for m in card["member_id"]], dtype=object)
    duties = card[list(DUTY_IDS)]
    return card.assign(kept=(duties == True).sum(axis=1), known=duties.notna().sum(axis=1))  # noqa: E712


def _kept(part: float) -> bool | None:
    return None if pd.isna(part) else bool(part == 1)


def _newsletter(reads: bool | None, spreads: bool | None) -> bool | None:
    if reads is False or spreads is False:
        return False
    return None if spreads is None else reads


BASIC = 4_000
ORE_PER_INHABITANT = 30
MOST_INHABITANTS = 150_000
REGION_FEE = 25_000


def fee(population: int | None, kind: str) -> int | None:
    """A member's yearly fee in whole kronor; None for a municipality whose population is unknown.

    4 000 kr and 30 öre per inhabitant up to 150 000 inhabitants; regions 25 000 kr. Source: the association's annual
    report 2025. Vaggeryd's memo of 2019 checks it: 14 000 inhabitants give 8 200 kr.
    """
    if kind == REGION:
        return REGION_FEE
    if population is None:
        return None
    return BASIC + (ORE_PER_INHABITANT * min(population, MOST_INHABITANTS) + 50) // 100
