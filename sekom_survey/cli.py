"""The command line: parse, call, print."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sekom_survey import __version__
from sekom_survey.members.commands import examples, members
from sekom_survey.text.places import SURVEYS
from sekom_survey.upkeep.commands import annual, diff, goals
from sekom_survey.upkeep.terminal import (
    DAY,
    agreed,
    say,
    stop,
    stopping,
    tell_outcome,
    tell_problems,
    to_reports,
)
from sekom_survey.upkeep.terminal import wave_folder as _folder

if TYPE_CHECKING:
    from sekom_survey.model import Problem

SELDOM = 100_000  # a command lives for seconds: looking for garbage as often as Python does costs it a tenth
FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="KOMMANDO ...")
@click.version_option(__version__, prog_name="sekom")
def main() -> None:
    """Från årets enkätfil till rapport.

    WAVE är ett år under surveys/ (till exempel exempel/2026) eller en mapp.
    """
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)  # else the last look for garbage takes half a second of what the system takes back
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # work is shared between processes: threads would only wait
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal or file that cannot show a dash is no reason to stop


for command in (members, examples, annual, goals, diff):
    main.add_command(command)


@main.command()
@click.argument("wave")
@to_reports
@click.option(
    "--build",
    metavar="internal|public|both",
    type=click.Choice(["internal", "public", "both"]),
    default="both",
    show_default=True,
    help="Vilken rapport.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Gör om allt, också det som inte ändrats sedan förra körningen."
)
@click.option("--trust", is_flag=True, help="Kör också årets egna anteckningsböcker som inte är kända här.")
def run(wave: str, reports: Path, build: str, everything: bool, trust: bool) -> None:
    """Gör årets rapport: tabeller, figurer, webbsida, Word och PowerPoint."""
    from sekom_survey.running.run import BOTH
    from sekom_survey.running.run import run as run_year

    def asked(problem: Problem) -> bool:
        return (trust and problem.code == "notebook_unknown") or agreed(problem)

    with stopping():
        outcome = run_year(_folder(wave), reports, click.echo, BOTH if build == "both" else (build,), everything, asked)
    tell_outcome(outcome)
    if outcome.failures:
        sys.exit(1)


@main.command()
@click.argument("wave")
def check(wave: str) -> None:
    """Läs årets mapp och visa vad som finns, saknas och behöver ses över. Skriver ingenting."""
    from sekom_survey.counted.year import read_year
    from sekom_survey.model import Unusable, errors
    from sekom_survey.shown.summary import check_lines
    from sekom_survey.upkeep.before_run import run_problems
    from sekom_survey.upkeep.check import folder_lines, form_lines

    folder: Path | None = None
    try:
        folder = _folder(wave)
        year, export, responses, problems = read_year(folder)
        problems = tuple(dict.fromkeys((*problems, *run_problems(year, export))))
    except Unusable as unusable:
        say(folder_lines(folder) + form_lines(folder) if folder else ())
        stop(unusable.problems)
    say([*folder_lines(folder), *form_lines(folder, (year.survey, export)), "", *check_lines(year, export, responses)])
    if errors(problems):
        stop(problems)
    tell_problems(problems)


@main.command()
@click.argument("file", type=FILE)
@click.option("--codebook", required=True, type=FILE, metavar="FIL", help="Kodboken, en TOML-fil.")
@click.option("-o", "--output", type=FILE, metavar="FIL", help="Filen som skrivs; annars <FILE>-teman.csv.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="ANTAL", help="Antal processer; annars alla kärnor när det lönar sig."
)
def suggest(file: Path, codebook: Path, output: Path | None, jobs: int | None) -> None:
    """Föreslå teman för en csv med kolumnerna id, question och text."""
    from sekom_survey.coding.suggest_file import suggest_file
    from sekom_survey.model import errors

    out = output or file.with_name(f"{file.stem}-teman.csv")
    problems = suggest_file(file, codebook, out, jobs)
    if errors(problems):
        stop(problems)
    tell_problems(problems)
    click.echo(f"{out} är skriven. Förslagen är inte granskade.")


@main.command()
@click.argument("file", type=FILE)
@click.option("--draft", type=FILE, metavar="FIL", help="Skriv ett utkast till survey.toml här.")
@click.option("--members", type=FILE, metavar="FIL", help="Medlemslistan: visa vad det första året skulle få.")
def inspect(file: Path, draft: Path | None, members: Path | None) -> None:
    """Visa vad en okänd enkätfil innehåller."""
    from sekom_survey.text.files import write_new
    from sekom_survey.upkeep.draft import draft_survey
    from sekom_survey.upkeep.first_year.ask import looked_at

    with stopping():
        export, lines = looked_at(file, members)
    say(lines)
    if draft is not None:
        with stopping():
            write_new(draft, draft_survey(export))
        click.echo(f"\nUtkastet ligger i {draft}. Gå igenom varje fråga innan du använder det.")


@main.command()
@click.argument("wave")
@click.option("--against", type=FILE, metavar="FIL", help="En annan kodbok: visa vilka svar som byter tema.")
@click.option(
    "--copy", is_flag=True, help="Lägg kodboken som följer med verktyget i årets mapp, att göra till sin egen."
)
@click.option(
    "--from-codes",
    type=FILE,
    metavar="FIL",
    help="En kodbok från ett annat program (.qdc, eller csv med name och description).",
)
@click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="FIL",
    default=Path("codebook-utkast.toml"),
    help="Filen som --from-codes skriver.",
)
def codebook(wave: str, against: Path | None, copy: bool, from_codes: Path | None, output: Path) -> None:
    """Granska årets kodbok: fel, ankarsvar och vad varje term träffar."""
    from sekom_survey.upkeep.review import codebook_lines, copy_codebook, draft_codebook

    with stopping():
        lines, problems = (
            copy_codebook(_folder(wave))
            if copy
            else draft_codebook(from_codes, output)
            if from_codes
            else codebook_lines(_folder(wave), against)
        )
    say(lines)
    tell_problems(problems)


@main.command()
@click.argument("wave")
@click.option("--import", "workbook", type=FILE, metavar="FIL", help="En ifylld granskningsfil att läsa in.")
@click.option("--coder", metavar="INITIALER", help="Dina initialer; krävs med --import.")
@click.option(
    "--blind",
    type=click.IntRange(1, 100),
    metavar="PROCENT",
    help="Skriv ett slumpat antal procent utan förslag, för dubbelkodning.",
)
@click.option(
    "--exchange",
    is_flag=True,
    help="Skriv kodbok (.qdc) och kodade svar (.qdpx) för NVivo, MAXQDA, ATLAS.ti och QualCoder.",
)
@to_reports
def review(
    wave: str, workbook: Path | None, coder: str | None, blind: int | None, exchange: bool, reports: Path
) -> None:
    """Skriv fritextsvaren till en Excelfil att granska, eller läs in den ifyllda."""
    from sekom_survey.upkeep.review import export_exchange, export_review, import_file

    with stopping():
        if workbook is not None:
            lines, problems = import_file(_folder(wave), workbook, coder or "", reports)
        elif exchange:
            lines, problems = export_exchange(_folder(wave), reports)
        else:
            lines, problems = export_review(_folder(wave), reports, blind)
    tell_problems(problems)
    say(lines)


@main.command()
@click.argument("wave")
@click.option("--from", "source", metavar="WAVE", help="Förra året, som 2026.")
@click.option("--export", type=FILE, metavar="FIL", help="Första året: filen med svaren, som den laddades ner.")
@click.option(
    "--members",
    type=FILE,
    metavar="FIL",
    help="Första året: medlemslistan, i Excel eller csv. Utan den svarar var och en för sig.",
)
def new(wave: str, source: str | None, export: Path | None, members: Path | None) -> None:
    """Öppna ett nytt år: efter förra året, eller det första av en enkätfil och en medlemslista."""
    from sekom_survey.upkeep.first_year.plan import create, plan
    from sekom_survey.upkeep.next_year import new_folder, new_year

    if bool(source) == bool(export):
        raise click.UsageError("Ange --export (och --members) för det första året, annars --from.")
    with stopping():
        target = new_folder(wave, SURVEYS)
        if export is None:
            lines = new_year(target, _folder(source or ""))
        else:
            first = plan(export, members, int(target.name))
            lines = create(first, target)
            tell_problems(first.problems)
    say(lines)


@main.command()
@click.argument("wave")
def confirm(wave: str) -> None:
    """Gå igenom det som är gissat i årets survey.toml: bekräfta med Retur, eller ändra."""
    from sekom_survey.upkeep.first_year.ask import confirm_places

    with stopping():
        say(confirm_places(_folder(wave)))


@main.command()
@click.argument("wave")
@click.option("--confirm", is_flag=True, help="Radera det som ska gallras; utan flaggan visas bara vad som skulle ske.")
@click.option("--today", type=DAY, metavar="DAG", help="Räkna gallringstiden till den här dagen.")
@to_reports
def erase(wave: str, confirm: bool, today: datetime | None, reports: Path) -> None:
    """Gallra råfil och personuppgifter när tiden är ute; publicerade siffror finns kvar."""
    from sekom_survey.upkeep.erase import erase as erase_year

    day = today.date() if today else datetime.now().date()
    with stopping():
        lines = erase_year(_folder(wave), day, confirm, reports)
    say(lines)


@main.command("open")
@to_reports
@click.option("--no-browser", is_flag=True, help="Skriv bara adressen, öppna ingen webbläsare.")
def open_page(reports: Path, no_browser: bool) -> None:
    """Öppna verktyget i webbläsaren: allt som kommandona gör, på sidor att klicka på."""
    from sekom_survey.app.serve import serve
    from sekom_survey.app.years import Workplace

    with stopping():
        serve(Workplace(SURVEYS, reports), show=not no_browser)


for told in (main, *main.commands.values()):
    told.options_metavar = "[VAL]"
