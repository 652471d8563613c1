"""The commands that make what members get back."""

from __future__ import annotations

from pathlib import Path

import click

from sekom_survey.upkeep.terminal import say, stopping, tell_problems, to_reports, wave_folder


@click.command()
@click.argument("wave")
@to_reports
def members(wave: str, reports: Path) -> None:
    """Gör en sida för varje medlem: vad de fick, var de står och vad som kommer. Till kansliet att skicka."""
    from sekom_survey.members.make import lines_of, make_pages

    with stopping():
        made = make_pages(wave_folder(wave), reports)
    tell_problems(made.problems)
    say(lines_of(made))


@click.command()
@click.argument("wave")
@click.option(
    "--propose",
    "proposing",
    is_flag=True,
    help="Föreslå först rader i examples.csv ur styrkor som får spridas; ändrar inga rader.",
)
@to_reports
def examples(wave: str, proposing: bool, reports: Path) -> None:
    """Gör biblioteket med goda exempel: webbsida att söka i, tabell och Word. Bara det som någon sagt ja till."""
    from sekom_survey.members.examples import lines_of, make_examples

    with stopping():
        made = make_examples(wave_folder(wave), reports, proposing)
    tell_problems(made.problems)
    say(lines_of(made))
