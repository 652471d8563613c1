"""Whose a value is: a member, an area, the association's own mean, another municipality - or nobody that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sekom_survey.asked.reference import county, municipalities, municipality
from sekom_survey.model import Correction, Member
from sekom_survey.model.indicators import KeyFigures
from sekom_survey.text.files import folded
from sekom_survey.text.names import NameIndex, build_index, match, resolve

MEMBER, AREA, COUNTY, MEAN, OTHER, UNKNOWN = "member", "area", "county", "mean", "other", "unknown"
AREAS = ("Riket", "Sverige", "Hela landet", "Alla kommuner", "Samtliga kommuner", "Sveriges kommuner")
WHOLE_COUNTRY = "0000"


@dataclass(frozen=True)
class Whose:
    """What a name is, the key it is known by (member_id, or the county's name), and names that may have been meant."""

    kind: str
    key: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Names:
    """Everyone that a row of an indicator file may be about, by name and by code."""

    index: NameIndex
    by_code: Mapping[str, str]
    corrected: Mapping[str, str]
    means: frozenset[str]
    areas: frozenset[str]
    found: dict[tuple[str, str], Whose] = field(default_factory=dict)

    def whose(self, name: str, code: str) -> Whose:
        """Whose a row is; a code goes before a name."""
        key = (name, code)
        if key not in self.found:
            self.found[key] = _whose(self, name, code)
        return self.found[key]


def names_of(members: Iterable[Member], corrections: Iterable[Correction], figures: KeyFigures) -> Names:
    """The register's names and codes, with what corrections.csv says of names."""
    known = list(members)
    entries = [(one.member_id, one.name, (one.member_id, *_aliases(one))) for one in known]
    return Names(
        build_index(entries, [one.name for one in municipalities()]),
        {one.code: one.member_id for one in known if one.code},
        {folded(one.found): one.member_id for one in corrections if one.action == "match" and one.found},
        frozenset(map(folded, figures.means)),
        frozenset(map(folded, (*AREAS, *figures.areas))),
    )


def _aliases(member: Member) -> tuple[str, ...]:
    known = municipality(member.code) if member.code else None
    return known.aliases if known else ()


def _whose(names: Names, name: str, code: str) -> Whose:
    digits = code.strip().zfill(4) if code.strip().isdecimal() else code.strip()
    if digits in names.by_code:
        return Whose(MEMBER, names.by_code[digits])
    if digits and (place := _place(digits)):
        return place
    text = name or code
    if member := names.corrected.get(folded(text)) or resolve(names.index, text):
        return Whose(MEMBER, member)
    if folded(text) in names.means:
        return Whose(MEAN)
    if folded(text) in names.areas:
        return Whose(AREA)
    return _place(text) or Whose(UNKNOWN, suggestions=match(names.index, text).suggestions)


@lru_cache(maxsize=10_000)
def _place(text: str) -> Whose | None:
    """A municipality that is no member, a county or region, or the whole country."""
    if text == WHOLE_COUNTRY:
        return Whose(AREA)
    if municipality(text):
        return Whose(OTHER)
    area = county(text[2:] if text.isdecimal() and text.startswith("00") else text)
    return Whose(COUNTY, area.name) if area else None
