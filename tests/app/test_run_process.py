"""A run of its own: one at a time, followed, and lost without loss."""

import os
import signal
import time

from sekom_survey.app.run_process import DONE, LOST, Runs
from sekom_survey.model import Problem


def tells(pipe, folder, reports, everything, trusted):
    for n in range(3):
        pipe.send(("told", f"steg {n}"))
    while not (folder / "klar").exists():
        time.sleep(0.02)
    pipe.send((DONE, ((Problem("x", "", "", f"{everything} {trusted}", ""),), ())))


def dies(pipe, folder, reports, everything, trusted):
    pipe.send(("told", "börjar"))
    os.kill(os.getpid(), signal.SIGKILL)


def wait(for_it):
    end = time.monotonic() + 60
    while not for_it() and time.monotonic() < end:
        time.sleep(0.02)
    assert for_it()


def test_one_run_at_a_time(tmp_path):
    """A second press begins nothing; what the first tells is heard as it goes."""
    runs = Runs(tells)
    assert runs.start("2026", tmp_path, tmp_path, 5, False, True)
    assert not runs.start("2026", tmp_path, tmp_path, 5)
    wait(lambda: len(runs.last.told) == 3)
    assert runs.going
    (tmp_path / "klar").touch()
    wait(lambda: runs.last.ended)
    assert (runs.last.ended, runs.going, runs.last.problems[0].found) == (DONE, None, "False True")
    assert runs.start("2026", tmp_path, tmp_path, 5)
    wait(lambda: runs.last.ended)


def test_a_run_that_is_killed_is_told_as_lost(tmp_path):
    runs = Runs(dies)
    runs.start("2026", tmp_path, tmp_path, 5)
    wait(lambda: runs.last.ended)
    assert runs.last.ended == LOST
