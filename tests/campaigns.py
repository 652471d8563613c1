"""Larger trials than the tests have time for; docs/reliability.md says what came out.

python -m tests.campaigns kill 60        kill runs of both builds at random moments
python -m tests.campaigns steps 60       kill runs after each renaming, removal and file written, from the first on
python -m tests.campaigns disk           fill a small disk (needs to be root)
python -m tests.campaigns memory         check huge and hostile files, and say how much memory it took
python -m tests.campaigns together 10    two runs of the same year at the same moment
python -m tests.campaigns changes        change every kind of thing in a year: the run after it, one more and one of everything
python -m tests.campaigns waves          attack the public editions of whole runs, small waves and the example, as every reader (docs/publication.md)
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.changes import CHANGES, full_year
from tests.protected.whole_runs import waves
from tests.small_year import CODE, ROOT, contents, small_year, started
from tests.test_hostile import BOMB, LAUGHS, xlsx
from tests.waves import QUESTIONS, answer, make_wave

BOTH = "internal,public"
MINE = b"half done by a person"
FREE = (0, 4, 20, 60, 120, 200, 280, 340, 400, 440, 480, 520, 560, 600, 640, 700, 760, 900, 1200)
MEASURED = (
    "import sys; from pathlib import Path; from click.testing import CliRunner; from sekom_survey.cli import main\n"
    "r = CliRunner().invoke(main, ['check', sys.argv[1]])\n"
    "said = next((line.strip() for line in r.output.splitlines() if line.startswith('  2026/')), r.output[-80:])\n"
    "most = next(line.split()[1] for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM'))\n"
    "print(r.exit_code, type(r.exception).__name__, int(most) // 1024, 'MB', said[:150])"
)
# Ends the process at its n:th change of the file system, counted over everything that Python tells of.
COUNTED = (
    "import os, signal, sys\nleft = int(os.environ['DIE_AFTER'])\n"
    "def watch(event, args):\n"
    "    global left\n"
    "    made = event in ('os.rename', 'os.remove', 'os.rmdir', 'os.mkdir', 'shutil.copyfile') or (\n"
    "        event == 'open' and isinstance(args[1], str) and args[1][:1] in 'wax' and 'rapporter' in str(args[0]))\n"
    "    if made:\n"
    "        left -= 1\n"
    "        if left == 0: os.kill(os.getpid(), signal.SIGKILL)\n"
    "sys.addaudithook(watch)\n"
)


def whole(home):
    """Whether both builds are as their run.json says and the half-done workbook is there."""
    for build in BOTH.split(","):
        if not (home / build / "run.json").is_file():
            return f"{build} missing"
        made = {
            name: hashlib.sha256(data).hexdigest()
            for name, data in contents(home / build).items()
            if name not in ("run.json", "review.xlsx")
        }
        if made != json.loads((home / build / "run.json").read_text(encoding="utf-8"))["outputs"]:
            return f"{build} not whole"
    mine = home / "internal" / "review.xlsx"
    return "whole" if mine.is_file() and mine.read_bytes() == MINE else "workbook lost"


def place():
    """A small year that has been run once, with a workbook half reviewed; what started() takes, and the reports' home."""
    year = small_year(Path(tempfile.mkdtemp(prefix="trial åäö ")))
    process = started(*year, builds=BOTH)
    assert process.communicate() and process.returncode == 0
    home = year[2] / "2026"
    (home / "internal" / "review.xlsx").write_bytes(MINE)
    return year, home


def children():
    """Processes that outlived their run: kernels and copies whose parent is gone."""
    lines = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {line for line in lines if line.split()[1] == "1" and ("ipykernel" in line or "rapporter" in line)}


def kill(times):
    """SIGKILL at a random moment between start and a little after the usual end."""
    year, home = place()
    begun = time.monotonic()
    started(*year, builds=BOTH).communicate()
    usual = time.monotonic() - begun
    results, random_moment = Counter(), random.Random(20261121)
    for i in range(times):
        if i % 2:  # every other run draws everything anew, the rest take what the last run kept
            shutil.rmtree(home / ".made", ignore_errors=True)
        before = children()
        process = started(*year, builds=BOTH)
        try:
            process.wait(random_moment.uniform(0.1, 1.1 * usual))
            end = "finished"
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            end = "killed"
        results[end, whole(home)] += 1
        if i % 10 == 9:
            time.sleep(4)
            results["left running", len(children() - before)] += 1
            again = started(*year, builds=BOTH)
            said = again.communicate()[1]
            results["next run", again.returncode, whole(home), said[-200:]] += 1
        print(i, dict(results), flush=True)
    print(f"a whole run took {usual:.1f} s")


def steps(times):
    """SIGKILL at the n:th change of the file system, n spread from the first to the last."""
    year, home = place()
    results = Counter()
    command = [sys.executable, "-c", COUNTED + CODE, *map(str, (year[0], year[2], year[1])), BOTH]
    last = 240
    for i in range(times):
        at = 1 + i * last // times if i else 100_000
        if i % 2:
            shutil.rmtree(home / ".made", ignore_errors=True)
        before = children()
        process = subprocess.run(
            command,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "DIE_AFTER": str(at)},
        )
        results["killed" if process.returncode == -signal.SIGKILL else f"ended {process.returncode}", whole(home)] += 1
        if i % 10 == 9:
            time.sleep(4)
            results["left running", len(children() - before)] += 1
            again = started(*year, builds=BOTH)
            said = again.communicate()[1]
            results["next run", again.returncode, whole(home), said[-200:]] += 1
        print(i, at, dict(results), flush=True)


def disk():
    """A disk of 4 MB with less and less left."""
    folder, notebooks, reports = small_year(Path(tempfile.mkdtemp(prefix="trial åäö ")))
    mount = reports.parent / "disk"
    mount.mkdir()
    results, good = Counter(), {}
    for left in FREE:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8192k", "tmpfs", str(mount)], check=True)
        home = mount / "r" / "2026"
        for build in ("good", "full", "next"):
            if build == "full":
                (mount / "ballast").write_bytes(b"\0" * max(0, shutil.disk_usage(mount).free // 1024 - left) * 1024)
            if build == "next":
                (mount / "ballast").unlink()
            process = started(folder, notebooks, mount / "r", builds=BOTH)
            said = process.communicate()[1]
            now = {name: data for name, data in contents(home).items() if not name.startswith(".made/")}
            if build == "good":
                good = now
            results[
                build, process.returncode, "same" if now == good else "changed", "Traceback" in said, said.strip()[-60:]
            ] += 1
        subprocess.run(["umount", str(mount)], check=True)
        print(left, "kB left", flush=True)
    print(*results.items(), sep="\n")


def together(times):
    """Two runs of one year at once: one of them is told to wait, and the report is whole."""
    year, home = place()
    results = Counter()
    for _ in range(times):
        both = [started(*year, builds=BOTH) for _ in range(2)]
        ends = [(process.communicate()[1].strip()[-40:], process.returncode) for process in both]
        results[tuple(sorted(code for _, code in ends)), tuple(sorted(said for said, _ in ends)), whole(home)] += 1
        print(dict(results), flush=True)


def memory():
    """Files of up to 2 GB through `sekom check`, each in a process of its own."""

    def lay(name, data):
        return lambda folder: (folder / name).write_bytes(data)

    def huge(folder):
        (folder / "export" / "svar.xlsx").unlink()
        with (folder / "export" / "svar.csv").open("wb") as file:
            file.write(b"a;b\n")
            file.truncate(2_000_000_000)

    def many(folder):
        (folder / "export" / "svar.xlsx").unlink()
        line = "1;2026-02-02 08:00;2026-02-02 08:12;Almköping;Tjänsteperson;Nätverk;Stort behov;Litet behov;8;Nej;;Ja\n"
        (folder / "export" / "svar.csv").write_text(
            "ID;Starttid;Slutförandetid;" + ";".join(QUESTIONS) + "\n" + line * 350_000, encoding="utf-8"
        )

    files = {
        "as it should be": lambda folder: None,
        "10 MB of TOML": lay("survey.toml", b"a = 1\n" * 1_700_000),
        "1.9 MB of one TOML key": lay("survey.toml", (".".join(["a"] * 900_000) + " = 1").encode()),
        "1.9 MB of TOML brackets": lay("survey.toml", b"a = " + b"[" * 1_900_000),
        "50 000 faulty questions": lay(
            "survey.toml", b"year=2026\n" + b'[[items]]\nid = "x"\nkind = "single"\n' * 50_000
        ),
        "49 000 faulty members": lay("members.csv", b"member_id,name,kind,status\n" + b"1,2,3,4\n" * 49_000),
        "2 GB csv": huge,
        "39 MB csv": many,
        "bomb of 60 MB": lay("export/svar.xlsx", xlsx(**{"xl/worksheets/sheet1.xml": BOMB})),
        "bomb of 95 MB": lay(
            "export/svar.xlsx",
            xlsx(**{"xl/worksheets/sheet1.xml": BOMB[:-24] + b" " * 35_000_000 + b"</sheetData></worksheet>"}),
        ),
        "XML entities": lay("export/svar.xlsx", xlsx(**{"xl/worksheets/sheet1.xml": LAUGHS})),
    }
    for name, spoil in files.items():
        folder = make_wave(Path(tempfile.mkdtemp()) / "2026", [answer("Almköping")])
        spoil(folder)
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        print(f"{name}: {time.monotonic() - begun:.1f} s;", done.stdout.strip() or done.stderr[-200:], flush=True)
        shutil.rmtree(folder.parent)


def changes():
    """Each kind of change, alone and on top of those before it: both builds the same bytes as made anew, and then unchanged."""
    year = full_year(Path(tempfile.mkdtemp(prefix="trial åäö ")))
    home = year[2] / "2026"
    made_by(year, "1")
    for nth, (kind, change) in enumerate(CHANGES.items()):
        begun = time.monotonic()
        change(year[0], year[1], home)
        ran, after = made_by(year, str(nth))
        again, same = made_by(year, str(nth + 100))
        kept = home.with_name("undan")
        home.rename(kept)
        _, anew = made_by(year, str(nth + 200))
        differing = sorted(
            name for name in {*after, *anew, *same} if not after.get(name) == anew.get(name) == same.get(name)
        )
        shutil.rmtree(home)
        kept.rename(home)
        said = f"{len(ran)} notebooks ran, then {len(again)}; {differing or 'the same bytes'}"
        print(f"{kind}: {said} ({time.monotonic() - begun:.0f} s)", flush=True)


def made_by(year, seed):
    """The notebooks that ran, and every file of both builds with its hash, from a process with a hash seed of its own."""
    process = started(*year, builds=BOTH, PYTHONHASHSEED=seed)
    told, said = process.communicate()
    assert process.returncode == 0, said
    files = {name: data for name, data in contents(year[2] / "2026").items() if name.startswith(tuple(BOTH.split(",")))}
    return [line for line in told.splitlines() if line.startswith("'Anteckningsbok ")], files


if __name__ == "__main__":
    trial, *how_many = sys.argv[1:]
    {
        "kill": kill,
        "steps": steps,
        "disk": disk,
        "memory": memory,
        "together": together,
        "changes": changes,
        "waves": waves,
    }[trial](*map(int, how_many))
