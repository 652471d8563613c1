"""The library of good examples as one page to search, a table and a Word list; what may not be shown is not in any of them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from docx import Document
from markupsafe import Markup

from sekom_survey.counted.segment import LANDSDELAR
from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.examples import ASK, EXAMPLES_FILE, OPEN, GoodExample
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.facts import Facts, facts_of
from sekom_survey.members.library import ShownExample, entries_of, points_at, without_names
from sekom_survey.members.page import SEARCH, environment, own_file
from sekom_survey.members.propose import propose
from sekom_survey.model import WARNING, Problem, Unusable, errors
from sekom_survey.running.outputs import write_csv
from sekom_survey.running.safe_folder import beside, locked, swap
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.text.places import report_folder
from sekom_survey.text.swedish import date_long, lower_first, number, plural, sentence_case, sort_key
from sekom_survey.written.brand import Brand, read_brand
from sekom_survey.written.office.package import describe, safe_text, write_package
from sekom_survey.written.page.template import script_hash
from sekom_survey.written.word.styles import prepare

EXAMPLES = "examples"
COLUMNS = ("title", "who", "size", "landsdel", "themes", "indicator", "problem", "done", "result", "evidence", "cost", "did_not_work",
           "stage", "copied", "contact", "link", "award")  # fmt: skip
TOLD = (("problem", "Problemet"), ("done", "Det här gjordes"), ("result", "Resultat"), ("evidence", "Så vet vi det"), ("cost", "Kostnad"),
        ("did_not_work", "Det här fungerade inte"), ("stage", "Läge"))  # fmt: skip


@dataclass(frozen=True)
class MadeLibrary:
    """The library made: where it lies, what is in it, how many rows were proposed, what is not shown and why, and remarks."""

    folder: Path
    entries: tuple[ShownExample, ...]
    proposed: int
    waiting: int
    expired: int
    problems: tuple[Problem, ...]


def make_examples(folder: Path, reports: Path, proposing: bool) -> MadeLibrary:
    """The library of a year in `reports`/<wave>/examples, replaced in one step; first with new proposals when `proposing`.

    Raises Unusable when the year or its examples.csv cannot be used, or there is none.
    """
    year = analyse(folder)
    themes = Findings(year).themes
    added = propose(year, themes) if proposing else 0
    facts, problems = facts_of(folder, year, None)
    if facts is None or errors(problems):
        raise Unusable(problems)
    if facts.examples is None:
        raise Unusable([_no_ledger(year)])
    agreed = entries_of(year, themes, facts)
    entries = without_names(agreed, year.wave.members)
    problems = [problem for problem in problems if problem.file.endswith(EXAMPLES_FILE)]
    names = {member.member_id: member.name for member in year.wave.members}
    problems += [_points_at(one, names) for one in agreed if one not in entries]
    home = report_folder(folder, reports)
    with locked(home), beside(home) as work:
        target = work / EXAMPLES
        target.mkdir()
        (target / "examples.html").write_text(page_of(entries, year, facts.as_of), encoding="utf-8")
        write_csv(table_of(entries), target / "examples.csv")
        write_list(entries, year, facts.as_of, target / "examples.docx", read_brand(folder, year.wave.name)[0])
        swap(target, home / EXAMPLES)
    return MadeLibrary(home / EXAMPLES, entries, added, *_aside(facts), tuple(problems))


def _points_at(entry: ShownExample, names: Mapping[str, str]) -> Problem:
    todo = (
        "Skriv om texten"
        + ("" if entry.member else ", eller be om samtycke med namn")
        + ". Exemplet visas inte förrän dess."
    )
    found = f"Exemplet {'får' if entry.member else 'är anonymt och får'} inte innehålla ”{points_at(entry, names)}”."
    return Problem("example_names", EXAMPLES_FILE, entry.example.id, found, todo, WARNING)


def _no_ledger(year: Year) -> Problem:
    todo = "Kör sekom examples med --propose, som gör filen av styrkor som får spridas, eller lägg den i årets mapp."
    return Problem(
        "examples_missing", f"{year.wave.name}/{EXAMPLES_FILE}", "", "Det finns inga goda exempel i årets mapp.", todo
    )


def _aside(facts: Facts) -> tuple[int, int]:
    """How many wait for a yes, and how many have one that has run out."""
    examples: tuple[GoodExample, ...] = facts.examples or ()
    gone = sum(one.consent in OPEN and bool(one.consent_until and one.consent_until < facts.as_of) for one in examples)
    return sum(one.consent == ASK for one in examples), gone


def page_of(entries: Sequence[ShownExample], year: Year, day: date) -> str:
    """One page that needs nothing else; its few lines of script search and filter, and without them all stands there."""
    themes = sorted({theme for entry in entries for theme in entry.themes}, key=sort_key)
    sizes = [name for name in year.survey.size_classes.names if any(entry.size == name for entry in entries)]
    places = [name for name in LANDSDELAR if any(entry.landsdel == name for entry in entries)]
    search = own_file(SEARCH)
    choices = [("theme", "Tema", themes), ("size", "Kommunstorlek", sizes), ("landsdel", "Landsdel", places)]
    return environment().from_string(own_file("examples.html.j2")).render(
        entries=entries, day=day, year=year.survey.year, synthetic=year.survey.synthetic, association=year.survey.association,
        copied=sum(entry.copied for entry in entries), choices=[one for one in choices if one[2]], told=told_of,
        font_css=Markup(embedded_css()), css=Markup(own_file("examples.css")), script=Markup(search), script_hash=script_hash(search),
    )  # fmt: skip


def told_of(entry: ShownExample) -> list[tuple[str, str]]:
    """What is told of an example: name and words, each only where there is something."""
    told = [(name, getattr(entry.example, field)) for field, name in TOLD]
    told.append(
        (
            "Infört av andra",
            f"{number(entry.copied)} {plural(entry.copied, 'medlem', 'medlemmar')}" if entry.copied else "",
        )
    )
    told.append(("Fråga", entry.contact and f"{entry.contact}; kansliet har numret"))
    return [(name, words) for name, words in told if words]


def table_of(entries: Sequence[ShownExample]) -> pd.DataFrame:
    """The examples as a table, with COLUMNS; no id, which may say whose an example without a name is."""
    rows = [
        {name: getattr(entry.example, name, "") for name in COLUMNS}
        | {"who": entry.who, "size": entry.size, "landsdel": entry.landsdel, "themes": "; ".join(entry.themes), "copied": entry.copied,
           "contact": entry.contact, "award": str(entry.example.award or "")}
        for entry in entries
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write_list(entries: Sequence[ShownExample], year: Year, day: date, path: Path, brand: Brand | None) -> None:
    """The examples as a Word list, a heading each; equal examples give equal bytes."""
    document = Document()
    prepare(document, brand or Brand(), own=True)
    title = f"Goda exempel {year.survey.year}"
    document.add_paragraph(title, style="Title")
    invented = " Exempeldata: medlemmar och exempel är påhittade." if year.survey.synthetic else ""
    document.add_paragraph(
        f"{number(len(entries))} exempel från medlemmarna, {date_long(day)}.{invented}", style="Subtitle"
    )
    for entry in entries:
        award = f", Årets SEKOM-initiativ {entry.example.award}" if entry.example.award else ""
        document.add_paragraph(safe_text(entry.example.title), style="Heading 2")
        document.add_paragraph(
            safe_text(", ".join([sentence_case(entry.who), *map(lower_first, entry.themes)]) + award), style="Subtitle"
        )
        for name, words in told_of(entry):
            line = document.add_paragraph(style="List Bullet")
            line.add_run(f"{name}: ").bold = True
            line.add_run(safe_text(words))
    describe(document.core_properties, title, year.survey.year)
    buffer = io.BytesIO()
    document.save(buffer)
    write_package(buffer.getvalue(), path)


def lines_of(made: MadeLibrary) -> list[str]:
    """What was made, in Swedish."""
    shown = f"{number(len(made.entries))} exempel visas. De ligger i {made.folder}."
    aside = f"{number(made.waiting)} väntar på ett ja (de står på kansliets ringlista, som sekom members gör), {number(made.expired)} har ett ja som gått ut."
    proposed = f"{number(made.proposed)} nya rader är föreslagna i {EXAMPLES_FILE}. Redigera dem för hand; de skrivs aldrig över."
    return [*([proposed] if made.proposed else []), shown, aside]
