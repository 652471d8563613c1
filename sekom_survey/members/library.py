"""The good examples as they may be shown on a day: each with whose it is, as far as that one has agreed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sekom_survey.coding.codebook import Codebook, Theme
from sekom_survey.counted.segment import LANDSDEL, SIZE, segment_table
from sekom_survey.counted.year import Year
from sekom_survey.found.coming import keys
from sekom_survey.found.engagement.membership import members_on
from sekom_survey.found.examples import CONTACT, GoodExample, replications
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.themes import FIT_AT_LEAST, Themes
from sekom_survey.model import Member
from sekom_survey.text.swedish import lower_first, sort_key

SOMEBODY = "en medlem"


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

    One without a name tells its group where five who are members that day share it, and neither link nor award: a link leads
    to the member's own pages, and who was awarded everybody knows.
    """
    examples, members, day = facts.examples or (), year.wave.members, facts.as_of
    table = segment_table(members, year.survey.size_classes).set_index("member_id")
    places = {str(id): (str(row[SIZE]), str(row[LANDSDEL])) for id, row in table[[SIZE, LANDSDEL]].iterrows()}
    alike = Counter(places[member.member_id] for member in members_on(members, day))
    known = {member.member_id: member for member in members}
    times = Counter(id for id, _ in replications(examples))
    found = []
    for one in examples:
        if one.is_open(day):
            named, place = one.is_named(day), places[one.member_id]
            shown = place if named or alike[place] >= FIT_AT_LEAST else ("", "")
            member = known[one.member_id] if named else None
            names, topics = themes_of(one.themes, themes.codebook if themes else None)
            found.append(
                ShownExample(
                    one if named else replace(one, link="", award=None),
                    member.name if member else _group(shown),
                    member,
                    *shown,
                    names,
                    topics,
                    times[one.id],
                )
            )
    return tuple(sorted(found, key=lambda entry: (-(entry.example.award or 0), sort_key(entry.example.title))))


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
    """Those that may be shown: an example without a name does not name its member in its words."""
    names = {member.member_id: member.name for member in members}
    return tuple(entry for entry in entries if not names_itself(entry, names[entry.example.member_id]))


def names_itself(entry: ShownExample, name: str) -> bool:
    """Whether an example that is not to be named has its member's name in its words, also as an address or a tag writes it."""
    one = entry.example
    said = (
        one.title,
        one.problem,
        one.done,
        one.result,
        one.evidence,
        one.did_not_work,
        one.stage,
        one.indicator,
        *entry.themes,
    )
    parts = r"[\W_]*".join(re.findall(r"\w+", _bare(name)))
    return entry.member is None and re.search(parts, _bare(" ".join(said))) is not None


def _bare(text: str) -> str:
    """Letters without case and marks."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
