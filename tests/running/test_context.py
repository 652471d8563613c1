"""What a run tells its notebooks goes through one file; a notebook run by hand is told nothing and touches no report."""

import os
import subprocess
import sys
from pathlib import Path

from sekom_survey.running import notebook
from sekom_survey.running.notebook import TOLD, RunContext, tell_kernel, told
from sekom_survey.running.quick.kept import Kept
from tests.small_year import ROOT, contents, small_year

BY_HAND = """
import sys
from pathlib import Path
from sekom_survey.running.notebook import told
from sekom_survey.running.notebook import open_year, show
from sekom_survey.shown.exhibits import flow
from sekom_survey.text import places
places.REPORTS = Path(sys.argv[2])
year = open_year(sys.argv[1])
show(flow(year))
print(told().folder, len(list((told().folder / "figures").iterdir())))
"""


def test_what_is_told_is_what_is_heard(tmp_path, monkeypatch):
    """Folder, build and store, through the environment only as a path."""
    for said in (RunContext(tmp_path, "public", Kept(tmp_path / "a", tmp_path / "b")), RunContext(tmp_path)):
        environment = tell_kernel(said, tmp_path / "run.json")
        assert list(environment) == [TOLD]
        monkeypatch.setenv(*environment.popitem())
        told.cache_clear()
        assert told() == said
    told.cache_clear()


def test_a_notebook_run_by_hand_writes_into_no_report(tmp_path):
    """Its figures land in a folder of their own, which is gone when it ends."""
    folder, _, reports = small_year(tmp_path)
    before = contents(tmp_path)
    words = [sys.executable, "-c", BY_HAND, str(folder), str(reports)]
    environment = {key: value for key, value in os.environ.items() if key != TOLD}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    place, drawn = done.stdout.split()[-2:]
    assert int(drawn) >= 3
    assert not Path(place).exists()
    assert contents(tmp_path) == before


def test_nothing_else_is_said_through_the_environment():
    """One variable, and it is a path."""
    named = {
        line
        for path in Path(notebook.__file__).parent.glob("*.py")
        for line in path.read_text(encoding="utf-8").split('"')
        if line.startswith("SEKOM_")
    }
    assert named == {TOLD}
