"""The command line: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
    from sekom_survey.model import Unusable
    from sekom_survey.year import read_year

    try:
        year, export, responses, problems = read_year(_folder(wave))
    except Unusable as stop:
        _stop(stop.problems)
    from sekom_survey.summary import check_lines

    for line in check_lines(year, export, responses):
        click.echo(line)
    _print_problems(problems)


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


def _stop(problems: object) -> None:
    _print_problems(problems)
    click.echo("\nInget har skrivits. Rätta det som står under FEL och kör igen.", err=True)
    sys.exit(USER_CAN_MEND)


def _print_problems(problems: object) -> None:
    from sekom_survey.summary import problem_lines

    for line in problem_lines(problems):  # type: ignore[arg-type]
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
