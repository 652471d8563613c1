"""Segments: size class, landsdel, county, SKR group, role - and regions apart from municipalities."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sekom_survey.model import POLITICIAN, RESPONDENT, Member, SizeClasses, Survey
from sekom_survey.text.swedish import sort_key

ALL, KIND, SIZE, LANDSDEL, COUNTY, SKR_GROUP, SEGMENT_ROLE = (
    "all",
    "kind",
    "size",
    "landsdel",
    "county",
    "skr_group",
    "role",
)
MEMBER_SEGMENTATIONS = (SIZE, LANDSDEL, COUNTY, SKR_GROUP)
SEGMENTATIONS = (ALL, *MEMBER_SEGMENTATIONS, SEGMENT_ROLE, KIND)
TITLES = {
    ALL: "Alla kommuner",
    SIZE: "Kommunstorlek",
    LANDSDEL: "Landsdel",
    COUNTY: "Län",
    SKR_GROUP: "Kommungrupp enligt SKR",
    SEGMENT_ROLE: "Roll",
    KIND: "Kommuner och regioner",
}
LANDSDELAR = ("Norrland", "Svealand", "Götaland")
KIND_NAMES = {"municipality": "Kommuner", "region": "Regioner"}
ROLE_NAMES = {"politician": "Förtroendevalda", "official": "Tjänstepersoner"}
UNKNOWN = "Uppgift saknas"


def size_class(population: int | None, classes: SizeClasses) -> str:
    """The size class of a municipality with `population` inhabitants; a limit belongs to the class above it."""
    if population is None:
        return UNKNOWN
    return classes.names[sum(population >= limit for limit in classes.limits)]


def segment_table(members: Iterable[Member], classes: SizeClasses) -> pd.DataFrame:
    """Members with a column for each segmentation; regions have no size class, those that answer for themselves none at all.

    Columns: member_id, name, kind_of_member, code, population, joined, latitude, longitude, all, size, landsdel, county,
    skr_group, kind.
    """
    rows = [
        {
            "member_id": m.member_id,
            "name": m.name,
            "kind_of_member": m.kind,
            "code": m.code,
            "population": m.population,
            "joined": m.joined,
            "latitude": m.latitude,
            "longitude": m.longitude,
            **_segments(m, classes),
        }
        for m in members
    ]
    return pd.DataFrame(rows)


def _segments(member: Member, classes: SizeClasses) -> dict[str, str]:
    """The segment of a member by each segmentation."""
    if member.kind == RESPONDENT:
        return {ALL: ALL, **dict.fromkeys((*MEMBER_SEGMENTATIONS, KIND), "")}
    return {
        ALL: ALL,
        SIZE: size_class(member.population, classes) if member.is_municipality else "",
        LANDSDEL: member.landsdel or UNKNOWN,
        COUNTY: member.county or UNKNOWN,
        SKR_GROUP: (member.skr_group or UNKNOWN) if member.is_municipality else "",
        KIND: KIND_NAMES[member.kind],
    }


def titles_of(survey: Survey) -> dict[str, str]:
    """What each segmentation is called."""
    return TITLES | {ALL: f"Alla {survey.nouns.many}"}


def segment_order(segmentation: str, present: Iterable[str], classes: SizeClasses) -> list[str]:
    """The segments that occur, in the order a reader expects."""
    fixed = {
        SIZE: classes.names,
        LANDSDEL: LANDSDELAR,
        SEGMENT_ROLE: tuple(ROLE_NAMES.values()),
        KIND: tuple(KIND_NAMES.values()),
        ALL: (ALL,),
    }.get(segmentation, ())
    there = set(present) - {""}
    known = [name for name in fixed if name in there]
    return known + sorted(there - set(known), key=lambda name: (name == UNKNOWN, sort_key(name)))


def role_name(role: str) -> str:
    """The Swedish name of a respondent's role."""
    return ROLE_NAMES["politician" if role == POLITICIAN else "official"]


def size_class_texts(classes: SizeClasses) -> list[str]:
    """The classes with their limits, for a note: "Små: under 15 000 invånare" ..."""
    from sekom_survey.text.swedish import number

    first = [f"{classes.names[0]}: under {number(classes.limits[0])} invånare"]
    middle = [
        f"{name}: {number(low)}–{number(high - 1)}"
        for name, low, high in zip(classes.names[1:-1], classes.limits, classes.limits[1:], strict=False)
    ]
    return first + middle + [f"{classes.names[-1]}: minst {number(classes.limits[-1])}"]
