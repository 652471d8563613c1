"""Whom to talk to: who wants something, who is strong in it, and who has agreed to be called by other members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.coding.codebook import RESERVED
from sekom_survey.counted.year import Year
from sekom_survey.found.coming import keys
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.found.indicators.standing import strong_in
from sekom_survey.found.texts import respondent_keys
from sekom_survey.found.themes import Themes
from sekom_survey.members.library import ShownExample, topics_of
from sekom_survey.members.readers import ROLES
from sekom_survey.model import ANSWERED, Member
from sekom_survey.text.swedish import count_of

CALLS = 3
FROM_TEXT, FROM_CHOICE = "utmaning i egna ord", "valt tema"


@dataclass(frozen=True)
class Offer:
    """A member that is strong in a theme: the topics it helps with, how that is known, and whom to ask for.

    `agreed`: other members may be told to call.
    """

    member_id: str
    theme: str
    topics: frozenset[str]
    evidence: str
    ask_for: str
    agreed: bool


@dataclass(frozen=True)
class Want:
    """Something that a role of a member struggles with or wants: its theme or option, what it is called, how that is known."""

    member_id: str
    role: str
    theme: str
    name: str
    topics: frozenset[str]
    evidence: str


def offers_of(
    year: Year, themes: Themes | None, indicators: Indicators | None, entries: Sequence[ShownExample]
) -> tuple[Offer, ...]:
    """Everybody that is strong in something: by an example, by a strength that a person has coded, by an indicator."""
    agreed = agreed_roles(year)
    return (*_of_examples(entries), *_of_texts(year, themes, agreed), *_of_indicators(themes, indicators, agreed))


def agreed_roles(year: Year) -> frozenset[tuple[str, str]]:
    """(member, role) that have answered yes, the first option, to whether other members may be told to call them."""
    items = year.wave.questionnaire.measured("peers")
    answers = year.frame.by_role.table
    yes = [(item.id, item.options[0].label) for item in items if item.options]
    said = answers[answers["state"] == ANSWERED]
    return frozenset(
        (str(row.member_id), str(row.role))
        for item, label in yes
        for row in said[(said["item"] == item) & (said["option"] == label)].itertuples()
    )


def _of_examples(entries: Sequence[ShownExample]) -> Iterator[Offer]:
    for entry in entries:
        evidence = f"exempel: {entry.example.title}"
        for theme in entry.themes or ("",):
            yield Offer(entry.example.member_id, theme, entry.topics, evidence, entry.contact, bool(entry.contact))


def _of_texts(year: Year, themes: Themes | None, agreed: frozenset[tuple[str, str]]) -> Iterator[Offer]:
    items = {item.id for item in year.wave.questionnaire.measured("strength")}
    for member, role, theme_id in _coded(year, themes, items):
        theme = themes.codebook.theme(theme_id) if themes else None
        if theme is not None and themes is not None:
            topics = topics_of(theme, themes.codebook)
            yield Offer(member, theme.name, topics, "styrka i egna ord", ROLES.get(role, ""), (member, role) in agreed)


def _of_indicators(
    themes: Themes | None, indicators: Indicators | None, agreed: frozenset[tuple[str, str]]
) -> Iterator[Offer]:
    if themes is None or indicators is None:
        return
    shows = [(code, theme) for theme in themes.codebook.themes for code in theme.indicators]
    roles = dict(sorted(agreed, reverse=True))
    for member, code, place, of in strong_in(indicators):
        for shown, theme in shows:
            if shown == code:
                evidence = f"{indicators.figure(code).label}, plats {count_of(place, of)}"
                topics, role = topics_of(theme, themes.codebook), roles.get(member, "")
                yield Offer(member, theme.name, topics, evidence, ROLES.get(role, ""), member in roles)


def wants_of(year: Year, themes: Themes | None) -> tuple[Want, ...]:
    """What members struggle with, in texts that a person has coded, and the themes that they have chosen."""
    return (*_struggles(year, themes), *_chosen(year))


def _struggles(year: Year, themes: Themes | None) -> Iterator[Want]:
    items = {item.id for item in year.wave.questionnaire.measured("challenge")}
    for member, role, theme_id in _coded(year, themes, items):
        theme = themes.codebook.theme(theme_id) if themes else None
        if theme is not None:
            yield Want(member, role, theme.id, theme.name, keys([theme.id, theme.name]), FROM_TEXT)


def _chosen(year: Year) -> Iterator[Want]:
    answers = year.frame.by_role.table
    for item in year.wave.questionnaire.measured("priorities"):
        outside = {option.label for option in item.options if option.outside or option.exclusive}
        labels = {option.label for option in item.options} - outside
        rows = answers[(answers["item"] == item.id) & (answers["state"] == ANSWERED) & answers["option"].isin(labels)]
        for row in rows.itertuples():
            yield Want(
                str(row.member_id),
                str(row.role),
                str(row.option),
                str(row.option),
                keys([str(row.option)]),
                FROM_CHOICE,
            )


def _coded(year: Year, themes: Themes | None, items: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(member, role, theme) of every text that a person has coded."""
    if themes is None:
        return
    people = year.responses.respondents.set_index("respondent")["role"]
    roles = {key: str(people[number]) for number, key in respondent_keys(year).items()}
    for row in themes.coded[themes.coded["item"].isin(set(items)) & themes.coded["reviewed"]].itertuples():
        for theme in row.themes:
            if theme not in RESERVED:
                yield str(row.member_id), roles[row.respondent], str(theme)


def to_call(
    member: Member, wanted: frozenset[str], offers: Sequence[Offer], members: Mapping[str, Member]
) -> tuple[tuple[Member, Offer], ...]:
    """Up to three members to call, each once: they have agreed and are strong in what is wanted, the most alike first."""
    found: dict[str, Offer] = {}
    for offer in offers:
        if (
            offer.agreed
            and offer.member_id != member.member_id
            and offer.member_id in members
            and offer.topics & wanted
        ):
            found.setdefault(offer.member_id, offer)
    near = sorted(found, key=lambda other: unlike(member, members[other]))
    return tuple((members[other], found[other]) for other in near[:CALLS])


def unlike(member: Member, other: Member) -> tuple[bool, bool, float, str]:
    """How far two members are from each other: SKR group, landsdel, times larger or smaller."""
    sizes = sorted((member.population or 0, other.population or 0))
    times = sizes[1] / sizes[0] if sizes[0] else float("inf")
    return (
        not member.skr_group or member.skr_group != other.skr_group,
        member.landsdel != other.landsdel,
        times,
        other.name,
    )
