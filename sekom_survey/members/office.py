"""For the secretariat alone: who should talk to whom, whom to ring, which new member needs company, which page goes to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from sekom_survey.counted.year import Year
from sekom_survey.found.examples import ASK, GoodExample
from sekom_survey.members.peers import Offer, Want, unlike
from sekom_survey.members.readers import Reader
from sekom_survey.model import ANSWERED, Member
from sekom_survey.text.swedish import number, sort_key

OFFICE, FILE = "office", "samtal.xlsx"
WANTS, CAN = "vill ha", "kan hjälpa"
THEMES = ("Tema", "Sida", "Medlem", "Hur vi vet", "Fråga efter", "Får nämnas för andra", "SKR-grupp", "Landsdel")
CALLS = ("Exempel", "Medlem", "Fråga efter", "Svarade ja, efter kontakt", "Text")
NEWCOMERS = (
    "Ny medlem",
    "Medlem sedan",
    "Förslag på fadder",
    "Har erbjudit sig",
    "Samma SKR-grupp",
    "Samma landsdel",
    "Invånare",
)
PAGES = ("Medlem", "Svar från", "Fil")
MENTORS = 3
Rows = Sequence[Sequence[str]]


def theme_rows(wants: Sequence[Want], offers: Sequence[Offer], members: Mapping[str, Member]) -> Rows:
    """THEMES: for each theme that somebody wants, who wants it and who can help, by name."""
    topics: dict[str, frozenset[str]] = {}
    for want in wants:
        topics[want.name] = topics.get(want.name, frozenset()) | want.topics
    return [
        row
        for name in sorted(topics, key=sort_key)
        for row in (*_wanting(name, wants, members), *_helping(name, topics[name], offers, members))
    ]


def _wanting(name: str, wants: Sequence[Want], members: Mapping[str, Member]) -> Iterator[tuple[str, ...]]:
    said: dict[str, list[str]] = {}
    for want in wants:
        if want.name == name and want.member_id in members:
            said.setdefault(want.member_id, []).append(want.evidence)
    for member in sorted((members[id] for id in said), key=lambda one: sort_key(one.name)):
        yield (
            name,
            WANTS,
            member.name,
            "; ".join(dict.fromkeys(said[member.member_id])),
            "",
            "",
            member.skr_group,
            member.landsdel,
        )


def _helping(
    name: str, topics: frozenset[str], offers: Sequence[Offer], members: Mapping[str, Member]
) -> Iterator[tuple[str, ...]]:
    mine = [one for one in offers if one.topics & topics and one.member_id in members]
    for offer in dict.fromkeys(sorted(mine, key=lambda one: (not one.agreed, sort_key(members[one.member_id].name)))):
        member, agreed = members[offer.member_id], "ja" if offer.agreed else "nej, fråga först"
        yield name, CAN, member.name, offer.evidence, offer.ask_for, agreed, member.skr_group, member.landsdel


def call_rows(examples: Sequence[GoodExample], members: Mapping[str, Member]) -> Rows:
    """CALLS: the examples whose member wants to be asked before they are spread."""
    return [
        (one.title, members[one.member_id].name, one.contact_role, str(one.consent_date or ""), one.done)
        for one in examples
        if one.consent == ASK and one.member_id in members
    ]


def newcomer_rows(year: Year, members: Mapping[str, Member], day: date) -> Rows:
    """NEWCOMERS: for each that joined in this year or the last, three members that know their way, those that have offered first."""
    first = date(year.survey.year - 1, 1, 1)
    new = [one for one in members.values() if one.joined and first <= one.joined <= day]
    old = [one for one in members.values() if one not in new]
    offered = mentors(year)
    return [
        row
        for one in sorted(new, key=lambda member: sort_key(member.name))
        for row in _companions(one, sorted(old, key=lambda other: (other.member_id not in offered, unlike(one, other))), offered)
    ]  # fmt: skip


def _companions(one: Member, others: Sequence[Member], offered: frozenset[str]) -> Iterator[tuple[str, ...]]:
    for other in [other for other in others if other.kind == one.kind][:MENTORS]:
        same = bool(one.skr_group) and one.skr_group == other.skr_group
        yield (one.name, str(one.joined), other.name, _yes(other.member_id in offered), _yes(same), _yes(one.landsdel == other.landsdel),
               number(other.population) if other.population is not None else "")  # fmt: skip


def _yes(true: bool) -> str:
    return "ja" if true else "nej"


def mentors(year: Year) -> frozenset[str]:
    """The members that have offered to help a new one along, by `mentor` of [measures]."""
    condition = year.wave.questionnaire.measures.mentor
    if condition is None:
        return frozenset()
    rows = year.frame.by_role.table
    said = rows[(rows["item"] == condition.item) & (rows["state"] == ANSWERED) & rows["option"].isin(condition.options)]
    return frozenset(said["member_id"])


def page_rows(readers: Sequence[Reader]) -> Rows:
    """PAGES: which file goes to whom."""
    return [(one.member.name, one.said_as or "har inte svarat", one.file) for one in readers]


def write_office(path: Path, sheets: Mapping[str, tuple[Sequence[str], Rows]], year: int) -> None:
    """A workbook with a sheet a list, those with rows; equal lists give equal bytes."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Vem som bör prata med vem", "created": datetime(year, 1, 1)})
    head, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, (columns, rows) in sheets.items():
        if rows:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
            for at, column in enumerate(columns):
                longest = max(len(column), *(len(row[at]) for row in rows))
                sheet.set_column(at, at, min(48, longest + 3), wrap)
                sheet.write_string(0, at, column, head)
            for place, row in enumerate(rows, 1):
                for at, cell in enumerate(row):
                    sheet.write_string(place, at, cell)
    book.close()
