"""Signs that a member may leave: open rules, every sign spelled out, never a probability. For internal use only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.found.engagement.duties import fee
from sekom_survey.found.engagement.membership import is_member
from sekom_survey.model import Member

CALL, KEEP, NONE = "Ring nu", "Håll kontakt", "Inga signaler"
CALL_LEVELS = (CALL, KEEP, NONE)
COLUMNS = ("member_id", "name", "points", "level", "signals", "action", "fee", "judged", "rules")


@dataclass(frozen=True)
class Signs:
    """What is known of one member; None is unknown. `heard`: signals noted by hand, None when no such log is kept."""

    met: bool | None = None
    active: bool | None = None
    answered: bool | None = None
    stays: bool | None = None
    sure: bool | None = None
    worth: bool | None = None
    detractor: bool | None = None
    heard: frozenset[str] | None = None


@dataclass(frozen=True)
class SignalRule:
    """One rule: points when `found` says True; None means that it could not be judged."""

    id: str
    points: int
    text: str
    action: str
    found: Callable[[Signs], bool | None]


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _noted(signal: str) -> Callable[[Signs], bool | None]:
    return lambda signs: None if signs.heard is None else signal in signs.heard


RULES = (
    SignalRule("exit_matter", 5, "ärende eller motion om utträde", "Ring ordföranden i kommunstyrelsen och erbjud ett samtal.",
         _noted("exit_matter")),
    SignalRule("inactive", 3, "inget deltagande på tolv månader utöver nyckeltal och nyhetsbrev",
         "Ring kontaktpersonen och fråga vad som skulle göra nytta.", lambda s: _not(s.active)),
    SignalRule("may_leave", 3, "osäker på att vara kvar som medlem", "Ring kontaktpolitikern och fråga vad som saknas.",
         lambda s: _not(s.stays)),
    SignalRule("contact_changed", 2, "kontaktpolitiker saknas eller är ny sedan valet",
         "Hälsa den nya kontaktpolitikern välkommen.", _noted("contact_changed")),
    SignalRule("no_meeting", 2, "ingen på årsmötet två år i rad", "Bjud in personligen till nästa årsmöte.", lambda s: _not(s.met)),
    SignalRule("no_answer", 2, "inget svar på enkäten två år i rad", "Ställ enkätens huvudfrågor på telefon.",
         lambda s: _not(s.answered)),
    SignalRule("not_worth", 2, "tycker inte att medlemskapet är värt tid och avgift",
         "Gå igenom vad avgiften ger och vad som kan användas mer.", lambda s: _not(s.worth)),
    SignalRule("unsure", 1, "vet inte om man är kvar som medlem", "Fråga kontaktpolitikern vad beslutet hänger på.",
         lambda s: _not(s.sure)),
    SignalRule("detractor", 1, "rekommenderar knappast andra att bli medlem", "Fråga vad som behöver bli bättre.",
         lambda s: s.detractor),
    SignalRule("other_network", 1, "med i ett liknande nätverk eller har egen Miljöbarometer",
         "Visa vad nätverket ger utöver det.", _noted("other_network")),
    SignalRule("savings", 1, "besparingar är beslutade", "Hjälp kontaktpersonen att visa nyttan i budgetarbetet.",
         _noted("savings")),
)  # fmt: skip


def level(points: int) -> str:
    """0-2 no signals, 3-5 keep in touch, 6 and over call now."""
    return CALL if points >= 6 else KEEP if points >= 3 else NONE


def exit_signals(members: Iterable[Member], signs: Mapping[str, Signs], day: date) -> pd.DataFrame:
    """Everyone who is a member on `day` and has not decided to leave, most points first.

    Columns: member_id, name, points, level, signals (spelled out), action (for the gravest), fee (kronor), judged (rules
    that could be judged) and rules. The points have never been tried against members that left: they order a list of
    calls and say nothing of how likely an exit is.
    """
    rows = [_row(m, signs.get(m.member_id, Signs())) for m in members if is_member(m, day) and not m.left]
    rows.sort(key=lambda row: (-int(str(row[2])), str(row[0])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(member: Member, signs: Signs) -> tuple[object, ...]:
    said = [(rule, rule.found(signs)) for rule in RULES]
    found = [rule for rule, hit in said if hit]
    points = sum(rule.points for rule in found)
    return (
        member.member_id,
        member.name,
        points,
        level(points),
        "; ".join(rule.text for rule in found),
        found[0].action if found else "",
        fee(member.population, member.kind),
        sum(hit is not None for _, hit in said),
        len(RULES),
    )
