"""A run in which nothing has changed leaves the reports as they lie, and knows whatever has."""

import json
import shutil
import subprocess
import sys

import pytest

from sekom_survey.model import WARNING, Mend, Problem, Unusable
from sekom_survey.running import making
from sekom_survey.running.quick import kept
from sekom_survey.running.quick.inputs import inputs_of
from sekom_survey.running.quick.noted import note, read_now, unchanged
from sekom_survey.running.run import BOTH, run
from sekom_survey.text import places
from tests.small_year import ROOT, small_year, tiny_notebook

PROBLEM = Problem("code", "fil.csv", "rad 2", "Ett fynd.", "Se över.", WARNING, (Mend("strike", "2"),))


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A year, last year beside it, and the reports that a run has made of them: (folder, report folder)."""
    (tmp_path / "anteckningar").mkdir()
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "anteckningar")
    folder = small_year(tmp_path)[0]
    shutil.copytree(folder, tmp_path / "2025")
    survey = tmp_path / "2025" / "survey.toml"
    survey.write_text(survey.read_text(encoding="utf-8").replace("year = 2026", "year = 2025"), encoding="utf-8")
    home = tmp_path / "rapporter" / "2026"
    for build in BOTH:
        (home / build).mkdir(parents=True)
        (home / build / "report.html").write_text(build, encoding="utf-8")
    (home / ".made").mkdir()
    note(home, inputs_of(folder), [home / build for build in BOTH], [PROBLEM])
    return folder, home


def same(made, builds=BOTH):
    folder, home = made
    return unchanged(home, inputs_of(folder), builds)


def test_nothing_has_changed(made):
    """The folders asked for and the problems that were told; people's own files are theirs to change."""
    folder, home = made
    (home / "internal" / "review.xlsx").write_bytes(b"half reviewed")
    (folder / ".dold").write_text("", encoding="utf-8")
    (folder / "~$members.csv").write_text("", encoding="utf-8")
    assert same(made, ("public",)).folders == (home / "public",)
    assert same(made).problems == (PROBLEM,)


CHANGES = {
    "answers": lambda folder, home: (folder / "export" / "svar.xlsx").write_bytes(b"x"),
    "a file more": lambda folder, home: (folder / "goals.toml").write_text("", encoding="utf-8"),
    "a file less": lambda folder, home: (folder / "members.csv").unlink(),
    "last year": lambda folder, home: (folder.parent / "2025" / "members.csv").write_text("", encoding="utf-8"),
    "another last year": lambda folder, home: (folder.parent / "2025").rename(folder.parent / "2024x"),
    "the project's notebook": lambda folder, home: tiny_notebook(folder.parent / "anteckningar", "1"),
    "its own notebook": lambda folder, home: tiny_notebook(folder / "notebooks"),
    "a report": lambda folder, home: (home / "public" / "report.html").write_text("öppnad", encoding="utf-8"),
    "a report less": lambda folder, home: (home / "internal" / "report.html").unlink(),
    "a report more": lambda folder, home: (home / "internal" / "kopia.html").write_text("", encoding="utf-8"),
    "no note": lambda folder, home: (home / ".made" / "noted.json").unlink(),
    "half a note": lambda folder, home: (home / ".made" / "noted.json").write_text('{"read": ', encoding="utf-8"),
    "another note": lambda folder, home: (home / ".made" / "noted.json").write_text("[]", encoding="utf-8"),
    "an older note": lambda folder, home: (home / ".made" / "noted.json").write_text(
        json.dumps({"read": read_now(inputs_of(folder)), "made": {}, "problems": [{"gammal": 1}]}), encoding="utf-8"
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_has_changed_is_seen(made, name):
    """In what is read, in what lies there, or in the note itself: then all is looked at again, and nothing is a traceback."""
    CHANGES[name](*made)
    assert same(made) is None


def test_another_tool_or_another_library_is_a_change(made, monkeypatch):
    """What was made by another version is made again."""
    monkeypatch.setattr("sekom_survey.running.quick.kept._tool", lambda: "en annan")
    assert same(made) is None


def test_a_place_that_stands_twice_in_the_path_is_no_change(made, monkeypatch):
    """The same packages are installed all the same."""
    monkeypatch.setattr(sys, "path", [*sys.path, *sys.path])
    monkeypatch.setattr("sekom_survey.running.quick.kept._tool", kept._tool.__wrapped__)
    assert same(made)


def test_a_run_with_nothing_to_do_imports_nothing_that_counts_or_draws(made):
    """It takes a fiftieth of a full run, all of it to start and to look at the files."""
    folder, home = made
    code = (
        "import sys; from pathlib import Path; from sekom_survey.text import places; from sekom_survey.running.run import run\n"
        "places.NOTEBOOKS = Path(sys.argv[3]); run(Path(sys.argv[1]), Path(sys.argv[2]), print)\n"
        "print(sorted({'pandas', 'numpy', 'matplotlib', 'scipy', 'nbformat'} & set(sys.modules)))"
    )
    words = [sys.executable, "-c", code, str(folder), str(home.parent), str(places.NOTEBOOKS)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout


def test_a_run_after_a_change_notes_it(made, monkeypatch):
    """First all is made, then nothing, then all again when told to."""
    folder, home = made
    begun = []
    monkeypatch.setattr(making, "write_build", lambda build, *rest: begun.append(build.name))
    (home / ".made" / "noted.json").unlink()
    for everything, builds in ((False, 1), (False, 1), (True, 2)):
        outcome = run(folder, home.parent, lambda text: None, ("internal",), everything)
        assert (len(begun), outcome.folders) == (builds, (home / "internal",))
    monkeypatch.setattr(making, "own", lambda *_: (_ for _ in ()).throw(OSError("full disk")))
    with pytest.raises(Unusable):  # all is in place but the note: it may not be of what lies there
        run(folder, home.parent, lambda text: None, ("internal",), True)
    assert same(made, ("internal",)) is None
