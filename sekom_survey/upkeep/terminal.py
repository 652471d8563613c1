"""What the command line says, and how it stops."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import bindtextdomain
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sekom_survey.text.places import REPORTS, SURVEYS

if TYPE_CHECKING:
    from sekom_survey.model import Problem, RunOutcome

USER_CAN_MEND = 2
bindtextdomain("messages", Path(__file__).parent)  # Click asks gettext for its own words, and gettext the environment
environ.update(LANGUAGE="sv")
DAY = click.DateTime(["%Y-%m-%d"])
to_reports = click.option(
    "--reports",
    metavar="MAPP",
    type=click.Path(path_type=Path),
    default=REPORTS,
    help="Mapp för rapporterna; annars reports/.",
)


def wave_folder(wave: str) -> Path:
    """The folder of a year as it is named on the command line. Raises Unusable when there is none."""
    from sekom_survey.asked.load import find_wave

    return find_wave(wave, SURVEYS)


@contextmanager
def stopping() -> Iterator[None]:
    """What stops a command is told in Swedish, and leaves code 2."""
    from sekom_survey.model import Unusable
    from sekom_survey.running.safe_folder import disk_problem

    try:
        yield
    except Unusable as unusable:
        stop(unusable.problems)
    except OSError as error:
        stop([disk_problem(error)])


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        click.echo(line)


def stop(problems: Iterable[Problem]) -> NoReturn:
    """Tell the problems and leave with the code for what a user can mend."""
    tell_problems(problems)
    click.echo("\nInget har skrivits. Rätta det som står under FEL och kör igen.", err=True)
    sys.exit(USER_CAN_MEND)


def agreed(problem: Problem) -> bool:
    """Whether the person at the keyboard wants to go on in spite of this; never when there is none."""
    if not _at_keyboard():
        return False
    click.echo(f"{problem.file}: {problem.found}")
    answers = click.Choice(["ja", "nej"], case_sensitive=False)
    return bool(click.prompt("Fortsätta ändå? (ja/nej)", default="nej", type=answers, show_choices=False) == "ja")


def _at_keyboard() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, worst first."""
    from sekom_survey.shown.summary import problem_lines

    for line in problem_lines(problems):
        click.echo(line, err=True)


def tell_outcome(outcome: RunOutcome) -> None:
    """What a run made, or which notebooks stopped, after the problems met."""
    from sekom_survey.shown.summary import failure_lines, made_lines

    tell_problems(outcome.problems)
    lines = (
        failure_lines(outcome.failures, outcome.folders[0])
        if outcome.failures
        else made_lines(outcome.folders, outcome.problems)
    )
    say(lines)
