"""`sekom annual`: the annual report's figures as a Word passage and a csv."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sekom_survey.found.annual.count import Told, annual_lines, annual_table, figures_of, missing_words, passages
from sekom_survey.found.annual.read import ANNUAL_FILE, read_annual
from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.model import Problem, Survey, Unusable, errors
from sekom_survey.protected import publish
from sekom_survey.protected.derived import released_facts
from sekom_survey.protected.second import refuse_another_edition
from sekom_survey.running.outputs import write_csv
from sekom_survey.text.places import report_folder
from sekom_survey.text.swedish import date_long
from sekom_survey.written.brand import Brand, read_brand
from sekom_survey.written.word.parts import Paper, heading, paragraph, table
from sekom_survey.written.word.write import open_document, write_document

HEADS = ("Uppgift", "Värde", "Dag", "Källa")


def write_annual(title: str, survey: Survey, told: tuple[Told, ...], path: Path, brand: Brand | None = None) -> None:
    """Write the passage as a Word document; equal figures give equal bytes. An invented year says so at the top."""
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    heading(paper, title, 1)
    if survey.synthetic:
        paragraph(paper, "Exempeldata. Alla uppgifter är påhittade.")
    for name, text in passages(told):
        heading(paper, name, 2)
        paragraph(paper, text)
    heading(paper, "Varje uppgift med källa och dag", 2)
    rows = [
        (one.figure.indicator.name, one.shown, date_long(one.day), one.source) for one in told if one.value is not None
    ]
    table(paper, HEADS, rows, f"Tabell med {len(rows)} uppgifter, deras värden, dagar och källor.")
    lines = missing_words(told)
    if lines:
        heading(paper, "Uppgifter som saknas", 2)
        for line in lines:
            paragraph(paper, line)
    write_document(document, title, survey.year, path)


def make_annual(folder: Path, reports: Path, as_of: date | None = None) -> tuple[list[str], list[Problem]]:
    """Write annual.docx and annual.csv to the year's reports/annual and tell them in Swedish. Raises Unusable and OSError.

    The annual report is read by anybody: of the survey it tells what is published.
    """
    path, shown = folder / ANNUAL_FILE, f"{folder.name}/{ANNUAL_FILE}"
    if not path.exists():
        todo = "Lägg annual.toml i årets mapp; kopiera exemplets och ändra det som ska vara med."
        raise Unusable([Problem("annual_missing", shown, "", "Filen finns inte.", todo)])
    outcome = goals_at(folder, as_of)
    facts = outcome.facts
    declared, found = read_annual(path, shown, facts.survey.questionnaire)
    brand, faults = read_brand(folder, folder.name)
    problems = [*outcome.problems, *found, *faults]
    if declared is None or errors(problems):
        raise Unusable(problems)
    shown_year = publish(facts.year)[0] if facts.year else None
    if shown_year:
        refuse_another_edition(report_folder(folder, reports), shown_year.estimates)
    told = figures_of(declared, released_facts(facts, shown_year))
    home = report_folder(folder, reports) / "annual"
    home.mkdir(parents=True, exist_ok=True)
    write_csv(annual_table(told), home / "annual.csv")
    write_annual(declared.title, facts.survey, told, home / "annual.docx", brand)
    return [*annual_lines(declared.title, told), "", f"{home} är skriven: annual.docx och annual.csv."], problems
