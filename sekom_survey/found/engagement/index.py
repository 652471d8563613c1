"""The engagement index: seven parts of the activity log weighed together, 0-100, and how many members other weights would move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from sekom_survey.found.engagement.membership import window
from sekom_survey.model import MUNICIPALITY, OFFICIAL, POLITICIAN, Member
from sekom_survey.stats.arrays import Floats

WEBINARS = 3
TEAMS_MONTHS = 6


@dataclass(frozen=True)
class IndexPart:
    """One part of the index: its weight out of 100 and the activities in the log it is read from."""

    id: str
    label: str
    weight: int
    activities: tuple[str, ...]


PARTS = (
    IndexPart("annual_meeting", "Årsmöte", 20, ("annual_meeting",)),
    IndexPart("indicators", "Gröna nyckeltal", 10, ("indicators",)),
    IndexPart("newsletter", "Nyhetsbrev", 10, ("newsletter",)),
    IndexPart("webinars", "Webbinarier", 20, ("webinar",)),
    IndexPart("teams", "Teams", 20, ("teams_month",)),
    IndexPart("groups", "Temagrupp, forum eller testbädd", 15, ("theme_group", "officials_forum", "testbed")),
    IndexPart("conference", "Årskonferens", 5, ("conference",)),
)
PART_IDS = tuple(part.id for part in PARTS)
Occasion = tuple[date, str]


class LogEntry(NamedTuple):
    """One row of the log."""

    date: date
    activity: str
    title: str
    role: str


@dataclass(frozen=True)
class Taken:
    """What a part is computed from: occasions offered while a member, those taken, by which roles, part of a year."""

    offered: frozenset[Occasion]
    taken: frozenset[Occasion]
    roles: frozenset[str]
    year_share: float


def member_parts(members: Iterable[Member], log: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """One row for everyone who was a member in the period: member_id, name, kind, population and one column a part (0-1).

    `log` has the columns of activities.csv. NaN is unknown and never 0: nothing of the kind was in the log while the
    member was one (rule 3), or the part is not for regions (the green indicators). What is asked for in a year is asked
    for in proportion to the time as a member (rule 4).
    """
    logged = entries(log[(log["date"] >= first) & (log["date"] <= last)])
    everything = [entry for mine in logged.values() for entry in mine]
    occasions = {part.id: _occasions(everything, part) for part in PARTS}
    rows = []
    for member in members:
        span = window(member, first, last)
        if span:
            rows.append(_row(member, span, occasions, logged.get(member.member_id, [])))
    return pd.DataFrame(rows, columns=["member_id", "name", "kind", "population", *PART_IDS])


def entries(log: pd.DataFrame) -> dict[str, list[LogEntry]]:
    """The rows of a log by member."""
    found: dict[str, list[LogEntry]] = defaultdict(list)
    columns = (log[name] for name in ("member_id", "date", "activity", "title", "role"))
    for member_id, *told in zip(*columns, strict=True):
        found[member_id].append(LogEntry(*told))
    return found


def _occasions(log: Iterable[LogEntry], part: IndexPart) -> frozenset[Occasion]:
    return frozenset((entry.date, entry.title) for entry in log if entry.activity in part.activities)


def _row(
    member: Member, span: tuple[date, date], occasions: Mapping[str, frozenset[Occasion]], mine: Sequence[LogEntry]
) -> dict[str, object]:
    start, end = span
    year_share = ((end - start).days + 1) / 365
    values = {}
    for part in PARTS:
        offered = frozenset(one for one in occasions[part.id] if start <= one[0] <= end)
        played = frozenset(entry.role for entry in mine if entry.activity in part.activities)
        values[part.id] = _value(part, member, Taken(offered, _occasions(mine, part) & offered, played, year_share))
    return {
        "member_id": member.member_id,
        "name": member.name,
        "kind": member.kind,
        "population": member.population,
        **values,
    }


def _value(part: IndexPart, member: Member, taken: Taken) -> float:
    if not taken.offered or (part.id == "indicators" and member.kind != MUNICIPALITY):
        return nan
    if part.id == "annual_meeting":
        return 0.5 * (POLITICIAN in taken.roles) + 0.5 * (OFFICIAL in taken.roles)
    if part.id == "newsletter":
        return float(2 * len(taken.taken) >= len(taken.offered))
    if part.id == "webinars":
        return min(1.0, len(taken.taken) / (WEBINARS * taken.year_share))
    if part.id == "teams":
        months = {(day.year, day.month) for day, _ in taken.taken}
        return float(len(months) >= TEAMS_MONTHS * min(1.0, taken.year_share))
    return float(bool(taken.taken))


WEIGHTS = tuple(float(part.weight) for part in PARTS)
LEAST_KNOWN = 0.70
ACTIVE, PARTLY, DORMANT, NOT_KNOWN = "Aktiv", "Delvis aktiv", "Vilande", "Kan inte bedömas"
CLASSES = (ACTIVE, PARTLY, DORMANT)
LIMITS = (60.0, 30.0)
_ROUNDING = 9


def weighed(parts: Floats, weights: Sequence[float] | Floats) -> Floats:
    """Parts (members x parts, NaN unknown) to 0-100, rescaled over the known parts; NaN under 70 % known weight."""
    known = ~np.isnan(parts)
    weight = np.asarray(weights, dtype=float)
    total = known @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        value = 100 * (np.where(known, parts, 0.0) @ weight) / total
    enough = total >= LEAST_KNOWN * weight.sum() - 1e-9
    return np.asarray(np.where(enough & (total > 0), np.round(value, _ROUNDING), np.nan))


def class_of(index: float) -> str:
    """Active from 60, partly active from 30, dormant below; set once and kept for the period."""
    if np.isnan(index):
        return NOT_KNOWN
    return ACTIVE if index >= LIMITS[0] else PARTLY if index >= LIMITS[1] else DORMANT


def engagement(members: Iterable[Member], log: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Every member of the period with its parts, `index` (0-100 or NaN) and `class`.

    Columns: member_id, name, kind, population, one a part (0-1, NaN unknown), index, class. Answers to the survey are not
    in it: those who did not answer would be low by construction, and the non-response analysis circular. Method: OECD/JRC
    (2008), Handbook on Constructing Composite Indicators: concept, normalise, weigh, test.
    """
    table = member_parts(members, log, first, last)
    table["index"] = weighed(table[list(PART_IDS)].to_numpy(dtype=float), WEIGHTS)
    table["class"] = [class_of(value) for value in table["index"]]
    return table


DRAWS = 2_000
SEED = 20_260_101
SPREAD = 0.5


@dataclass(frozen=True)
class Sensitivity:
    """Share of members (0-1) that change class: in the middle weighting and in the 95th percentile of `draws`."""

    draws: int
    members: int
    median: float
    high: float


def weight_sensitivity(table: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> Sensitivity:
    """The engagement table to the share of members whose class hangs on the weights.

    Every weight is multiplied by a number drawn evenly between 0.5 and 1.5, all anew in each of `draws` weightings; the
    same seed gives the same answer. Members without an index are left out. Source: OECD/JRC (2008), Handbook on
    Constructing Composite Indicators, step 7.
    """
    parts = table.loc[table["index"].notna(), list(PART_IDS)].to_numpy(dtype=float)
    if not len(parts):
        return Sensitivity(draws, 0, float("nan"), float("nan"))
    factors = np.random.default_rng(seed).uniform(1 - SPREAD, 1 + SPREAD, (draws, len(WEIGHTS)))
    usual = _classes(weighed(parts, WEIGHTS))
    known = ~np.isnan(parts)
    weights = np.asarray(WEIGHTS) * factors
    drawn = _classes(np.round(100 * (np.where(known, parts, 0.0) @ weights.T) / (known @ weights.T), 9))
    changed = (drawn != usual[:, None]).mean(axis=0)
    return Sensitivity(draws, len(parts), float(np.median(changed)), float(np.quantile(changed, 0.95)))


def _classes(index: Floats) -> Floats:
    return (index >= LIMITS[0]).astype(float) + (index >= LIMITS[1])
