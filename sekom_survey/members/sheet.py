"""A member's page in words and numbers, before it is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sekom_survey.counted.choices import choices_of
from sekom_survey.found.coming import Coming, for_member, keys
from sekom_survey.found.engagement.duties import DUTIES
from sekom_survey.found.engagement.membership import window
from sekom_survey.members.compared import Compared, Count
from sekom_survey.members.own import Given, Said, said
from sekom_survey.members.readers import Reader
from sekom_survey.members.used import Fee, Used, fee_of, used_by
from sekom_survey.model import Item, Survey
from sekom_survey.text.swedish import count_of, date_long, join_words, lower_first, number, number_word

NEEDS, PRIORITIES, COMING, USED = 5, 5, 2, 7
KEPT, NOT_KEPT, UNKNOWN = "kept", "not_kept", "unknown"
STATES = {True: KEPT, False: NOT_KEPT, None: UNKNOWN}
SAID_OF_STATE = {KEPT: "ja", NOT_KEPT: "inte än", UNKNOWN: "vet vi inte"}


@dataclass(frozen=True)
class Bar:
    """Members of members, as words and as the length of a bar in percent."""

    count: int
    base: int

    @property
    def words(self) -> str:
        """ "45 av 50"."""
        return count_of(self.count, self.base)

    @property
    def percent(self) -> float:
        """How much of the bar is filled."""
        return round(100 * self.count / self.base, 1) if self.base else 0.0


@dataclass(frozen=True)
class Need:
    """A need: what the member answered, and how many of all and of its size class have it."""

    name: str
    own: Said | None
    everybody: Bar
    group: Bar | None


@dataclass(frozen=True)
class Duty:
    """A commitment and whether it is kept: kept, not_kept or unknown."""

    name: str
    state: str

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return SAID_OF_STATE[self.state]


@dataclass(frozen=True)
class Shared:
    """Something the member has in common with others: what, and how many of how many, itself counted in."""

    name: str
    bar: Bar


@dataclass(frozen=True, eq=False)
class Known:
    """What all pages are made of. `needs` are the greatest first; `log` is the year's until `day`, None when none is kept.

    `duties`: a row a member with a column a duty, None when nothing is known of them.
    """

    survey: Survey
    day: date
    needs: tuple[Compared, ...]
    satisfaction: Compared | None
    priorities: Compared | None
    coming: tuple[Coming, ...]
    log: pd.DataFrame | None
    duties: pd.DataFrame | None
    given: Mapping[tuple[str, str], Given]


@dataclass(frozen=True)
class Sheet:
    """Everything on a member's page, as it is to be read."""

    reader: Reader
    title: str
    minute: tuple[tuple[str, str], ...]
    duties: tuple[Duty, ...]
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


def sheet_of(reader: Reader, known: Known) -> Sheet:
    """One page's content; what there is nothing to say of is empty."""
    given = known.given.get((reader.member.member_id, reader.role), {})
    duties, needs = _duties(reader, known), _needs(reader, known, given)
    used = _used(reader, known)
    taken = tuple(one for one in used if one.times)
    coming = for_member(known.coming, wanted(needs, known, given), known.day, COMING)
    return Sheet(
        reader=reader,
        title=_title(reader, duties, known.survey),
        minute=_minute(reader, taken, needs, coming),
        duties=duties,
        needs=needs,
        group_name=_group_name(reader, needs),
        yes=_yes_words(known.needs),
        satisfaction=_satisfaction(known.satisfaction, given),
        shared=_priorities(known.priorities, given),
        fee=fee_of(reader.member),
        used=taken[:USED],
        unused=tuple(one.name for one in used if not one.times),
        coming=coming,
        bases=_bases(needs),
    )


def wanted(needs: Sequence[Need], known: Known, given: Given) -> frozenset[str]:
    """The needs that the member has, or all of the greatest when it has not answered, and the themes it has chosen."""
    names = {one.name for one in needs if one.own is None or one.own.high}
    ids = {one.item.id for one in known.needs if one.item.short in names}
    chosen = {option for option, _ in given.get(known.priorities.item.id, ())} if known.priorities else set()
    return keys(names | ids | chosen)


def _duties(reader: Reader, known: Known) -> tuple[Duty, ...]:
    if known.duties is None:
        return ()
    row = known.duties[known.duties["member_id"] == reader.member.member_id]
    return tuple(Duty(duty.label, STATES[row[duty.id].iloc[0]]) for duty in DUTIES) if len(row) else ()


def _title(reader: Reader, duties: Sequence[Duty], survey: Survey) -> str:
    kept, known = (sum(d.state in states for d in duties) for states in ((KEPT,), (KEPT, NOT_KEPT)))
    if not kept or known == 1:
        return f"{reader.member.name} i nätverket {survey.year}"
    of = f"{number_word(known)} {'åtaganden' if known == len(duties) else 'kända åtaganden'}"
    return f"{reader.member.name} håller {number_word(kept, True)} av {of}"


def _needs(reader: Reader, known: Known, given: Given) -> tuple[Need, ...]:
    found = []
    for one in known.needs:
        label = choices_of(one.item)[0].label
        group = one.groups.get(reader.size, {}).get(label)
        found.append(
            Need(one.item.short, said(one.item, given), Bar(*one.total[label]), Bar(*group) if group else None)
        )
    return tuple(found)


def greatest(compared: Mapping[str, Compared], items: Sequence[Item]) -> tuple[Compared, ...]:
    """The greatest needs among those whose total is told, by share."""
    label = {item.id: choices_of(item)[0].label for item in items}
    told = [compared[item.id] for item in items if label[item.id] in compared[item.id].total]
    return tuple(sorted(told, key=lambda one: -_share(one.total[label[one.item.id]]))[:NEEDS])


def _share(count: Count) -> float:
    return count[0] / count[1] if count[1] else 0.0


def _group_name(reader: Reader, needs: Sequence[Need]) -> str:
    return f"{reader.size} kommuner" if any(one.group for one in needs) else ""


def _yes_words(needs: Sequence[Compared]) -> str:
    """What the counts are counts of: "ganska stort behov eller mycket stort behov"."""
    said_as = [tuple(lower_first(label) for label in choices_of(one.item)[0].options) for one in needs[:1]]
    return " eller ".join(said_as[0]) if said_as else ""


def _satisfaction(compared: Compared | None, given: Given) -> tuple[str, str] | None:
    """The own value, "" without one, beside the mean of all; nothing where the mean is not published."""
    if compared is None or compared.mean is None:
        return None
    own = said(compared.item, given)
    value, base = compared.mean
    return (own.words if own else ""), f"{number(value, 1)} i snitt bland {number(base)} kommuner"


def _priorities(compared: Compared | None, given: Given) -> tuple[Shared, ...]:
    """The themes that the member has chosen and how many have, the most shared first."""
    if compared is None:
        return ()
    chosen = dict.fromkeys(option for option, _ in given.get(compared.item.id, ()))
    told = [(option, compared.total[option]) for option in chosen if option in compared.total]
    told.sort(key=lambda one: -one[1][0])
    return tuple(Shared(option, Bar(*count)) for option, count in told[:PRIORITIES])


def _used(reader: Reader, known: Known) -> tuple[Used, ...]:
    if known.log is None:
        return ()
    return used_by(reader.member, known.log, date(known.survey.year, 1, 1), known.day)


def _minute(
    reader: Reader, used: Sequence[Used], needs: Sequence[Need], coming: Sequence[tuple[Coming, bool]]
) -> tuple[tuple[str, str], ...]:
    """What a director reads in a minute: what they got, where they stand, and what to do next."""
    found = []
    if used:
        found.append(("Det fick ni", join_words([f"{one.words} {one.name}" for one in used[:3]]) + "."))
    if needs:
        found.append(("Där står ni", _stands(reader, needs)))
    if coming:
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
    return f"Störst behov hos er: {join_words(mine[:3])}. Bland alla: {most}."


def _bases(needs: Sequence[Need]) -> str:
    """The bases of the comparison, "48–50 kommuner"."""
    of = sorted({one.everybody.base for one in needs})
    return f"{number(of[0])}–{number(of[-1])} kommuner" if len(of) > 1 else f"{number(of[0])} kommuner" if of else ""


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
