"""What may go wrong around a run: killed, disk full, file open, two at once, a kernel that dies. Nothing good is lost."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from xlsxwriter.exceptions import FileCreateError

from sekom_survey.coding.decisions import Decision, append_decisions, read_decisions
from sekom_survey.counted.year import read_year
from sekom_survey.model import Unusable
from sekom_survey.running import execute, making, run, safe_folder
from sekom_survey.running.execute import Job, execute_all
from sekom_survey.running.safe_folder import beside, changed_since, disk_problem, locked, recover, state, swap
from sekom_survey.running.trust import notebook_faults
from sekom_survey.text import places
from tests.small_year import ROOT, ROWS, contents, small_year, started, tiny_notebook
from tests.waves import make_wave

OLD, NEW = {"report.html": b"old", "figures/a.svg": b"old"}, {"report.html": b"new", "figures/a.svg": b"new"}


class Killed(BaseException):
    """As if the process ended here."""


def lay(folder, files):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def killed_at(monkeypatch, step, after):
    """Every renaming, copying and removing counts as a step; the given one is the last, done or not."""
    count = {"n": 0}

    def wrapped(real):
        def call(*args, **kwargs):
            count["n"] += 1
            if count["n"] == step and not after:
                raise Killed
            result = real(*args, **kwargs)
            if count["n"] == step:
                raise Killed
            return result

        return call

    monkeypatch.setattr(Path, "rename", wrapped(Path.rename))
    monkeypatch.setattr(safe_folder.shutil, "rmtree", wrapped(shutil.rmtree))
    monkeypatch.setattr(safe_folder.shutil, "copy2", wrapped(shutil.copy2))


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, 7))
def test_killed_at_any_step_of_the_exchange_a_whole_report_remains(tmp_path, monkeypatch, step, after):
    """The old one or the new, after the next run has mended what was left; a person's own file in either."""
    home, work = tmp_path / "2026", tmp_path / "2026" / ".work-1"
    lay(home / "internal", OLD)
    (home / "internal" / "review.xlsx").write_bytes(b"mine")
    lay(work, NEW)
    killed_at(monkeypatch, step, after)
    with suppress(Killed):
        swap(work, home / "internal", ("review*.xlsx",))
    monkeypatch.undo()
    recover(home)
    assert contents(home / "internal") in [{**one, "review.xlsx": b"mine"} for one in (OLD, NEW)]
    assert [path.name for path in home.iterdir()] == ["internal"]


def test_a_report_that_cannot_be_exchanged_stays(tmp_path, monkeypatch):
    """A workbook open in Excel: the folder cannot be moved, or the new one not put in its place."""
    home, work = tmp_path / "2026", tmp_path / "2026" / ".work-1"
    lay(home / "internal", OLD)
    lay(work, NEW)
    real = Path.rename
    for name in ("internal", ".work-1"):

        def refuse(self, target, name=name):
            if self.name == name:
                raise PermissionError(errno.EACCES, "in use", str(self))
            return real(self, target)

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(PermissionError):
            swap(work, home / "internal")
        assert contents(home / "internal") == OLD


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "not_writable"),
        (errno.EROFS, "not_writable"),
        (errno.EIO, "disk_error"),
        (errno.ENOTDIR, "disk_error"),
        (errno.ENAMETOOLONG, "disk_error"),
    ],
)
def test_every_fault_of_the_disk_has_a_message(number, code):
    """With the file's name and no path of the machine."""
    problem = disk_problem(OSError(number, os.strerror(number), "/home/x/report.html"))
    assert (problem.code, problem.file) == (code, "report.html")


def test_an_error_without_a_number_has_a_message_too():
    """Some libraries raise them."""
    assert disk_problem(OSError("cannot write")).found == "Ett fel på disken: cannot write."


@pytest.fixture
def year(tmp_path, monkeypatch):
    """A year that takes no time to draw: no notebooks, and a last report in place."""
    folder = small_year(tmp_path)[0]
    (tmp_path / "inga").mkdir()
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "inga")
    lay(tmp_path / "rapporter" / "2026" / "internal", OLD)
    return folder


def ran(year, builds=("internal",)):
    return run.run(year, year.parent / "rapporter", lambda text: None, builds)


def stopped(year):
    with pytest.raises(Unusable) as stop:
        ran(year)
    assert contents(year.parent / "rapporter") == {f"2026/internal/{name}": data for name, data in OLD.items()}
    return {problem.code for problem in stop.value.problems}


@pytest.mark.parametrize("written", ["first", "last"])
@pytest.mark.parametrize(
    ("said", "number", "code"),
    [
        (lambda error: error, errno.ENOSPC, "disk_full"),
        (FileCreateError, errno.ENOSPC, "disk_full"),
        (lambda error: error, errno.EROFS, "not_writable"),
    ],
)
def test_a_full_or_closed_disk_leaves_the_last_report(year, monkeypatch, written, said, number, code):
    """Whether it fills with the first file or the last, nothing half made is left and the next run works."""

    def full(build, *rest):
        lay(build.folder, NEW if written == "last" else {})
        raise said(OSError(number, os.strerror(number), str(build.folder / "slides.pptx")))

    monkeypatch.setattr(making, "write_build", full)
    assert stopped(year) == {code}
    monkeypatch.setattr(making, "write_build", lambda build, *rest: lay(build.folder, NEW))
    ran(year)
    assert contents(year.parent / "rapporter" / "2026" / "internal").items() >= NEW.items()


def test_reports_that_are_no_folder_are_told(year):
    """A file lies where the reports should be."""
    shutil.rmtree(year.parent / "rapporter")
    (year.parent / "rapporter").write_text("hej", encoding="utf-8")
    with pytest.raises(Unusable) as stop:
        ran(year)
    assert stop.value.problems[0].code == "disk_error"


def test_a_file_saved_while_the_run_reads_it_stops_the_run(year, monkeypatch):
    """Otherwise run.json would vouch for numbers made of another file."""

    def meanwhile(build, *rest):
        lay(build.folder, NEW)
        path = year / "members.csv"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    monkeypatch.setattr(making, "write_build", meanwhile)
    assert stopped(year) == {"changed_meanwhile"}


def test_only_files_that_were_there_count_as_changed(tmp_path):
    """A notebook may write beside them; Excel's own lock files come and go."""
    lay(tmp_path, {"a.csv": b"1", "b.csv": b"2", "~$a.csv": b""})
    before = state(tmp_path)
    lay(tmp_path, {"c.csv": b"3"})
    (tmp_path / "~$a.csv").unlink()
    assert list(changed_since(before)) == []
    (tmp_path / "b.csv").unlink()
    assert [p.file for p in changed_since(before)] == ["b.csv"]


def test_two_runs_at_once_are_one_too_many(tmp_path):
    """The second is told to wait; when the first is done the lock is gone."""
    with locked(tmp_path / "2026"):
        with pytest.raises(Unusable) as stop, locked(tmp_path / "2026"):
            pass
        assert stop.value.problems[0].code == "run_locked"
        (tmp_path / "2026" / "x").write_text("x", encoding="utf-8")
    with locked(tmp_path / "2026"):
        pass
    assert [path.name for path in (tmp_path / "2026").iterdir()] == ["x"]


def test_the_lock_of_a_killed_run_is_free(tmp_path):
    """Held by another process, then not: nobody has to remove a file by hand."""
    code = f"from pathlib import Path; from sekom_survey.running.safe_folder import locked\nwith locked(Path({str(tmp_path)!r})): print('held', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "held\n"
    with pytest.raises(Unusable), locked(tmp_path):
        pass
    other.kill()
    other.wait()
    assert (tmp_path / ".lock").exists()
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_cleared(tmp_path):
    """Its working folder, and the last report if it had been moved aside."""
    lay(tmp_path / ".work-99", NEW)
    lay(tmp_path / ".old-internal", OLD)
    with locked(tmp_path), beside(tmp_path):
        assert contents(tmp_path / "internal") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["internal"]


@pytest.mark.parametrize("message", ["\\xe4", "Kör", "Skriver"])
def test_a_run_killed_after_any_of_its_messages_leaves_the_last_report(tmp_path, message):
    """While reading, while drawing and while writing; docs/reliability.md has the larger trial."""
    folder, notebooks, reports = small_year(tmp_path)
    shutil.rmtree(notebooks)
    notebooks.mkdir()
    lay(reports / "2026" / "internal", OLD)
    process = started(folder, notebooks, reports)
    wanted = {"\\xe4": "L\\xe4ser", "Kör": "K\\xf6r", "Skriver": "Skriver"}[message]
    for line in process.stdout:
        if wanted in line:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert contents(reports / "2026" / "internal") == OLD
    with locked(reports / "2026"):
        assert {p.name for p in (reports / "2026").iterdir()} == {"internal", ".lock"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels are processes of their own")
def test_a_killed_run_leaves_no_kernel_that_holds_its_lock(tmp_path):
    """Kernels are copies of the run and hold its lock with it: when it is killed they end too, and the next run begins."""
    folder, notebooks, reports = small_year(tmp_path)
    tiny_notebook(notebooks, "import time; time.sleep(90)", name="01_svar")
    tiny_notebook(notebooks, "import time; time.sleep(90)", name="02_svar")
    process = started(folder, notebooks, reports)
    next(line for line in process.stdout if "K\\xf6r" in line)
    while not (born := Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in born):
            break
        time.sleep(0.05)
    with locked(reports / "2026"):
        pass


def test_a_kernel_that_dies_or_hangs_is_a_failure_with_its_cell(tmp_path, monkeypatch):
    """A time limit for the one, a message for the other; both are over within it."""
    monkeypatch.setattr(execute, "SECONDS_PER_CELL", 2)
    for name, source in (("01_dor", "import os; os._exit(3)"), ("02_hanger", "while True: pass"), ("03_fel", "1 / 0")):
        tiny_notebook(tmp_path / "nb", source, name=name, load="pass")
    jobs = [Job(path, "internal", tmp_path / "ut") for path in sorted((tmp_path / "nb").glob("*.ipynb"))]
    done = execute_all(jobs, "2026", lambda text: None)
    assert [(d.failure.notebook, d.failure.cell) for d in done] == [("01_dor", 4), ("02_hanger", 4), ("03_fel", 4)]
    assert done[0].failure.error == "Kärnan dog."
    assert done[1].failure.error == "Cellen tog mer än 2 sekunder."


def test_a_notebook_is_run_only_from_the_projects_or_the_waves_own_folder(tmp_path, monkeypatch):
    """A link to another folder, for one file or for all of them, is refused before anything is run."""
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "projekt")
    tiny_notebook(tmp_path / "projekt")
    tiny_notebook(tmp_path / "annan", name="ond")
    tiny_notebook(tmp_path / "2026" / "notebooks", name="90_egen")
    assert list(notebook_faults(places.notebooks_of(tmp_path / "2026"), tmp_path / "2026")) == []
    (tmp_path / "2026" / "notebooks" / "91_ond.ipynb").symlink_to(tmp_path / "annan" / "ond.ipynb")
    assert [p.code for p in notebook_faults(places.notebooks_of(tmp_path / "2026"), tmp_path / "2026")] == [
        "notebook_link"
    ]
    (tmp_path / "2027").mkdir()
    (tmp_path / "2027" / "notebooks").symlink_to(tmp_path / "annan")
    assert [p.code for p in notebook_faults(places.notebooks_of(tmp_path / "2027"), tmp_path / "2027")] == [
        "notebook_link"
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b'{"nbformat": 9}',
        b"null",
    ],
)
def test_a_broken_notebook_is_told_before_anything_is_run(year, data):
    """Which one, and what to do."""
    lay(year / "notebooks", {"90_egen.ipynb": data})
    assert stopped(year) == {"notebook_unreadable"}


DECISION = Decision("m1-official", "challenge", "abc", "tid", "yes", "AB", "2026-03-02", "1.0.0")


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_decisions_are_never_lost_when_writing_fails(tmp_path, monkeypatch, broken):
    """A full disk or a kill while codings.csv is written leaves it as it was."""
    path = tmp_path / "codings.csv"
    append_decisions(path, [DECISION])
    before = path.read_bytes()

    def full(*args):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(*((os, "fsync") if broken == "fsync" else (Path, "replace")), full)
    with pytest.raises(OSError, match="full"):
        append_decisions(path, [DECISION])
    monkeypatch.undo()
    assert path.read_bytes() == before
    append_decisions(path, [DECISION])
    assert len(read_decisions(path)[0]) == 2
    assert (tmp_path / "codings.csv.bak").read_bytes() == before


def check(folder, **environment):
    return subprocess.run(
        [sys.executable, "-m", "sekom_survey", "check", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}, **environment},
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "sv_SE.ISO8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "iso8859-1"},
    ],
)
def test_the_locale_of_the_machine_does_not_matter(tmp_path, environment):
    """Same lines, whatever it is; what a terminal cannot show is no traceback."""
    folder = make_wave(tmp_path / "år två" / "2026", ROWS[:2])
    done = check(folder, **environment)
    assert b"Traceback" not in done.stderr
    assert b"2 " in done.stdout


def test_windows_line_ends_and_byte_order_marks_everywhere(tmp_path):
    """In survey.toml, members.csv and corrections.csv, in a path with spaces and å, ä and ö: the same answers."""
    strike = {"corrections.csv": "action,row,found,member_id,item,reason\nstrike,2,,,satisfaction,Missförstånd\n"}
    plain = small_year(tmp_path / "a", files=strike)[0]
    folder = small_year(tmp_path / "år två – åäö", files=strike)[0]
    for name in ("survey.toml", "members.csv", "corrections.csv"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes().replace(b"\n", b"\r\n"))
    assert read_year(folder)[2].answers.table.equals(read_year(plain)[2].answers.table)


def test_the_clock_of_the_machine_is_not_in_the_numbers(tmp_path, monkeypatch):
    """Another day, the same answers."""
    folder = small_year(tmp_path)[0]
    before = read_year(folder)[2].answers.table
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert read_year(folder)[2].answers.table.equals(before)


def test_a_failure_tells_what_was_said_also_where_nothing_was_raised():
    """A magic that does not exist only warns; of several lines the last says what is wrong."""
    said = nbformat.v4.new_output("stream", name="stderr", text="Något\nUsageError: Line magic function not found.\n")
    cells = [nbformat.v4.new_code_cell("%finnsinte", outputs=[said]), nbformat.v4.new_code_cell("x", outputs=[])]
    notebook = nbformat.v4.new_notebook(cells=cells)
    errors = [execute._failure("90", notebook, RuntimeError("a\nb"), [nth]).error for nth in (0, 1)]
    assert errors == ["UsageError: Line magic function not found.", "b"]


def test_a_folder_that_is_no_year_is_not_read_through(tmp_path, monkeypatch):
    """A home or a whole disk named by mistake: what is missing is said at once."""
    monkeypatch.setattr(run, "inputs_of", lambda folder: pytest.fail("it was read"))
    with pytest.raises(Unusable) as stop:
        run.run(tmp_path, tmp_path / "rapporter", lambda text: None)
    assert "survey.toml" in {Path(problem.file).name for problem in stop.value.problems}
