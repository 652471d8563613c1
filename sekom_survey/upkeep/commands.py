"""Commands for what is made of a year beside its report, and of two."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from sekom_survey.text.places import SURVEYS
from sekom_survey.upkeep.terminal import DAY, say, stopping, tell_problems, to_reports, wave_folder


@click.command()
@click.argument("wave")
@click.option(
    "--as-of",
    type=DAY,
    metavar="DAG",
    help="Dagen siffrorna gäller, som 2026-12-31; annars den sista som loggen eller enkäten känner.",
)
@to_reports
def annual(wave: str, as_of: datetime | None, reports: Path) -> None:
    """Verksamhetsberättelsens siffror, var och en med källa och dag, som Wordstycke och csv. Säger vad som saknas."""
    from sekom_survey.upkeep.annual import make_annual

    with stopping():
        lines, problems = make_annual(wave_folder(wave), reports, as_of.date() if as_of else None)
    tell_problems(problems)
    say(lines)


@click.command()
@click.argument("wave")
@click.option(
    "--as-of",
    type=DAY,
    metavar="DAG",
    help="Dagen målen mäts, som 2026-08-31; annars den sista som loggen eller enkäten känner.",
)
@to_reports
def goals(wave: str, as_of: datetime | None, reports: Path) -> None:
    """Följ upp målen en viss dag, också utan ny enkät: en tabell, och styrelsens underlag som webbsida och i Word."""
    from sekom_survey.upkeep.goals import make_goals

    with stopping():
        _, lines, problems = make_goals(wave_folder(wave), reports, as_of.date() if as_of else None)
    tell_problems(problems)
    say(lines)


@click.command()
@click.argument("before")
@click.argument("after")
@to_reports
def diff(before: str, after: str, reports: Path) -> None:
    """Visa vad som skiljer två körningar eller två år, och varför."""
    from sekom_survey.found.past_run import find_run
    from sekom_survey.upkeep.diff import diff_lines

    with stopping():
        lines = diff_lines(*(find_run(name, reports, SURVEYS) for name in (before, after)))
    say(lines)
