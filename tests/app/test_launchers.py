"""The files to double-click: what they say can be run, and the one for this system is."""

import os
import re
import select
import shutil
import subprocess

import pytest

from sekom_survey.text.places import ROOT

BAT, COMMAND, DESKTOP = (ROOT / f"Starta SEKOM.{kind}" for kind in ("bat", "command", "desktop"))


def ready():
    """Whether the launcher would begin at once."""
    mark, needs = ROOT / ".venv" / ".ready", (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return os.name == "posix" and mark.exists() and all(one.stat().st_mtime <= mark.stat().st_mtime for one in needs)


def test_the_windows_launcher_follows_the_rules_of_cmd():
    """ASCII and CRLF, every goto has its label, paths quoted, the drive of a network share mapped, every end paused or left."""
    data = BAT.read_bytes()
    text = data.decode("ascii")
    assert data.count(b"\r\n") == data.count(b"\n") > 15
    lines = text.splitlines()
    assert lines[0] == "@echo off" and 'pushd "%~dp0"' in lines
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert set(re.findall(r"(?:goto |call :)(\w+)", text)) <= labels
    assert labels == {"open", "setup", "packed", "missing", "failed", "stopped", "leave", "try"}
    assert all('".venv' in line or "-m venv .venv" in line for line in lines if ".venv" in line)
    assert text.count("popd\r\n") == 2 and lines[lines.index(":try") - 1] == "exit /b 1" and lines[-1] == "exit /b 0"
    assert not [line for line in lines if line.endswith("(") or "&&" in line or "||" in line]


@pytest.mark.parametrize(
    ("there", "set_up", "called", "said"),
    [
        (["python3.11"], 0, ["-c", "venv", "pip", "open"], "SEKOM installeras"),
        (["python3.13", "python3.9"], 0, ["-c", "venv", "pip", "open"], "SEKOM installeras"),
        (["python3.11"], 1, ["-c", "venv", "pip"], "Installationen stannade"),
        ([], 0, [], "Python 3.11 eller senare saknas"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="bara där det finns ett sh")
def test_the_first_start_sets_up_and_the_second_opens(tmp_path, there, set_up, called, said):
    """In a folder with spaces, å and signs that a shell reads, with stand-ins for Python that write down how they were called."""
    home, programs, log = tmp_path / "Årets enkät (ny) & 100%", tmp_path / "bin", tmp_path / "said"
    for folder in (home, programs):
        folder.mkdir()
    for file in (COMMAND, ROOT / "pyproject.toml", ROOT / "constraints.txt"):
        shutil.copy2(file, home)
    for name in ("sh", "dirname", "touch", "mkdir", "cp"):
        (programs / name).symlink_to(shutil.which(name))
    for name in there:
        (programs / name).write_text(STAND_IN.format(log=log, set_up=set_up), encoding="utf-8")
        (programs / name).chmod(0o755)

    def start():
        log.write_text("")
        run = subprocess.run([programs / "sh", home / COMMAND.name], env={"PATH": str(programs)}, cwd="/", text=True, capture_output=True, check=False)  # fmt: skip
        return [line.split(" ")[0] for line in log.read_text().splitlines()], run.stdout

    first, words = start()
    assert first == called and said in words
    assert start()[0] == (["open"] if "open" in called else called)


STAND_IN = """#!/bin/sh
case "$*" in
*venv*) echo venv >> "{log}"; mkdir -p .venv/bin && cp "$0" .venv/bin/python;;
*"pip install"*) echo pip >> "{log}"; exit {set_up};;
*sekom_survey*) echo open >> "{log}";;
*) echo "$1" >> "{log}";;
esac
"""


def test_all_set_up_alike():
    """The same releases, the same way and the same mark as the Makefile's, so that one way of starting never meets another's half."""
    makefile, *launchers = (path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", BAT, COMMAND))
    assert all("-m pip install --quiet --disable-pip-version-check -c constraints.txt -e ." in one for one in launchers)
    ways = re.findall(r"(?:uv|-m) pip install .*", makefile)
    assert len(ways) == 2 and all("-c constraints.txt" in way for way in ways)
    assert "\t$(INSTALL) -e .\n\ttouch $@\n" in makefile.split("\n.venv/.ready: ")[1].split("\n\n")[0] + "\n"
    assert all(re.search(r"\.venv[/\\]\.ready", one) for one in launchers)
    assert "Starta SEKOM.command" in DESKTOP.read_text(encoding="utf-8")


@pytest.mark.skipif(not ready(), reason="bara där verktyget är installerat med make, sedan pyproject.toml ändrades")
@pytest.mark.parametrize(
    "way",
    [
        ["sh", str(COMMAND)],
        ["sh", "-c", 'cd "$(dirname "$0")" && exec sh "./Starta SEKOM.command" --no-browser', str(DESKTOP)],
    ],
)
def test_it_opens_from_another_folder(tmp_path, way):
    """The address is told on a line; stopped, nothing is left."""
    with subprocess.Popen(
        [*way, "--no-browser"] if len(way) == 2 else way, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            assert select.select([started.stdout], [], [], 120)[0]
            said = started.stdout.readline() + started.stdout.readline()
            assert re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", said)
        finally:
            started.terminate()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate saknas")
def test_the_desktop_entry_is_valid():
    subprocess.run(["desktop-file-validate", str(DESKTOP)], check=True)
