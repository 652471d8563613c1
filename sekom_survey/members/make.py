"""The pages of all members, made at once and put in place in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.coming import COMING_FILE, read_coming
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.facts import Facts, facts_of
from sekom_survey.found.goals.members import duty_card_of
from sekom_survey.members.compared import Compared, Published, compared_of, published_of
from sekom_survey.members.edition import refuse_another_edition
from sekom_survey.members.own import given_by_role
from sekom_survey.members.page import page_of
from sekom_survey.members.readers import Reader, readers_of
from sekom_survey.members.seen import refuse_others_names
from sekom_survey.members.sheet import Known, greatest, sheet_of
from sekom_survey.model import Item, Problem, Unusable, errors
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.safe_folder import beside, locked, swap
from sekom_survey.text.places import report_folder
from sekom_survey.text.swedish import number, plural

MEMBERS = "members"


@dataclass(frozen=True)
class Made:
    """The pages with their readers, where they lie, and what to look over."""

    folder: Path
    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...]


def make_pages(folder: Path, reports: Path) -> Made:
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
    pages = {reader.file: page_of(sheet_of(reader, known), known) for reader in readers}
    refuse_others_names(pages, readers, ())
    with locked(home), beside(home) as work:
        target = work / MEMBERS
        target.mkdir()
        for name, page in pages.items():
            (target / name).write_text(page, encoding="utf-8")
        swap(target, home / MEMBERS)
    return Made(home / MEMBERS, readers, problems)


def refuse_without_members(year: Year) -> None:
    """Raises Unusable for a survey whose unit is the person: there are no members to make pages for."""
    if year.survey.unit != "member" or not year.wave.members:
        found = "Enkäten räknar varje svar för sig och har ingen medlemslista, så det finns inga medlemssidor att göra."
        todo = "Medlemssidor görs för år med medlemslista (members.csv)."
        raise Unusable([Problem("members_none", year.wave.name, "", found, todo)])


def known_of(found: Findings, public: PublicFindings) -> tuple[Known, Published, tuple[Problem, ...]]:
    """What all pages are made of, the published tables it rests on, and what to look over. Raises Unusable for faults in the year's files."""
    year, questionnaire = found.year, found.year.wave.questionnaire
    facts, problems = facts_of(year.wave.folder, year, None)
    coming, faults = read_coming(year.wave.folder / COMING_FILE, f"{year.wave.name}/{COMING_FILE}")
    problems = [*problems, *faults]
    if facts is None or errors(problems):
        raise Unusable(problems)
    published = published_of(found, public)
    needs, others = questionnaire.measured("need"), [
        item for name in ("satisfaction", "priorities") for item in questionnaire.measured(name)
    ]  # fmt: skip
    told = compared_of(published, [*needs, *others])
    known = Known(
        survey=year.survey,
        day=facts.as_of,
        needs=greatest(told, needs),
        satisfaction=_one(told, questionnaire.measured("satisfaction")),
        priorities=_one(told, questionnaire.measured("priorities")),
        coming=coming,
        log=facts.this_year if facts.logged else None,
        duties=_duties(facts),
        given=given_by_role(year.frame),
    )
    return known, published, tuple(problems)


def _one(told: dict[str, Compared], items: Sequence[Item]) -> Compared | None:
    return told.get(items[0].id) if items else None


def _duties(facts: Facts) -> object:
    return duty_card_of(facts) if facts.logged else None


def lines_of(made: Made) -> list[str]:
    """What was made, in Swedish."""
    members = len({reader.member.member_id for reader in made.readers})
    silent = sum(not reader.role for reader in made.readers)
    both = len(made.readers) - members
    return [
        f"{number(len(made.readers))} {plural(len(made.readers), 'sida', 'sidor')} för {number(members)} {plural(members, 'medlem', 'medlemmar')} "
        f"ligger i {made.folder}.",
        f"{number(silent)} har inte svarat på enkäten; {number(both)} har två sidor, en för varje roll som svarat.",
        "Varje sida är för sin medlem: den visar medlemmens egna svar. Öppna den i webbläsaren och skriv ut den, eller skicka filen.",
    ]
