"""Several programs, one file: each has its turn, and nobody waits for one that has ended."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from sekom_survey.text import turns
from sekom_survey.text.rows import add_rows
from sekom_survey.text.table import read_sheet
from sekom_survey.text.turns import turn

COLUMNS = ("who", "what")


def write_many(given):
    path, who = given
    return sum(add_rows(path, COLUMNS, {}, [{"who": who, "what": str(n)}]) for n in range(15))


def test_rows_added_by_two_at_once_are_all_there(tmp_path):
    """The file is read, changed and put back whole: without turns one would put back what it read before the other wrote."""
    path = tmp_path / "log.csv"
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(write_many, [(path, "AB"), (path, "MK")])) == [15, 15]
    assert len(read_sheet(path, "log.csv", COLUMNS, (), {}).rows) == 30
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


def holds(path, pipe):
    with turn(path):
        pipe.send("")
        signal.pause()


def test_a_turn_ends_with_its_holder_and_is_not_waited_for_without_end(tmp_path, monkeypatch):
    """Killed in the middle, the next comes in at once; one that goes on is told of."""
    context, path = get_context(), tmp_path / "log.csv"
    hears, tells = context.Pipe(duplex=False)
    holder = context.Process(target=holds, args=(path, tells), daemon=True)
    holder.start()
    hears.recv()
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with pytest.raises(OSError, match=r"log\.csv"), turn(path):
        raise AssertionError("both had the turn")
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with turn(path):
        pass
    assert list(tmp_path.iterdir()) == []
