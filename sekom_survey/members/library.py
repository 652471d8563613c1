"""The good examples as they may be shown on a day: each with whose it is, as far as that one has agreed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sekom_survey.coding.codebook import Codebook, Theme
from sekom_survey.counted.segment import LANDSDEL, SIZE, segment_table
from sekom_survey.counted.year import Year
from sekom_survey.found.coming import keys
from sekom_survey.found.engagement.membership import members_on
from sekom_survey.found.examples import CONTACT, GoodExample, replications
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.themes import Themes
from sekom_survey.model import Member
from sekom_survey.protected.worlds import FEWEST, INSIDERS
from sekom_survey.text.redact import WEB, redact
from sekom_survey.text.swedish import lower_first, sort_key

SOMEBODY = "en medlem"
Group = tuple[str, str, str]


@dataclass(frozen=True)
class ShownExample:
    """An example to be shown: `who` in words, `member` when it may be named, its group as far as that fits enough members.

    `themes` are the names of its themes, `topics` all that a member may want that it answers, `copied` how many have done the same.
    """

    example: GoodExample
    who: str
    member: Member | None
    size: str
    landsdel: str
    themes: tuple[str, ...]
    topics: frozenset[str]
    copied: int

    @property
    def contact(self) -> str:
        """Whom to ask for, when other members may call; "" otherwise."""
        return (self.example.contact_role or "kontaktpersonen") if self.example.consent == CONTACT else ""


def entries_of(year: Year, themes: Themes | None, facts: Facts) -> tuple[ShownExample, ...]:
    """The examples that somebody has agreed to on the day of the facts, the initiatives of the year first, then by title.

    One without a name tells neither link nor award: a link leads to the member's own pages, and who was awarded everybody knows.
    Its group it tells where nothing follows of fewer than five members of it: `_hides`.
    """
    examples, members, day = facts.examples or (), year.wave.members, facts.as_of
    groups = _groups_of(members, year)
    told = [one for one in examples if one.is_open(day)]
    hiding = _hides(told, groups, members_on(members, day), day)
    known = {member.member_id: member for member in members}
    times = Counter(id for id, _ in replications(examples))
    found = []
    for one in told:
        named, group = one.is_named(day), groups[one.member_id]
        shown = group[1:] if named or group in hiding else ("", "")
        member = known[one.member_id] if named else None
        names, topics = themes_of(one.themes, themes.codebook if themes else None)
        who, example = (member.name, one) if member else (_group(shown), replace(one, link="", award=None))
        found.append(ShownExample(example, who, member, *shown, names, topics, times[one.id]))
    return tuple(sorted(found, key=lambda entry: (-(entry.example.award or 0), sort_key(entry.example.title))))


def _groups_of(members: Sequence[Member], year: Year) -> dict[str, Group]:
    """The kind of member, size class and landsdel of each."""
    table = segment_table(members, year.survey.size_classes).set_index("member_id")
    kinds = {member.member_id: member.kind for member in members}
    return {
        str(id): (kinds[str(id)], str(row[SIZE]), str(row[LANDSDEL])) for id, row in table[[SIZE, LANDSDEL]].iterrows()
    }


def _hides(
    examples: Iterable[GoodExample], groups: Mapping[str, Group], members: Iterable[Member], day: date
) -> frozenset[Group]:
    """The groups of which it may be told that examples without a name come from them.

    Some of their members are named in other examples and two may compare what they have not sent in: among any four of the
    others there may still be nobody that one of the examples is from.
    """
    named = {one.member_id for one in examples if one.is_named(day)}
    alike = Counter(groups[one.member_id] for one in members if one.member_id not in named)
    unnamed = Counter(groups[one.member_id] for one in examples if not one.is_named(day))
    return frozenset(group for group, told in unnamed.items() if alike[group] - INSIDERS - (FEWEST - 1) >= told)


def _group(place: tuple[str, str]) -> str:
    """ "en av de små i Götaland", for a member that is not named."""
    return f"en av de {lower_first(place[0])} i {place[1]}" if all(place) else SOMEBODY


def themes_of(said: Iterable[str], codebook: Codebook | None) -> tuple[tuple[str, ...], frozenset[str]]:
    """Themes as somebody wrote them, to their names and to everything that they help with."""
    known = _known(codebook)
    found = [known.get(next(iter(keys([word])), ""), word) for word in said]
    names = tuple(one.name if isinstance(one, Theme) else one for one in found)
    topics = frozenset().union(*(topics_of(one, codebook) if isinstance(one, Theme) else keys([one]) for one in found))
    return names, topics


def topics_of(theme: Theme, codebook: Codebook | None) -> frozenset[str]:
    """What a member that is strong in a theme can help with: the theme itself and what its `helps` names."""
    others = [codebook.theme(name) for name in theme.helps] if codebook else []
    return keys([theme.id, theme.name, *theme.helps, *(other.name for other in others if other)])


def _known(codebook: Codebook | None) -> Mapping[str, Theme]:
    if codebook is None:
        return {}
    return {key: theme for theme in codebook.themes for key in keys([theme.id, theme.name])}


def without_names(entries: Iterable[ShownExample], members: Iterable[Member]) -> tuple[ShownExample, ...]:
    """Those that may be shown: none tells how to reach a person, and one without a name points at nobody."""
    names = {member.member_id: member.name for member in members}
    return tuple(entry for entry in entries if not points_at(entry, names))


def points_at(entry: ShownExample, names: Mapping[str, str]) -> str:
    """What in the words of an example must not be there, in Swedish; "" for nothing. `names` of the members by id.

    Contact details and identity numbers in any; in one without a name also its member's name, as an address or a tag writes it
    too, other members', persons' and web addresses.
    """
    text = "\n".join(_said(entry))
    looked = redact(text, frozenset(names.values()))
    found = [text[one.start : one.end] for one in looked.found if entry.member is None or one.kind != WEB]
    if entry.member is None and not found:
        own = names[entry.example.member_id]
        found = [own] if names_itself(entry, own) else [flag.text for flag in looked.flags if flag.certain]
    return next(iter(found), "")


def _said(entry: ShownExample) -> tuple[str, ...]:
    """All words of an example that are shown."""
    one = entry.example
    words = (one.title, one.problem, one.done, one.result, one.evidence, one.did_not_work, one.stage, one.indicator)
    return (*words, entry.contact, *entry.themes)


def names_itself(entry: ShownExample, name: str) -> bool:
    """Whether an example that is not to be named has its member's name in its words, also as an address or a tag writes it."""
    parts = r"[\W_]*".join(re.findall(r"\w+", _bare(name)))
    return entry.member is None and re.search(parts, _bare(" ".join(_said(entry)))) is not None


def _bare(text: str) -> str:
    """Letters without case and marks."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
