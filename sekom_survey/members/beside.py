"""A member's own answers in words, and beside the published numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.counted.choices import choices_of
from sekom_survey.members.compared import Compared, Count
from sekom_survey.members.readers import Reader
from sekom_survey.model import ANSWERED, NPS, RATING, Frame, Item
from sekom_survey.text.swedish import count_of, lower_first, number

Given = Mapping[str, Sequence[tuple[str, float]]]
"""Item -> the options chosen, each with its value."""


@dataclass(frozen=True)
class OwnAnswer:
    """An answer in words; on a scale also which step of how many it is, 0 of 0 outside it, and whether it counts as high."""

    words: str
    step: int = 0
    steps: int = 0
    high: bool = False


def given_by_role(frame: Frame) -> dict[tuple[str, str], Given]:
    """Everything that each role of a member has answered: (member, role) -> its answers."""
    found: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    rows = frame.by_role.table[frame.by_role.table["state"] == ANSWERED]
    for row in rows[["member_id", "role", "item", "option", "value"]].itertuples(index=False):
        found[str(row.member_id), str(row.role)][str(row.item)].append((str(row.option), float(row.value)))
    return dict(found)


def said(item: Item, given: Given) -> OwnAnswer | None:
    """The answer to one item; None when there is none."""
    answers = given.get(item.id, ())
    if not answers:
        return None
    option, value = answers[0]
    if item.kind in (RATING, NPS):
        return OwnAnswer(f"{number(value, 0 if value == int(value) else 1)} av {item.high or 10}")
    labels = [one.label for one in item.inside]
    if option in labels:
        return _on_scale(item, labels, labels.index(option))
    return OwnAnswer(lower_first(option)) if option else None


def _on_scale(item: Item, labels: Sequence[str], place: int) -> OwnAnswer:
    high = labels[place] in choices_of(item)[0].options
    return OwnAnswer(lower_first(labels[place]), place + 1, len(labels), high)


NEEDS, PRIORITIES = 5, 3


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
    own: OwnAnswer | None
    everybody: Bar
    group: Bar | None


@dataclass(frozen=True)
class Shared:
    """Something the member has in common with others: what, and how many of how many, itself counted in."""

    name: str
    bar: Bar


def needs_of(reader: Reader, compared: Sequence[Compared], given: Given) -> tuple[Need, ...]:
    """The greatest needs, each with the own answer beside all and the own size class."""
    found = []
    for one in compared:
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


def group_name_of(reader: Reader, needs: Sequence[Need]) -> str:
    """ "Små kommuner", when anything is told of them; else nothing."""
    return f"{reader.size} kommuner" if any(one.group for one in needs) else ""


def yes_words(needs: Sequence[Compared]) -> str:
    """What the counts are counts of: "ganska stort behov eller mycket stort behov"."""
    said_as = [tuple(lower_first(label) for label in choices_of(one.item)[0].options) for one in needs[:1]]
    return " eller ".join(said_as[0]) if said_as else ""


def satisfaction_of(compared: Compared | None, given: Given) -> tuple[str, str] | None:
    """The own value, "" without one, beside the mean of all; nothing where the mean is not published."""
    if compared is None or compared.mean is None:
        return None
    own = said(compared.item, given)
    value, base = compared.mean
    return (own.words if own else ""), f"{number(value, 1)} i snitt bland {number(base)} kommuner"


def priorities_of(compared: Compared | None, given: Given) -> tuple[Shared, ...]:
    """The themes that the member has chosen and how many have, the most shared first."""
    if compared is None:
        return ()
    chosen = dict.fromkeys(option for option, _ in given.get(compared.item.id, ()))
    told = [(option, compared.total[option]) for option in chosen if option in compared.total]
    told.sort(key=lambda one: -one[1][0])
    return tuple(Shared(option, Bar(*count)) for option, count in told[:PRIORITIES])


def bases_of(needs: Sequence[Need]) -> str:
    """The bases of the comparison, "48–50 kommuner"."""
    of = sorted({one.everybody.base for one in needs})
    return f"{number(of[0])}–{number(of[-1])} kommuner" if len(of) > 1 else f"{number(of[0])} kommuner" if of else ""
