"""The pages of all members, made at once and put in place in one step."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.coming import COMING_FILE, Coming, read_coming
from sekom_survey.found.engagement.membership import members_on
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.facts import Facts, facts_of
from sekom_survey.found.goals.measure import duty_card_of
from sekom_survey.members.beside import given_by_role, greatest
from sekom_survey.members.compared import Compared, Published, compared_of, published_of, published_themes
from sekom_survey.members.fit import fitted
from sekom_survey.members.indicators import rows_of
from sekom_survey.members.library import entries_of, without_names
from sekom_survey.members.office import (
    CALLS,
    FILE,
    NEWCOMERS,
    OFFICE,
    PAGES,
    THEMES,
    Rows,
    call_rows,
    newcomer_rows,
    page_rows,
    theme_rows,
    write_office,
)
from sekom_survey.members.page import page_of
from sekom_survey.members.peers import Want, offers_of, wants_of
from sekom_survey.members.readers import Reader, readers_of
from sekom_survey.members.sheet import Known, sheet_of
from sekom_survey.members.used import occasions_of
from sekom_survey.model import NOTE, Item, Problem, Unusable, errors
from sekom_survey.protected.scan import ORDINARY_WORDS, any_of
from sekom_survey.protected.second import refuse_another_edition
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.safe_folder import beside, locked, swap
from sekom_survey.text.places import report_folder
from sekom_survey.text.swedish import number, plural

_DATA = re.compile(r"<style>.*?</style>", re.DOTALL)
MEND = "Sidorna skrivs inte. Ta bort namnet ur filen det kommer från (examples.csv, coming.csv)."


def refuse_others_names(pages: Mapping[str, str], readers: Sequence[Reader], consented: Collection[str]) -> None:
    """Raises Unusable when a page names a member that is neither its reader nor has consented to be named to others.

    The longest name that fits is the one that is meant: Region Kalmar län is not Kalmar, and Kalmar län is nobody.
    """
    names = {reader.member.name for reader in readers}
    counties = {reader.member.county for reader in readers} - names - {""}
    pattern, free = any_of(names | counties), ORDINARY_WORDS.union(consented, counties)
    leaks = [
        Problem("page_names_another", reader.file, "", f"Sidan nämner {name}, som inte har sagt ja till det.", MEND)
        for reader in readers
        for name in sorted({*pattern.findall(_DATA.sub(" ", pages[reader.file]))} - free - {reader.member.name})
    ]
    if leaks:
        raise Unusable(leaks)


MEMBERS = "members"


@dataclass(frozen=True)
class MadePages:
    """The pages with their readers, where they lie, and what to look over."""

    folder: Path
    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...]


def make_pages(folder: Path, reports: Path) -> MadePages:
    """A page for each member of a year in `reports`/<wave>/members, the last ones replaced in one step.

    Raises Unusable when the year cannot be used, has no members, or the public edition lying there is made of other answers.
    """
    year = analyse(folder)
    refuse_without_members(year)
    found = Findings(year)
    known, published, problems = known_of(found, PublicFindings(found))
    home = report_folder(folder, reports)
    refuse_another_edition(home, published.estimates)
    readers = readers_of(year, published.frame.members, known.day)
    pages = {reader.file: page_of(fitted(sheet_of(reader, known)), known) for reader in readers}
    refuse_others_names(pages, readers, named(known))
    with locked(home), beside(home) as work:
        target = work / MEMBERS
        target.mkdir()
        for name, page in pages.items():
            (target / name).write_text(page, encoding="utf-8")
        swap(target, home / MEMBERS)
        office = work / OFFICE
        office.mkdir()
        write_office(office / FILE, _lists(year, known, readers), year.survey.year)
        swap(office, home / OFFICE)
    return MadePages(home / MEMBERS, readers, problems)


def _lists(year: Year, known: Known, readers: Sequence[Reader]) -> dict[str, tuple[Sequence[str], Rows]]:
    """What the secretariat gets beside the pages, by the name of its sheet."""
    wants = [want for mine in known.wants.values() for want in mine]
    return {
        "Teman": (THEMES, theme_rows(wants, known.offers, known.members)),
        "Ring": (CALLS, call_rows(known.examples, known.members)),
        "Nya medlemmar": (NEWCOMERS, newcomer_rows(year, known.members, known.day)),
        "Utskick": (PAGES, page_rows(readers)),
    }


def named(known: Known) -> frozenset[str]:
    """The members that have agreed to be named to others: in an example, or to be called."""
    called = {
        known.members[one.member_id].name for one in known.offers if one.agreed and one.member_id in known.members
    }
    return frozenset(called | {entry.member.name for entry in known.entries if entry.member})


def refuse_without_members(year: Year) -> None:
    """Raises Unusable for a survey whose unit is the person: there are no members to make pages for."""
    if not year.survey.of_members or not year.wave.members:
        found = "Enkäten räknar varje svar för sig och har ingen medlemslista, så det finns inga medlemssidor att göra."
        todo = "Medlemssidor görs för år med medlemslista (members.csv)."
        raise Unusable([Problem("members_none", year.wave.name, "", found, todo)])


def known_of(found: Findings, public: PublicFindings) -> tuple[Known, Published, tuple[Problem, ...]]:
    """What all pages are made of, the published tables it rests on, and what to look over. Raises Unusable for faults in the year's files."""
    year, questionnaire = found.year, found.year.wave.questionnaire
    facts, coming, problems = _files(year)
    published = published_of(found, public)
    needs, others = questionnaire.measured("need"), [
        item for name in ("satisfaction", "priorities") for item in questionnaire.measured(name)
    ]  # fmt: skip
    told = compared_of(published, [*needs, *others])
    shown = without_names(entries_of(year, found.themes, facts), year.wave.members)
    now = members_on(year.wave.members, facts.as_of)
    known = Known(
        survey=year.survey,
        day=facts.as_of,
        needs=greatest(told, needs),
        satisfaction=_one(told, questionnaire.measured("satisfaction")),
        priorities=_one(told, questionnaire.measured("priorities")),
        coming=coming,
        log=occasions_of(facts.this_year) if facts.logged else None,
        duties=duty_card_of(facts),
        given=given_by_role(year.frame),
        challenges=_challenges(found, public, published),
        wants=_by_role(wants_of(year, found.themes)),
        offers=offers_of(year, found.themes, found.indicators, shown),
        entries=shown,
        examples=facts.examples or (),
        members={member.member_id: member for member in now},
        standings=rows_of(found.indicators, year.survey.size_classes) if found.indicators else {},
    )
    return known, published, problems


def _files(year: Year) -> tuple[Facts, tuple[Coming, ...], tuple[Problem, ...]]:
    folder = year.wave.folder
    facts, problems = facts_of(folder, year, None)
    coming, faults = read_coming(folder / COMING_FILE, f"{year.wave.name}/{COMING_FILE}")
    problems = [*problems, *faults]
    if facts is None or errors(problems):
        raise Unusable(problems)
    return facts, coming, tuple(one for one in problems if one.level != NOTE)


def _challenges(found: Findings, public: PublicFindings, published: Published) -> Compared | None:
    items = found.year.wave.questionnaire.measured("challenge")
    tables = published_themes(found, public, published.frame) if items else None
    if tables is None:
        return None
    wanted = [item for item in tables.survey.questionnaire.items if item.id == items[0].id]
    return _one(compared_of(tables, wanted), items)


def _one(told: Mapping[str, Compared], items: Sequence[Item]) -> Compared | None:
    return told.get(items[0].id) if items else None


def _by_role(wants: Sequence[Want]) -> dict[tuple[str, str], tuple[Want, ...]]:
    found: dict[tuple[str, str], list[Want]] = defaultdict(list)
    for want in wants:
        found[want.member_id, want.role].append(want)
    return {key: tuple(mine) for key, mine in found.items()}


def lines_of(made: MadePages) -> list[str]:
    """What was made, in Swedish."""
    members = len({reader.member.member_id for reader in made.readers})
    silent = sum(not reader.role for reader in made.readers)
    both = len(made.readers) - members
    return [
        f"{number(len(made.readers))} {plural(len(made.readers), 'sida', 'sidor')} för {number(members)} {plural(members, 'medlem', 'medlemmar')} "
        f"ligger i {made.folder}.",
        f"{number(silent)} har inte svarat på enkäten; {number(both)} har två sidor, en för varje roll som svarat.",
        f"Vem som bör prata med vem, vem som ska ringas och vilken sida som går till vem står i {made.folder.with_name(OFFICE) / FILE}.",
        "Varje sida är för sin medlem: den visar medlemmens egna svar. Öppna den i webbläsaren och skriv ut den, eller skicka filen.",
    ]
