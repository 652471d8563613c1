"""The command line: parse, call, print."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sekom_survey import __version__

if TYPE_CHECKING:
    from sekom_survey.model import Problem
    from sekom_survey.run import Outcome

USER_CAN_MEND = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sekom")
def main() -> None:
    """Från årets enkätfil till rapport.

    WAVE är ett år under surveys/ (till exempel exempel/2026) eller en mapp.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal or file that cannot show a dash is no reason to stop


@main.command()
@click.argument("wave")
@click.option("--reports", type=click.Path(path_type=Path), help="Mapp för rapporterna; annars reports/.")
@click.option(
    "--build",
    type=click.Choice(["internal", "public", "both"]),
    default="both",
    show_default=True,
    help="Vilken rapport.",
)
def run(wave: str, reports: Path | None, build: str) -> None:
    """Gör årets rapport: tabeller, figurer, webbsida."""
    from sekom_survey.model import Unusable
    from sekom_survey.places import REPORTS
    from sekom_survey.run import BOTH
    from sekom_survey.run import run as run_year

    try:
        outcome = run_year(_folder(wave), reports or REPORTS, click.echo, BOTH if build == "both" else (build,))
    except Unusable as stop:
        _stop(stop.problems)
    except PermissionError as error:
        _stop([_not_writable(error)])
    _tell(outcome)
    if outcome.failures:
        sys.exit(1)


@main.command()
@click.argument("wave")
def check(wave: str) -> None:
    """Läs årets mapp och visa vad som finns, saknas och behöver ses över. Skriver ingenting."""
    from sekom_survey.folder_check import folder_lines
    from sekom_survey.form_report import form_lines
    from sekom_survey.model import Unusable
    from sekom_survey.summary import check_lines
    from sekom_survey.year import read_year

    folder: Path | None = None
    try:
        folder = _folder(wave)
        year, export, responses, problems = read_year(folder)
    except Unusable as stop:
        for line in folder_lines(folder) + form_lines(folder) if folder else ():
            click.echo(line)
        _stop(stop.problems)
    for line in [*folder_lines(folder), *form_lines(folder), "", *check_lines(year, export, responses)]:
        click.echo(line)
    _print_problems(problems)


@main.command()
@click.argument("wave")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Dagen målen mäts, som 2026-08-31; annars den sista som loggen eller enkäten känner.",
)
@click.option("--reports", type=click.Path(path_type=Path), help="Mapp för rapporterna; annars reports/.")
def goals(wave: str, as_of: datetime | None, reports: Path | None) -> None:
    """Följ upp målen en viss dag, också utan ny enkät. Skriver goals.csv i årets interna rapportmapp."""
    from sekom_survey.goals.outcome import goals_at
    from sekom_survey.goals.table import write_goals_csv
    from sekom_survey.goals.text import goal_lines
    from sekom_survey.model import Unusable
    from sekom_survey.places import REPORTS, report_folder

    try:
        folder = _folder(wave)
        outcome = goals_at(folder, as_of.date() if as_of else None)
    except Unusable as stop:
        _stop(stop.problems)
    for line in goal_lines(outcome):
        click.echo(line)
    name = f"goals-{outcome.as_of.isoformat()}.csv"
    path = report_folder(folder, reports or REPORTS) / "internal" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_goals_csv(outcome, path)
    _print_problems(outcome.problems)
    click.echo(f"\n{path} är skriven.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--codebook", required=True, type=click.Path(path_type=Path), help="Kodboken, en TOML-fil.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Filen som skrivs; annars <FILE>-teman.csv.")
def suggest(file: Path, codebook: Path, output: Path | None) -> None:
    """Föreslå teman för en csv med kolumnerna id, question och text."""
    from sekom_survey.coding.suggest_file import suggest_file
    from sekom_survey.model import errors

    out = output or file.with_name(f"{file.stem}-teman.csv")
    problems = suggest_file(file, codebook, out)
    if errors(problems):
        _stop(problems)
    _print_problems(problems)
    click.echo(f"{out} är skriven. Förslagen är inte granskade.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--draft", type=click.Path(path_type=Path), help="Skriv ett utkast till survey.toml här.")
def inspect(file: Path, draft: Path | None) -> None:
    """Visa vad en okänd enkätfil innehåller."""
    from sekom_survey.inspect_export import draft_survey, inspect_file, inspection_lines

    export, problems = inspect_file(file, file.name)
    if export is None:
        _stop(problems)
    for line in inspection_lines(export, problems):
        click.echo(line)
    if draft is not None:
        if draft.exists():
            _stop([_exists(draft)])
        draft.write_text(draft_survey(export), encoding="utf-8", newline="\n")
        click.echo(f"\nUtkastet ligger i {draft}. Gå igenom varje fråga innan du använder det.")


@main.command()
@click.argument("wave")
@click.option("--against", type=click.Path(path_type=Path), help="En annan kodbok: visa vilka svar som byter tema.")
@click.option(
    "--from-codes",
    type=click.Path(path_type=Path),
    help="En kodbok från ett annat program (.qdc, eller csv med name och description).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("codebook-utkast.toml"),
    help="Filen som --from-codes skriver.",
)
def codebook(wave: str, against: Path | None, from_codes: Path | None, output: Path) -> None:
    """Granska årets kodbok: fel, ankarsvar och vad varje term träffar."""
    from sekom_survey.coding_commands import codebook_lines, draft_codebook
    from sekom_survey.model import Unusable

    try:
        lines, problems = draft_codebook(from_codes, output) if from_codes else codebook_lines(_folder(wave), against)
    except Unusable as stop:
        _stop(stop.problems)
    for line in lines:
        click.echo(line)
    _print_problems(problems)


@main.command()
@click.argument("wave")
@click.option("--import", "workbook", type=click.Path(path_type=Path), help="En ifylld granskningsfil att läsa in.")
@click.option("--coder", help="Dina initialer; krävs med --import.")
@click.option(
    "--blind", type=click.IntRange(1, 100), help="Skriv ett slumpat antal procent utan förslag, för dubbelkodning."
)
@click.option(
    "--exchange",
    is_flag=True,
    help="Skriv kodbok (.qdc) och kodade svar (.qdpx) för NVivo, MAXQDA, ATLAS.ti och QualCoder.",
)
@click.option("--reports", type=click.Path(path_type=Path), help="Mapp för rapporterna; annars reports/.")
def review(
    wave: str, workbook: Path | None, coder: str | None, blind: int | None, exchange: bool, reports: Path | None
) -> None:
    """Skriv fritextsvaren till en Excelfil att granska, eller läs in den ifyllda."""
    from sekom_survey.coding_commands import export_exchange, export_review, import_file
    from sekom_survey.model import Unusable
    from sekom_survey.places import REPORTS

    home = reports or REPORTS
    try:
        if workbook is not None:
            lines, problems = import_file(_folder(wave), workbook, coder or "")
        elif exchange:
            lines, problems = export_exchange(_folder(wave), home)
        else:
            lines, problems = export_review(_folder(wave), home, blind)
    except Unusable as stop:
        _stop(stop.problems)
    except PermissionError as error:
        _stop([_not_writable(error)])
    _print_problems(problems)
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("wave")
@click.option("--from", "source", required=True, help="Förra året, som 2026.")
def new(wave: str, source: str) -> None:
    """Öppna ett nytt år efter förra året, med en checklista att följa."""
    from sekom_survey.model import Unusable
    from sekom_survey.next_year import new_year, year_folder
    from sekom_survey.places import SURVEYS

    try:
        lines = new_year(year_folder(wave, SURVEYS), _folder(source))
    except Unusable as stop:
        _stop(stop.problems)
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("before")
@click.argument("after")
@click.option("--reports", type=click.Path(path_type=Path), help="Mapp för rapporterna; annars reports/.")
def diff(before: str, after: str, reports: Path | None) -> None:
    """Visa vad som skiljer två körningar eller två år, och varför."""
    from sekom_survey.differences import diff_lines
    from sekom_survey.model import Unusable
    from sekom_survey.past_run import find_run
    from sekom_survey.places import REPORTS, SURVEYS

    try:
        lines = diff_lines(*(find_run(name, reports or REPORTS, SURVEYS) for name in (before, after)))
    except Unusable as stop:
        _stop(stop.problems)
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("wave")
@click.option("--confirm", is_flag=True, help="Radera det som ska gallras; utan flaggan visas bara vad som skulle ske.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Räkna gallringstiden till den här dagen.")
@click.option("--reports", type=click.Path(path_type=Path), help="Mapp för rapporterna; annars reports/.")
def erase(wave: str, confirm: bool, today: datetime | None, reports: Path | None) -> None:
    """Gallra råfil och personuppgifter när tiden är ute; publicerade siffror finns kvar."""
    from sekom_survey.erase import erase as erase_year
    from sekom_survey.model import Unusable
    from sekom_survey.places import REPORTS

    day = today.date() if today else datetime.now().date()
    try:
        lines = erase_year(_folder(wave), day, confirm, reports or REPORTS)
    except Unusable as stop:
        _stop(stop.problems)
    for line in lines:
        click.echo(line)


def _exists(path: Path) -> Problem:
    from sekom_survey.model import Problem

    return Problem("file_exists", str(path), "", "Filen finns redan.", "Välj ett annat namn, eller flytta undan den.")


def _folder(wave: str) -> Path:
    from sekom_survey.load import find_wave
    from sekom_survey.places import SURVEYS

    return find_wave(wave, SURVEYS)


def _not_writable(error: OSError) -> Problem:
    from sekom_survey.model import Problem

    return Problem(
        "not_writable",
        str(error.filename or ""),
        "",
        "Filen eller mappen går inte att skriva i.",
        "Stäng filen om den är öppen i Excel eller Word, eller välj en annan mapp med --reports.",
    )


def _stop(problems: Iterable[Problem]) -> NoReturn:
    _print_problems(problems)
    click.echo("\nInget har skrivits. Rätta det som står under FEL och kör igen.", err=True)
    sys.exit(USER_CAN_MEND)


def _print_problems(problems: Iterable[Problem]) -> None:
    from sekom_survey.summary import problem_lines

    for line in problem_lines(problems):
        click.echo(line, err=True)


def _tell(outcome: Outcome) -> None:
    from sekom_survey.summary import failure_lines, made_lines

    _print_problems(outcome.year.problems)
    lines = (
        failure_lines(outcome.failures, outcome.folders[0])
        if outcome.failures
        else made_lines(outcome.folders, outcome.year.problems)
    )
    for line in lines:
        click.echo(line)
