"""What the indicators say: of all members and of groups, and of one member among the others."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from sekom_survey.counted.segment import ALL, LANDSDEL, SIZE, SKR_GROUP, UNKNOWN, segment_table
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.found.indicators.statistics import Summary, Trend, place, summary, trend
from sekom_survey.model import Member, SizeClasses
from sekom_survey.model.indicators import FROM_COUNTY, HIGH, KeyFigure

SEVEN = 7
PEER_GROUPS = (SIZE, LANDSDEL, SKR_GROUP)


def groups(members: Iterable[Member], classes: SizeClasses) -> pd.DataFrame:
    """Members by member_id with the columns size, landsdel and skr_group."""
    return segment_table(members, classes).set_index("member_id")[list(PEER_GROUPS)]


def peers(member_id: str, table: pd.DataFrame) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """For each group of a member its name and the ids of all in it, itself included; a group that is not known is left out."""
    own = table.loc[member_id]
    return {
        kind: (str(own[kind]), tuple(map(str, table.index[table[kind] == own[kind]])))
        for kind in PEER_GROUPS
        if own[kind] and own[kind] != UNKNOWN
    }


def nearest(member: Member, members: Iterable[Member], most: int = SEVEN) -> tuple[Member, ...]:
    """The members most like one: those of its own SKR group first, by how many times larger or smaller, then of other groups.

    A member whose population is not known has none, and is nobody's.
    """
    if not member.population:
        return ()
    others = [one for one in members if one.member_id != member.member_id and one.population and one.is_municipality]
    return tuple(sorted(others, key=lambda one: _distance(member, one))[:most])


def _distance(member: Member, other: Member) -> tuple[bool, float, str]:
    ratio = math.log((other.population or 1) / (member.population or 1))
    return (not member.skr_group or other.skr_group != member.skr_group, abs(ratio), other.member_id)


EVERYONE = "Alla kommuner"
NEAREST = "nearest"
STATISTICS = ("indicator", "label", "unit", "good", "year", "common", "segmentation", "segment", "members", "reported", "filled",
              "mean", "low", "high", "q1", "median", "q3")  # fmt: skip
TRENDS = (
    "indicator",
    "label",
    "unit",
    "good",
    "first",
    "last",
    "members",
    "better",
    "same",
    "worse",
    "before",
    "after",
    "change",
)


def statistics_table(indicators: Indicators, classes: SizeClasses | None = None) -> pd.DataFrame:
    """Every indicator and year of all members; with `classes` also each size class, landsdel and SKR group on the common year.

    Columns: STATISTICS. `common` marks the year that members are compared on, `reported` counts values, of which `filled` are
    the county's; `low` and `high` bound the mean of all members, for percentages only.
    """
    grouped = groups(indicators.members, classes) if classes else pd.DataFrame()
    everyone = frozenset(one.member_id for one in indicators.members)
    rows = []
    for figure in indicators.figures:
        for year in sorted(indicators.by_year[figure.code]):
            rows.append(_row(indicators, figure, year, ALL, EVERYONE, everyone))
        common = indicators.year(figure.code)
        if common is not None and classes:
            rows += [
                _row(indicators, figure, common, kind, str(name), frozenset(mine.index))
                for kind in PEER_GROUPS
                for name, mine in grouped.groupby(kind, sort=True)
            ]
    return pd.DataFrame(rows, columns=list(STATISTICS))


def _row(
    indicators: Indicators, figure: KeyFigure, year: int, kind: str, name: str, mine: Collection[str]
) -> tuple[object, ...]:
    found = summary_of(indicators, figure.code, year, mine)
    filled = sum(indicators.origins.get((figure.code, year, member)) == FROM_COUNTY for member in mine)
    about = (
        figure.code,
        figure.label,
        figure.unit,
        figure.good,
        year,
        year == indicators.year(figure.code),
        kind,
        name,
    )
    return (
        *about,
        found.members,
        found.reported,
        filled,
        found.mean,
        found.low,
        found.high,
        found.q1,
        found.median,
        found.q3,
    )


def summary_of(indicators: Indicators, code: str, year: int | None, mine: Collection[str]) -> Summary:
    """The Summary of some members in a year."""
    have = indicators.of(code, year)
    return summary([have[m] for m in sorted(mine) if m in have], len(mine), indicators.figure(code).percent)


def trend_of(indicators: Indicators, code: str) -> Trend | None:
    """The change of an indicator to its common year, over the members with both years; None without an earlier year."""
    first, last = indicators.earlier(code), indicators.year(code)
    if first is None or last is None:
        return None
    return trend(indicators.own(code, first), indicators.own(code, last), (first, last), indicators.figure(code).good)


def values_table(indicators: Indicators) -> pd.DataFrame:
    """Every value as it was read, with names: what a person looks up, and what tells later that a value has been revised.

    Columns: indicator, label, unit, member_id, member, year, value, origin, file, place.
    """
    names = {one.member_id: one.name for one in indicators.members}
    about = {one.code: one for one in indicators.figures}
    table = indicators.values
    return pd.DataFrame(
        {
            "indicator": table["indicator"],
            "label": [about[code].label for code in table["indicator"]],
            "unit": [about[code].unit for code in table["indicator"]],
            "member_id": table["member_id"],
            "member": table["member_id"].map(names),
            **{name: table[name] for name in ("year", "value", "origin", "file", "place")},
        }
    )


def trend_table(indicators: Indicators) -> pd.DataFrame:
    """The trend of every indicator that has one; columns: TRENDS."""
    told = ((figure, trend_of(indicators, figure.code)) for figure in indicators.figures)
    rows = [
        {"indicator": figure.code, "label": figure.label, "unit": figure.unit, "good": figure.good, **asdict(found)}
        for figure, found in told
        if found
    ]
    return pd.DataFrame(rows, columns=list(TRENDS))


@dataclass(frozen=True)
class PeerGroup:
    """A group that a member is compared with: its kind (all, size, landsdel, skr_group, nearest), name and Summary."""

    kind: str
    name: str
    summary: Summary


@dataclass(frozen=True)
class Standing:
    """One member and one indicator on the common year: its value, origin and place among those that report, and its groups.

    `value` is None where the member has none that year. One that is given its county's value has no place: `place` is among the
    `of` members with values of their own. `change` is its own since the earlier year (`since`), signed so that
    plus is better.
    """

    figure: KeyFigure
    year: int
    value: float | None
    origin: str
    place: int | None
    groups: tuple[PeerGroup, ...]
    since: int | None = None
    change: float | None = None
    of: int = 0

    @property
    def everyone(self) -> Summary:
        """The Summary of all members."""
        return self.groups[0].summary


def standings(indicators: Indicators, member_id: str, classes: SizeClasses) -> tuple[Standing, ...]:
    """One member's Standing on every indicator that somebody reports, in the order of indicators.toml."""
    mine = _groups_of(indicators, member_id, classes)
    return tuple(
        _standing(indicators, figure, year, member_id, mine)
        for figure in indicators.figures
        if (year := indicators.year(figure.code)) is not None
    )


def _groups_of(
    indicators: Indicators, member_id: str, classes: SizeClasses
) -> tuple[tuple[str, str, frozenset[str]], ...]:
    member = next(one for one in indicators.members if one.member_id == member_id)
    near = nearest(member, indicators.members)
    found: Mapping[str, tuple[str, tuple[str, ...]]] = peers(member_id, groups(indicators.members, classes))
    return (
        (ALL, EVERYONE, frozenset(one.member_id for one in indicators.members)),
        *((kind, name, frozenset(ids)) for kind, (name, ids) in found.items()),
        *(((NEAREST, "De sju mest lika", frozenset(one.member_id for one in near)),) if near else ()),
    )


def _standing(
    indicators: Indicators,
    figure: KeyFigure,
    year: int,
    member_id: str,
    mine: tuple[tuple[str, str, frozenset[str]], ...],
) -> Standing:
    have, since = indicators.own(figure.code, year), indicators.earlier(figure.code)
    value, before = indicators.of(figure.code, year).get(member_id), indicators.own(figure.code, since).get(member_id)
    own = have.get(member_id)
    change = (own - before) * (1 if figure.good == HIGH else -1) if own is not None and before is not None else None
    return Standing(
        figure,
        year,
        value,
        indicators.origins.get((figure.code, year, member_id), ""),
        None if own is None else place(own, list(have.values()), figure.good),
        tuple(PeerGroup(kind, name, summary_of(indicators, figure.code, year, ids)) for kind, name, ids in mine),
        since if change is not None else None,
        change,
        len(have),
    )


def strong_in(indicators: Indicators) -> Iterator[tuple[str, str, int, int]]:
    """(member_id, code, place, of) for everyone in the best quarter of those that report an indicator on its common year."""
    for figure in indicators.figures:
        have = indicators.own(figure.code, indicators.year(figure.code))
        values = list(have.values())
        for member, value in sorted(have.items()):
            at = place(value, values, figure.good)
            if 4 * at <= len(values):
                yield member, figure.code, at, len(values)
