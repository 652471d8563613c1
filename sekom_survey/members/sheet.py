"""A member's page in words and numbers, before it is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from sekom_survey.found.coming import Coming, for_member, keys
from sekom_survey.found.engagement.duties import ALL_DUTIES
from sekom_survey.found.engagement.membership import window
from sekom_survey.found.examples import GoodExample
from sekom_survey.members.beside import (
    Given,
    Need,
    Shared,
    bases_of,
    group_name_of,
    needs_of,
    priorities_of,
    satisfaction_of,
    yes_words,
)
from sekom_survey.members.compared import Compared
from sekom_survey.members.indicators import IndicatorRow
from sekom_survey.members.library import ShownExample
from sekom_survey.members.peers import FROM_TEXT, Offer, Want, to_call
from sekom_survey.members.readers import Reader
from sekom_survey.members.used import Fee, Occasions, Used, fee_of, used_by
from sekom_survey.model import Member, Survey
from sekom_survey.protected.worlds import FEWEST
from sekom_survey.text.swedish import count_of, date_long, join_words, lower_first, number_word

COMING, USED = 2, 7
EXAMPLES, INDICATORS = 2, 6
KEPT, NOT_KEPT, UNKNOWN = "kept", "not_kept", "unknown"
STATES = {True: KEPT, False: NOT_KEPT, None: UNKNOWN}
SAID_OF_STATE = {KEPT: "ja", NOT_KEPT: "inte än", UNKNOWN: "vet vi inte"}


@dataclass(frozen=True)
class Commitment:
    """A commitment and whether it is kept: kept, not_kept or unknown."""

    name: str
    state: str

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return SAID_OF_STATE[self.state]


@dataclass(frozen=True, eq=False)
class Known:
    """What all pages are made of. `needs` are the greatest first; `log` is the year's until `day`, None when none is kept.

    `duties`: a row a member with a column a duty, None when nothing is known of them. `challenges`: the published themes of what
    members struggle with; `wants` what each role does; `offers` and `entries` who can help and the good examples
    that may be shown, `examples` all of them; `standings`
    each member's indicators.
    """

    survey: Survey
    day: date
    needs: tuple[Compared, ...]
    satisfaction: Compared | None
    priorities: Compared | None
    coming: tuple[Coming, ...]
    log: Occasions | None
    duties: pd.DataFrame | None
    given: Mapping[tuple[str, str], Given]
    challenges: Compared | None = None
    wants: Mapping[tuple[str, str], tuple[Want, ...]] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    entries: tuple[ShownExample, ...] = ()
    examples: tuple[GoodExample, ...] = ()
    members: Mapping[str, Member] = field(default_factory=dict)
    standings: Mapping[str, tuple[IndicatorRow, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """Everything on a member's page, as it is to be read."""

    reader: Reader
    title: str
    minute: tuple[tuple[str, str], ...]
    duties: tuple[Commitment, ...]
    needs: tuple[Need, ...]
    group_name: str
    yes: str
    satisfaction: tuple[str, str] | None
    shared: tuple[Shared, ...]
    fee: Fee | None
    used: tuple[Used, ...]
    unused: tuple[str, ...]
    coming: tuple[tuple[Coming, bool], ...]
    bases: str
    alike: str = ""
    calls: tuple[tuple[Member, Offer], ...] = ()
    examples: tuple[ShownExample, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    reported: int = 0


def sheet_of(reader: Reader, known: Known) -> Sheet:
    """One page's content; what there is nothing to say of is empty."""
    given = known.given.get((reader.member.member_id, reader.role), {})
    duties, needs = _duties(reader, known), needs_of(reader, known.needs, given)
    used = _used(reader, known)
    taken = tuple(one for one in used if one.times)
    wants = wanted(reader, needs, known, given)
    coming = for_member(known.coming, wants, known.day, COMING)
    calls = to_call(reader.member, wants, known.offers, known.members)
    return Sheet(
        reader=reader,
        title=_title(reader, duties, known.survey),
        minute=_minute(reader, taken, needs, coming, calls),
        duties=duties,
        needs=needs,
        group_name=group_name_of(reader, needs),
        yes=yes_words(known.needs),
        satisfaction=satisfaction_of(known.satisfaction, given),
        shared=priorities_of(known.priorities, given),
        fee=fee_of(reader.member),
        used=taken[:USED],
        unused=tuple(one.name for one in used if not one.times),
        coming=coming,
        bases=bases_of(needs),
        alike=_alike(reader, known),
        calls=calls,
        examples=_examples(reader, known, wants),
        indicators=_ends(known.standings.get(reader.member.member_id, ())),
        reported=len(known.standings.get(reader.member.member_id, ())),
    )


def wanted(reader: Reader, needs: Sequence[Need], known: Known, given: Given) -> frozenset[str]:
    """The needs that the member has, or all of the greatest when it has not answered, what it struggles with and has chosen."""
    names = {one.name for one in needs if one.own is None or one.own.high}
    ids = {one.item.id for one in known.needs if one.item.short in names}
    chosen = {option for option, _ in given.get(known.priorities.item.id, ())} if known.priorities else set()
    struggles = known.wants.get((reader.member.member_id, reader.role), ())
    return keys(names | ids | chosen).union(*(one.topics for one in struggles))


def _alike(reader: Reader, known: Known) -> str:
    """The most shared of its challenges that is published, as the published number, which is the same on every page."""
    if known.challenges is None or not reader.member.is_municipality:
        return ""
    mine = [one for one in known.wants.get((reader.member.member_id, reader.role), ()) if one.evidence == FROM_TEXT]
    told = [(known.challenges.total[one.theme], one.name) for one in mine if one.theme in known.challenges.total]
    (count, base), name = max(told, default=((0, 0), ""))
    if count - 1 < FEWEST:
        return ""
    return f"Utmaningen {lower_first(name)} delar ni med andra: {count_of(count, base)} kommuner tar upp den."


def _ends(rows: tuple[IndicatorRow, ...]) -> tuple[IndicatorRow, ...]:
    """All indicators of a member, best place first, or its three strongest and three weakest."""
    return rows if len(rows) <= INDICATORS else (*rows[: INDICATORS // 2], *rows[-INDICATORS // 2 :])


def _examples(reader: Reader, known: Known, wants: frozenset[str]) -> tuple[ShownExample, ...]:
    """Two examples of others: those that answer what is wanted first, then those of members most alike."""
    others = [one for one in known.entries if one.example.member_id != reader.member.member_id]
    others.sort(key=lambda one: (not one.topics & wants, one.size != reader.size, one.landsdel != reader.landsdel))
    return tuple(others[:EXAMPLES])


def _duties(reader: Reader, known: Known) -> tuple[Commitment, ...]:
    """The commitments that are followed of anybody; one alone is no card."""
    if known.duties is None:
        return ()
    row = known.duties[known.duties["member_id"] == reader.member.member_id]
    followed = [duty for duty in ALL_DUTIES if known.duties[duty.id].notna().any()]
    if row.empty or len(followed) < 2:
        return ()
    return tuple(Commitment(duty.label, STATES[row[duty.id].iloc[0]]) for duty in followed)


def _title(reader: Reader, duties: Sequence[Commitment], survey: Survey) -> str:
    kept, known = (sum(d.state in states for d in duties) for states in ((KEPT,), (KEPT, NOT_KEPT)))
    if not kept or known == 1:
        return f"{reader.member.name} i nätverket {survey.year}"
    of = f"{number_word(known)} {'åtaganden' if known == len(duties) else 'kända åtaganden'}"
    return f"{reader.member.name} håller {number_word(kept, True)} av {of}"


def _used(reader: Reader, known: Known) -> tuple[Used, ...]:
    if known.log is None:
        return ()
    return used_by(reader.member, known.log, date(known.survey.year, 1, 1), known.day)


def _minute(
    reader: Reader,
    used: Sequence[Used],
    needs: Sequence[Need],
    coming: Sequence[tuple[Coming, bool]],
    calls: Sequence[tuple[Member, Offer]],
) -> tuple[tuple[str, str], ...]:
    """What a director reads in a minute: what they got, where they stand, and what to do next."""
    found = []
    if used:
        found.append(("Det fick ni", join_words([f"{one.words} {one.name}" for one in used[:2]]) + "."))
    if needs:
        found.append(("Där står ni", _stands(reader, needs)))
    if calls:
        (other, offer), *_ = calls
        found.append(("Ring gärna", f"{other.name} om {lower_first(offer.theme)}."))
    elif coming:
        (first, _), *_ = coming
        found.append(("Nästa tillfälle", f"{first.title}, {date_long(first.day)}."))
    return tuple(found)


def _stands(reader: Reader, needs: Sequence[Need]) -> str:
    first = needs[0]
    most = f"{lower_first(first.name)}, {first.everybody.words} kommuner"
    if not any(one.own for one in needs):
        return f"Störst behov bland kommunerna: {most}. Ert eget svar saknas."
    highest = max((one.own.step for one in needs if one.own), default=0)
    mine = [lower_first(one.name) for one in needs if one.own and one.own.step == highest > 0]
    if not mine:
        return f"Störst behov bland kommunerna: {most}."
    return f"Störst behov hos er: {join_words(mine[:3])}."


def was_asked(reader: Reader, survey: Survey) -> str:
    """What is said where there is no own answer; nothing when there is one."""
    if reader.role:
        return ""
    if not reader.asked:
        return "Ni var inte medlemmar när enkäten skickades."
    return "Ni svarade inte på enkäten. Nästa gång står era svar här."


def joined(reader: Reader) -> str:
    """Since when it is a member."""
    day = reader.member.joined
    return f"Ni är medlemmar sedan {day.year}." if day and window(reader.member, day, day) else ""
