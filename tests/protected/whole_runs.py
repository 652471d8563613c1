"""Whole runs of both builds by the command, and every reader's attack on the files that they leave."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sekom_survey.counted.year import analyse, read_year
from sekom_survey.model import MUNICIPALITY
from sekom_survey.shown.summary import answered_of
from sekom_survey.text.places import report_folder
from tests.members.conftest import year as members_year
from tests.members.read import recovered_from_pages
from tests.protected.attack import Edition
from tests.protected.attackers import Case, all_questions_at_once, of_two_editions, recovered
from tests.protected.editions import COUNTIES, FORM, ROOT, Files, known_of, register
from tests.protected.files import numbers_elsewhere, of_last_years_log
from tests.protected.test_hidden import ONE, OTHER, mixed
from tests.protected.trials import FIFTY, TWO_EDITIONS, USUAL, WAVES, rows_for
from tests.small_year import contents
from tests.waves import make_wave

COMMAND = "from sekom_survey.cli import main; main()"
SPREAD = "synthetic = true\npublished = {year}-03-20"


def command(*words):
    """Run the command; what it said. Raises where it ended in anything but a report."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Traceback" not in said, said[-2000:]
    return said


def files_of(folder, reports):
    """A year's public edition as the command makes it, and what its members know."""
    command("run", folder, "--reports", reports)
    home = report_folder(folder, reports)
    public = home / "public"
    assert (home / "internal" / "report.html").exists() and (public / "report.html").exists()
    return Files((public, folder, COUNTIES), known_of(analyse(folder)))


def year_of(place, year, plan, rows, spread=False, **moved):
    """The folder of a made-up year."""
    survey = FORM.replace("2026", year)
    if spread:
        survey = survey.replace("synthetic = true", SPREAD.format(year=year))
    return make_wave(place / year, rows, survey=survey, members=register(plan, regions=4, **moved))


def whole_wave(place, trial):
    """This year's edition and last year's."""
    moved = trial.moved or {}
    before = files_of(year_of(place, "2025", trial.plan, trial.last_year(), **moved), place / "reports")
    return files_of(year_of(place, "2026", trial.plan, trial.rows, **moved), place / "reports"), before


def told_by(now, before):
    """What every reader finds, in this year's edition and last year's, and numbers that stand in no table that was gone at."""
    found = [*recovered(now, before), *recovered(before)]
    for files in (now, before):
        found += [f"all questions at once: {told}" for told in all_questions_at_once(Case(files))]
        wave, responses = read_year(files.place[1])[0::2]
        told = [
            answered_of(wave, responses, MUNICIPALITY),
            *of_last_years_log(files.place[1]),
        ]  # also where no question is
        found += [f"elsewhere: {pair} {where}" for pair, where in numbers_elsewhere(files.place[0], told).items()]
    return found


def all_pages(folder, reports):
    """What follows from the members' pages, all at once, beside the public edition."""
    files = files_of(folder, reports)
    command("members", folder, "--reports", reports)
    paths = sorted((report_folder(folder, reports) / "members").glob("*.html"))
    assert len(paths) > len(files.known.of_members) > 0
    return recovered_from_pages(paths, Edition(*files.place))


def spread_edition(place, trial, change):
    """What a reader of two editions finds: when the first is spread, and when nobody has said so."""
    told = []
    for spread in (True, False):
        home = place / str(spread)
        reports = home / "reports"
        first = files_of(year_of(home, "2026", trial.plan, TWO_EDITIONS[change](trial.rows), spread), reports)
        shutil.copytree(first.place[0], home / "first")
        kept = Files((home / "first", *first.place[1:]), first.known)
        second = files_of(year_of(home, "2026", trial.plan, trial.rows, spread), reports)
        told.append(recovered(second, other=kept, attackers=[of_two_editions]))
        assert (contents(second.place[0]) == contents(kept.place[0])) == spread
    return told


TWINS = {
    "all said one thing or all another": lambda: [rows_for(FIFTY, **alike) for alike in (ONE, OTHER)],
    "which member of a cell gave which answer": lambda: [
        rows_for(FIFTY, politicians=FIFTY[::3]),
        list(mixed(rows_for(FIFTY, politicians=FIFTY[::3]), USUAL)),
    ],
}


def twins(place, waves):
    """The files in which the public editions of two years that differ only in what is hidden are not the same bytes."""
    one, other = (
        contents(files_of(year_of(place / str(n), "2026", USUAL, rows), place / str(n) / "reports").place[0])
        for n, rows in enumerate(waves)
    )
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def waves(*names):
    """Every small wave, the two editions of one year, twins, and both years of the example; or those that are named by number."""
    trials = {name: lambda place, trial=trial: told_by(*whole_wave(place, trial)) for name, trial in WAVES.items()}
    for change in TWO_EDITIONS:
        trials[change] = lambda place, change=change: spread_edition(place, WAVES["fifty with overlaps"], change)
    for name, made in TWINS.items():
        trials[f"twins: {name}"] = lambda place, made=made: twins(place, made())
    example = ROOT / "surveys" / "exempel"
    trials["the example"] = lambda place: told_by(
        *(files_of(example / year, place / "reports") for year in ("2026", "2025"))
    )
    trials["the example's member pages"] = lambda place: all_pages(example / "2026", place / "reports")
    trials["the member pages of fifty"] = lambda place: all_pages(members_year(place), place / "reports")
    for number, (name, attack) in enumerate(trials.items()):
        if not names or number in names:
            begun, place = time.monotonic(), Path(tempfile.mkdtemp())
            print(f"{number} {name}: {attack(place) or 'nothing'} ({time.monotonic() - begun:.0f} s)", flush=True)
            shutil.rmtree(place)
