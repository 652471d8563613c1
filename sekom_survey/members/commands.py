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
